"""Contracts read out of code: held against what stands there, and written (DESIGN.md, section 1)."""

import json
import os
import stat
from pathlib import Path

import pytest

from onex.core import lock, node, snapshot
from onex.core.workspace import Workspace
from onex_contract import registry

FUNCTION = '''"""Words."""
import os

open({marker!r}, "w")


def cut(text: str, limit: int = 10, marks: list[str] | None = None) -> str:
    """Cut a text.

    Args:
        text: What is cut.
        limit: How long it may be.

    >>> cut("abc", limit=2)
    'ab'
    """
    return text[:limit]


def count(words: list[str]) -> dict[str, int]:
    return {{"words": len(words)}}
'''

SCRIPT = """#!/bin/sh
# Greet somebody.
touch {marker}
name=${{1:?who is greeted}}
word=${{2:-Hello}}
echo "$word, $name, $TONE"
"""


@pytest.fixture
def marker(tmp_path: Path) -> Path:
    """What code that is executed would leave."""
    return tmp_path / "executed"


@pytest.fixture
def code(workspace: Path, marker: Path) -> Path:
    """A workspace with a function and a script that exist already."""
    (workspace / "src" / "pkg").mkdir(parents=True)
    (workspace / "src" / "pkg" / "words.py").write_text(FUNCTION.format(marker=str(marker)))
    (workspace / "greet.sh").write_text(SCRIPT.format(marker=marker))
    return workspace


def contract_of(workspace, node_id):
    return json.loads(workspace.joinpath(*node_id.split("."), "state_contract.json").read_text())


def is_locked(workspace, node_id):
    found = node.load(str(workspace.joinpath(*node_id.split("."))))
    return lock.compare(found, snapshot.take(found)) == []


def test_a_function_becomes_a_node(code, onex, marker):
    """Contract, description, case and copy come from the code, which is not executed for it."""
    made = onex("scaffold", "demo.text.cut", "--from-function", "src/pkg/words.py:cut")

    assert (made.exit_code, made.stderr) == (0, "")
    assert made.stdout == (
        "made demo.text.cut in demo/text/cut\n"
        "demo.text.cut: in the copy words.py, the function `run` was added, which makes an object of what is returned\n"
        "src/pkg/words.py:4:1: proposed: effects.writes, if that is outside the work folder, since it opens a file to write it\n".replace(
            "effects.writes, if that is outside the work folder",
            f"effects.writes: [{marker.parent}]",
        )
        + "next: onex validate demo.text.cut\n"
    )
    assert not marker.exists()
    assert contract_of(code, "demo.text.cut") == {
        "contract_version": "1.0.0",
        "input": {
            "type": "object",
            "required": ["text"],
            "additionalProperties": False,
            "properties": {
                "text": {"type": "string", "description": "What is cut."},
                "limit": {"type": "integer", "description": "How long it may be.", "default": 10},
                "marks": {
                    "anyOf": [
                        {"type": "array", "items": {"type": "string"}},
                        {"type": "null"},
                    ],
                    "default": None,
                },
            },
        },
        "output": {
            "type": "object",
            "required": ["result"],
            "additionalProperties": False,
            "properties": {"result": {"type": "string"}},
        },
        "cases": [
            {
                "name": "example 1 of the docstring",
                "input": {"text": "abc", "limit": 2},
                "output": {"result": "ab"},
            },
            {"name": "refuses an input without text", "input": {}, "error": "input-contract"},
        ],
    }
    found = Workspace(str(code)).node("demo.text.cut").value
    assert (found["description"], found["x-adopted-from"]["path"]) == (
        "Cut a text.",
        "src/pkg/words.py",
    )


@pytest.mark.parametrize("spec", ["src/pkg/words.py:count", "pkg.words:count"])
def test_what_was_made_of_a_function_validates_runs_and_has_not_drifted(spec, code, onex):
    """Found by path, or by module below `src`, with nothing imported."""
    assert onex("scaffold", "demo.text.count", "--from-function", spec).exit_code == 0

    assert onex("validate", "demo.text.count").exit_code == 0
    assert onex("infer", "demo.text.count").exit_code == 0
    ran = onex("run", "demo.text.count", "--set", 'words=["a", "b"]', "--quiet")
    assert (ran.exit_code, ran.stdout) == (0, '{"words": 2}\n')


