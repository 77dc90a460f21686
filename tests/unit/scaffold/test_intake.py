"""What a node says it made is believed only as far as its work folder bears it out."""

import hashlib
import os
from pathlib import Path

import pytest

from onex.errors import RefusedError
from onex.scaffold import intake
from onex.scaffold.intake import MadeFile, take

EMPTY = hashlib.sha256(b"").hexdigest()


def _entry(path: str, sha256: str = EMPTY, mode: str = "0644") -> dict:
    return {"path": path, "sha256": sha256, "mode": mode}


def _output(*paths: str) -> dict:
    return {"files": [_entry("node.onex"), *map(_entry, paths)]}


@pytest.fixture(autouse=True)
def document(work: Path) -> None:
    """There is always an (empty) node.onex in the work folder."""
    (work / "node.onex").touch()


def test_files_are_taken_by_path_with_bytes_and_mode(work: Path):
    """Folders and executables come along; what the output does not name stays behind."""
    (work / "bin").mkdir()
    (work / "bin/run.sh").write_bytes(b"#!/bin/sh\n")
    (work / "secret").write_text("not named")
    digest = hashlib.sha256(b"#!/bin/sh\n").hexdigest()

    made = take({"files": [_entry("node.onex"), _entry("bin/run.sh", digest, "0755")]}, str(work))

    assert made == [
        MadeFile("bin/run.sh", b"#!/bin/sh\n", executable=True),
        MadeFile("node.onex", b"", executable=False),
    ]
    assert [file.digest for file in made] == [f"{digest}+x", EMPTY]


@pytest.mark.parametrize(
    ("output", "message"),
    [
        ({}, "the output state names no files"),
        ([], "the output state names no files"),
        ({"files": []}, "the output state names no files"),
        ({"files": "node.onex"}, "the output state names no files"),
        ({"files": [_entry("a")] * 1001}, "1001 files; a new node has at most 1000"),
        *(
            ({"files": [entry]}, f"/files/0 of the output state is not {intake.SHAPE}")
            for entry in (
                "node.onex", {}, {"path": "x"}, _entry(1), _entry("x", None),
                _entry("x", mode="0777"), _entry("x", mode="4755"), _entry("x", mode=420),
            )
        ),
    ],
)  # fmt: skip
def test_an_output_of_another_form_is_refused(output, message, work: Path):
    """The output names files as {path, sha256, mode}; modes other than 0644 and 0755 do not exist."""
    with pytest.raises(RefusedError) as caught:
        take(output, str(work))

    assert caught.value.message == message


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        *(
            (path, "{path} is no path inside a node")
            for path in (
                "../x", "a/../x", "a/..", "..", ".", "/etc/x", "//x", "a//x", "a/", "~/x", "a\\x", "..\\x",
                "c:x", "a:b", "\\\\host\\x", "", "a\nb", "a\0b", "a\x1b[31m", "x" * 1025,
            )
        ),
        ("a\u202eb", "{path} holds a character that nobody sees"),
        ("a\u200bb", "{path} holds a character that nobody sees"),
        ("CON", "{path}: 'CON' is the name of a device on Windows"),
        ("a/aux.txt", "{path}: 'aux.txt' is the name of a device on Windows"),
        ("lpt1 .x", "{path}: 'lpt1 .x' is the name of a device on Windows"),
        ("a.", "{path}: 'a.' ends in a dot or a space, which Windows drops"),
        ("a /b", "{path}: 'a ' ends in a dot or a space, which Windows drops"),
        (".onex-answers.json", "{path}: '.onex-answers.json' is not for a node to make"),
        ("a/.tree", "{path}: '.tree' is not for a node to make"),
        (".Git/config", "{path}: '.Git' is not for a node to make"),
        (".onex-tmp-1", "{path}: '.onex-tmp-1' begins with .onex-tmp-, like an unfinished file"),
        ("__pycache__/x", "{path}: '__pycache__' belongs to a Python cache, which no lock covers"),
        ("x.PYC", "{path}: 'x.PYC' belongs to a Python cache, which no lock covers"),
    ],
)  # fmt: skip
def test_p1_a_name_that_leads_elsewhere_is_refused(path, problem, work: Path):
    """A file of a node lies in it, has a name that people see, and exists on every platform."""
    # P1, P6, P8
    with pytest.raises(RefusedError) as caught:
        take(_output(path), str(work))

    assert caught.value.message == problem.format(path=ascii(path))


