"""`python -m graph` is the command `testimony`."""

from graph.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
