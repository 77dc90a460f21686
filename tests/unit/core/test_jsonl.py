"""Files of lines: what is read, and where the first thing stands that cannot be."""

import os

import pytest

from onex.core import jsonl
from onex.errors import DocumentError


def write(path, data):
    path.write_bytes(data)
    return str(path)


def test_i12_a_line_ends_at_a_line_feed_alone(tmp_path):
    """Separators of Unicode, and of Python, stand in a text like any other character."""
    path = write(tmp_path / "a.jsonl", '"\u2028\x85\u2029"\n[1]\r\n{}\n'.encode())

    assert list(jsonl.read(path)) == [(1, 0, "\u2028\x85\u2029"), (2, 11, [1]), (3, 16, {})]


def test_an_empty_file_has_no_lines(tmp_path):
    """Whether that is wrong depends on what the lines are of."""
    assert list(jsonl.read(write(tmp_path / "a.jsonl", b""))) == []


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'{"a":1}\n{"a"', "2:1: the last line, from byte 8, is torn: it has no end"),
        (b"1", "1:1: the last line, from byte 0, is torn: it has no end"),
        (b"1\n\n2\n", "2:1: the line, from byte 2, is not one JSON value: not JSON: the file is empty"),
        (b"1 2\n", "1:3: the line, from byte 0, is not one JSON value: not JSON: something"),
        (b"1\nNaN\n", "2:1: the line, from byte 2, is not one JSON value: NaN is no number"),
        (b'1\n{"a":1,"a":2}\n', "2:8: the line, from byte 2, is not one JSON value: the key 'a' stands"),
        (b"1\n\xff\n", "2:1: the line, from byte 2, is not one JSON value: byte 0xFF is not UTF-8"),
        (b"1\n\x00\x00\n", "2:1: the line, from byte 2, is not one JSON value: not JSON"),
    ],
    ids=["torn", "unended", "hole", "two", "nan", "twice", "bytes", "zeros"],
)  # fmt: skip
def test_i12_a_broken_line_is_named(tmp_path, data, message):
    """By its number and the byte that it begins at; what stands before it is read."""
    path = write(tmp_path / "a.jsonl", data)
    with pytest.raises(DocumentError) as caught:
        list(jsonl.read(path))

    assert caught.value.message.startswith(f"{path}:{message}")


def test_a_line_has_an_end_somewhere(tmp_path, monkeypatch):
    """A file without line ends is not read into memory to find that out."""
    monkeypatch.setattr(jsonl, "LONGEST", 8)
    path = write(tmp_path / "a.jsonl", b"[1,2,3]\n[1,2,34]\n")
    with pytest.raises(DocumentError, match="the line, from byte 8, has more than 8 bytes"):
        list(jsonl.read(path))


@pytest.mark.parametrize("make", [str, os.mkdir, os.mkfifo], ids=["absent", "folder", "pipe"])
def test_what_is_no_file_is_refused(tmp_path, make):
    """A pipe would never end."""
    path = str(tmp_path / "a.jsonl")
    make(path)
    with pytest.raises(DocumentError, match=r"a\.jsonl"):
        list(jsonl.read(path))


def test_lines_are_read_one_by_one(tmp_path):
    """What the first lines say is known before the last is looked at."""
    found = jsonl.read(write(tmp_path / "a.jsonl", b"1\n2\nbroken"))

    assert [next(found).value, next(found).value] == [1, 2]
    with pytest.raises(DocumentError, match="torn"):
        next(found)
