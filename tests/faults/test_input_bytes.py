"""Hostile bytes where a document should be: rows I1 to I11, P4 and P5."""

import json
import os
import pickle
import resource
import socket
import subprocess
import sys
import time

import pytest

from onex.core import document
from onex.core.canonical import canonical_bytes
from onex.core.text import MAX_BYTES
from onex.errors import DocumentError


def refusal(data: bytes, path: str = "node.onex") -> str:
    with pytest.raises(DocumentError) as caught:
        document.parse(data, path)
    return str(caught.value).removeprefix(f"{path}:")


def full(unit: bytes, before: bytes = b"", behind: bytes = b"") -> bytes:
    """As many of ``unit`` as a document may have bytes for."""
    count = (MAX_BYTES - len(before) - len(behind)) // len(unit)
    return before + unit * count + behind


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n", "1:4: anchors ('&name')"),
        (b"&a [*a]\n", "1:1: anchors ('&name')"),
        (b"- x\n- *a\n", "2:3: aliases ('*name')"),
        (b"a:\n  <<: {x: 1}\n", "2:3: merge keys ('<<')"),
        (b"a: {<<: [{}, {}]}\n", "1:5: merge keys ('<<')"),
    ],
)
def test_i1_bombs_of_aliases_are_refused(data, message):
    """Nothing is ever expanded: the first anchor, alias or merge key ends the reading."""
    assert refusal(data).startswith(message)


DEEP = {
    "flow": (b"[", b"1:65: nested deeper than 64 levels"),
    "map": (b"{a: ", b"1:257: nested deeper than 64 levels"),
    "block": (b"- ", b"1:129: nested deeper than 64 levels"),
    "keys": (b"? ", b"1:3: a key must be text, not a list or a mapping"),
    "flow_keys": (b"{[", b"1:2: a key must be text, not a list or a mapping"),
}


@pytest.mark.parametrize("depth", [10**2, 10**3, 10**4, 10**5])
@pytest.mark.parametrize("form", DEEP)
def test_i2_depth_is_refused_before_it_hurts(form, depth):
    """The parser is never asked for more than 64 levels, closed or not."""
    unit, message = DEEP[form]

    assert refusal((unit * depth)[:MAX_BYTES]) == message.decode()


@pytest.mark.parametrize("depth", [10**2, 10**5])
@pytest.mark.parametrize("unit", [b"[", b'{"a":'])
def test_i2_depth_of_json_is_refused(unit, depth):
    """The recursive parser of Python never sees a deep text."""
    assert refusal(unit * depth, "case.json").endswith("nested deeper than 64 levels")


def test_i2_allowed_depth_is_read():
    """64 levels are."""
    text = b"[" * 64 + b"]" * 64

    assert document.parse(text, "a.yaml").value == document.parse(text, "a.json").value


HUGE = {
    "scalar": full(b"x", b'a: "', b'"'),
    "plain": full(b"b ", b"a: "),
    "key": full(b"k", b"", b": 1"),
    "digits": full(b"1", b"a: "),
    "fraction": full(b"1", b"a: 0."),
    "exponent": full(b"1", b"a: 1e"),
    "literal": full(b" x\n", b"a: |\n"),
    "blank_literal": full(b"\n", b"a: |\n"),
    "lines_in_quotes": full(b" \n", b'a: "', b'"'),
    "open_quotes": full(b"x", b'a: "'),
    "escapes": full(b"\\x41", b'"', b'"'),
    "comments": full(b"#\n"),
    "newlines": full(b"\n"),
    "returns": full(b"\r"),
    "anchor": full(b"a", b"&"),
    "tag": full(b"%41", b"!"),
    "directives": b"".join(b"%%TAG !%d! x\n" % number for number in range(60_000)),
    "late_directives": b"a: 1\n...\n" + b"".join(b"%%TAG !%d! x\n" % n for n in range(60_000)),
    "documents": full(b"---\n"),
    "items": full(b"1,", b"[", b"]"),
    "dashes": full(b"-\n"),
    "lists": full(b"[],", b"[", b"]"),
    "pairs": full(b"a: 1,", b"[", b"]"),
    "many_keys": b"".join(b"k%d: 1\n" % number for number in range(90_000)),
    "long_paths": b'{"%s": [%s]}' % (b"k" * 500_000, b"1," * 90_000 + b"1"),
    "conflicts": full(b"<<<<<<<x\n"),
    "astral": full("\U0001f600".encode()),
}