@pytest.mark.parametrize(
    ("paths", "message"),
    [
        (["Readme", "readme"], "'Readme' and 'readme' are one file on some systems"),
        (["A/x", "a/y"], "'A' and 'a' are one file on some systems"),
        (["caf\u00e9", "cafe\u0301"], "'cafe\\u0301' and 'caf\\xe9' are one file on some systems"),
        (["stra\u00dfe", "strasse"], "'strasse' and 'stra\\xdfe' are one file on some systems"),
        (["a", "a"], "'a' stands twice in the output"),
    ],
)
def test_p7_names_that_are_one_on_some_systems_are_refused(paths, message, work: Path):
    """A node means the same on every file system."""
    # P7
    with pytest.raises(RefusedError) as caught:
        take(_output(*paths), str(work))

    assert caught.value.message == message


@pytest.mark.parametrize(
    ("paths", "found"),
    [
        (["a"], "none"),
        (["node.onex", "node.onex.yaml"], "'node.onex', 'node.onex.yaml'"),
        (["node.onex", "sub/node.onex"], "'node.onex', 'sub/node.onex'"),
        (["node.onex", "other.ONEX"], "'node.onex', 'other.ONEX'"),
        (["sub/node.onex"], "'sub/node.onex'"),
    ],
)
def test_a_node_has_one_document(paths, found, work: Path):
    """A second document inside, or none at the top, is refused."""
    with pytest.raises(RefusedError) as caught:
        take({"files": [_entry(path) for path in paths]}, str(work))

    assert caught.value.message == (
        f"a new node holds one node document, node.onex at its top; found: {found}"
    )


@pytest.mark.parametrize(
    ("prepare", "path", "reason"),
    [
        (lambda _: None, "gone", "cannot be read in the work folder: No such file or directory"),
        (lambda w: os.symlink("/etc/passwd", w / "x"), "x", "cannot be read in the work folder: "),
        (lambda w: os.symlink("node.onex", w / "x"), "x", "cannot be read in the work folder: "),
        (lambda w: os.symlink("/etc", w / "d"), "d/passwd", "cannot be read in the work folder: "),
        (lambda w: os.symlink("x", w / "x"), "x", "cannot be read in the work folder: "),
        (lambda w: os.mkfifo(w / "x"), "x", "is not a plain file"),
        (lambda w: os.mkdir(w / "x"), "x", "is not a plain file"),
        (lambda w: (w / "x").write_text("other"), "x", "its bytes do not have the digest"),
        (lambda w: (w / "x").touch(), "x/y", "cannot be read in the work folder: "),
        (lambda w: (w / "x").touch(), "y" * 256, "cannot be read in the work folder: "),
    ],
    ids=[
        "absent", "link-out", "link-in", "linked-folder", "loop", "pipe", "folder", "other-bytes",
        "file-as-folder", "long-name",
    ],
)  # fmt: skip
def test_p2_a_file_that_is_not_what_was_said_is_refused(prepare, path, reason, work: Path):
    """Links, pipes, folders, other bytes and absent files are named; nothing outside is opened."""
    # P2, P3, P4
    prepare(work)

    with pytest.raises(RefusedError) as caught:
        take(_output(path), str(work))

    assert caught.value.message.startswith(f"{path}: {reason}")


@pytest.mark.parametrize("size", [5, 1 << 33])
def test_p5_too_much_is_refused(size, work: Path, monkeypatch):
    """All files together are bounded; a sparse file costs no memory."""
    # P5
    monkeypatch.setattr(intake, "MOST_BYTES", 10)
    for name, length in (("a", 6), ("b", size)):
        (work / name).touch()
        os.truncate(work / name, length)
    digests = [hashlib.sha256(b"\0" * length).hexdigest() for length in (6, 5)]
    files = [_entry("node.onex"), _entry("a", digests[0]), _entry("b", digests[1])]

    with pytest.raises(RefusedError) as caught:
        take({"files": files}, str(work))

    assert caught.value.message == "b: the files of a new node hold at most 10 bytes together"


def test_no_descriptor_is_left_open(work: Path):
    """Neither a success nor a refusal leaks a descriptor."""
    # W13
    os.symlink("/etc", work / "d")
    before = os.listdir("/proc/self/fd")
    take(_output(), str(work))
    with pytest.raises(RefusedError):
        take(_output("d/passwd"), str(work))

    assert os.listdir("/proc/self/fd") == before
