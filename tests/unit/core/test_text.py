"""Bytes as text: what may be in it, where a character stands, and how a message shows it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex.core import text as of_text
from onex.errors import ConflictError, DocumentError

LFS = "version https://git-lfs.github.com/spec/v1\n"
HTML = "this is an HTML page, not a document of onex; was it saved from a web site?"


@given(st.text(alphabet="ab\r\n\u2028é𝄞", max_size=12))
def test_place_of_each_character(text):
    """The line of a character has it at its column; lines end at LF, CR LF and CR alone."""
    lines = of_text.split_lines(text)
    place = of_text.Lines(text).place
    assert "".join(lines) == re.sub("[\r\n]", "", text)
    for offset, character in enumerate(text):
        line, column = place(offset)
        if character not in "\r\n":
            assert lines[line - 1][column - 1] == character
    assert place(len(text)) == (len(lines), len(lines[-1]) + 1)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a'\n", '"a\'\\n"'),
        ("x" * 40, f"'{'x' * 40}'"),
        ("x" * 41, f"'{'x' * 37}...'"),
    ],
)
def test_text_in_a_message(text, shown):
    """Quoted, escaped, and never longer than it may be."""
    assert of_text.shorten(text) == shown


def test_as_many_bytes_as_allowed():
    """The limit is the last number that is allowed; one more is refused with both numbers."""
    assert of_text.decode(b"12345", "p", 5) == "12345"
    with pytest.raises(DocumentError) as caught:
        of_text.decode(b"123456", "p", 5)
    assert str(caught.value) == "p:1:1: the file has 6 bytes; at most 5 are read"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\xff\xfea\0", "1:1: the file is UTF-16; onex reads UTF-8, so save it as UTF-8"),
        (b"\xfe\xff\0a", "1:1: the file is UTF-16; onex reads UTF-8, so save it as UTF-8"),
        (b"\xff\xfe\0\0", "1:1: the file is UTF-32; onex reads UTF-8, so save it as UTF-8"),
        (b"\0\0\xfe\xff", "1:1: the file is UTF-32; onex reads UTF-8, so save it as UTF-8"),
        (b"a\n\xc3\xa9\x0f\xff", "2:3: byte 0xFF is not UTF-8; save the file as UTF-8"),
        (b"\xef\xbb\xbf\xe9", "1:1: byte 0xE9 is not UTF-8; save the file as UTF-8"),
    ],
)
def test_bytes_that_are_no_text(data, message):
    """Another encoding is named where it says its name; else the first byte is."""
    with pytest.raises(DocumentError) as caught:
        of_text.decode(data, "p")
    assert str(caught.value) == f"p:{message}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<!DOCTYPE html>", f"1:1: {HTML}"),
        ("\n  <HTML>", f"1:1: {HTML}"),
        ("<?xml version='1.0'?>", "1:1: this is XML, not a document of onex"),
        (LFS, "1:1: this is a Git LFS pointer, not the file itself; run `git lfs pull`"),
        ("a: 1\r\n<<<<<<< ours\r\n", f"2:1: {of_text.CONFLICT}"),
        ("a: 1\n<<<<<<<", f"2:1: {of_text.CONFLICT}"),
    ],
)
def test_another_kind_of_file_is_named(text, message):
    """What a mishap has put in the place of a document is called by its name."""
    with pytest.raises(DocumentError) as caught:
        of_text.refuse_strangers(text, "p")
    assert str(caught.value) == f"p:{message}"
    assert isinstance(caught.value, ConflictError) == ("<<<" in text)


@pytest.mark.parametrize("text", ["", "a <html>", "a: <<<<<<< x", "<<<<<<<x", "<<<<<< x", LFS[1:]])
def test_what_only_looks_like_one_is_read(text):
    """A mark counts where a tool would have written it."""
    assert of_text.refuse_strangers(text, "p") is None


@pytest.mark.parametrize(
    ("text", "shown"),
    [("é b", "é b"), ("a\tb\x1b", "a\\tb\\x1b"), ("\u200b\ud800", "\\u200b\\ud800")],
)
def test_text_on_one_row(text, shown):
    """What does not print is shown as its escape, and the rest as it is."""
    assert of_text.printable(text) == shown


def test_what_is_not_unicode_is_escaped():
    """Stand-ins for bytes that are not UTF-8 become text, wherever in a value they are."""
    broken, whole = "a\udcffé", "a\\udcffé"

    assert (of_text.is_unicode(broken), of_text.is_unicode(whole)) == (False, True)
    assert of_text.unicode_text(broken) == whole
    assert of_text.unicode_value([{broken: [broken, 1, None]}, "é"]) == [
        {whole: [whole, 1, None]},
        "é",
    ]


def test_plural():
    """One is one."""
    assert [of_text.plural(count, "node") for count in range(3)] == ["0 nodes", "1 node", "2 nodes"]
