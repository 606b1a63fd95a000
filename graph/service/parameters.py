"""Parameters of an address that are read in more than one place."""


class ParameterError(Exception):
    """A parameter with a value it cannot have."""


def number(text: str | None, default: int, least: int, most: int) -> int:
    """A whole number from a parameter. Raises ParameterError."""
    if text is None:
        return default
    if not (text.isascii() and text.isdecimal() and len(text) < 11 and least <= int(text) <= most):
        raise ParameterError(f"{text[:40]!r}; allowed: {least} to {most}")
    return int(text)
