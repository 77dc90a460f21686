"""The index saves time and decides nothing: whatever it holds, the list is that of the folders."""

import json
import os
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.run_folders import facts_of, make_run, read
from tests.sample_run import RUN_ID

from onex.runs import index
from onex.runs.load import load_run

IDS = [f"2026011{day}T143052Z__nodes__a1b2c3d" for day in range(1, 4)]
LATER = 86_400_000_000


def runs(root, count=3):
    """Some finished runs, a day apart; their entries, the newest first."""
    for day, run_id in enumerate(IDS[:count]):
        facts = facts_of(run_id)
        for fact in facts:
            fact["at_us"] += (day - 6) * LATER
        make_run(root, run_id, facts)
    return [
        index.entry_of(load_run(str(root / index.PLACE / name))) for name in IDS[count - 1 :: -1]
    ]


def place_of(root):
    return root / index.PLACE / index.FILE_NAME


def test_an_entry_says_what_a_list_shows(tmp_path):
    """How it ended, when it began, how long it took, and its units by status."""
    make_run(tmp_path)

    assert list(index.newest(str(tmp_path))) == [
        {
            "run_id": RUN_ID,
            "pipeline_id": "nodes",
            "outcome": "error",
            "started_us": 1_768_660_252_124_456,
            "duration_us": 60_000,
            "units": {"blocked": 1, "error": 1, "failure": 4, "skipped": 1, "success": 4},
            "finished": True,
        }
    ]


DAMAGE = {
    "gone": lambda path: path.unlink(),
    "empty": lambda path: path.write_bytes(b""),
    "torn": lambda path: path.write_bytes(path.read_bytes()[:-40]),
    "glued": lambda path: path.write_bytes(path.read_bytes().replace(b"\n", b"", 1)),
    "holed": lambda path: path.write_bytes(b"\0" * 9 + path.read_bytes()[9:]),
    "no text": lambda path: path.write_bytes(b"\xff\xfe\n" + path.read_bytes()),
    "foreign": lambda path: path.write_bytes(b'{"run_id":"x"}\n' + path.read_bytes()),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
    "reordered": lambda path: path.write_bytes(
        b"".join(sorted(path.read_bytes().splitlines(keepends=True), reverse=True))
    ),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=list(DAMAGE))
def test_a_damaged_index_changes_nothing(tmp_path, damage):
    """A line that is none is no line; the folder is read."""
    wanted = runs(tmp_path)
    damage(place_of(tmp_path))

    assert list(index.newest(str(tmp_path))) == wanted


@given(data=st.binary(max_size=200))
def test_whatever_an_index_holds_the_list_is_that_of_the_folders(tmp_path_factory, data):
    """Bytes that mean nothing are passed by."""
    root = tmp_path_factory.mktemp("index")
    wanted = runs(root, 1)
    place_of(root).write_bytes(data)

    assert list(index.newest(str(root))) == wanted


def test_the_last_line_for_a_run_counts(tmp_path):
    """A run that was recovered has two."""
    (entry,) = runs(tmp_path, 1)
    line = json.dumps({**entry, "outcome": "success"}, sort_keys=True, separators=(",", ":"))
    with place_of(tmp_path).open("a") as file:
        file.write(f"{line}\n")

    assert [found["outcome"] for found in index.newest(str(tmp_path))] == ["success"]


def test_many_runs_are_read_as_few_are(tmp_path, monkeypatch):
    """From some number on, all lines are read at once."""
    wanted = runs(tmp_path)
    for few in range(4):
        monkeypatch.setattr(index, "FEW", few)
        assert list(index.newest(str(tmp_path))) == wanted


def test_within_a_second_the_moment_decides(tmp_path):
    """`-10` comes after `-9`, whatever the names say."""
    names = [f"20260117T143052Z__demo{end}__a1b2c3d" for end in ("-9", "-10", "")]
    for number, name in enumerate(names):
        facts = facts_of(name)
        facts[0]["at_us"] += number
        make_run(tmp_path, name, facts)

    assert [entry["run_id"] for entry in index.newest(str(tmp_path))] == names[::-1]


def test_a_run_that_did_not_end_is_not_finished(tmp_path):
    """Its first fact says when it began; where there is none, its id does."""
    make_run(tmp_path, facts=facts_of()[:9])
    empty = "20260117T143051Z__a__0000000"
    (tmp_path / index.PLACE / empty).mkdir()

    found = list(index.newest(str(tmp_path)))

    assert [(entry["run_id"], entry["finished"]) for entry in found] == [
        (RUN_ID, False),
        (empty, False),
    ]
    assert [entry["started_us"] for entry in found] == [
        1_768_660_252_124_456,
        1_768_660_251_000_000,
    ]


def test_w17_a_run_without_its_last_file_is_not_finished(tmp_path):
    """run.json is written last; where it is missing, the run was cut off, whatever its journal says."""
    folder = make_run(tmp_path)
    os.unlink(os.path.join(folder, "run.json"))
    place_of(tmp_path).unlink()

    assert [entry["finished"] for entry in index.newest(str(tmp_path))] == [False]


def test_what_is_no_run_folder_is_no_run(tmp_path):
    """Files, links, and other names."""
    runs(tmp_path, 1)
    place = tmp_path / index.PLACE
    (place / "20260117T143053Z__file__a1b2c3d").write_text("")
    (place / "20260117T143053Z__link__a1b2c3d").symlink_to(place / IDS[0])
    (place / "other__folder").mkdir()

    assert [entry["run_id"] for entry in index.newest(str(tmp_path))] == IDS[:1]


def test_a_line_of_a_run_that_is_gone_means_nothing(tmp_path):
    """The folders are what counts."""
    runs(tmp_path)
    shutil.rmtree(tmp_path / index.PLACE / IDS[1])

    assert [entry["run_id"] for entry in index.newest(str(tmp_path))] == [IDS[2], IDS[0]]


def test_the_index_can_be_built_again(tmp_path):
    """Byte for byte, without the runs that did not end."""
    runs(tmp_path)
    before = read(place_of(tmp_path))
    make_run(tmp_path, RUN_ID, facts_of()[:5])
    place_of(tmp_path).write_text("nonsense\n")

    assert index.rebuild(str(tmp_path)) == 3
    assert read(place_of(tmp_path)) == before


def test_without_runs_the_list_is_empty(tmp_path):
    """A workspace in which nothing ran yet."""
    assert list(index.newest(str(tmp_path))) == []