def test_the_cases_of_what_was_made_hold(code, onex):
    """The docstring's example is what the copy gives."""
    onex("scaffold", "demo.text.cut", "--from-function", "pkg.words:cut")

    tested = onex("test", "demo.text.cut")
    assert tested.exit_code == 0, tested.stderr


def test_a_script_becomes_a_command(code, onex, marker):
    """Arguments from its positions; the copy can be started, and the original is as it was."""
    before = (code / "greet.sh").read_bytes()
    made = onex("scaffold", "demo.greet", "--from-script", "greet.sh", "--set", "owner=ops")

    assert made.exit_code == 0
    assert not marker.exists()
    assert (code / "greet.sh").read_bytes() == before
    copy = code / "demo" / "greet" / "greet.sh"
    assert (copy.read_bytes(), stat.S_IMODE(copy.stat().st_mode)) == (before, 0o755)
    found = Workspace(str(code)).node("demo.greet").value
    assert (found["owner"], found["description"]) == ("ops", "Greet somebody.")
    assert found["entrypoint"] == {
        "type": "cli",
        "target": "greet.sh",
        "args": [{"input": "name"}, {"input": "word"}],
        "output": {"from": "stdout", "as": "text", "key": "text"},
    }
    assert onex("validate", "demo.greet").exit_code == 0
    ran = onex("run", "demo.greet", "--set", "name=Ada", "--quiet")
    assert (ran.exit_code, ran.stdout) == (0, '{"text": "Hello, Ada, "}\n')


REFUSED = {
    ("--from-function", "pkg.nothing:f"): (
        "onex: pkg.nothing: no such module here; looked for pkg/nothing.py, pkg/nothing/__init__.py, "
        "src/pkg/nothing.py, src/pkg/nothing/__init__.py\n"
        "  help: write it as `path/to/file.py:function`, or as `package.module:function`\n"
    ),
    ("--from-function", "words.py"): (
        "onex: words.py: names no function of a file\n"
        "  help: write it as `path/to/file.py:function`, or as `package.module:function`\n"
    ),
    ("--from-function", "src/pkg/words.py:coutn"): (
        "onex: src/pkg/words.py:1:1: defines no function coutn\n  help: did you mean 'count'?\n"
    ),
    ("--from-script", "onex.toml"): (
        "onex: onex.toml:1:1: is no script that is known: it has no first line with '#!' and no suffix that tells\n"
        "  help: begin it with a line such as `#!/usr/bin/env python3`\n"
    ),
    ("--from-script", "absent.sh"): "onex: absent.sh:1:1: no such file\n",
    ("--from-script", "greet.sh", "--type", "python"): (
        "onex: --type python: what a node is made around tells its template\n"
        "  help: see `onex scaffold --help`\n"
    ),
    ("--type", "script"): (
        "onex: the template script of onex.scaffold does not take these answers: missing key 'file'\n"
        "  help: What the file is called in the node.\n"
    ),
}


@pytest.mark.parametrize(("arguments", "told"), REFUSED.items(), ids=map(" ".join, REFUSED))
def test_what_cannot_be_read_makes_no_node(arguments, told, code, onex):
    """Status 2, one line, the next step, and nothing written."""
    refused = onex("scaffold", "demo.new", *arguments)

    assert (refused.exit_code, refused.stdout, refused.stderr) == (2, "", told)
    assert not (code / "demo" / "new").exists()


