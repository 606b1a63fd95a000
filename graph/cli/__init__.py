"""The command `testimony`: parse arguments, call one function, print."""

import os
import sys
from collections.abc import Sequence

from graph.cli.arguments import parser
from graph.errors import TestimonyError


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit status: 0 done, 1 refused or failed, 2 wrong usage."""
    given = sys.argv[1:] if argv is None else list(argv)
    if not given:
        parser().print_help(sys.stderr)
        return 2
    arguments = parser().parse_args(given)
    try:
        return int(arguments.run(arguments) or 0)
    except TestimonyError as error:
        for line in error.lines():
            print(line, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("interrupted; nothing was left half-written", file=sys.stderr)
        return 130
    except BrokenPipeError:  # `testimony … | head`: not an error; keep the interpreter from complaining at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