JUDGE = """
import json, pickle, re, sys, time
from onex.core import document
from onex.errors import DocumentError
seconds = {}
for name, data in pickle.load(sys.stdin.buffer).items():
    start = time.process_time()
    try:
        document.parse(data, sys.argv[1]).locate("/a")
    except DocumentError:
        pass
    seconds[name] = time.process_time() - start
# Of this program alone: what getrusage tells has the peak of whoever started it in it.
peak = re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())
print(json.dumps([seconds, int(peak[1])]))
"""


@pytest.mark.parametrize("path", ["a.yaml", "a.json"])
def test_i3_every_full_file_is_judged_in_time_and_memory(path):
    """A document of one MiB is read, with its places, or refused: in 2 s and 300 MiB."""
    # A process of its own, whose time no coverage is measured in and whose memory is not ours.
    done = subprocess.run(
        [sys.executable, "-c", JUDGE, path],
        input=pickle.dumps(HUGE),
        env={"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        check=True,
    )
    seconds, kibibytes = json.loads(done.stdout)

    assert {name: value for name, value in seconds.items() if value > 2} == {}
    assert seconds.keys() == HUGE.keys()
    assert kibibytes < 300 * 1024


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"a: 1\nb: 2\na: 3\n", "3:1: the key 'a' stands twice, on lines 1 and 3"),
        (b"x:\n  - a: 1\n    a: 1\n", "3:5: the key 'a' stands twice, on lines 2 and 3"),
        (b"a: 1\n'a': 2\n", "2:1: the key 'a' stands twice, on lines 1 and 2"),
        (b'a: 1\n"\\x61": 2\n', "2:1: the key 'a' stands twice, on lines 1 and 2"),
        (b"{a: 1, ? a : 2}\n", "1:10: the key 'a' stands twice, on lines 1 and 1"),
        (b"1: a\n'1': b\n", "1:1: the key 1 is not text; quote it"),
    ],
)
def test_i4_repeated_keys_are_refused_with_both_lines(data, message):
    """The last one never wins silently, however the two are written."""
    assert refusal(data) == message


def test_i4_keys_are_compared_as_they_are():
    """Two spellings of one sight are two keys; what they look like is for the linter."""
    data = b'"\\u00e9": 1\n"e\\u0301": 2\n'

    assert document.parse(data, "a.yaml").value == {"\u00e9": 1, "e\u0301": 2}


def test_i4_repeated_keys_of_json_are_refused_with_both_lines():
    """Python's parser keeps the last of them; onex keeps none."""
    expected = "3:2: the key 'a' stands twice, on lines 1 and 3"
    assert refusal(b'{"a": 1,\n "b": {"a": 1},\n "\\u0061": 2}', "a.json") == expected


@pytest.mark.parametrize(
    "tag",
    [b"!!python/object/apply:os.system ['touch marker']", b"!!python/name:os.system ''",
     b"!include marker", b"!ENV ${HOME}", b"!!binary eA==", b"!!str x", b"!<x> y", b"! x"],
)  # fmt: skip
def test_i5_no_tag_has_an_effect(tag, tmp_path, monkeypatch):
    """Every tag is refused where it stands, and a marker file never appears."""
    monkeypatch.chdir(tmp_path)

    assert refusal(b"a: " + tag).startswith("1:4: tags (here ")
    assert os.listdir(tmp_path) == []


def test_i5_no_directive_has_an_effect():
    """A prefix of tags cannot be declared."""
    message = refusal(b"%TAG ! tag:yaml.org,2002:python/\n---\na: 1\n")

    assert message.startswith("1:1: directives ('%' begins a line) are not read")


# fmt: off
TEXTS = [
    "no", "No", "NO", "yes", "Yes", "YES", "on", "On", "off", "OFF", "y", "n", "Y", "N", "nUlL", "tRUE",
    "1_000", "0_1", "0b101", "-0x1F", "0X1F", "12:30", "12:30:45", "190:20:30.15", "2026-01-02",
    "2026-01-02T03:04:05Z", "1.2.3", "1e", "1e+", "--", ".", "+", "=", "<",
]
REFUSED = [
    "010", "0123456", "0x1F", "0o17", "+1", "1.", ".5", "-.5", ".inf", "-.Inf", "+.INF",
    ".nan", ".NaN", ".NAN",
]
# fmt: on


@pytest.mark.parametrize("scalar", TEXTS)
def test_i6_words_of_older_yaml_are_text(scalar):
    """No country, clock or date turns into something else."""
    assert document.parse(f"a: {scalar}".encode(), "a.yaml").value == {"a": scalar}


