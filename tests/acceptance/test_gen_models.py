"""A programmer calls a node from code, and wants the editor to know what it takes and gives."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

MODULE = "models/demo/text/clean.py"

CALLER = """\
import pydantic
from demo.text.clean import Input, Output

state = Input(text=" Hi ")
print(state.text, state.state(), Output.model_validate({"text": "Hi"}) == Output(text="Hi"))
try:
    Input.model_validate({"text": "Hi", "txet": 1})
except pydantic.ValidationError as error:
    print(error.errors()[0]["type"], error.errors()[0]["ctx"]["pointer"])
"""


def test_models_are_written_and_used(onex, workspace):
    """The contract judges, and the types say what is in a state."""
    printed = onex("gen", "models", "demo.text.clean").stdout
    made = onex("gen", "models", "demo.text.clean", "-o", "models")

    assert (workspace / MODULE).read_text() == printed
    assert (made.exit_code, made.stdout) == (0, f"wrote {MODULE}\n1 module, 1 changed\n")
    ended = subprocess.run(
        [sys.executable, "-c", CALLER],
        cwd=workspace / "models",
        check=True,
        capture_output=True,
        text=True,
    )
    assert ended.stdout == " Hi  {'text': ' Hi '} True\njson_schema \n"


def test_drift_is_found_and_mended_by_what_is_said(onex, workspace):
    """`--check` writes nothing, and names the file and the command."""
    arguments = ("gen", "models", "demo", "-o", "my models")
    path = workspace / "my models/demo/text/clean.py"
    missing = onex(*arguments, "--check")
    assert (missing.exit_code, path.exists()) == (1, False)
    assert missing.stdout == (
        "my models/demo/text/clean.py: stale; run `onex gen models demo -o 'my models'`\n"
        "1 module checked: 1 stale\n"
    )
    assert onex(*arguments).exit_code == 0
    contract = workspace / "demo/text/clean/state_contract.json"
    contract.write_text(contract.read_text().replace('"text"', '"line"'))
    assert onex(*arguments, "--check").exit_code == 1
    assert onex(*arguments).stdout.endswith("1 module, 1 changed\n")
    assert onex(*arguments, "--check").stdout == "1 module checked: 0 stale\n"


REFUSED = {
    "gen models demo.text.clean --check": "--check goes with -o",
    "gen models demo": "2 modules; name a folder for them with -o",
    "gen models demo.text.claen": "demo.text.claen: no such node",
    "gen models demo -o file": "file: cannot be made: File exists",
    "gen models demo -o linked": "a symbolic link, which is not followed here",
    "gen models demo -o inner": "inner/demo: a link, which is not followed",
}


@pytest.mark.parametrize("words", REFUSED)
def test_what_cannot_be_written_is_refused(onex, workspace, words):
    """In plain words, and nothing is written through a link."""
    onex("scaffold", "demo.text.count")
    (workspace / "file").touch()
    (workspace / "outside").mkdir()
    (workspace / "inner").mkdir()
    (workspace / "inner/demo").symlink_to(workspace / "outside")
    (workspace / "linked/demo/text").mkdir(parents=True)
    (workspace / "linked/demo/text/clean.py").symlink_to(workspace / "file")
    ended = onex(*words.split())

    assert (ended.exit_code, ended.stdout) == (2, "")
    assert REFUSED[words] in ended.stderr
    assert (workspace / "file").read_bytes() == b""
    assert os.listdir(workspace / "outside") == []


def test_a_contract_that_names_code_is_refused(onex, workspace):
    """V8: it would run in whoever generates from it."""
    contract = Path(workspace, "demo/text/clean/state_contract.json")
    text = contract.read_text().replace(
        '"type": "string"', '"type": "string", "customTypePath": "os.system"', 1
    )
    contract.write_text(text)
    ended = onex("gen", "models", "demo.text.clean", "-o", "models")

    assert (ended.exit_code, ended.stdout) == (2, "")
    assert "customTypePath" in ended.stderr
    assert not (workspace / "models").exists()


def test_without_the_generator_the_extra_is_named(onex, workspace, monkeypatch):
    """With the command that brings it."""
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    ended = onex("gen", "models", "demo.text.clean")

    assert (ended.exit_code, ended.stdout) == (2, "")
    assert ended.stderr == (
        "onex: making models needs the 'gen' extra\n  help: pip install 'onex-contracts[gen]'\n"
    )
