"""A run that was cut off is closed, and everything that follows from a journal comes back from it."""

import os
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.run_folders import content, facts_of, lines_of, make_run, read
from tests.sample_run import RUN_ID

from onex.core import files
from onex.errors import DocumentError, OnexError, RefusedError
from onex.runs import index
from onex.runs.audit import audit
from onex.runs.folder import RunFolder
from onex.runs.journal import Journal
from onex.runs.load import load_run
from onex.runs.recover import recover

KEPT = ("journal.jsonl", "blobs", "artifacts")
DERIVED = {
    "run.log",
    "report.jsonl",
    "batch_result.json",
    "manifest.json",
    "run_result.json",
    "checks.json",
    "run.json",
}


def mend(folder, root=None):
    """Recover a run; what was told."""
    told = []
    recover(str(folder), told.append, root and str(root))
    return told


def strip(folder, keep=KEPT):
    """Delete everything that follows from the journal."""
    for name in os.listdir(folder):
        path = os.path.join(folder, name)
        if name in keep:
            continue
        shutil.rmtree(path) if os.path.isdir(path) else os.unlink(path)


def test_every_derived_file_comes_back_byte_for_byte(tmp_path):
    """Issue 3: all but the journal, the blobs and the artifacts are deleted."""
    folder = make_run(tmp_path)
    before = content(folder)
    strip(folder)

    told = mend(folder, tmp_path)

    assert content(folder) == before
    assert DERIVED | {f"nodes/000{n}-demo.text.clean/execution_result.json" for n in (0, 6, 7)} < {
        *before
    }
    assert len(told) == 1
    assert audit(folder) == []


def test_with_the_report_alone_the_run_is_the_same(tmp_path):
    """OBS-18: the Observer report in its default mode tells all that reports show."""
    folder = make_run(tmp_path)
    before = load_run(folder)
    strip(folder, keep=("report.jsonl",))

    assert load_run(folder) == before