@pytest.mark.parametrize("scalar", REFUSED)
def test_i6_numbers_of_some_readers_are_refused_by_name(scalar):
    """Where readers disagree, the author has to say what is meant."""
    assert refusal(f"a: {scalar}".encode()).startswith(f"1:4: '{scalar}' is a number to some")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"hash: 4e5000000", "1:7: '4e5000000' is too large for a number; quote it if it is text"),
        (b"hash: 0123456", "1:7: '0123456' is a number to some readers only; quote it if it is text"),
    ],
)  # fmt: skip
def test_i7_text_that_looks_like_a_number_is_no_text(data, message):
    """A digest without quotes is never taken for what it is not."""
    assert refusal(data) == message


def test_i7_version_without_quotes_is_a_number():
    """It stays one, so that the schema, which asks for text, refuses it."""
    assert document.parse(b"version: 1.10", "a.yaml").value == {"version": 1.1}


@pytest.mark.parametrize("path", ["a.yaml", "a.json"])
@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("\ufeff{}".encode("utf-16-le"), "1:1: the file is UTF-16;"),
        ("\ufeff{}".encode("utf-16-be"), "1:1: the file is UTF-16;"),
        ("\ufeff{}".encode("utf-32-le"), "1:1: the file is UTF-32;"),
        ("\ufeff{}".encode("utf-32-be"), "1:1: the file is UTF-32;"),
        ("[\n'é']".encode("latin-1"), "2:2: byte 0xE9 is not UTF-8;"),
        (b'["\xc0\xaf"]', "1:3: byte 0xC0 is not UTF-8;"),
        (b'["\xed\xa0\xb4\xed\xb4\x9e"]', "1:3: byte 0xED is not UTF-8;"),
        (b'["\xf4\x90\x80\x80"]', "1:3: byte 0xF4 is not UTF-8;"),
        (b"\xef\xbb\xbf\n\xff", "2:1: byte 0xFF is not UTF-8;"),
        (b"\xef\xbb\xbf\xff", "1:1: byte 0xFF is not UTF-8;"),
        (b'["\xe2\x82', "1:3: byte 0xE2 is not UTF-8;"),
    ],
)  # fmt: skip
def test_i8_other_encodings_are_refused(path, data, message):
    """Nothing is guessed, and the message names the encoding or the byte."""
    assert refusal(data, path).startswith(message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{}\0", "1:3: a NUL character: is this UTF-16 or a binary file?"),
        ("a:\n  \0", "2:3: a NUL character: is this UTF-16 or a binary file?"),
        ("a: \x1b[31m", "1:4: the character U+001B may not stand here as it is;"),
        ("a: b\u2028c: d", "1:5: the character U+2028 may not stand here as it is;"),
        ("a: b\u2029c: d", "1:5: the character U+2029 may not stand here as it is;"),
        ("a: b\x85c: d", "1:5: the character U+0085 may not stand here as it is;"),
        ("\ufeff\ufeffa: b", "1:1: the character U+FEFF may not stand here as it is;"),
        ("a: \ufffe", "1:4: the character U+FFFE may not stand here as it is;"),
        ('a: "\\ud834\\udd1e"', "1:7: not YAML: this escape is no character;"),
    ],
)  # fmt: skip
def test_i8_characters_that_readers_see_otherwise_are_refused(text, message):
    """Controls, invisible marks, and line breaks that no editor shows."""
    assert refusal(text.encode()).startswith(message)


def test_i8_mark_at_the_start():
    """YAML may begin with a byte order mark; JSON may not."""
    data = "\ufeff{}".encode()

    assert document.parse(data, "a.yaml").value == {}
    assert refusal(data, "a.json").startswith("1:1: a byte order mark, which JSON does not have;")


