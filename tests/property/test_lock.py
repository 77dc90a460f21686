"""Laws of locks: what must not matter does not, and nothing else goes unnoticed."""

import copy
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import rfc8785
from hypothesis import assume, given
from hypothesis import strategies as st

from onex.core import document, lock, node, snapshot
from onex.core.canonical import canonical_bytes, digest, find_float, golden_bytes

DOCUMENT = {
    "metadata_version": "1.0.0",
    "name": "clean",
    "namespace": "demo.text",
    "version": "1.2.3",
    "uuid": "24577c53-9477-50dd-8f96-014ea29448f5",
    "description": "Trims white space: é, 日本, \U0001f600.",
    "owner": "data platform team",
    "lifecycle": "draft",
    "tags": ["text", "demo"],
    "entrypoint": {"type": "python", "target": "node.py:run", "preload": ["json"]},
    "state_contract": "state_contract.json",
    "effects": {"network": False, "writes": "none", "idempotent": True},
    "limits": {"timeout_ms": 1000},
    "trust": {
        "policy": "default",
        "minimum": None,
        "snapshot": {
            "score": None,
            "lower": None,
            "samples": 0,
            "level": "unrated",
            "as_of": None,
            "head": None,
        },
    },
    "x-own": {"a": [1, {"b": None}]},
}
FILES = {
    "node.py": b"def run(text):\n    return {'text': text}\n",
    "state_contract.json": b'{"contract_version": "1.0.0", "input": {}, "output": {}}',
    "data/words.txt": b"one\r\ntwo\n",
    "data/empty": b"",
}
KNOWN_HASH = "c10f96011ecef58c8ed90854cb2512b61b8749b3a581ed3a66a92d2bd1ef9420"
KNOWN_DIGEST = "99afea0ebe04be42664e9bfd02a3e53e04d41e13e9cd4292633fbee2586dc85a"

mappings = st.recursive(
    st.none()
    | st.booleans()
    | st.text(st.characters(exclude_categories=["Cs"]))
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inside: (
        st.lists(inside, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inside, max_size=4)
    ),
    max_leaves=20,
)


@contextmanager
def folder_of(text: bytes) -> Iterator[str]:
    """A node's folder whose document is ``text``; gone when the example is over."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "data").mkdir()
        for name, data in FILES.items():
            Path(folder, name).write_bytes(data)
        Path(folder, "node.onex").write_bytes(text)
        yield folder


def plain(value: object) -> bytes:
    """``value`` as YAML that is JSON."""
    return json.dumps(value, ensure_ascii=False).encode()


def hash_of(text: bytes) -> str:
    """The hash that a lock of the node with the document ``text`` records."""
    return snapshot.document_digest(document.parse(text, "node.onex").value)


def places(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The paths of all values inside ``value``."""
    inside = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    found = [path] if path else []
    for key, child in inside:
        found += places(child, (*path, key))
    return found


def replaced(value: object, path: tuple[str | int, ...], new: object) -> object:
    """``value`` with ``new`` at ``path``."""
    whole = copy.deepcopy(value)
    place = whole
    for part in path[:-1]:
        place = place[part]
    place[path[-1]] = new
    return whole


