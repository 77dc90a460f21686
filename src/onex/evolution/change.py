"""One change of a node, as a record with its place."""

from typing import Literal, TypeAlias

from onex.core.document import Document
from onex_types.contract_change import Change, Witness

Verdict: TypeAlias = Literal[
    "breaking", "escalating", "compatible", "code-only", "metadata", "added"
]

WEIGHTS: tuple[Verdict, ...] = (
    "breaking",
    "escalating",
    "compatible",
    "code-only",
    "metadata",
    "added",
)
"""The verdicts, the weightiest first."""


def change(  # noqa: PLR0913 - a record has as many parts
    verdict: Verdict,
    source: Document,
    pointer: str,
    message: str,
    *,
    witness: Witness | None = None,
    undecided: bool = False,
) -> Change:
    """A change that is told at ``pointer`` of ``source``."""
    line, column = source.locate(pointer)
    return {
        "verdict": verdict,
        "path": source.path,
        "line": line,
        "column": column,
        "pointer": pointer,
        "message": message,
        "undecided": undecided,
        "witness": witness,
    }


def weightiest(changes: list[Change]) -> Verdict:
    """The weightiest verdict on ``changes``; metadata when there are none."""
    verdicts = {change["verdict"] for change in changes}
    return next((verdict for verdict in WEIGHTS if verdict in verdicts), "metadata")
