"""The exports of the sample run that are kept in tests/golden/exports, and how they are compared."""

from pathlib import Path

GOLDEN = Path(__file__).parent / "golden" / "exports"


def golden(name):
    """The bytes that an export of the sample run has, as text."""
    return (GOLDEN / name).read_bytes().decode()