class Spelling:
    """A person's way of writing YAML, drawn line by line."""

    def __init__(self, data: st.DataObject) -> None:
        self.data = data

    def text(self, value: str) -> str:
        """``value`` in double quotes, in single quotes, or with escapes."""
        styles = [json.dumps(value, ensure_ascii=False), json.dumps(value)]
        if value.isprintable():
            styles.append("'" + value.replace("'", "''") + "'")
        # YAML has no escapes for pairs of surrogates.
        return self.data.draw(st.sampled_from([s for s in styles if "\\ud83d" not in s]))

    def scalar(self, value: object) -> str:
        """``value`` on one line."""
        if isinstance(value, str):
            return self.text(value)
        words = ["null", "~"] if value is None else [json.dumps(value)]
        return self.data.draw(st.sampled_from(words))

    def flow(self, value: object) -> str:
        """``value`` in brackets."""
        if isinstance(value, dict):
            inside = [f"{self.text(key)}: {self.flow(item)}" for key, item in self.pairs(value)]
            return "{" + ", ".join(inside) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(map(self.flow, value)) + "]"
        return self.scalar(value)

    def pairs(self, value: dict[str, object]) -> list[tuple[str, object]]:
        """The members of ``value`` in any order."""
        return self.data.draw(st.permutations(list(value.items())))

    def block(self, value: dict[str, object], indent: str = "") -> list[str]:
        """The lines of ``value``, with comments and empty lines between them."""
        lines = []
        for key, item in self.pairs(value):
            lines += self.data.draw(st.lists(st.sampled_from(["", "# note: x", "   "]), max_size=1))
            comment = self.data.draw(st.sampled_from(["", " # c", "  "]))
            if isinstance(item, dict) and self.data.draw(st.booleans()):
                lines += [f"{indent}{key}:{comment}", *self.block(item, f"{indent}  ")]
            else:
                lines.append(f"{indent}{key}: {self.flow(item)}{comment}")
        return lines


@given(st.data(), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "\ufeff"]))
def test_d2_spelling_does_not_change_the_hash(data, line_end, mark):
    """Order, comments, quoting, line ends and a byte order mark are the author's own affair."""
    lines = Spelling(data).block(DOCUMENT)
    text = (mark + line_end.join(lines) + line_end).encode()

    assert hash_of(text) == hash_of(plain(DOCUMENT))


@given(st.sampled_from(places(DOCUMENT)), mappings)
def test_d2_every_value_changes_the_hash(path, new):
    """No value of the document can change unnoticed, but for the snapshot of trust."""
    changed = replaced(DOCUMENT, path, new)
    assume(find_float(changed) is None)
    same = plain(changed) == plain(DOCUMENT) or path[:2] == ("trust", "snapshot")

    assert (digest_of(changed) == digest_of(DOCUMENT)) is same


def digest_of(value: object) -> str:
    """The hash that a lock of the document ``value`` records."""
    return snapshot.document_digest(value)


@given(st.sampled_from([*DOCUMENT, "policy"]))
def test_d2_every_key_changes_the_hash(key):
    """A key that is taken away or renamed is noticed."""
    changed = copy.deepcopy(DOCUMENT)
    place = changed if key in changed else changed["trust"]
    kept = place.pop(key)
    without = digest_of(changed)
    place[f"{key}-2"] = kept

    assert len({without, digest_of(changed), digest_of(DOCUMENT)}) == 3


@given(st.data())
def test_d3_locking_twice_is_locking_once(data):
    """A lock that holds is not written again, and what it wrote it accepts."""
    text = "\n".join(Spelling(data).block(DOCUMENT)).encode() + b"\n"
    with folder_of(text) as folder:
        assert lock.write(node.load(folder)) is True
        once = Path(folder, "node.onex").read_bytes()

        assert lock.write(node.load(folder)) is False
        assert Path(folder, "node.onex").read_bytes() == once
        locked = node.load(folder)
        assert lock.compare(locked, snapshot.take(locked)) == []


@given(st.dictionaries(st.sampled_from(["samples", "level", "score"]), mappings), st.booleans())
def test_snapshot_of_trust_is_free(members, whole):
    """A score that is written down does not break the lock, so gates need no new lock."""
    changed = copy.deepcopy(DOCUMENT)
    changed["trust"]["snapshot"] = members if whole else changed["trust"]["snapshot"] | members

    assert snapshot.document_digest(changed) == digest_of(DOCUMENT)


def test_known_digest():
    """Changing this value would break every lock there is."""
    assert digest_of(DOCUMENT) == KNOWN_HASH
    assert digest({"b": [1, None, True, "é\U0001f600"], "a": {}}) == KNOWN_DIGEST


def flip(data: bytes, bit: int) -> bytes:
    """``data`` with one bit the other way."""
    return bytes(
        byte ^ (1 << bit % 8) if index == bit // 8 else byte for index, byte in enumerate(data)
    )


