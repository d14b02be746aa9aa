"""What is done with rows."""

from collections.abc import Sequence


class Conflict(Exception):  # noqa: N818
    """Somebody else was faster."""


def handle(rows: Sequence[object]) -> None:
    """Work on some rows."""
    del rows


def note(text: str) -> None:
    """Tell it."""
    del text
