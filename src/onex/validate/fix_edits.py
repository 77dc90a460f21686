"""The edits of several findings, made in one document at once, with a lock that fits where one did."""

from bisect import bisect_left, insort
from collections.abc import Sequence
from os.path import basename

from onex.core import document, lock, node, snapshot
from onex.core.index import FILE_NAME
from onex.core.spans import Edit, apply
from onex.core.text import BOM, Lines
from onex.errors import DocumentError
from onex_types.finding import Finding, Fix


def edit(path: str, findings: Sequence[Finding]) -> tuple[bytes, list[Finding]]:
    """The document with the edits of ``findings`` that do not touch, and the findings made up for.

    Raises:
        DocumentError: the document cannot be read.
        ValueError: an edit is about a line that is not there.
    """
    data = document.read_bytes(path)
    text = data.decode()
    body = text.removeprefix(BOM)
    lines = Lines(body)
    edits: list[Edit] = []
    applied = []
    for finding in findings:
        own = _offsets(finding.get("fix"), lines)
        more = [edit for edit in own if not is_among(edit, edits)]
        if not any(clashes(edit, edits) for edit in more):
            applied.append(finding)
            for edit in more:
                insort(edits, edit)
    new = text[: len(text) - len(body)] + apply(body, edits)
    return _relocked(path, data, new.encode()), applied


def _offsets(fix: Fix | None, lines: Lines) -> list[Edit]:
    return [
        Edit(
            lines.offset(edit["line"], edit["column"]),
            lines.offset(edit["end_line"], edit["end_column"]),
            edit["text"],
        )
        for edit in (fix["edits"] if fix else ())
    ]


def is_among(edit: Edit, edits: list[Edit]) -> bool:
    """Whether ``edit`` is one of ``edits``, which are sorted."""
    at = bisect_left(edits, edit)
    return edits[at : at + 1] == [edit]


def clashes(edit: Edit, edits: list[Edit]) -> bool:
    """Whether ``edit`` is about characters that one of ``edits``, which are sorted, is about.

    Of edits that do not clash, those beside it tell. Two that only insert stand behind each other.
    """
    at = bisect_left(edits, edit)
    beside = edits[max(at - 1, 0) : at + 1]
    return any(edit.start < other.end and other.start < edit.end for other in beside)


def _relocked(path: str, before: bytes, after: bytes) -> bytes:
    """``after`` with a lock that fits, if that of ``before`` did: who asks for an edit means it."""
    if basename(path).endswith(FILE_NAME):
        return after
    try:
        found = node.of(path, before)
        if lock.compare(found, snapshot.take(found)):
            return after
        return lock.locked_bytes(node.of(path, after), {})
    except DocumentError:
        return after  # what is wrong with it is found when it is judged