@st.composite
def tampering(draw):
    """What somebody may do to one file: its name, and a function of the node's folder."""
    name = draw(st.sampled_from(sorted(FILES)))
    data = FILES[name]
    kinds = {
        "delete": os.unlink,
        "rename": lambda path: os.rename(path, f"{path}x"),
        "execute": lambda path: os.chmod(path, 0o700),
        "append": lambda path: Path(path).write_bytes(data + b"\0"),
        "link": lambda path: (os.unlink(path), os.symlink("/dev/null", path)),
    }
    if data:
        bit = draw(st.integers(0, len(data) * 8 - 1))
        kinds["flip"] = lambda path: Path(path).write_bytes(flip(data, bit))
        kinds["cut"] = lambda path: Path(path).write_bytes(data[: bit // 8])
    return name, draw(st.sampled_from(sorted(kinds))), kinds


def found_in(folder: str) -> str:
    """What the lock of the node in ``folder`` has against it, as one text."""
    try:
        loaded = node.load(folder)
        problems = lock.compare(loaded, snapshot.take(loaded))
    except document.DocumentError as error:
        return str(error)
    return "\n".join(f"{problem.file}: {problem.message}" for problem in problems)


@given(tampering())
def test_t1_tampering_with_a_file_is_noticed(change):
    """One bit, one file, one name or one mode: the file is named."""
    name, kind, kinds = change
    with folder_of(plain(DOCUMENT)) as folder:
        lock.write(node.load(folder))
        kinds[kind](os.path.join(folder, name))

        assert name in found_in(folder)


@given(
    st.sampled_from(["", "data/", "new/"]),
    st.from_regex(r"[a-z][a-z0-9 .-]{0,20}[a-z]", fullmatch=True),
    st.binary(max_size=5),
)
def test_t1_added_file_is_noticed(below, name, data):
    """A file that nobody locked is named, whatever it is called and wherever it lies."""
    with folder_of(plain(DOCUMENT)) as folder:
        assume(not os.path.lexists(os.path.join(folder, f"{below}{name}")))
        lock.write(node.load(folder))
        os.makedirs(os.path.join(folder, below), exist_ok=True)
        Path(folder, f"{below}{name}").write_bytes(data)

        assert found_in(folder) == f"{below}{name}: {below}{name} is not locked"


def test_t1_swapped_files_are_both_named():
    """Two files that change places are two changes."""
    with folder_of(plain(DOCUMENT)) as folder:
        lock.write(node.load(folder))
        Path(folder, "node.py").write_bytes(FILES["data/words.txt"])
        Path(folder, "data/words.txt").write_bytes(FILES["node.py"])

        assert [line.partition(":")[0] for line in found_in(folder).splitlines()] == [
            "data/words.txt",
            "node.py",
        ]


@given(st.data())
def test_t1_every_bit_of_the_document(data):
    """A bit of node.onex either changes nothing that it says, or is noticed."""
    with folder_of(plain(DOCUMENT)) as folder:
        lock.write(node.load(folder))
        locked = Path(folder, "node.onex").read_bytes()
        value = document.parse(locked, "node.onex").value
        changed = flip(locked, data.draw(st.integers(0, len(locked) * 8 - 1)))
        Path(folder, "node.onex").write_bytes(changed)
        found = found_in(folder)
        if not found:
            now = document.parse(changed, "node.onex").value
            now["trust"]["snapshot"] = value["trust"]["snapshot"]
            assert now == value


@given(mappings)
def test_canonical_bytes_are_those_of_rfc_8785(value):
    """The fast way is taken only where it gives the same bytes."""
    assert canonical_bytes(value) == rfc8785.dumps(value)


@given(mappings)
def test_golden_bytes_say_the_value(value):
    """Reading the golden bytes gives the value back, on one line."""
    data = golden_bytes(value)

    assert json.loads(data) == value
    assert b"\n" not in data
