"""Writing as a whole or not at all, and one writer at a time."""

import os
import stat
import subprocess
import sys
import textwrap

import pytest

from onex.core import files
from onex.errors import OnexError


def test_file_is_replaced_as_a_whole(tmp_path):
    """New bytes and mode, whatever the umask; a link is replaced, not written through."""
    path = tmp_path / "a"
    (tmp_path / "target").write_text("old")
    path.symlink_to("target")
    before = os.umask(0o077)
    try:
        files.write_atomic(os.fspath(path), b"new", 0o644)
    finally:
        os.umask(before)

    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.lstat().st_mode) == 0o644
    assert (tmp_path / "target").read_text() == "old"
    assert sorted(os.listdir(tmp_path)) == ["a", "target"]


@pytest.mark.parametrize("step", ["fsync", "replace", "write", "fchmod"])
def test_failure_leaves_what_was_there(tmp_path, monkeypatch, step):
    """Whatever step fails, the old bytes stay, nothing lies about, and the path is named."""
    path = tmp_path / "a"
    path.write_text("old")

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(OnexError, match="cannot be written: No space left on device"):
        files.write_atomic(os.fspath(path), b"new")
    monkeypatch.undo()

    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["a"]


def test_folder_that_is_not_there(tmp_path):
    """A file in a folder that does not exist is an error, and so is a folder below a file."""
    with pytest.raises(OnexError, match="cannot be written"):
        files.write_atomic(os.fspath(tmp_path / "no/a"), b"")
    (tmp_path / "file").touch()
    with pytest.raises(OnexError, match="cannot be made"):
        files.make_folder(os.fspath(tmp_path / "file/a"))


def test_debris_is_swept(tmp_path):
    """What a crash left behind goes, and nothing else."""
    (tmp_path / f"{files.DEBRIS}0123").touch()
    (tmp_path / "mine").touch()
    files.sweep_debris(os.fspath(tmp_path))

    assert os.listdir(tmp_path) == ["mine"]


HOLDER = textwrap.dedent("""\
    import sys
    from onex.core.files import tree_lock
    with tree_lock(sys.argv[1]):
        print("held", flush=True)
        sys.stdin.read()
    """)


def test_what_a_crash_left_goes_with_the_next_rewrite(tmp_path):
    """W1: the writers of a tree hold its lock, so nothing beside the file is still at work."""
    place = tmp_path / "node.onex"
    place.write_bytes(b"old")
    place.chmod(0o600)
    (tmp_path / f"{files.DEBRIS}0").write_bytes(b"half")

    files.rewrite(str(place), b"new")

    assert [path.name for path in tmp_path.iterdir()] == ["node.onex"]
    assert (place.read_bytes(), place.stat().st_mode & 0o777) == (b"new", 0o600)


def test_lock_of_a_tree_keeps_others_out(tmp_path, monkeypatch):
    """A second writer waits, then says so; when the holder dies the lock is free at once."""
    monkeypatch.setattr(files, "LOCK_SECONDS", 0.05)
    root = os.fspath(tmp_path)
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, root], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(OnexError, match="another onex command"), files.tree_lock(root):
            pytest.fail("two writers at once")
        holder.kill()
        holder.wait()
        with files.tree_lock(root):
            assert os.listdir(root) == []