@pytest.mark.parametrize("name", sorted(DERIVED))
@pytest.mark.parametrize("damage", ["gone", "other", "a link", "a link to the same"])
def test_one_file_that_is_not_as_it_should_be_is_written_again(tmp_path, name, damage):
    """Missing, changed, or a link, which is replaced and not followed."""
    folder = make_run(tmp_path / "root")
    before = content(folder)
    path = os.path.join(folder, name)
    os.unlink(path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(before[name] if damage == "a link to the same" else b"mine")
    there = elsewhere.read_bytes()
    if damage == "other":
        with open(path, "wb") as file:
            file.write(before[name][:-2])
    elif damage != "gone":
        os.symlink(elsewhere, path)

    assert mend(folder) == [f"wrote {name}"]
    assert content(folder) == before
    assert not os.path.islink(path)
    assert elsewhere.read_bytes() == there
    assert mend(folder) == []


FACTS = facts_of()


@given(cut=st.integers(0, len(lines_of(FACTS)) - 1))
def test_wherever_a_journal_was_cut_the_run_can_be_closed(tmp_path_factory, cut):
    """W2, W8: at any byte; every unit ends in one verdict, and the second time nothing happens."""
    root = tmp_path_factory.mktemp("cut")
    folder = root / "reports/runs" / RUN_ID
    folder.mkdir(parents=True)
    data = lines_of(FACTS)[:cut]
    (folder / "journal.jsonl").write_bytes(data)
    whole = data[: data.rfind(b"\n") + 1]

    told = mend(folder, root)

    torn = [line for line in told if "was torn and is cut off" in line]
    number = data.count(b"\n") + 1
    assert torn == (
        [
            f"line {number} of journal.jsonl, from byte {len(whole)}, was torn and is cut off"
            f" ({len(data) - len(whole)} byte{'' if len(data) - len(whole) == 1 else 's'})"
        ]
        if data != whole
        else []
    )
    assert (folder / "journal.jsonl").read_bytes().startswith(whole)
    run = load_run(str(folder))
    assert (run["outcome"], run["reason"]) == ("error", "interrupted")
    shutil.rmtree(folder / "artifacts", ignore_errors=True)
    assert [
        p for p in audit(str(folder)) if p.path in {"journal.jsonl", *DERIVED - {"run_result.json"}}
    ] == []
    after = content(folder)
    assert mend(folder, root) == []
    assert content(folder) == after
    assert next(index.newest(str(root)))["finished"]


def test_a_recovery_that_is_cut_off_is_mended_by_the_next(tmp_path, monkeypatch):
    """Stopped before each of its writes; the bytes in the end are those of one that was not."""
    facts = FACTS[:-6]
    wanted_folder = make_run(tmp_path / "whole", facts=facts)
    mend(wanted_folder)
    wanted = content(wanted_folder)
    append, replace = Journal.append, os.replace

    for stop in range(100):
        folder = make_run(tmp_path / str(stop), facts=facts)
        count = iter(range(stop))

        def spend(count=count):
            if next(count, None) is None:
                raise KeyboardInterrupt

        monkeypatch.setattr(Journal, "append", lambda *a: (spend(), append(*a))[1])
        monkeypatch.setattr(os, "replace", lambda *a: (spend(), replace(*a))[1])
        try:
            mend(folder)
            assert stop > 10
            break
        except KeyboardInterrupt:
            monkeypatch.undo()
            mend(folder)
        assert content(folder) == wanted


def test_what_a_crash_left_behind_goes(tmp_path):
    """W1: an unfinished file beside those of the run."""
    folder = make_run(tmp_path)
    before = content(folder)
    with open(os.path.join(folder, f"{files.DEBRIS}0123456789abcdef"), "wb") as file:
        file.write(b"{")

    assert mend(folder) == []
    assert content(folder) == before


class Clock:
    """A clock that stands."""

    def wall_us(self):
        """A moment."""
        return 1_768_660_252_000_000

    monotonic_us = wall_us


def test_a_run_that_goes_on_is_refused(tmp_path):
    """Its journal is locked; nothing is touched."""
    with RunFolder(str(tmp_path), "demo", Clock()) as run:
        before = content(run.path)
        with pytest.raises(RefusedError, match="the run is still going on"):
            mend(run.path, tmp_path)
        with pytest.raises(RefusedError, match="the run is still going on"):
            audit(run.path)
        assert content(run.path) == before
        run.finish("success")


def broken(change):
    """The lines of the sample run, changed."""
    lines = lines_of(FACTS).splitlines(keepends=True)
    change(lines)
    return b"".join(lines)


BROKEN = {
    "a hole": (broken(lambda lines: lines.__setitem__(3, b"\0" * 20 + b"\n")), 4),
    "glued": (broken(lambda lines: lines.__setitem__(4, lines[4][:-1])), 5),
    "swapped": (broken(lambda lines: lines.__setitem__(slice(2, 4), [lines[3], lines[2]])), 3),
    "twice": (broken(lambda lines: lines.insert(5, lines[4])), 6),
    "the end inside": (broken(lambda lines: lines.insert(3, lines[-1])), 5),
    "two runs": (broken(lambda lines: lines.insert(1, lines[0])), 2),
    "no beginning": (broken(lambda lines: lines.pop(0)), 1),
}


@pytest.mark.parametrize(("data", "line"), BROKEN.values(), ids=list(BROKEN))
def test_i12_a_journal_that_is_broken_inside_is_not_mended(tmp_path, data, line):
    """The line and its byte are named, and nothing is written."""
    folder = make_run(tmp_path)
    path = os.path.join(folder, "journal.jsonl")
    with open(path, "wb") as file:
        file.write(data)
    before = content(folder)
    offset = sum(map(len, data.splitlines(keepends=True)[: line - 1]))

    with pytest.raises(DocumentError) as caught:
        mend(folder)

    assert caught.value.line == line
    assert f"from byte {offset}," in caught.value.problem
    assert content(folder) == before
    assert [problem.path for problem in audit(folder)] == [f"journal.jsonl:{line}"]


@pytest.mark.parametrize("journal", [None, b"", lines_of(FACTS[:5]), lines_of(FACTS[:5])[:-3]])
def test_documents_are_not_replaced_when_facts_are_lost(tmp_path, journal):
    """A run.json of a run that ended tells more than half of its journal."""
    folder = make_run(tmp_path)
    path = os.path.join(folder, "journal.jsonl")
    os.unlink(path)
    if journal is not None:
        with open(path, "wb") as file:
            file.write(journal)
    before = content(folder)

    with pytest.raises(OnexError, match="no fact"):
        mend(folder)

    assert content(folder) == before


def test_a_folder_in_the_place_of_a_file_is_said(tmp_path):
    """It is not removed: nobody knows whose it is."""
    folder = make_run(tmp_path)
    path = os.path.join(folder, "run.log")
    os.unlink(path)
    os.mkdir(path)

    with pytest.raises(OnexError, match=r"run\.log: a folder, where a file of the run belongs"):
        mend(folder)


def test_a_run_that_is_kept_elsewhere_is_in_no_index(tmp_path):
    """Without a workspace there is no index to write."""
    folder = make_run(tmp_path)
    place = tmp_path / "reports/runs/index.jsonl"
    before = read(place)
    strip(folder)

    mend(folder)

    assert read(place) == before
