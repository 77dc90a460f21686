"""A folder of scripts becomes nodes: all of it read, none of it executed, each whole or not there."""

import hashlib
import json
import os
import stat
from pathlib import Path

import pytest
from tests import script_folders

from onex.core import node
from onex.core.workspace import Workspace
from onex_contract import registry

IDS = [
    "tools.team0.clean_0",
    "tools.team1.send_1",
    "tools.team2.rotate_2",
    "tools.team3.greet_3",
    "tools.team4.count_4",
    "tools.team5.join_5",
]


@pytest.fixture
def scripts(onex, tmp_path: Path) -> Path:
    """A workspace beside which one script of each form lies."""
    assert onex("init", ".", "--owner", "ops").exit_code == 0
    script_folders.write(tmp_path / "scripts", 6, tmp_path / "mark")
    (tmp_path / "mark").mkdir()
    return tmp_path


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    """The files below ``folder``: bytes and mode, by path."""
    return {
        str(path.relative_to(folder)): (path.read_bytes(), stat.S_IMODE(path.stat().st_mode))
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_every_script_becomes_a_draft_that_validates(scripts, onex):
    """Locked, listed, with its origin; originals as they were, and nothing was executed."""
    before = contents(scripts / "scripts")
    told = onex("adopt", "scripts", "--under", "tools")

    assert (told.exit_code, told.stderr) == (0, "")
    assert told.stdout == (
        "adopted scripts/team0/clean_0.py -> tools.team0.clean_0 (1 proposed)\n"
        "adopted scripts/team1/send_1.py -> tools.team1.send_1 (3 proposed)\n"
        "adopted scripts/team2/rotate_2.sh -> tools.team2.rotate_2 (1 undecided, 1 proposed)\n"
        "adopted scripts/team3/greet_3.sh -> tools.team3.greet_3\n"
        "adopted scripts/team4/count_4.pl -> tools.team4.count_4 (1 undecided)\n"
        "adopted scripts/team5/join_5.py -> tools.team5.join_5\n"
        "6 scripts adopted; 2 undecided, 5 proposed\n"
    )
    assert contents(scripts / "scripts") == before
    assert os.listdir(scripts / "mark") == []
    nodes = [Workspace(str(scripts)).node(name) for name in IDS]
    assert {found.lifecycle for found in nodes} == {"draft"}
    assert [found.value["x-adopted-from"] for found in nodes] == [
        {"path": f"scripts/{path}", "sha256": hashlib.sha256(data).hexdigest()}
        for path, (data, _) in sorted(before.items())
    ]
    checked = onex("validate")
    assert (checked.exit_code, checked.stdout.splitlines()[-1]) == (
        0,
        "6 nodes checked: 0 errors, 0 warnings",
    )
    assert [name for name in os.listdir(scripts) if name.startswith(".onex-")] == []


def test_what_was_read_is_what_stands_in_the_node(scripts, onex):
    """Arguments, contract and what it does not work without."""
    onex("adopt", "scripts", "--under", "tools")
    found = Workspace(str(scripts)).node("tools.team1.send_1")

    assert found.value["description"] == "Send the report of desk 1."
    assert found.value["entrypoint"]["args"] == [
        {"input": "tries", "flag": "--tries"},
        {"input": "loud", "switch": "--loud"},
        {"input": "tag", "flag": "--tag"},
        "--",
        {"input": "desk"},
    ]
    assert found.value["effects"]["network"] is True
    assert found.value["required_env"] == ["REPORT_TOKEN"]
    text = found.document.data.decode()
    assert "network: true # proposed: line 5 imports requests\n" in text
    assert '  - "REPORT_TOKEN" # line 15 reads REPORT_TOKEN\n' in text
    ran = onex("run", "tools.team3.greet_3", "--set", "name=Ada", "--quiet")
    assert (ran.exit_code, ran.stdout) == (0, '{"text": "Hello, Ada (3)"}\n')


def test_a_second_time_nothing_happens(scripts, onex):
    """What is up to date is skipped, to the byte."""
    onex("adopt", "scripts", "--under", "tools")
    before = contents(scripts / "tools")

    again = onex("adopt", "scripts", "--under", "elsewhere")
    assert (again.exit_code, again.stdout) == (
        0,
        "0 scripts adopted, 6 unchanged; 2 undecided, 5 proposed\n",
    )
    assert contents(scripts / "tools") == before
    assert not (scripts / "elsewhere").exists()


def test_a_script_that_has_changed_updates_its_node(scripts, onex):
    """The copy follows, the contract is completed, what was written by hand stays."""
    onex("adopt", "scripts", "--under", "tools")
    contract = scripts / "tools" / "team3" / "greet_3" / "state_contract.json"
    contract.write_text(contract.read_text().replace('"who is greeted"', '"The guest."'))
    onex("lock", "tools.team3.greet_3")
    script = scripts / "scripts" / "team3" / "greet_3.sh"
    script.write_text(script.read_text().replace("word=", "end=$3\nword="))

    told = onex("adopt", "scripts")
    assert told.exit_code == 0
    assert (
        told.stdout.splitlines()[0]
        == "updated scripts/team3/greet_3.sh -> tools.team3.greet_3 (1 undecided)"
    )
    assert told.stdout.splitlines()[-1].startswith("0 scripts adopted, 1 updated, 5 unchanged;")
    assert (contract.parent / "greet_3.sh").read_bytes() == script.read_bytes()
    properties = json.loads(contract.read_text())["input"]["properties"]
    assert {name: item.get("description") for name, item in properties.items()} == {
        "name": "The guest.",
        "word": None,
        "end": None,
    }
    assert onex("validate").exit_code == 0
    assert onex("adopt", "scripts").stdout.startswith("0 scripts adopted, 6 unchanged;")


KEPT = {
    "edited": "its script has changed, but so has the copy in the node: merge the two by hand",
    "active": "its script has changed, but the node is active: take the change over by hand",
}


@pytest.mark.parametrize("case", KEPT)
def test_a_node_that_was_taken_over_is_left_as_it_is(case, scripts, onex):
    """Whoever edits a copy, or relies on a node, is not overruled."""
    onex("adopt", "scripts", "--under", "tools")
    folder = scripts / "tools" / "team3" / "greet_3"
    if case == "edited":
        (folder / "greet_3.sh").write_text("#!/bin/sh\necho mine\n")
    else:
        assert onex("lifecycle", "tools.team3.greet_3", "active").exit_code == 0
    script = scripts / "scripts" / "team3" / "greet_3.sh"
    script.write_text(script.read_text() + "# more\n")
    before = contents(folder)

    told = onex("adopt", "scripts")
    assert told.stdout.splitlines()[0] == (
        f"kept scripts/team3/greet_3.sh -> tools.team3.greet_3: {KEPT[case]}"
    )
    assert contents(folder) == before


def test_what_is_no_script_is_left_with_the_reason(scripts, onex):
    """Modules, tests, notebooks, links, and what others made; the rest is counted."""
    script_folders.write_others(scripts / "scripts" / "misc")
    told = onex("adopt", "scripts", "--dry-run", "--output-format", "json")

    assert registry.validator("adoption").is_valid(told.json)
    assert {Path(each["path"]).name: each["reason"] for each in told.json["left"]} == {
        "helpers.py": "a module: it has no `__main__` guard, and calls nothing when it is read",
        "test_clean.py": "a test",
        "made.py": "generated: it says '@generated'",
        "notes.ipynb": "a notebook: export what is to run as a script",
        "tool.py": "a binary file",
        "broken.py": "line 1: is not Python that can be parsed: '(' was never closed",
        "link.py": "a symbolic link",
        "vendor": "made elsewhere: vendored or built",
    }
    assert told.json["counts"] == {
        "adopted": 6,
        "updated": 0,
        "unchanged": 0,
        "kept": 0,
        "refused": 0,
        "left": 8,
        "notebooks": 1,
        "others": 1,
    }
    assert not (scripts / "tools").exists()


def test_names_that_collide_are_told(scripts, onex):
    """A file beside a folder or a file of its name gets another one, and says so."""
    folder = scripts / "scripts" / "Same Names"
    (folder / "clean").mkdir(parents=True)
    for name in ("clean.py", "clean.sh", "clean/2to3.py", "con.sh"):
        (folder / name).write_text("echo(1)\n")

    told = onex("adopt", folder, "--under", "a")
    assert told.stdout.splitlines()[:-1] == [
        "adopted scripts/Same Names/clean.py -> a.clean-py: the name that it would have is that of the folder clean",
        "adopted scripts/Same Names/clean.sh -> a.clean-sh: the name that it would have is that of the folder clean",
        "adopted scripts/Same Names/clean/2to3.py -> a.clean.n2to3",
        "adopted scripts/Same Names/con.sh -> a.con-script",
    ]
    assert onex("validate").exit_code == 0


def test_the_report_is_a_page_to_work_through(scripts, onex):
    """A row for each script, and a box for each thing to decide, with its line."""
    told = onex("adopt", "scripts/team2", "--report", "adopted.md")

    assert told.stdout == "1 script adopted; 1 undecided, 1 proposed\nwrote adopted.md\n"
    assert (scripts / "adopted.md").read_text() == (
        "# Adopted scripts\n\n"
        "1 script adopted; 1 undecided, 1 proposed.\n\n"
        "| script | node | outcome | inputs | undecided | proposed |\n"
        "|---|---|---|---|---|---|\n"
        "| `scripts/team2/rotate_2.sh` | `team2.rotate_2` | adopted | `keep`, `verbose` | 1 | 1 |\n\n"
        "## `team2.rotate_2`\n\n"
        "From `scripts/team2/rotate_2.sh`: Rotate the logs of host 2.\n\n"
        "- [ ] `scripts/team2/rotate_2.sh:7:7` its options are read by hand: compare what was understood of them"
        " (correct the contract and \\`entrypoint.args\\` where they are off)\n"
        "- [ ] `scripts/team2/rotate_2.sh:4:4` proposed: `required_env: [LOG_HOME]`, since it ends without LOG\\_HOME\n"
    )
    assert onex("adopt", "scripts", "--report", "adopted.json").exit_code == 0
    assert registry.validator("adoption").is_valid(
        json.loads((scripts / "adopted.json").read_text())
    )


REFUSED = {
    (
        "empty",
    ): "onex: empty: no scripts to adopt; 0 left alone, 0 other files\n  help: name a script itself to adopt it whatever it looks like\n",
    ("absent",): "onex: absent:1:1: no such file\n",
    (
        "scripts",
        "--under",
        "Tools",
    ): "onex: 'Tools': is no namespace\n  help: for example tools, or team.tools\n",
    ("scripts", "--under", "onex.x"): (
        "onex: onex.x: the namespace 'onex' belongs to the nodes that onex ships\n"
        "  help: choose a namespace of your own\n"
    ),
    ("scripts", "--report", "x.txt"): "onex: x.txt: a report is FILE.md or FILE.json\n",
}


@pytest.mark.parametrize(("arguments", "told"), REFUSED.items(), ids=map(" ".join, REFUSED))
def test_nothing_to_adopt_is_status_2(arguments, told, scripts, onex):
    """One line, the next step, and nothing written."""
    (scripts / "empty").mkdir()
    before = contents(scripts)

    refused = onex("adopt", *arguments)
    assert (refused.exit_code, refused.stdout, refused.stderr) == (2, "", told)
    assert contents(scripts) == before


def test_one_that_cannot_come_into_the_tree_holds_up_no_other(scripts, onex):
    """A place that is taken refuses one script; status 1, and the others are there."""
    (scripts / "tools" / "team3").mkdir(parents=True)
    (scripts / "tools" / "team3" / "greet_3").write_text("taken")

    told = onex("adopt", "scripts", "--under", "tools")
    assert told.exit_code == 1
    assert [line for line in told.stdout.splitlines() if line.startswith("refused")] == [
        f"refused scripts/team3/greet_3.sh -> tools.team3.greet_3: tools.team3.greet_3: {scripts}/tools/team3/greet_3 "
        "is no folder; a tree holds plain folders only; choose another id, or move it away"
    ]
    assert [".".join(ref.segments) for ref in Workspace(str(scripts)).refs()] == [
        name for name in IDS if "greet" not in name
    ]


def test_a_script_with_a_secret_is_refused_without_telling_it(scripts, onex):
    """What the rules find errors in comes into no tree; the secret is not repeated."""
    script = scripts / "scripts" / "team3" / "key.sh"
    script.write_text(f"#!/bin/sh\nkey=${{1:-{'AKIA' + 'IOSFODNN7EXAMPL3'}}}\n")

    told = onex("adopt", "scripts/team3", "--report", "adopted.json")
    assert told.exit_code == 1
    found = json.loads((scripts / "adopted.json").read_text())
    assert [(each["node_id"], each["outcome"]) for each in found["scripts"]] == [
        ("team3.greet_3", "adopted"),
        ("team3.key", "refused"),
    ]
    assert found["scripts"][1]["reason"].startswith(
        "the node would not be valid: state_contract.json:7:20: ONX902 this text holds what looks like"
    )
    assert "EXAMPL3" not in (scripts / "adopted.json").read_text()
    assert not (scripts / "team3" / "key").exists()


PLACES = {
    (".",): "adopted.scripts.team3.greet_3",
    ("scripts",): "adopted.scripts.team3.greet_3",
    ("scripts/team3",): "team3.greet_3",
    ("scripts/team3/greet_3.sh",): "team3.greet_3",
    ("scripts", "--under", "a.b"): "a.b.team3.greet_3",
    ("scripts/team3", "scripts"): "team3.greet_3",
}


@pytest.mark.parametrize(("arguments", "node_id"), PLACES.items(), ids=map(" ".join, PLACES))
def test_the_name_comes_from_the_path(arguments, node_id, scripts, onex):
    """Never among the scripts themselves, and only once however often a script is named."""
    told = onex("adopt", *arguments, "--dry-run", "--output-format", "json")

    found = {each["path"]: each["node_id"] for each in told.json["scripts"]}
    assert found["scripts/team3/greet_3.sh"] == node_id


def test_nodes_that_a_crash_left_unlisted_are_listed(scripts, onex):
    """What was put into its place before the `.tree` files were written is found again (W3)."""
    onex("adopt", "scripts", "--under", "tools")
    before = (scripts / "tools" / ".tree").read_bytes()
    (scripts / ".tree").write_text("entries:\n")
    (scripts / "tools" / ".tree").unlink()
    (scripts / ".onex-tmp-0123456789abcdef").mkdir()

    again = onex("adopt", "scripts", "--under", "tools")
    assert again.stdout.startswith("0 scripts adopted, 6 unchanged;")
    assert (scripts / "tools" / ".tree").read_bytes() == before
    assert [".".join(ref.segments) for ref in Workspace(str(scripts)).refs()] == IDS


def test_hostile_names_and_contents_stay_inside(scripts, onex):
    """Names with line ends, escapes and bytes that are no text; a pipe that nobody writes to."""
    folder = scripts / "odd"
    folder.mkdir()
    for name in (
        b"a\nb.sh",
        b"\x1b[31m.sh",
        b"\xff.sh",
        b"$(touch x).sh",
        b"..sh",
        b"-rf.sh",
        b"`x`|y.sh",
    ):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text(
            '#!/bin/sh\n# "\n: \u202e\n'
        )
    os.mkfifo(folder / "pipe.sh")

    told = onex("adopt", "odd", "--report", "odd.md")
    assert (told.exit_code, told.stderr) == (0, "")
    assert all(line.isprintable() for line in (scripts / "odd.md").read_text().splitlines())
    assert onex("validate").exit_code == 0
    assert sorted(path.name for path in (scripts / "adopted" / "odd").iterdir()) == [
        ".tree", "a-b", "n31m", "rf", "script", "sh", "touch-x", "x-y",
    ]  # fmt: skip
    assert onex("adopt", "odd").stdout.startswith("0 scripts adopted, 7 unchanged")


def test_a_node_keeps_no_link_to_where_it_was_made(scripts, onex):
    """The origin is relative to the workspace, so that a clone elsewhere says the same."""
    onex("adopt", scripts / "scripts" / "team3")
    found = node.load(str(scripts / "team3" / "greet_3"))

    assert str(scripts) not in found.document.data.decode()
    answers = (scripts / "team3" / "greet_3" / ".onex-answers.json").read_text()
    assert str(scripts) not in answers
