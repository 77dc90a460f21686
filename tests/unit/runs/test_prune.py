"""Old run folders go, the oldest first; nothing else does."""

import os

import pytest
from tests.run_folders import content, facts_of, make_run

from onex.core.files import DEBRIS
from onex.errors import OnexError
from onex.runs import index, prune
from onex.runs.journal import Journal

IDS = [f"2026010{day}T000000Z__nodes__a1b2c3d" for day in range(1, 6)]
DAY_US = 86_400_000_000


@pytest.fixture
def root(tmp_path):
    """A workspace with five runs, a day apart."""
    for day, run_id in enumerate(IDS):
        facts = facts_of(run_id)
        facts[0]["at_us"] = 1_767_225_600_000_000 + day * DAY_US
        make_run(tmp_path, run_id, facts)
    return tmp_path


def left(root):
    return sorted(os.listdir(root / index.PLACE))


CHOICES = {
    "keep all": ({"keep": 5}, []),
    "keep two": ({"keep": 2}, IDS[:3]),
    "keep none": ({"keep": 0}, IDS),
    "keep more": ({"keep": 9}, []),
    "older": ({"before_us": 1_767_225_600_000_000 + 2 * DAY_US}, IDS[:2]),
    "older than any": ({"before_us": 0}, []),
    "both": ({"keep": 4, "before_us": 1_767_225_600_000_000 + 2 * DAY_US}, IDS[:1]),
}


@pytest.mark.parametrize(("terms", "wanted"), CHOICES.values(), ids=list(CHOICES))
def test_the_oldest_go_first(root, terms, wanted):
    """By number, by age, or where both say so."""
    assert prune.candidates(str(root), **terms) == (wanted, [])


def test_what_goes_goes_as_a_whole(root):
    """Folders and lines of the index; those that stay are untouched."""
    wanted = content(root / index.PLACE / IDS[4])

    assert list(prune.prune(str(root), IDS[:4])) == IDS[:4]

    assert left(root) == [IDS[4], "index.jsonl"]
    assert content(root / index.PLACE / IDS[4]) == wanted
    assert [entry["run_id"] for entry in index.newest(str(root))] == [IDS[4]]
    assert (root / index.PLACE / "index.jsonl").read_text().count("\n") == 1


def test_a_run_that_goes_on_stays(root):
    """However old it is; also when it is locked only after it was chosen."""
    running = Journal(str(root / index.PLACE / IDS[0] / "journal.jsonl"), again=True)

    assert prune.candidates(str(root), keep=3) == ([IDS[1]], [IDS[0]])
    assert list(prune.prune(str(root), IDS[:2])) == [IDS[1]]
    assert IDS[0] in left(root)
    running.close()


def test_links_are_not_followed(root, tmp_path_factory):
    """Neither one with the name of a run, nor one inside of a run folder."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "mine").write_text("mine")
    place = root / index.PLACE
    link = "20250101T000000Z__link__a1b2c3d"
    (place / link).symlink_to(elsewhere)
    (place / IDS[0] / "artifacts" / "link").symlink_to(elsewhere)

    assert prune.candidates(str(root), keep=0)[0] == IDS
    assert list(prune.prune(str(root), [link, *IDS])) == IDS
    assert left(root) == [link, "index.jsonl"]
    assert (elsewhere / "mine").read_text() == "mine"


def test_what_is_no_run_folder_stays(root):
    """Whatever else lies there, and whatever name is asked for."""
    place = root / index.PLACE
    (place / "20250101T000000Z__file__a1b2c3d").write_text("mine")
    (place / "notes").mkdir()
    before = left(root)

    for name in ("20250101T000000Z__file__a1b2c3d", "notes", "..", "", f"../runs/{IDS[0]}"):
        assert list(prune.prune(str(root), [name])) == []

    assert left(root) == before


def test_a_prune_that_was_cut_off_leaves_whole_runs(root, monkeypatch):
    """The folder has lost its name before its first file goes; the rest is swept an hour later."""

    def fail(path):
        os.unlink(os.path.join(path, "run.json"))
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("shutil.rmtree", fail)
    with pytest.raises(OnexError, match=f"{IDS[0]}: cannot be removed: Input/output error"):
        list(prune.prune(str(root), IDS[:1]))
    monkeypatch.undo()

    assert [name for name in left(root) if not name.startswith(DEBRIS)] == [*IDS[1:], "index.jsonl"]
    (debris,) = set(left(root)) - {*IDS, "index.jsonl"}
    now_us = os.lstat(root / index.PLACE / debris).st_mtime_ns // 1000
    prune.sweep(str(root), now_us)
    assert debris in left(root)
    prune.sweep(str(root), now_us + prune.REST_US)
    assert left(root) == [*IDS[1:], "index.jsonl"]


def test_only_what_onex_left_behind_is_swept(root, tmp_path_factory):
    """Not what has another name, not where a link leads, not a folder that is in use."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "mine").write_text("mine")
    place = root / index.PLACE
    (place / f"{DEBRIS}mine").mkdir()
    used = place / f"{DEBRIS}{'0' * 16}"
    used.mkdir()
    (place / f"{DEBRIS}{'1' * 16}").symlink_to(elsewhere)
    (place / f"{DEBRIS}{'2' * 16}").write_text("{")
    journal = Journal(str(used / "journal.jsonl"))

    prune.sweep(str(root), 1 << 60)

    assert [name for name in left(root) if name.startswith(DEBRIS)] == [
        used.name,
        f"{DEBRIS}mine",
    ]
    assert (elsewhere / "mine").read_text() == "mine"
    journal.close()


def test_without_runs_nothing_is_swept(tmp_path):
    """A workspace in which nothing ran yet."""
    prune.sweep(str(tmp_path), 0)

    assert prune.candidates(str(tmp_path), keep=0) == ([], [])
    assert os.listdir(tmp_path) == []
