"""Timeline, sources, questions and comparison as JSON, each over the filtered set of the lens (docs/explorer.md).

Whatever shows an edge shows its status and whose word it is.
"""

from dataclasses import asdict, replace
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from graph.evidence import ClaimEvidence, EdgeEvidence, spoken
from graph.lens import MOST_LINES, answers, beside, matrix, timeline
from graph.lens.lines import of_evidence
from graph.service import views
from graph.service.live import Live
from graph.service.looking import counter, labels, lens_of, questions_of
from graph.service.openapi import MOST
from graph.service.parameters import number

Json = dict[str, Any]


class Panes:
    """One method per address."""

    def __init__(self, live: Live) -> None:
        self._live = live

    def timeline(self, request: Request) -> Response:
        """Claimed dates by event, and documents by the day of publication."""
        now = self._live.snapshot
        view = now.views.through(lens_of(request))
        found = timeline.timeline(now.archive, view, _limit(request, timeline.LANES))
        return JSONResponse(
            {
                "lanes": [_lane(lane) for lane in found.lanes],
                "lane_total": found.lane_total,
                "papers": [_paper(paper) for paper in found.papers],
                "paper_total": found.paper_total,
                "dating": found.dating,
                "undated": found.undated,
                **counter(view),
            }
        )

    def matrix(self, request: Request) -> Response:
        """Claims by one facet and by drawn status."""
        now = self._live.snapshot
        view = now.views.through(lens_of(request))
        found = matrix.matrix(view, request.query_params.get("by", matrix.BY[0]), _limit(request, matrix.ROWS))
        label = labels(now, found.by)
        lines = [{**asdict(line), "label": label(line.id)} for line in found.lines]
        return JSONResponse({**asdict(found), "lines": lines, **counter(view)})

    def questions(self, request: Request) -> Response:
        """The questions that something in view answers; those that `words` find, best first."""
        now = self._live.snapshot
        view = now.views.through(lens_of(request))
        listed = questions_of(now, view.rows)
        if words := request.query_params.get("words", "").strip():
            place = {name: at for at, name in enumerate(now.held.worded(words))}
            listed = sorted((one for one in listed if one["question"] in place), key=lambda one: place[one["question"]])
        shown = listed[: number(request.query_params.get("limit"), MOST, 1, MOST_LINES)]
        return JSONResponse({"questions": shown, "total": len(listed), **counter(view)})

    def asked(self, request: Request) -> Response:
        """One question with its competing answers."""
        now, lens = self._live.snapshot, lens_of(request)
        laid, label = answers.answers(now.views, lens, request.path_params["name"]), now.archive.register.called
        about = None
        if lens.entity:
            whole = now.views.through(replace(lens, entity="")).rows
            held = [row.proposition for row in whole if laid.question.id in row.question]
            about = {"id": lens.entity, "label": label(lens.entity), "answers": len(set(held)), "claims": len(held)}
        return JSONResponse({**_laid(laid, label), "about": about, **counter(now.views.through(lens))})

    def speakers(self, request: Request) -> Response:
        """Whose word is in view: speakers, and the sides of which several members speak."""
        now = self._live.snapshot
        view = now.views.through(lens_of(request))
        found = beside.offered(view)
        shown = found[: number(request.query_params.get("limit"), MOST_LINES, 1, MOST_LINES)]
        listed = [{**asdict(one), "label": now.archive.register.called(one.id)} for one in shown]
        return JSONResponse({"speakers": listed, "total": len(found), **counter(view)})

    def beside(self, request: Request) -> Response:
        """What one speaker or side says beside what another says."""
        now, lens = self._live.snapshot, lens_of(request)
        one, other = (request.query_params.get(name, "") for name in ("one", "other"))
        if not one:
            return JSONResponse({"error": "give one speaker or side as `one`, and another as `other`"}, 400)
        found = beside.beside(now.views, lens, one, other, _limit(request, beside.EDGES))
        label = now.archive.register.called
        return JSONResponse(
            {
                "one": {"id": one, "label": label(one)},
                "other": {"id": other, "label": label(other)} if other else None,
                "clashes": [_clash(clash) for clash in found.clashes],
                "both": _column(found.both),
                "only_one": _column(found.only_one),
                "only_other": _column(found.only_other),
                **counter(now.views.through(lens)),
            }
        )

    def since(self, request: Request) -> Response:
        """As known on a day beside now."""
        now, lens = self._live.snapshot, lens_of(request)
        found = beside.since(now.views, lens, _limit(request, beside.EDGES))
        return JSONResponse(
            {
                "new": [_known(one) for one in found.new],
                "restated": [_known(one) for one in found.restated],
                "gone": [_known(one) for one in found.gone],
                "totals": dict(zip(("new", "restated", "gone"), found.totals, strict=True)),
                "same": found.same,
                "claims_then": found.claims_then,
                "claims_now": found.claims_now,
                **counter(now.views.through(lens)),
            }
        )

    def without(self, request: Request) -> Response:
        """Everything beside what the withdrawal of the lens leaves."""
        now, lens = self._live.snapshot, lens_of(request)
        found = beside.without(now.views, lens, _limit(request, beside.EDGES))
        shifted = {name: getattr(found, name) for name in ("both", "only_left", "only_right")}
        return JSONResponse(
            {
                **{
                    name: {"edges": [_known(one) for one in held.edges], "total": held.total}
                    for name, held in shifted.items()
                },
                "restated": found.restated,
                "claims_left": found.claims_left,
                "claims_right": found.claims_right,
                **counter(now.views.through(lens)),
            }
        )


