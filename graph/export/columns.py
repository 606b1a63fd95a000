"""What each column of a table holds, in words: for whoever has the file alone."""

from collections.abc import Mapping

from graph.export.rows import COLUMNS

MEANINGS: Mapping[str, str] = {
    "says": "what is said, in our words; somebody's word, not a fact",
    "drawn_label": "how the edge is supported over the whole corpus, or over what a withdrawal leaves: its drawn status",
    "reported_label": "how this document gives it: asserted, denied, asked …",
    "speaker_labels": "whose word it is, the outermost speaker first, joined by ` > `",
    "publisher_label": "who published the document",
    "document_title": "the title of the document",
    "published_from": "the first day on which it may have been published",
    "published_to": "the last such day",
    "paragraph": "the number of the paragraph in the document, from 1",
    "digest": "the paragraph in our words",
    "subject_label": "of whom or what it is said",
    "reads": "the relation, in the words between the two names",
    "object_label": "what is said of it",
    "value_low": "the least that a figure's wording allows",
    "value_high": "the most that it allows; empty is open",
    "comparator": "how the figure is worded: exactly, about, at least …",
    "unit": "what is counted, or the unit of measure",
    "as_of": "the day for which a figure holds",
    "condition": "what it is said to depend on",
    "event_start": "the first day of the event, where the same utterance gives it",
    "event_end": "the last day of the event, where the same utterance gives it",
    "said_at": "when it was said, where the document tells",
    "evidence_labels": "on what kind of evidence it rests",
    "adds_origin": "`true` where the claim counts as an origin of its own",
    "discount": "why it does not count",
    "drawn_reason": "why the edge is drawn so",
    "retracted": "when and why it was taken back",
    "drawn_status": "the token of drawn_label",
    "reported_status": "the token of reported_label",
    "polarity": "whether it is affirmed, denied, or neither",
    "force": "what is done with it: asserted, opined, asked, recommended …",
    "certainty": "how sure its wording is",
    "mode": "whether it is spoken of as actual, future, conditional …",
    "reading": "whether the words are clear, ambiguous or garbled",
    "position": "where it stands: body, heading, presupposed, aside, caption",
    "evidence_kinds": "the tokens of evidence_labels",
    "circumstances": "under what circumstances speakers spoke, as in custody",
    "claim": "the id of the claim",
    "utterance": "the id of the utterance that it is part of",
    "proposition": "the id of what is said, the same for everybody who says it",
    "subject": "the id of the subject",
    "predicate": "the name of the relation in the vocabulary",
    "object": "the id of the object, or the value itself",
    "object_id": "the id of the object, or of its value",
    "speakers": "the ids of speaker_labels",
    "addressee": "the ids of those to whom it was said",
    "held_by": "the ids of those who held a speaker in custody",
    "about": "the ids of what it is about besides",
    "addresses": "the ids of the questions that it answers",
    "origin": "the id of the origin that it adds; empty where it adds none",
    "origin_group": "the id of the group whose members count as one origin",
    "root_origin": "the id of whom it goes back to, counted or not",
    "document": "the id of the document",
    "publisher": "the id of the publisher",
    "char_start": "where the passage begins in the original, in code points",
    "char_end": "where it ends, exclusive",
    "passage_sha256": "the hash of the words of the passage",
    "permalink": "the address of the claim",
    "corpus": "the hash of the corpus: the same hash, the same corpus",
}


def columns_text() -> str:
    """A line for each column, in their order."""
    head = "Columns of a table of claims. A cell may hold several values, joined by `;`; an empty cell says nothing.\n"
    return "\n".join([head, *(f"{name}: {MEANINGS[name]}" for name in COLUMNS), ""])
