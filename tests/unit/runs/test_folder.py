"""The run folder is made for one run alone, and its journal is complete."""

import json
import multiprocessing
import os

import pytest

from onex.errors import OnexError
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
    assert sorted(os.listdir(tmp_path / "reports/runs")) == sorted(ids)


def test_a_journal_is_never_continued(tmp_path):
    """A file that is there belongs to another run."""
    (tmp_path / "journal.jsonl").write_text("")

    with pytest.raises(OnexError, match="cannot be made: File exists"):
        Journal(str(tmp_path / "journal.jsonl"))


def test_w8_a_full_disk_stops_the_run(tmp_path):
    """A fact that could not be kept is an error, not a shrug."""
    os.symlink("/dev/full", tmp_path / "full")
    journal = Journal.__new__(Journal)
    journal._path = "full"  # noqa: SLF001
    journal._descriptor = os.open(tmp_path / "full", os.O_WRONLY)  # noqa: SLF001

    with pytest.raises(OnexError, match="full: cannot be written: No space left on device"):
        journal.append({"kind": "x"})
    os.close(journal._descriptor)  # noqa: SLF001


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    """A file where the folder should be."""
    (tmp_path / "reports").write_text("")

    with pytest.raises(OnexError, match="cannot be made"):
        make(tmp_path)
