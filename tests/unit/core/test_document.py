"""A document knows its value, its places, and how to show a line of itself."""

import os
from collections.abc import Iterator
from itertools import repeat

import pytest

from onex.core import document
from onex.core.document import Document
from onex.errors import DocumentError


def test_format_follows_the_name():
    """A name that ends in .json is JSON; every other one is YAML."""
    assert document.parse(b"a: 1", "node.onex").value == {"a": 1}
    assert document.parse(b'{"a": 1}', "a.json").value == {"a": 1}
    with pytest.raises(DocumentError, match="not JSON"):
        document.parse(b"a: 1", "a.json")


def test_document_keeps_the_bytes(tmp_path):
    """Reading keeps the file as it is on disk, for digests and for edits."""
    path = os.fspath(tmp_path / "node.onex")
    data = "\ufeffa: é\r\n".encode()
    (tmp_path / "node.onex").write_bytes(data)

    assert document.read(path) == Document(path, data, {"a": "é"})


@pytest.mark.parametrize(
    ("pointer", "key", "place"),
    [
        ("", False, (1, 1)),
        ("/a", False, (2, 3)),
        ("/a", True, (1, 1)),
        ("/a/b", True, (2, 3)),
        ("/a/b/0", False, (3, 7)),
        ("/a/b/0", True, (3, 7)),
        ("/a/b/7/x", False, (3, 5)),
        ("/nowhere", True, (1, 1)),
        ("/nowhere/a", False, (1, 1)),
    ],
)
def test_place_of_a_pointer(pointer, key, place):
    """What is not there is placed at its nearest parent."""
    found = document.parse(b"a:\n  b:\n    - 1\n", "node.onex").locate(pointer, key=key)

    assert found == place


@pytest.mark.parametrize(
    ("line", "column", "shown"),
    [
        (0, 1, ""),
        (1, 1, "a: é b"),
        (2, 1, "b: \\u200bx\\u202e"),
        (3, 1, "c: " + "x" * 117 + "..."),
        (3, 203, "..." + "x" * 120 + "..."),
        (3, 999, "..." + "x" * 120),
        (4, 1, ""),
        (9, 1, ""),
    ],
)
def test_line_is_safe_to_print(line, column, shown):
    """One row of printable characters, cut around the column."""
    text = "\ufeffa: é\tb\r\nb: \u200bx\u202e\rc: " + "x" * 300 + "\n"

    assert document.parse(text.encode(), "p").line_text(line, column) == shown


@pytest.mark.parametrize(
    ("length", "column", "start", "end"),
    [
        (120, 100, 0, 120),
        (121, 1, 0, 120),
        (121, 61, 0, 120),
        (121, 62, 1, 121),
        (300, 203, 142, 262),
        (300, 301, 240, 300),
        (300, 302, 180, 300),
        (100, 999, 0, 100),
    ],
)
def test_long_line_is_cut_around_the_column(length, column, start, end):
    """Half of what is shown stands before the column; behind the end, the end is shown."""
    line = "".join(chr(0x4E00 + index) for index in range(length))
    before, behind = "..." if start else "", "..." if end < length else ""

    shown = document.parse(line.encode(), "p").line_text(1, column)
    assert shown == f"{before}{line[start:end]}{behind}"


def test_limit_is_the_callers(tmp_path):
    """As many bytes as allowed are read, and one more is refused with both numbers."""
    (tmp_path / "f").write_bytes(b"12345")
    path = os.fspath(tmp_path / "f")

    assert document.read_bytes(path, 5) == b"12345"
    with pytest.raises(DocumentError) as caught:
        document.read_bytes(path, 4)
    assert str(caught.value) == f"{path}:1:1: the file has 5 bytes; at most 4 are read"


def grow(monkeypatch, path: str, pieces: Iterator[bytes]) -> None:
    """Have the file at ``path`` grow by the next of ``pieces`` before each read."""
    read = os.read

    def read_and_grow(descriptor, count):
        with open(path, "ab") as file:
            file.write(next(pieces))
        return read(descriptor, count)

    monkeypatch.setattr(os, "read", read_and_grow)


@pytest.mark.parametrize(
    ("size", "by"),
    [(1, b"23"), (3, b"45"), (4, b"5"), (1, b"2" * 20), (0, b"1")],
    ids=["reads", "at the limit", "from the limit", "much", "from nothing"],
)
def test_file_that_grows_while_it_is_read(tmp_path, monkeypatch, size, by):
    """The limit holds for what is read, not for what was promised; no more than one byte beyond is."""
    path = os.fspath(tmp_path / "f")
    (tmp_path / "f").write_bytes(b"1" * size)
    grow(monkeypatch, path, repeat(by))
    with pytest.raises(DocumentError, match="the file has 5 bytes; at most 4 are read"):
        document.read_bytes(path, 4)


def test_file_that_grows_up_to_the_limit_is_read(tmp_path, monkeypatch):
    """As many bytes as allowed are allowed, whenever they came."""
    path = os.fspath(tmp_path / "f")
    (tmp_path / "f").write_bytes(b"12")
    grow(monkeypatch, path, iter([b"3", b"4", b""]))

    assert document.read_bytes(path, 4) == b"1234"


def test_what_fails_while_it_is_read_is_named(tmp_path, monkeypatch):
    """A disk may fail behind the opening, too; the descriptor is given back either way."""
    (tmp_path / "f").write_bytes(b"1")

    def fail(_descriptor, _count):
        raise OSError(5, os.strerror(5))

    monkeypatch.setattr(os, "read", fail)
    before = len(os.listdir("/proc/self/fd"))
    with pytest.raises(DocumentError, match="the file cannot be read: Input/output error"):
        document.read_bytes(os.fspath(tmp_path / "f"))
    assert len(os.listdir("/proc/self/fd")) == before


def test_short_reads_are_joined(tmp_path, monkeypatch):
    """The kernel may give less than was asked for."""
    (tmp_path / "f").write_bytes(b"12345")
    read = os.read
    monkeypatch.setattr(os, "read", lambda descriptor, count: read(descriptor, min(count, 2)))

    assert document.read_bytes(os.fspath(tmp_path / "f")) == b"12345"


def test_file_of_unknown_size_is_read():
    """A file of the kernel says that it is empty, and is not."""
    assert document.read_bytes("/proc/self/status").startswith(b"Name:")


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("missing", "no such file"),
        ("file/below", "no such file: a part of the path is not a folder"),
        ("link", "a symbolic link, which is not followed here, or one that leads in a circle"),
        ("x" * 300, "the path is too long"),
        ("a\0b", "this is no name of a file: it holds a NUL character"),
    ],
)
def test_path_that_cannot_be_opened(tmp_path, name, problem):
    """The message says what is wrong with the path."""
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "link").symlink_to("file")
    path = f"{tmp_path}/{name}"

    with pytest.raises(DocumentError) as caught:
        document.read_bytes(path, follow=False)
    assert caught.value.problem == problem
    assert caught.value.path == path


@pytest.mark.parametrize(
    ("number", "problem"),
    [(13, "no permission to read the file"), (5, "the file cannot be read: Input/output error")],
)
def test_error_of_the_system_is_named(monkeypatch, number, problem):
    """An error of the system becomes a DocumentError with its reason."""

    def fail(*_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "open", fail)
    with pytest.raises(DocumentError) as caught:
        document.read_bytes("f")
    assert caught.value.problem == problem
