"""One `.tree` file: what it lists, what can be wrong with it, and how it is written.

It holds no metadata and no digests, so editing a node never touches it; where two branches add
nodes, the lines of both are right (ONEX-M1-02).
"""

import itertools
import os
import re
from dataclasses import dataclass, replace
from typing import cast

from onex.core import document
from onex.core.document import JSON, Document
from onex.core.schema import Problem, problems
from onex.errors import ConflictError, DocumentError
from onex_contract import registry
from onex_types.tree import Tree as TreeDocument

FILE_NAME = ".tree"
EMPTY = b"entries:\n"
PLAIN_BYTES = 1 << 18
MOST_LENGTH = 128
"""How long an entry may be, as the schema says."""

_PLAIN = re.compile(
    rb"(?:#[ -~]*+\n)*+entries:\n(?:- [a-z][a-z0-9_-]*+/(?:node\.onex(?:\.yaml)?)?\n)++"
).fullmatch

FORM_HELP = "write `entries:`, and under it one `- name/` or `- name/node.onex` a line"


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeProblem:
    """Something wrong with a tree.

    Attributes:
        kind: `missing`, `malformed`, `metadata`, `dangling`, `cycle`, `unsorted`, `unlisted`
            or `stray`.
        path: the file that the problem is in.
        message: what was expected and found.
        at: line and column, from 1.
        help: the next step.
        source: the file, where it could be read.
        subject: what no `.tree` lists, or none can list: a folder or a file.
        entry: the entry that it is about, if it is about one.
        number: which of the entries that is, where it is listed.
        listing: the file that does not list the entry, where the problem points at no place in it.
    """

    kind: str
    path: str
    message: str
    at: tuple[int, int] = (1, 1)
    help: str | None = "run `onex tree --write`"
    source: Document | None = None
    subject: str | None = None
    entry: str | None = None
    number: int = 0
    listing: Document | None = None

    @property
    def line(self) -> int:
        """The line, from 1."""
        return self.at[0]

    @property
    def column(self) -> int:
        """The column, from 1."""
        return self.at[1]


class MetadataError(DocumentError):
    """A `.tree` that would be one, but for metadata in it."""


def read_entries(path: str) -> tuple[Document, list[str]]:
    """The document at ``path`` and the entries that it lists, as they stand.

    Raises:
        DocumentError: it is not a `.tree` file.
    """
    data = document.read_bytes(path)
    plain = _plain_entries(data)
    if plain is not None:
        return Document(path, data, {"entries": cast("JSON", plain)}), plain
    try:
        source = document.parse(data, path)
    except ConflictError as error:
        error.help = _mend(error)
        raise
    return source, _entries(source)


def _entries(source: Document) -> list[str]:
    validator = registry.validator("tree")
    if not validator.is_valid(source.value):
        raise _not_a_tree(source, problems(validator, registry.schema("tree"), source.value))
    return cast("TreeDocument", source.value)["entries"] or []


def read_damaged(path: str) -> tuple[bytes, list[str] | None]:
    """The bytes of the `.tree` at ``path`` and what it lists, for one who is to write it anew.

    What a merge does to the entries does not matter then: an entry may stand twice, and where the
    marks of a conflict stand among them, None is listed.

    Raises:
        DocumentError: it is not a `.tree` file.
    """
    try:
        source, is_whole = document.read(path), True
    except ConflictError:
        from onex.core import conflict  # noqa: PLC0415 - wanted behind a failed merge alone

        source = conflict.settle(document.read_bytes(path), path, ("entries",))
        is_whole = False
    listed = source.value.get("entries") if isinstance(source.value, dict) else None
    if isinstance(listed, list) and all(isinstance(entry, str) for entry in listed):
        once = cast("JSON", list(dict.fromkeys(cast("list[str]", listed))))
        _entries(replace(source, value={**cast("dict[str, JSON]", source.value), "entries": once}))
        return source.data, cast("list[str]", listed) if is_whole else None
    entries = _entries(source)
    return source.data, entries if is_whole else None


def _plain_entries(data: bytes) -> list[str] | None:
    """The entries of a `.tree` as ``render`` writes it; None where a parser has to look at it.

    Ten thousand nodes stand in a hundred of these files, and the parser is ten times as slow.
    """
    if len(data) > PLAIN_BYTES or not _PLAIN(data):
        return None
    entries = data[data.rindex(EMPTY) + len(EMPTY) :].decode()[2:-1].split("\n- ")
    is_sound = len({*entries}) == len(entries) and len(max(entries, key=len)) <= MOST_LENGTH
    return entries if is_sound else None


def _not_a_tree(source: Document, found: list[Problem]) -> DocumentError:
    """Why ``source`` is not a `.tree`; metadata only when it is one but for that."""
    problem = next((p for p in found if not p.key), found[0])
    line, column = source.locate(problem.pointer, key=problem.at_key)
    place = {"line": line, "column": column}
    if problem.key and isinstance(source.value, dict) and "entries" in source.value:
        return MetadataError(
            source.path,
            f"{problem.message}; a `.tree` lists entries and holds no metadata",
            help="move what it says into the nodes, and leave `entries` alone",
            pointer=problem.pointer,
            **place,
        )
    return DocumentError(
        source.path,
        problem.message,
        help=problem.hint or FORM_HELP,
        pointer=problem.pointer,
        **place,
    )


def judge(path: str) -> list[TreeProblem]:
    """What is wrong with the `.tree` at ``path`` by itself, its entries not followed."""
    try:
        source, entries = read_entries(path)
    except DocumentError as error:
        return [problem_of(error)]
    return order_problems(source, entries)


def order_problems(source: Document, entries: list[str]) -> list[TreeProblem]:
    """The first entry of a `.tree` that stands behind one that ought to follow it."""
    for index, (before, entry) in enumerate(itertools.pairwise(entries), start=1):
        if entry < before:
            line, column = source.locate(f"/entries/{index}")
            message = f"the entries are not sorted: {entry} belongs before {before}"
            return [
                TreeProblem(
                    kind="unsorted",
                    path=source.path,
                    message=message,
                    at=(line, column),
                    source=source,
                )
            ]
    return []


def problem_of(error: DocumentError) -> TreeProblem:
    """Why a `.tree` could not be read, as a problem of its kind."""
    place = (error.line, error.column)
    if not os.path.lexists(error.path):
        message = "no such file; each folder of the tree needs an index"
        return TreeProblem(kind="missing", path=error.path, message=message)
    kind = "metadata" if isinstance(error, MetadataError) else "malformed"
    return TreeProblem(
        kind=kind,
        path=error.path,
        message=error.problem,
        at=place,
        help=_mend(error),
    )


def _mend(error: DocumentError) -> str:
    """What mends a `.tree` that could not be read: a command, where a merge has done it."""
    try:
        read_damaged(error.path)
    except DocumentError as worse:
        return worse.help or error.help or FORM_HELP
    return "run `onex tree --write`: it lists what is there"


def render(entries: list[str], before: bytes = b"") -> bytes:
    """The bytes of a `.tree` that lists ``entries``, under the comment that heads ``before``."""
    head = b""
    for line in before.splitlines(keepends=True):
        if not line.startswith(b"#"):
            break
        head += line
    return head + EMPTY + b"".join(f"- {entry}\n".encode() for entry in sorted(entries))
