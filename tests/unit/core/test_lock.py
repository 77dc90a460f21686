"""What a lock covers and how it tells differences; the laws stand in tests/property/test_lock.py."""

import os
import shutil
from pathlib import Path

import pytest

from onex.core import lock, node, snapshot, yaml
from onex.core.canonical import golden_bytes
from onex.errors import DocumentError

BASE = Path(__file__).parents[2] / "rules/_base/demo/clean"


@pytest.fixture
def folder(tmp_path):
    """The folder of a node that was never locked."""
    shutil.copytree(BASE, tmp_path / "clean")
    return tmp_path / "clean"


def load(folder):
    """The node in ``folder``."""
    return node.load(os.fspath(folder))


def told(folder):
    """What the lock has against the node, as text."""
    loaded = load(folder)
    return [problem.message for problem in lock.compare(loaded, snapshot.take(loaded))]


def test_list_of_files(folder):
    """Every file is covered but the document, caches of Python, debris and what is ignored."""
    for name in (
        "a.log",
        "keep.log",
        "b/c.txt",
        "b/a.log",
        "__pycache__/x.pyc",
        "y.pyc",
        ".hidden",
        ".onex-tmp-1",
    ):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).touch()
    (folder / ".onexignore").write_text("*.log\n!keep.log\nnode.py\nstate_contract.json\n")

    assert snapshot.list_files(load(folder)) == [
        ".hidden",
        ".onexignore",
        "b/c.txt",
        "keep.log",
        "node.py",
        "state_contract.json",
        "y.pyc",
    ]


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("a:b", "has a name that no lock can hold"),
        ("a\\b", "has a name that no lock can hold"),
        ("a\nb", "has a name that no lock can hold"),
        ("~a", "has a name that no lock can hold"),
        (os.fsdecode(b"\xff"), "has a name that no lock can hold"),
    ],
)
def test_name_that_no_lock_can_hold(folder, name, problem):
    """A lock that could not be read back is never written; the message can be printed."""
    (folder / name).touch()
    before = (folder / "node.onex").read_bytes()

    with pytest.raises(DocumentError, match=problem) as caught:
        lock.write(load(folder))
    assert str(caught.value).encode().isascii()
    assert (folder / "node.onex").read_bytes() == before


def test_what_is_no_plain_file_is_refused(folder):
    """Links and pipes are not followed and not skipped."""
    for make in (lambda p: os.symlink("/etc/passwd", p), os.mkfifo):
        make(folder / "odd")
        with pytest.raises(DocumentError, match="a node holds plain files only"):
            snapshot.take(load(folder))
        (folder / "odd").unlink()


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (b"a\nb\n", b"a\r\nb\r\n", "only its line ends differ (LF became CRLF)"),
        (b"a\r\nb\r\n", b"a\nb\n", "only its line ends differ (CRLF became LF)"),
        (b"a\n", b"\xef\xbb\xbfa\n", "only a byte order mark was added"),
        (b"\xef\xbb\xbfa\n", b"a\n", "only a byte order mark was taken away"),
        (b"a\n", b"b\n", "(now "),
    ],
)
def test_kind_of_change_is_told(folder, before, after, words):
    """What a system did to a file is explained, and still not accepted."""
    (folder / "words.txt").write_bytes(before)
    lock.write(load(folder))
    (folder / "words.txt").write_bytes(after)

    (message,) = told(folder)
    assert message.startswith("words.txt has changed since it was locked")
    assert words in message


def test_messages_of_each_kind(folder):
    """Added, gone, executable, never locked."""
    assert told(folder) == ["the node was never locked: 'files' and 'hash' are missing"]
    lock.write(load(folder))
    (folder / "node.py").rename(folder / "a.py")
    (folder / "state_contract.json").chmod(0o744)

    assert told(folder) == [
        "a.py is not locked",
        "node.py is locked, but is not there",
        "state_contract.json has changed since it was locked: it is now executable",
    ]


def problems(folder):
    """What the lock has against the node, as kinds with their places."""
    loaded = load(folder)
    found = lock.compare(loaded, snapshot.take(loaded))
    return [(problem.kind, problem.pointer, problem.file) for problem in found]


def test_place_of_each_kind(folder):
    """What differs is found at its line in the lock; what has none, at the list of files."""
    (folder / "x~y").mkdir()
    (folder / "x~y/a").touch()
    assert problems(folder) == [("missing", "", None)]
    lock.write(load(folder))
    assert problems(folder) == []
    (folder / "node.py").rename(folder / "a.py")
    (folder / "x~y/a").write_text("a")
    text = (folder / "node.onex").read_text()
    (folder / "node.onex").write_text(text.replace("Trims", "Cuts"))

    assert problems(folder) == [
        ("extra", "/files", "a.py"),
        ("gone", "/files/node.py", "node.py"),
        ("changed", "/files/x~0y~1a", "x~y/a"),
        ("changed", "/hash", None),
    ]


@pytest.mark.parametrize("key", ["files", "hash"])
def test_half_a_lock_is_none(folder, key):
    """The message names what is missing."""
    lock.write(load(folder))
    data = (folder / "node.onex").read_bytes()
    value = yaml.parse(data, "node.onex")
    value.pop(key)
    (folder / "node.onex").write_bytes(golden_bytes(value))

    assert told(folder) == [f"the node was never locked: '{key}' is missing"]


def test_behaviour_is_what_the_node_does(folder):
    """Prose and promotion change the hash alone; files, limits and contract change both."""
    path = folder / "node.onex"
    text = path.read_text()
    first = snapshot.take(load(folder))
    path.write_text(text.replace("Trims", "Cuts").replace("draft", "active"))
    second = snapshot.take(load(folder))
    path.write_text(text + "limits: {timeout_ms: 1}\n")
    third = snapshot.take(load(folder))

    assert second.behaviour == first.behaviour != third.behaviour
    assert len({first.hash, second.hash, third.hash}) == 3


def test_locking_sweeps_what_a_crash_left(folder):
    """What was written half is no file of the node."""
    (folder / ".onex-tmp-1").touch()
    lock.write(load(folder))

    assert not (folder / ".onex-tmp-1").exists()
    assert problems(folder) == []


def test_shared_file_that_is_not_there(folder):
    """It is refused where the node names it, with what to do."""
    (folder.parent / ".tree").write_text("entries:\n- clean/node.onex\n")
    (folder.parent / "here.json").write_text("{}")
    with (folder / "node.onex").open("a") as file:
        file.write("shared: [here.json, gone.json]\n")

    with pytest.raises(DocumentError) as caught:
        lock.write(load(folder))
    assert (caught.value.problem, caught.value.pointer, caught.value.help) == (
        "the shared file gone.json: no such file",
        "/shared/1",
        "put a plain file that may be read there, or take it out of `shared`",
    )
    lines = (folder / "node.onex").read_text().splitlines()
    assert (caught.value.line, caught.value.column) == (len(lines), 21)


def test_snapshot_keeps_bytes_when_asked(folder):
    """What is executed is what was digested."""
    assert snapshot.take(load(folder)).contents == {}
    assert snapshot.take(load(folder), keep=True).contents == {
        name: (folder / name).read_bytes() for name in ("node.py", "state_contract.json")
    }