@pytest.mark.parametrize("text", ['["\\ud834"]', '["\\udd1e\\ud834"]', '{"\\uDC00": 1}'])
def test_i8_halves_of_surrogate_pairs_are_refused(text):
    """What cannot be written again is not read."""
    assert "half of a surrogate pair" in refusal(text.encode(), "a.json")


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_i9_layout_does_not_change_the_digest(end):
    """Line ends, comments, blanks and the last line end are no content."""
    text = "a: 1\nb: |\n  x\n  y\nc:\n  - z\n"
    plain = canonical_bytes(document.parse(text.encode(), "a.yaml").value)
    twins = [
        text.replace("\n", end),
        text.removesuffix("\n"),
        text.replace("a: 1", "# c\n\na:   1   # d"),
        "\ufeff" + text,
        f"---\n{text}...\n",
    ]

    assert [canonical_bytes(document.parse(t.encode(), "a.yaml").value) for t in twins] == [
        plain
    ] * len(twins)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[NaN]", "1:2: NaN is no number of JSON"),
        ("[-Infinity]", "1:2: -Infinity is no number of JSON"),
        ("[1e400]", "1:2: '1e400' is too large for a number"),
        ("[-1e400]", "1:2: '-1e400' is too large for a number"),
        (f"[{'9' * 5000}]", "1:2: a number of 5000 characters; at most 4300 are read"),
        (f"[0.{'9' * 5000}]", "1:2: a number of 5002 characters; at most 4300 are read"),
    ],
)
def test_i10_numbers_that_are_none_are_refused(text, message):
    """No infinity gets in, by name or by overflow."""
    assert refusal(text.encode(), "a.json").startswith(message)
    if text[1].isdigit():
        assert refusal(text.encode(), "a.yaml").startswith(message)


@pytest.mark.parametrize("path", ["a.yaml", "a.json"])
def test_i10_numbers_keep_their_kind(path):
    """An integer is exact at any size, and 1.0 is no integer."""
    value = document.parse(b"[9007199254740993, -0, 1, 1.0, -0.0, 1e2]", path).value

    assert repr(value) == "[9007199254740993, 0, 1, 1.0, -0.0, 100.0]"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "1:1: the file is empty"),
        (b"\n\n# only a comment\n", "4:1: the file is empty"),
        (b"---\n", "2:1: the file is empty"),
        (b"a: 1\n---\nb: 1\n", "2:1: a second document starts here; a file holds one"),
        (b"a: 1\n...\n---\n", "3:1: a second document starts here; a file holds one"),
        (b"a: 1\n<<<<<<< ours\nb: 1\n=======\nb: 2\n>>>>>>> theirs\n",
         "2:1: an unresolved merge conflict starts here; resolve it and save the file"),
        (b"\n <!DOCTYPE html>\n<html></html>",
         "1:1: this is an HTML page, not a document of onex; was it saved from a web site?"),
        (b"<?xml version='1.0'?>\n<a/>", "1:1: this is XML, not a document of onex"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n",
         "1:1: this is a Git LFS pointer, not the file itself; run `git lfs pull`"),
    ],
)  # fmt: skip
def test_i11_what_is_no_document_is_named(data, message):
    """The message says what the file is, not what a parser thinks of it."""
    assert refusal(data) == message
    assert refusal(data, "a.json").startswith(
        message if b"<" in data or b"lfs" in data else "",
    )


@pytest.mark.parametrize(
    ("data", "value"), [(b"null", None), (b"text", "text"), (b"7", 7), (b"[]", [])]
)
def test_i11_any_value_is_read(data, value):
    """What is no mapping is a value like others; the schema refuses it."""
    assert document.parse(data, "a.yaml").value == value


def open_refusal(path: str, *, limit: int = MAX_BYTES) -> str:
    """What is said of ``path``, which must not keep us waiting or cost memory."""
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(DocumentError) as caught:
        document.read_bytes(path, limit)
    assert time.perf_counter() - start < 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 10 * 1024
    return caught.value.problem


def test_p4_what_is_no_regular_file_is_refused_at_once(tmp_path):
    """A pipe without a writer does not hang the reader, and nothing is read from a device."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.fspath(tmp_path / "socket"))

        assert {
            name: open_refusal(os.path.join(tmp_path, name))
            for name in ("pipe", "folder", "socket", "/dev/null", "none")
        } == {
            "pipe": "a named pipe, where a regular file was expected",
            "folder": "a folder, where a regular file was expected",
            "socket": "a socket or a device, not a file",
            "/dev/null": "a device, where a regular file was expected",
            "none": "no such file",
        }


def test_p5_size_is_checked_before_reading(tmp_path):
    """Neither an endless device nor ten GiB of nothing is read."""
    (tmp_path / "zero").symlink_to("/dev/zero")
    with open(tmp_path / "sparse", "wb") as file:
        file.truncate(10 << 30)

    assert open_refusal(f"{tmp_path}/zero") == "a device, where a regular file was expected"
    assert open_refusal(f"{tmp_path}/sparse") == (
        "the file has 10737418240 bytes; at most 1048576 are read"
    )
