"""The exports of the sample run and verdict that are kept in tests/golden, and how they are compared."""

from pathlib import Path

GOLDEN = Path(__file__).parent / "golden" / "exports"
VERDICTS = GOLDEN.parent / "verdicts"


def golden(name):
    """The bytes that an export of the sample run has, as text."""
    return (GOLDEN / name).read_bytes().decode()


def golden_verdict(name):
    """The bytes that a form of the sample verdict has, as text."""
    return (VERDICTS / name).read_bytes().decode()