def edit(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_drift_is_told_with_both_places_and_mended(workspace, onex):
    """Exit 1, then `--write`, then exit 0; what is narrower by hand stays."""
    folder = workspace / "demo" / "text" / "clean"
    edit(
        folder / "state_contract.json",
        '"type": "string"}\n    }\n  },\n  "output"',
        '"type": "string", "maxLength": 9}\n    }\n  },\n  "output"',
    )
    edit(
        folder / "node.py", "def run(text: str)", "def run(text: str, limit: int, mode: str = 'a')"
    )

    told = onex("infer", "demo.text.clean")
    assert (told.exit_code, told.stderr) == (1, "")
    assert told.stdout == (
        "demo/text/clean/node.py:4:20: differs: the code takes 'limit' (an integer), which is no input of the contract\n"
        "  contract: demo/text/clean/state_contract.json:7:19\n"
        "demo/text/clean/node.py:4:32: differs: the code takes 'mode' (a string), which is no input of the contract\n"
        "  contract: demo/text/clean/state_contract.json:7:19\n"
        "demo.text.clean: 2 differences; run `onex infer demo.text.clean --write` to take over what the code says\n"
    )

    written = onex("infer", "demo.text.clean", "--write")
    assert (written.exit_code, written.stdout.splitlines()[-3:]) == (
        0,
        [
            "wrote demo/text/clean/state_contract.json",
            "demo.text.clean: the case 'trims the text' no longer keeps the contract; mend it, then run `onex lock demo.text.clean`",
            "demo.text.clean: 2 differences settled, locked",
        ],
    )
    contract = contract_of(workspace, "demo.text.clean")
    assert contract["input"]["properties"]["text"]["maxLength"] == 9
    assert contract["input"]["required"] == ["text", "limit"]
    assert [case["name"] for case in contract["cases"]] == ["trims the text", "refuses a number"]
    assert is_locked(workspace, "demo.text.clean")
    again = onex("infer", "demo.text.clean")
    assert (again.exit_code, again.stdout) == (
        0,
        "demo.text.clean: the contract says what the code says\n",
    )


def test_the_record_says_all_of_it(workspace, onex):
    """What the code says, where it differs, and with `--diff` nothing is written."""
    folder = workspace / "demo" / "text" / "clean"
    edit(folder / "node.py", "text: str)", "text: int)")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    told = onex("infer", "demo.text.clean", "--output-format", "json")
    assert told.exit_code == 1
    assert registry.validator("inference").is_valid(told.json)
    assert told.json == {
        "schema_version": "1.0",
        "node_id": "demo.text.clean",
        "path": "demo/text/clean/node.py",
        "proposed": {
            "description": "Give the output state for an input state, whose properties are the arguments.",
            "input": {
                "type": "object",
                "required": ["text"],
                "additionalProperties": False,
                "properties": {"text": {"type": "integer"}},
            },
            "output": {
                "type": "object",
                "required": ["text"],
                "additionalProperties": False,
                "properties": {"text": {"type": "string"}},
            },
            "args": None,
            "required_env": [],
        },
        "differences": [
            {
                "kind": "type",
                "subject": "text",
                "drift": True,
                "code": {"path": "demo/text/clean/node.py", "line": 4, "column": 9},
                "contract": {
                    "path": "demo/text/clean/state_contract.json",
                    "line": 8,
                    "column": 15,
                },
                "message": "'text' is an integer in the code, but the contract takes 'a'",
            }
        ],
        "undecided": [],
        "effects": [],
        "written": [],
    }
    shown = onex("infer", "demo.text.clean", "--diff")
    assert '+      "text": {' in shown.stdout.splitlines() or "+" in shown.stdout
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_command_is_held_against_its_arguments(code, onex):
    """A new argument that must be given is drift; variables that it needs, too."""
    onex("scaffold", "demo.greet", "--from-script", "greet.sh")
    copy = code / "demo" / "greet" / "greet.sh"
    edit(copy, "word=${2:-Hello}", 'word=${2:-Hello}\nend=$3\n: "${TOKEN:?}"')

    told = onex("infer", "demo.greet")
    assert told.exit_code == 1
    assert [line for line in told.stdout.splitlines() if "differs" in line] == [
        "demo/greet/greet.sh:6:5: differs: the code takes 'end', which entrypoint.args does not pass",
        "demo/greet/greet.sh:6:5: differs: the code takes 'end' (a string), which is no input of the contract",
        "demo/greet/greet.sh:7:4: differs: the code does not work without TOKEN, which required_env does not name",
    ]
    assert onex("infer", "demo.greet", "--write").exit_code == 0
    found = Workspace(str(code)).node("demo.greet").value
    assert found["entrypoint"]["args"] == [{"input": "name"}, {"input": "word"}, {"input": "end"}]
    assert found["required_env"] == ["TOKEN"]
    assert onex("infer", "demo.greet").exit_code == 0
    assert is_locked(code, "demo.greet")


def test_what_a_node_says_already_is_not_proposed_again(code, onex):
    """Of what the code seems to touch, only what node.onex leaves out is left to decide."""
    (code / "get.sh").write_text(
        '#!/bin/sh\n: "${TOKEN:?}"\ncurl x >/var/log/x\necho "$RANDOM $MORE"\n'
    )
    made = onex("scaffold", "demo.get", "--from-script", "get.sh")
    assert made.stdout.count("proposed: ") == 5

    told = onex("infer", "demo.get")
    assert told.stdout == (
        "demo/get/get.sh:3:8: proposed: effects.writes: [/var/log], since it writes /var/log/x\n"
        "demo/get/get.sh:4:15: proposed: required_env: [MORE], since it reads MORE\n"
        "demo.get: the contract says what the code says\n"
    )


def test_what_is_shared_stays_where_it_is(workspace, onex):
    """A property that a shared schema describes keeps its reference, and nothing is put in."""
    folder = workspace / "demo" / "text" / "clean"
    (workspace / "word.json").write_text(
        '{"$id": "https://example.org/word", "type": "string", "maxLength": 9}'
    )
    edit(folder / "node.onex", "effects:", "shared: [word.json]\n\neffects:")
    edit(
        folder / "state_contract.json",
        '{"description": "TODO: say what the node takes.", "type": "string"}',
        '{"description": "A word.", "$ref": "https://example.org/word"}',
    )
    edit(folder / "node.py", "text: str)", "text: str, more: int = 1)")
    assert onex("lock", "demo.text.clean").exit_code == 0

    assert onex("infer", "demo.text.clean").exit_code == 1
    written = onex("infer", "demo.text.clean", "--write")
    assert (written.exit_code, written.stderr) == (0, "")
    assert contract_of(workspace, "demo.text.clean")["input"] == {
        "type": "object",
        "required": ["text"],
        "additionalProperties": False,
        "properties": {
            "text": {"description": "A word.", "$ref": "https://example.org/word"},
            "more": {"type": "integer", "default": 1},
        },
    }
    assert onex("validate", "demo.text.clean").exit_code == 0
    assert onex("infer", "demo.text.clean").exit_code == 0


NOTHING = {
    "noop": "demo.same: has no code, so there is nothing to read a contract out of",
    "cli": "demo.same: runs the program sort, so there is nothing to read a contract out of",
}


@pytest.mark.parametrize(("kind", "message"), NOTHING.items(), ids=NOTHING)
def test_a_node_without_code_of_its_own_cannot_be_read(kind, message, workspace, onex):
    """Not being able to look is status 2."""
    assert onex("scaffold", "demo.same", "--type", kind).exit_code == 0
    if kind == "cli":
        edit(workspace / "demo" / "same" / "node.onex", "target: run.sh", "target: sort")

    refused = onex("infer", "demo.same")
    assert (refused.exit_code, refused.stdout, refused.stderr) == (
        2,
        "",
        f"onex: {message}\n  help: `onex infer` reads Python functions, and scripts that are files of the node\n",
    )


def test_code_that_cannot_be_parsed_is_named(workspace, onex):
    """With its line; nothing is written."""
    (workspace / "demo" / "text" / "clean" / "node.py").write_text("def run(\n")

    refused = onex("infer", "demo.text.clean", "--write")
    assert (refused.exit_code, refused.stderr) == (
        2,
        "onex: demo/text/clean/node.py:1:8: is not Python that can be parsed: '(' was never closed\n"
        "  help: mend the file, then try again; nothing of it was run\n",
    )
    assert os.listdir(workspace / "demo" / "text" / "clean").count("node.py") == 1
