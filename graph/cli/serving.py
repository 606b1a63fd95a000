"""The command that serves the explorer."""

from argparse import Namespace

from graph import build as builder
from graph.cli.curate import STEPS
from graph.cli.show import note, progress, say


def serve(given: Namespace) -> int:
    """Build if anything changed, then serve until interrupted."""
    with progress(STEPS) as step:
        builder.build(given.corpus, given.build, progress=step)
    from graph.engine import Limits
    from graph.evidence import Archive
    from graph.service import Live
    from graph.service import serve as serve_live

    archive = Archive.open(given.build, given.corpus)

    counts = archive.manifest["counts"]

    def told(line: str) -> None:
        if line.startswith("open "):
            say(
                f"Testimony: {counts['claims']} claims from {counts['documents']} documents, corpus {archive.corpus_hash[:12]}"
            )
        print(line, flush=True)
        if line.startswith("open "):
            note("stop with Ctrl-C")

    live = Live(archive, Limits(seconds=given.seconds), given.in_memory << 20)
    live.follow(given.build, given.corpus, lambda why: note(f"a newer build was not taken: {why}"))
    live.warm()
    serve_live(live, given.port, not given.no_browser, told, tuple(given.allow_origin))
    return 0
