"""The auditor's check: each thing that can be wrong with a run folder is found, and nothing else."""

import json
import os
import shutil

import pytest
from tests.run_folders import TABLE_PATH, content, facts_of, make_run
from tests.sample_run import RUN_ID

from onex.runs.audit import audit

BACK = "run `onex runs recover` to bring it back"
CLOSE = "run `onex runs recover` to close it"


def found(folder):
    return [tuple(problem) for problem in audit(str(folder))]


def path(folder, name):
    return os.path.join(folder, *name.split("/"))


def write(folder, name, text):
    os.makedirs(os.path.dirname(path(folder, name)), exist_ok=True)
    with open(path(folder, name), "w", encoding="utf-8") as file:
        file.write(text)


def change(folder, name, old, new):
    with open(path(folder, name), encoding="utf-8") as file:
        text = file.read()
    assert old in text
    write(folder, name, text.replace(old, new, 1))


def test_a_whole_run_has_no_problem(tmp_path):
    """Nor has one with a page that `onex report --html` put there."""
    folder = make_run(tmp_path)
    write(folder, "report.html", "<!doctype html>")

    assert found(folder) == []


def link(folder, name):
    os.unlink(path(folder, name))
    os.symlink("/dev/null", path(folder, name))


OTHER = "20260117T143052Z__other__a1b2c3d"
RESULT = "nodes/0000-demo.text.clean/execution_result.json"
DIFFERS = f"not what the journal gives from here on; {BACK}"
DAMAGE = {
    "artifact gone": (
        lambda folder: os.unlink(path(folder, TABLE_PATH)),
        [(TABLE_PATH, "no such file; the journal says that it is kept here")],
    ),
    "artifact changed": (
        lambda folder: write(folder, TABLE_PATH, "x"),
        [
            (
                TABLE_PATH,
                "its digest is 2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881,"
                " and was 492d5ea496056f1a6a6592241032fab764c321596317930b4fa0e1e8bc3b7470 when"
                " it was kept",
            )
        ],
    ),
    "artifact a link": (
        lambda folder: link(folder, TABLE_PATH),
        [
            (
                TABLE_PATH,
                "a symbolic link, which is not followed here, or one that leads in a circle;"
                " the journal says that it is kept here",
            )
        ],
    ),
    "a stranger": (
        lambda folder: write(folder, "artifacts/more.txt", ""),
        [("artifacts/more.txt", "no fact tells of this file")],
    ),
    "a linked folder": (
        lambda folder: os.symlink("/", path(folder, "nodes/root")),
        [("nodes/root", "a link, which is not followed")],
    ),
    "a file gone": (
        lambda folder: os.unlink(path(folder, "manifest.json")),
        [("manifest.json", f"missing; {BACK}")],
    ),
    "a result changed": (
        lambda folder: change(folder, RESULT, '"status": "success"', '"status": "failure"'),
        [(f"{RESULT}:LINE", DIFFERS)],
    ),
    "a space more": (
        lambda folder: change(folder, "report.jsonl", "}\n", "} \n"),
        [("report.jsonl:LINE", DIFFERS)],
    ),
    "the end torn off": (
        lambda folder: change(folder, "checks.json", "}\n}\n", "}\n}"),
        [("checks.json:LINE", DIFFERS)],
    ),
    "another run": (
        lambda folder: change(folder, "checks.json", RUN_ID, OTHER),
        [
            ("checks.json", f"the document is that of the run {OTHER}"),
            ("checks.json:LINE", DIFFERS),
        ],
    ),
}


def first_line(before, after):
    """The first line in which a file that is in both differs; 0 when none does."""
    for name in before.keys() & after.keys():
        pairs = zip(
            *(files[name].splitlines(keepends=True) for files in (before, after)), strict=False
        )
        for number, (old, new) in enumerate(pairs, start=1):
            if old != new:
                return number
    return 0


@pytest.mark.parametrize(("damage", "wanted"), DAMAGE.values(), ids=list(DAMAGE))
def test_each_damage_is_found_and_nothing_else(tmp_path, damage, wanted):
    """ATLAS-18 to -20, OVC-02, OVC-10: the file, the line, and what mends it."""
    folder = make_run(tmp_path)
    before = content(folder)
    damage(folder)
    line = str(first_line(before, content(folder)))

    assert found(folder) == [(place.replace("LINE", line), said) for place, said in wanted]


