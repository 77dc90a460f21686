"""ONX206: a schema beside recorded digests is what they record (ONEX-M1-13)."""

import hashlib
import os
import re
from collections.abc import Iterator

from onex.core import document
from onex.core.document import Document
from onex.core.text import split_lines
from onex.core.words import cut
from onex.errors import DocumentError
from onex.validate.rule import Rule
from onex.validate.subject import Forest
from onex_types.finding import Finding

SUMS = "SHA256SUMS"

LINE = re.compile(r"([0-9a-fA-F]{64}) [ *](.+)").fullmatch
"""A line as `sha256sum` writes it: the digest, how the file was read, and its name."""

SCHEMAS = (".json", ".yaml", ".yml")

NAMED_SCHEMAS = (".schema.json", ".schema.yaml", ".schema.yml")
"""How files are called that are schemas for certain, and have to have a line."""

MOST_NAME = 100

MOST_FINDINGS = 50
"""How many differences of one folder are told."""


def check(forest: Forest) -> Iterator[Finding]:
    """Each schema that is not what the `SHA256SUMS` beside it says, or that it does not name."""
    for folder in sorted(_folders(forest)):
        path = os.path.join(folder, SUMS)
        if os.path.lexists(path):
            for found, _ in zip(_in_folder(folder, path), range(MOST_FINDINGS), strict=False):
                yield found


def _folders(forest: Forest) -> set[str]:
    """Where digests may lie: at the root, in its `schemas`, on the way to nodes, and in them."""
    root = forest.tree.root
    found = {root, os.path.join(root, "schemas")}
    for subject in forest.subjects:
        for end in range(1, len(subject.segments) + 1):
            found.add(os.path.join(root, *subject.segments[:end]))
        shared = subject.facts.get("shared", []) if subject.facts else []
        for path in shared:
            found |= {os.path.join(root, path), os.path.join(root, os.path.dirname(path))}
    return found


def _in_folder(folder: str, path: str) -> Iterator[Finding]:
    """The differences of one folder, those of its digests first."""
    try:
        source = Document(path, document.read_bytes(path, follow=False), None)
        rows = split_lines(source.data.decode())
    except DocumentError as error:
        yield RULE.finding(
            path, error.problem, help="put a plain file that you may read in its place"
        )
        return
    except UnicodeDecodeError:
        yield RULE.finding(path, "the file is not UTF-8", help=WRITE_AGAIN)
        return
    named: set[str] = set()
    for number, row in enumerate(rows, 1):
        if not row.strip() or row.startswith("#"):
            continue
        fields = LINE(row)
        name = fields[2] if fields else ""
        fault = _fault_of(name, named) if fields else "this is no line of `sha256sum`"
        named.add(name)
        if fields and not fault and name.endswith(SCHEMAS):
            fault = _difference(folder, name, fields[1].lower())
        if fault:
            yield RULE.finding(source, fault, at=(number, 1))
    for name in _names(folder):
        if name.endswith(NAMED_SCHEMAS) and name not in named:
            yield RULE.finding(
                source, f"{cut(name, MOST_NAME)} lies here, and its digest is not recorded"
            )


def _names(folder: str) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []  # what cannot be looked at is told by the rules about the tree


def _fault_of(name: str, named: set[str]) -> str | None:
    """Why a line cannot be about a file of the folder."""
    if os.path.isabs(name) or ".." in name.split("/") or "\0" in name or name.startswith("~"):
        return f"{cut(name, MOST_NAME)} leads out of the folder"
    return f"{cut(name, MOST_NAME)} stands here twice" if name in named else None


def _difference(folder: str, name: str, recorded: str) -> str | None:
    """How a schema differs from what is recorded of it."""
    path = os.path.join(folder, name)
    if not os.path.realpath(path).startswith(os.path.realpath(folder) + os.sep):
        return f"{cut(name, MOST_NAME)} leads out of the folder"
    try:
        actual = hashlib.sha256(document.read_bytes(path, follow=False)).hexdigest()
    except DocumentError as error:
        return f"{cut(name, MOST_NAME)} is recorded, but cannot be read: {error.problem}"
    if actual == recorded:
        return None
    return (
        f"{cut(name, MOST_NAME)} has changed since its digest was recorded "
        f"(now {actual[:12]}…, recorded {recorded[:12]}…)"
    )


WRITE_AGAIN = "write the digests again if the change is intended, for example with `sha256sum *.schema.json > SHA256SUMS` there"

RULE = Rule(
    code="ONX206",
    name="schema-digest",
    edition="2027",
    preview=True,
    purpose="A schema in a folder with a file `SHA256SUMS` is named there, with the digest that it has.",
    why="A schema that many documents keep changes for all of them; where its digest is recorded, nobody changes it in passing.",
    bad="""\
# schemas/SHA256SUMS was not written again after order.schema.json was edited
""",
    good="""\
# order.schema.json and schemas/SHA256SUMS were committed together
""",
    fix=WRITE_AGAIN,
    forest=check,
)
