"""What is read of a node once is what its lock covers, or nothing at all."""

import os
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests import many_nodes

from onex.core import document, node, snapshot
from onex.validate import sources

KINDS = [f"{kind}0" for kind in many_nodes.KINDS]


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """A workspace with nodes of all kinds."""
    root = tmp_path_factory.mktemp("many")
    many_nodes.make(root)
    return root


@pytest.fixture
def folder(tmp_path):
    """A node with files in folders, and with what is no part of it."""
    many_nodes.make(tmp_path)
    place = tmp_path / "demo/clean0"
    (place / "b/c").mkdir(parents=True)
    (place / "b/c/d.txt").write_text("d")
    (place / "b.txt").write_text("b")
    (place / "__pycache__").mkdir()
    (place / "__pycache__/node.pyc").write_text("")
    (place / ".onex-tmp-1").write_text("half")
    (place / "run.sh").write_text("#!/bin/sh\n")
    (place / "run.sh").chmod(0o755)
    return place


def read(folder):
    """What is read of the node in ``folder``."""
    return sources.read(os.fspath(folder), "node.onex")


@pytest.mark.parametrize("name", KINDS)
def test_files_are_those_of_the_lock(many, name):
    """Wherever there is something to judge, both ways see the same."""
    found = read(many / "demo" / name)

    if name in {"ignores0", "link0"}:
        assert found is None
    elif name not in {"unknown0", "broken0"}:
        assert found.files == snapshot.take(node.load(os.fspath(many / "demo" / name))).files
        assert list(found.files) == sorted(found.files)


def test_files_in_folders(folder):
    """Caches of Python and what a crash left behind are no part of a node."""
    found = read(folder)

    assert found.files == snapshot.take(node.load(os.fspath(folder))).files
    assert found.contents["b/c/d.txt"] == b"d"
    assert found.files["run.sh"].endswith("+x")
    assert ".onex-tmp-1" not in found.files


def grow(folder):
    """A file of more than a megabyte."""
    (folder / "large").write_bytes(bytes(sources.MOST_BYTES + 1))


def pile(folder):
    """Files of a megabyte each, too many to be kept."""
    for number in range(17):
        (folder / f"part{number}").write_bytes(bytes(sources.MOST_BYTES))


@contextmanager
def dug(folder):
    """Folders inside each other, deeper than Python calls functions; gone afterwards."""
    here = os.getcwd()
    os.chdir(folder)
    for _ in range(1500):
        os.mkdir("d")
        os.chdir("d")
    (Path() / "a.txt").write_text("a")
    os.chdir(here)
    try:
        yield
    finally:
        os.chdir(folder)
        for _ in range(1500):
            os.chdir("d")
        os.unlink("a.txt")
        for _ in range(1500):
            os.chdir("..")
            os.rmdir("d")
        os.chdir(here)


UNUSUAL = {
    "large": grow,
    "many large": pile,
    "ignored": lambda folder: (folder / ".onexignore").write_text(""),
    "link": lambda folder: (folder / "more").symlink_to("node.py"),
    "link to a folder": lambda folder: (folder / "more").symlink_to("b"),
    "pipe": lambda folder: os.mkfifo(folder / "more"),
    "not UTF-8": lambda folder: open(os.fsencode(folder) + b"/\xff", "wb").close(),
    "control": lambda folder: (folder / "a\nb").write_text(""),
    "no document": lambda folder: (folder / "node.onex").unlink(),
    "no folder": lambda folder: folder.rename(folder.parent / "elsewhere"),
}


@pytest.mark.parametrize("unusual", UNUSUAL)
def test_unusual_node_is_not_read(folder, unusual):
    """P2-P6: links, pipes, sizes and names are the business of those who tell of them."""
    assert read(folder) is not None

    UNUSUAL[unusual](folder)

    assert read(folder) is None


def test_p12_deep_folders(folder):
    """P12: no recursion, whatever the depth."""
    (folder / "b/c/d.txt").unlink()
    with dug(folder):
        found = read(folder)

    # A path that is too long for the system, or for a lock, is told by those who look again.
    assert found is None


def test_file_that_cannot_be_read_is_unusual(folder, monkeypatch):
    """What the system refuses is told by those who look again."""

    def refuse(*_, **__):
        raise PermissionError

    monkeypatch.setattr(sources, "open_file", refuse)

    assert read(folder) is None


def test_documents_that_are_not_written_yet_are_not_looked_past(folder):
    """While files are taken to hold something else, their bytes on the disk say nothing."""
    with document.instead({os.fspath(folder / "node.onex"): b""}):
        assert read(folder) is None


def test_file_that_grows_meanwhile_is_unusual(folder, monkeypatch):
    """No verdict is kept on bytes that were not all of it."""
    original = os.read
    monkeypatch.setattr(sources.os, "read", lambda fd, count: original(fd, max(count - 3, 1)))

    assert read(folder) is None


PLACES = [
    (("demo", "clean"), "node.onex"),
    (("demo.clean",), "node.onex"),
    (("demo", "clean2"), "node.onex"),
    (("demo", "clean"), "node.onex.yaml"),
]


def test_key_tells_places_apart(folder):
    """Equal bytes in another place have a verdict of their own."""
    found = read(folder)

    keys = {found.key(segments, file) for segments, file in PLACES}

    assert len(keys) == len(PLACES)


def test_key_does_not_depend_on_the_order_of_the_folder(folder, monkeypatch):
    """D1: a copy, whose folder lists its files in another order, has the same key."""
    key = read(folder).key(*PLACES[0])
    scandir = os.scandir

    class Turned:
        """A folder that is listed from behind."""

        def __init__(self, path):
            with scandir(path) as entries:
                self.entries = list(entries)[::-1]

        def __enter__(self):
            return iter(self.entries)

        def __exit__(self, *_):
            return None

    monkeypatch.setattr(sources.os, "scandir", Turned)
    assert read(folder).key(*PLACES[0]) == key