def test_ovc_10_a_log_that_lost_two_lines_leaves_evidence_without_a_place(tmp_path):
    """An evidence line that is off by two is flagged."""
    folder = make_run(tmp_path)
    with open(path(folder, "run.log"), encoding="utf-8") as file:
        lines = file.readlines()
    write(folder, "run.log", "".join(lines[:-2]))
    last = len(lines) - 1

    assert found(folder) == [
        (f"run.log:{last}", DIFFERS),
        (
            "checks.json",
            f"the evidence of gate::coverage leads to nothing: run.log:line:{last}",
        ),
    ]


def test_a_folder_of_another_name_is_found(tmp_path):
    """The run id is the folder's name (OVC-02)."""
    folder = make_run(tmp_path)
    moved = str(tmp_path / OTHER)
    shutil.move(folder, moved)

    assert found(moved) == [
        ("journal.jsonl", f"the journal is that of the run {RUN_ID}"),
        *(
            (name, f"the document is that of the run {RUN_ID}")
            for name in ("run.json", "checks.json", "run_result.json")
        ),
    ]
    shutil.move(moved, str(tmp_path / "x"))
    assert found(tmp_path / "x")[0] == (
        "",
        "x is no run id; run ids are <utc>__<pipeline id>__<commit>",
    )


def test_a_run_that_was_cut_off_is_found(tmp_path):
    """Each unit without a verdict is named."""
    folder = make_run(tmp_path, facts=facts_of()[:-3])

    assert found(folder) == [
        ("journal.jsonl", f"no fact says how nightly::command ended; {CLOSE}"),
        ("journal.jsonl", f"no fact says how gate::coverage ended; {CLOSE}"),
        ("journal.jsonl", f"the run was cut off; {CLOSE}"),
    ]


def test_a_torn_journal_is_found(tmp_path):
    """The line, the byte, and the mend."""
    folder = make_run(tmp_path)
    size = os.path.getsize(path(folder, "journal.jsonl"))
    os.truncate(path(folder, "journal.jsonl"), size - 3)

    ((place, message),) = found(folder)
    line = place.removeprefix("journal.jsonl:")
    assert line == str(len(facts_of()))
    assert message.startswith("the last line, from byte ")
    assert message.endswith(f", is torn: it has no end; {CLOSE}")


def test_an_outcome_that_the_units_do_not_amount_to_is_found(tmp_path):
    """A verdict is derived; a better one needs a reason."""
    facts = facts_of()
    facts[-1]["outcome"] = "success"
    folder = make_run(tmp_path, facts=facts)

    assert found(folder)[0] == (
        "journal.jsonl",
        "the run ended with success, but its units amount to error, and no reason is given",
    )


def test_atlas_31_an_incomplete_result_is_found(tmp_path):
    """Without the digest of the settings nobody can reproduce the run."""
    facts = facts_of()
    facts[0]["config_hash"] = None

    assert found(make_run(tmp_path, facts=facts)) == [
        (
            "run_result.json",
            "/references/config_hash is not known: the run cannot be reproduced",
        )
    ]


def test_a_run_of_another_onex_is_said_to_be_one(tmp_path):
    """Its files may have been written otherwise then."""
    facts = facts_of()
    facts[0]["onex_version"] = "0.0.1"
    folder = make_run(tmp_path, facts=facts)
    change(folder, "run.log", "\n", " \n")

    assert found(folder) == [
        ("run.log:1", f"not what the journal gives from here on (the run is of onex 0.0.1); {BACK}")
    ]


def test_a_blob_is_held_to_its_name(tmp_path):
    """What a process wrote beyond what the facts hold; its name is its digest."""
    facts = facts_of()
    process = next(fact for fact in facts if fact["kind"] == "unit_process")["process"]
    process["stdout"]["blob"] = "b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c"
    folder = make_run(tmp_path, facts=facts)
    name = f"blobs/{process['stdout']['blob']}"

    assert found(folder) == [(name, "no such file; the journal says that it is kept here")]
    write(folder, name, "bar\n")
    assert found(folder)[0][1].startswith("its digest is 7d865e959b2466918c9863afca942d0fb89d7c9a")
    write(folder, name, "foo\n")
    assert found(folder) == []


def test_a_path_that_leaves_the_folder_is_in_no_fact(tmp_path):
    """Such a line is refused before anything is looked for."""
    facts = facts_of()
    text = json.dumps(facts).replace(TABLE_PATH, "artifacts/../../../mine")

    ((place, message),) = found(make_run(tmp_path, facts=json.loads(text)))

    assert place == "journal.jsonl:10"
    assert message.endswith("is JSON, but not a fact")


def test_a_folder_without_a_journal_is_no_run(tmp_path):
    """There is nothing to hold the rest to."""
    folder = make_run(tmp_path)
    os.unlink(path(folder, "journal.jsonl"))

    assert found(folder) == [("journal.jsonl:1", "no such file")]
