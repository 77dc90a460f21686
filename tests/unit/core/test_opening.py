"""Files are opened alike everywhere, and held by one at a time; what a platform lacks is played here."""

import hashlib
import os
import sys
import tempfile
import types

import pytest

from onex.core import hold, node, opening, snapshot
from onex.core.files import tree_lock


def windows_locks():
    """The module that Windows has: one byte is locked until the descriptor is closed."""
    held = {}

    def is_open(descriptor):
        try:
            os.fstat(descriptor)
        except OSError:
            return False
        return True

    def locking(descriptor, mode, size):
        assert (mode, size, os.lseek(descriptor, 0, os.SEEK_CUR)) == (2, 1, 1 << 40)
        key = os.fstat(descriptor).st_ino
        if held.get(key, descriptor) != descriptor and is_open(held[key]):
            raise PermissionError(13, "Permission denied")
        held[key] = descriptor

    return types.SimpleNamespace(locking=locking, LK_NBLCK=2)


@pytest.fixture
def windows(monkeypatch):
    """Without `fcntl`, and with the locks of Windows."""
    monkeypatch.setitem(sys.modules, "fcntl", None)
    monkeypatch.setitem(sys.modules, "msvcrt", windows_locks())


def test_a_file_is_held_by_one_on_windows(windows, tmp_path):
    """The byte lies far behind its end, and who only looks lets it go again."""
    path = tmp_path / "journal.jsonl"
    path.write_bytes(b"one\n")
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND)

    assert not hold.is_held(os.fspath(path))
    assert hold.hold(descriptor)
    assert hold.is_held(os.fspath(path))
    os.write(descriptor, b"two\n")
    os.close(descriptor)
    assert not hold.is_held(os.fspath(path))
    assert path.read_bytes() == b"one\ntwo\n"


def test_a_tree_is_held_by_one_on_windows(windows, tmp_path, monkeypatch):
    """A folder cannot be opened there; a file elsewhere stands for it, and none in the tree."""
    monkeypatch.delattr(os, "O_DIRECTORY")
    monkeypatch.setattr(tempfile, "tempdir", os.fspath(tmp_path))
    root = tmp_path / "w"
    root.mkdir()

    with tree_lock(os.fspath(root)):
        assert os.listdir(root) == []
        assert not hold.hold(hold.open_folder(os.path.join(root, "..", "w")))
    name = hashlib.sha256(os.fspath(root).encode()).hexdigest()
    assert sorted(os.listdir(tmp_path)) == [f"onex-{name}.lock", "w"]


@pytest.mark.parametrize("lack", [True, False])
def test_a_link_is_refused_with_and_without_the_flag_for_it(tmp_path, monkeypatch, lack):
    """Windows has none."""
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to("file")
    if lack:
        monkeypatch.setattr(opening, "_NO_FOLLOW", 0)

    os.close(opening.open_file(os.fspath(tmp_path / "file"), os.O_RDONLY, follow=False))
    os.close(opening.open_file(os.fspath(tmp_path / "link"), os.O_RDONLY))
    with pytest.raises(OSError, match="symbolic links") as caught:
        opening.open_file(os.fspath(tmp_path / "link"), os.O_RDONLY, follow=False)
    assert caught.value.filename == os.fspath(tmp_path / "link")


def test_where_files_have_no_modes_a_program_stays_one(workspace, monkeypatch):
    """A lock that was made on Linux is fresh on Windows, and locking there keeps the `+x`."""
    folder = workspace / "demo/text/clean"
    (folder / "tool.sh").write_text("#!/bin/sh\n")
    (folder / "tool.sh").chmod(0o755)
    subject = node.load(os.fspath(folder))
    files = snapshot.take(subject).files
    assert files["tool.sh"].endswith("+x")
    subject.value["files"] = files

    (folder / "tool.sh").chmod(0o644)
    assert snapshot.take(subject).files != files
    monkeypatch.setattr(snapshot, "HAS_MODES", False)
    assert snapshot.take(subject).files == files
