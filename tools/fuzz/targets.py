"""What is fuzzed: each target takes any bytes, and raises if onex breaks a law on them.

Whatever the bytes are, only an ``OnexError`` may come of them, and it names a place inside the file.
What is read is held to an independent reader, or to what the same function says of its own result.
"""

import atexit
import json as reference
import math
import os
import shutil
import tempfile
from collections.abc import Callable
from functools import cache

from onex.core import conflict, document, edit, json, jsonl, yaml
from onex.core.bundle import resolved
from onex.core.canonical import golden_bytes
from onex.core.contract import Contract
from onex.core.document import Document
from onex.core.library import Library
from onex.core.text import split_lines
from onex.core.values import JSON
from onex.errors import DocumentError, OnexError
from onex.validate.engine import validate_document
from onex.validate.rules import RULES
from onex.validate.subject import examine
from onex_contract import registry

BASE = os.path.join(
    os.path.dirname(__file__), os.pardir, os.pardir, "tests", "rules", "_base", "demo", "clean"
)
LOCK: dict[str, JSON] = {"files": {"a b": "0" * 64, "z": "1" * 64}, "hash": "2" * 64}


class BrokenLawError(AssertionError):
    """Something that always holds did not."""


def read_yaml(data: bytes) -> None:
    """YAML is refused at a place of the file, or read as the JSON that says the same."""
    value = _read(yaml.parse, data, "node.onex")
    if value is not None:
        yaml.positions(data)
        _expect(
            yaml.parse(reference.dumps(value[0]).encode(), "again") == value[0], "YAML reads JSON"
        )


def read_json(data: bytes) -> None:
    """JSON is refused, or read as the standard library reads it."""
    value = _read(json.parse, data, "state_contract.json")
    if value is not None:
        json.positions(data)
        _expect(_same(reference.loads(data.decode("utf-8-sig")), value[0]), "the same value")


def read_lines(data: bytes) -> None:
    """A file of lines gives each whole value before it says which line is bad."""
    path = _write("journal.jsonl", data)
    try:
        lines = [*jsonl.read(path)]
    except OnexError:
        return
    _expect(len(lines) == data.count(b"\n"), "no line is lost")


def lock(data: bytes) -> None:
    """A lock is written into any document that takes one, and nothing else of it changes."""
    value = _read(yaml.parse, data, "node.onex")
    if value is None or not isinstance(value[0], dict):
        return
    try:
        locked = edit.set_members(data, LOCK, "node.onex")
    except OnexError:
        return
    _expect(yaml.parse(locked, "node.onex") == {**value[0], **LOCK}, "the members alone change")
    _expect(edit.set_members(locked, LOCK, "node.onex") == locked, "locking twice is locking once")


def judge_node(data: bytes) -> None:
    """The rules judge any document of a node, and say what the schema of findings allows."""
    path = os.path.join(_place(), "demo", "clean", "node.onex")
    subject = examine(path, ("demo", "clean"), data)
    found = [finding for rule in RULES if rule.node for finding in rule.node(subject)]
    valid = registry.validator("finding").is_valid
    _expect(all(map(valid, found)), "findings are findings")
    _expect(found or subject.node is not None, "what is no node is found fault with")


def judge_contract(data: bytes) -> None:
    """The rules judge any contract that stands by itself."""
    verdict = validate_document(_write("state_contract.json", data), preview=True)
    for finding in verdict.findings:
        _expect(
            1 <= finding["line"] <= len(split_lines(data.decode(errors="replace"))) + 1, "a line"
        )


def settle(data: bytes) -> None:
    """Two equal sides of a merge are settled as either; two that differ, or are told apart."""
    value = _read(yaml.parse, data, "node.onex")
    text = data.decode(errors="replace").removeprefix("\ufeff")
    mark = "\n" if "\n" in text or "\r" not in text else "\r"
    ours, theirs = text, text[: len(text) // 2]
    if value is not None and isinstance(value[0], dict) and value[0]:
        twice = conflict.settle(_merge(ours, ours, mark), "node.onex")
        _expect(twice.value == value[0], "equal sides are either")
    whole = _merge(ours, theirs, mark)
    error = conflict.explain(whole, "node.onex")
    _expect(1 <= error.line <= len(split_lines(whole.decode())), "a line")


def _merge(ours: str, theirs: str, eol: str) -> bytes:
    """What git leaves where it cannot merge."""
    parts = ["<<<<<<< ours", ours, "=======", theirs, ">>>>>>> theirs", ""]
    return eol.join(parts).encode()


def share(data: bytes) -> None:
    """A shared schema is refused at a place, or makes a contract that is refused or judges."""
    value = _read(json.parse, data, "a.json")
    side = value[0].get("input") if value and isinstance(value[0], dict) else None
    if not isinstance(side, dict):
        return
    text = golden_bytes({**side, "$id": "https://example.org/a"})
    library = Library(["a.json"], lambda path: (text, path))
    known: JSON = {"input": {"$ref": "https://example.org/a"}, "output": {}}
    contract = Contract(known, Document("contract.json", b"{}", known), "")  # type: ignore[arg-type]
    try:
        resolved(contract, library).input.is_valid({})
    except OnexError:
        return
    _expect(not library.faults, "what is refused is not judged with")


TARGETS: dict[str, Callable[[bytes], None]] = {
    "yaml": read_yaml,
    "json": read_json,
    "lines": read_lines,
    "lock": lock,
    "node": judge_node,
    "contract": judge_contract,
    "conflict": settle,
    "shared": share,
}


@cache
def _place() -> str:
    """A folder with a sound node, for as long as the process lives."""
    place = tempfile.mkdtemp(prefix="onex-fuzz-")
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    shutil.copytree(BASE, os.path.join(place, "demo", "clean"))
    return place


def _write(name: str, data: bytes) -> str:
    path = os.path.join(_place(), name)
    with open(path, "wb") as file:
        file.write(data)
    return path


def _read(parse: Callable[[bytes, str], JSON], data: bytes, path: str) -> tuple[JSON] | None:
    """The value in a tuple; None where it is refused, at a place that there is."""
    try:
        return (parse(data, path),)
    except DocumentError as error:
        lines = split_lines(data.decode(errors="replace"))
        _expect(1 <= error.line <= len(lines) + 1 and error.column >= 1, f"a place: {error}")
        document.Document(path, data.decode(errors="replace").encode(), None).line_text(error.line)
        return None


def _same(one: JSON, other: JSON) -> bool:
    """Whether two values are one to every reader; infinite numbers never are."""
    try:
        return golden_bytes(one) == golden_bytes(other)
    except ValueError:
        return isinstance(one, float) and not math.isfinite(one)


def _expect(holds: object, law: str) -> None:
    if not holds:
        raise BrokenLawError(law)
