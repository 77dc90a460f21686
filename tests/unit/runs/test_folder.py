"""The run folder is made for one run alone, and its journal is complete."""

import errno
import json
import multiprocessing
import os
import sys

import pytest

from onex.core.hold import is_held
from onex.errors import OnexError, RefusedError
from onex.runs.folder import RunFolder
from onex.runs.journal import Journal


class StoppedClock:
    """Always the same moment."""

    def wall_us(self):
        """A Saturday in January."""
        return 1_768_660_252_000_000

    def monotonic_us(self):
        """Five microseconds after the start of the machine."""
        return 5


def make(root):
    with RunFolder(str(root), "demo", StoppedClock()) as folder:
        folder.finish("success")
        return folder.run_id


def test_the_journal_begins_and_ends_with_the_run(tmp_path):
    """Whole facts, in order, a line each."""
    run_id = make(tmp_path)

    lines = (tmp_path / "reports/runs" / run_id / "journal.jsonl").read_text().splitlines()
    started, finished = map(json.loads, lines)
    assert (started["kind"], started["run_id"], started["pipeline_id"]) == (
        "run_started",
        run_id,
        "demo",
    )
    assert (finished["kind"], finished["outcome"], finished["duration_us"]) == (
        "run_finished",
        "success",
        0,
    )


def test_runs_of_the_same_second_get_folders_of_their_own(tmp_path):
    """OVC-03: a number goes behind the pipeline id; nothing is overwritten."""
    assert [make(tmp_path) for _ in range(3)] == [
        "20260117T143052Z__demo__0000000",
        "20260117T143052Z__demo-2__0000000",
        "20260117T143052Z__demo-3__0000000",
    ]


def test_w15_parallel_starts_never_share_a_folder(tmp_path):
    """Eight processes in one second: eight folders."""
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        ids = pool.map(make, [tmp_path] * 8)

    assert len(set(ids)) == 8
    assert sorted(os.listdir(tmp_path / "reports/runs")) == sorted([*ids, "index.jsonl"])


def test_a_journal_is_never_continued(tmp_path):
    """A file that is there belongs to another run."""
    (tmp_path / "journal.jsonl").write_text("")

    with pytest.raises(OnexError, match="cannot be made: File exists"):
        Journal(str(tmp_path / "journal.jsonl"))


def test_w8_a_full_disk_stops_the_run(tmp_path):
    """A fact that could not be kept is an error, with its reason each time; nothing is put behind it."""
    journal = Journal(str(tmp_path / "full"))
    full = os.open("/dev/full", os.O_WRONLY)
    os.dup2(full, journal._descriptor)  # noqa: SLF001
    os.close(full)

    with pytest.raises(OnexError, match="full: cannot be written: No space left on device"):
        journal.append({"kind": "x"})
    os.dup2(os.open(os.devnull, os.O_WRONLY), journal._descriptor)  # noqa: SLF001
    with pytest.raises(OnexError, match="full: cannot be written: No space left on device"):
        journal.append({"kind": "x"})
    journal.close()


def test_a_journal_is_locked_until_it_is_closed(tmp_path):
    """Whoever finds it locked knows that the run goes on; the lock goes with its holder."""
    path = str(tmp_path / "journal.jsonl")
    journal = Journal(path)

    assert is_held(path)
    with pytest.raises(RefusedError, match="the run is still going on"):
        Journal(path, again=True)
    journal.close()
    assert not is_held(path)
    Journal(path, again=True).close()


@pytest.mark.parametrize("path", ["missing", "a folder", "a link"])
def test_what_is_no_journal_is_held_by_nobody(tmp_path, path):
    """A lock is looked for in a file alone."""
    (tmp_path / "a folder").mkdir()
    (tmp_path / "a link").symlink_to(tmp_path)

    assert not is_held(str(tmp_path / path))


def test_a_run_folder_is_held_from_the_moment_it_can_be_seen(tmp_path):
    """Nobody can recover or remove a run that begins."""
    with RunFolder(str(tmp_path), "demo", StoppedClock()) as folder:
        assert is_held(os.path.join(folder.path, "journal.jsonl"))
        assert os.listdir(tmp_path / "reports/runs") == [folder.run_id]
        folder.finish("success")


def test_what_is_in_the_way_stays(tmp_path):
    """No folder, empty or not, and no file gives way to a run."""
    runs = tmp_path / "reports/runs"
    (runs / "20260117T143052Z__demo__0000000").mkdir(parents=True)
    (runs / "20260117T143052Z__demo__0000000" / "journal.jsonl").write_text("mine")
    (runs / "20260117T143052Z__demo-2__0000000").write_text("a file")
    (runs / "20260117T143052Z__demo-3__0000000").mkdir()

    assert make(tmp_path) == "20260117T143052Z__demo-4__0000000"
    assert (runs / "20260117T143052Z__demo__0000000/journal.jsonl").read_text() == "mine"


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    """A file where the folder should be."""
    (tmp_path / "reports").write_text("")

    with pytest.raises(OnexError, match="cannot be made"):
        make(tmp_path)


def refuse(*_):
    raise OSError(errno.ENOLCK, "No locks available")


@pytest.mark.parametrize("lack", ["module", "locks"])
def test_where_there_are_no_locks_nothing_is_locked(tmp_path, monkeypatch, lack):
    """A platform or a file system without them: runs work, and nobody seems to hold anything."""
    if lack == "module":
        monkeypatch.setitem(sys.modules, "fcntl", None)
    else:
        monkeypatch.setattr("fcntl.flock", refuse)
    path = str(tmp_path / "journal.jsonl")
    journal = Journal(path)

    assert not is_held(path)
    Journal(path, again=True).close()
    journal.close()