def _limit(request: Request, default: int) -> int:
    return number(request.query_params.get("limit"), default, 1, MOST)


def _edge(edge: EdgeEvidence) -> Json:
    """An edge in one row, and in one line of words: whose word it is, and on which side."""
    return {**views.edge_row(of_evidence(edge)), "why": edge.why, "said": spoken(edge.claims)}


def _lane(lane: timeline.Lane) -> Json:
    marks = [
        {**_edge(m.edge), "from": m.span[0], "until": m.span[1], "opens": m.opens, "ends": m.ends} for m in lane.marks
    ]
    return {"event": views.named(lane.event), "claims": lane.claims, "differ": lane.differ, "marks": marks}


def _paper(paper: timeline.Paper) -> Json:
    found = paper.document
    span = {"from": found.published_from, "until": found.published_to}
    return {
        "id": found.id,
        "title": found.title,
        "publisher": views.named(found.publisher),
        **span,
        "claims": paper.claims,
    }


def _laid(laid: answers.Laid, label: Any) -> Json:
    question = laid.question
    return {
        "question": {
            "id": question.id,
            "label": question.name,
            "labels": dict(question.label),
            "note": question.note,
        },
        "behaviour": views.term(laid.behaviour),
        "answers": [_answer(answer) for answer in laid.answers],
        "compared": [asdict(one) for one in laid.compared],
        "one_origin": [list(pair) for pair in laid.one_origin],
        "clashes": [_clash(clash) for clash in laid.clashes],
        "links": [asdict(link) for link in laid.links],
        "same_population": [
            {"pair": [label(name) for name in same.pair], "by": label(same.by), "at": same.at, "reason": same.reason}
            for same in question.same_population
        ],
    }


def _answer(answer: answers.Answer) -> Json:
    figure = answer.edge.claims[0].figure
    told = None
    if figure is not None:
        told = {
            "low": answer.low,
            "high": answer.high,
            "comparator": views.term(figure.comparator),
            "unit": figure.unit,
            "of": answer.edge.subject.id,
            "as_of": figure.as_of,
        }
    return {**_edge(answer.edge), "figure": told, "given": [_given(one) for one in answer.given]}


def _given(one: answers.Given) -> Json:
    claim = one.claim
    return {
        "claim": claim.claim,
        "says": claim.says,
        "how": beside.how(claim),
        "denies": claim.polarity.id == "denies",
        "speaker": views.named(claim.chain[-1].speaker),
        "relays": [views.named(hop.speaker) for hop in claim.chain[-2::-1]],
        "status": claim.drawn_status.id,
        "reported": views.term(claim.reported_status),
        "when": one.when,
        "clock": one.clock,
        "document": _document(claim),
    }


def _document(claim: ClaimEvidence) -> Json:
    return {"id": claim.document.id, "label": claim.document.title}


def _clash(clash: answers.Clash) -> Json:
    sides = {"edge": _edge(clash.edge), "against": _edge(clash.against)}
    return {
        "kind": views.term(clash.kind),
        **sides,
        "claims": list(clash.claims),
        "opposed": list(clash.opposed),
        "why": clash.why,
    }


def _column(column: beside.Column) -> Json:
    return {
        "edges": [_held(held) for held in column.edges],
        "total": column.total,
        "one": column.one,
        "other": column.other,
    }


def _held(held: beside.Held) -> Json:
    sides = {name: asdict(side) if side else None for name, side in (("one", held.one), ("other", held.other))}
    return {**_edge(held.edge), "sides": sides, "opposed": held.opposed}


def _known(known: beside.Known) -> Json:
    return {
        **_edge(known.edge),
        "before": known.before and views.term(known.before),
        "after": known.after and views.term(known.after),
    }
