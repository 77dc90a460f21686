"""Somebody's onex does not do what they expect: the doctor says what it finds, and never falls ill."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.repositories import git

from onex_contract import registry

ONEX = os.path.join(os.path.dirname(sys.executable), "onex")


def checks(result):
    """What was looked at, by name."""
    assert registry.validator("doctor").is_valid(result.json)
    return {check["name"]: check for check in result.json["checks"]}


def settings(result):
    """The settings, by name."""
    return {setting["name"]: setting for setting in result.json["settings"]}


def doctor(onex):
    return onex("doctor", "--output-format", "json")


def test_a_new_workspace_is_well(onex, workspace):
    """Nothing but git is missing, and that is a warning."""
    result = doctor(onex)

    assert result.exit_code == 0
    found = checks(result)
    assert {name for name, check in found.items() if check["state"] != "ok"} == {"repository"}
    assert found["workspace"]["found"] == f"{workspace}: it has onex.toml"
    assert found["executors"]["found"] == "built in: cli, noop, python"
    assert found["isolation"]["found"].startswith("level `process`")
    assert {"click", "pydantic", "Python", "onex", "cache", "schema"} <= found.keys()


def test_the_words_for_people(onex, workspace):
    """Area by area, with the step to take below what is wrong, and a count at the end."""
    (workspace / ".vscode/onex_node.schema.json").write_text("{}")
    lines = onex("doctor").stdout.splitlines()

    at = lines.index("editor")
    assert lines[at : at + 4] == [
        "editor",
        "  ok       association        .vscode/settings.json joins node.onex with the schema",
        "  warning  schema             .vscode/onex_node.schema.json is not the schema of this onex",
        "           help: remove it, then run `onex init`",
    ]
    assert lines[-1].endswith("things looked at: 0 problems, 2 warnings")


BROKEN = {
    "tree": lambda w: (w / "demo/.tree").unlink(),
    "settings": lambda w: (w / "onex.toml").write_text("owner = 1\n"),
    "attributes": lambda w: (w / ".gitattributes").write_text("* text=auto\n"),
    "association": lambda w: (w / ".vscode/settings.json").write_text("{}"),
    "schema": lambda w: (w / ".vscode/onex_node.schema.json").unlink(),
    "hooks": lambda w: (w / ".pre-commit-config.yaml").write_text("- id: onex-validate\n"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_is_named_with_what_mends_it(onex, workspace, name):
    """One fault at a time: that check alone changes, and says what to do."""
    git(workspace, "init", "-q")
    before = checks(doctor(onex))
    assert {check["state"] for check in before.values()} == {"ok"}
    BROKEN[name](workspace)
    result = doctor(onex)

    after = checks(result)
    assert [key for key in before if after[key]["state"] != "ok"] == [name]
    assert after[name]["help"]
    assert result.exit_code == (1 if name in {"tree", "settings"} else 0)


def test_an_installed_hook_is_found(onex, workspace):
    """As pre-commit installs it."""
    git(workspace, "init", "-q")
    (workspace / ".pre-commit-config.yaml").write_text("- id: onex-validate\n")
    (workspace / ".git/hooks").mkdir(exist_ok=True)
    (workspace / ".git/hooks/pre-commit").write_text("#!/bin/sh\nexec pre-commit hook-impl\n")

    assert checks(doctor(onex))["hooks"]["state"] == "ok"


FILES = {
    "onex.toml": """\
# owner = "nobody"
owner = "data team"

[ci]
policy = "strict"  # of us
minimum_coverage_required = 90
[validate]
"fail_on" = "warning"
[validate.per_path."a/**"]
ignore = ["ONX110"]
""",
    "pyproject.toml": """\
[project]
owner = "nobody"
[tool.onex]
ci = {policy = "strict"}
owner = "data team"
""",
}
LINES = {
    "onex.toml": {"owner": 2, "ci.policy": 5, "ci.minimum_coverage_required": 6, "validate.fail_on": 8, "validate.per_path": 9},
    "pyproject.toml": {"owner": 5, "ci.policy": 4},
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_each_setting_comes_from_a_line_or_from_nowhere(onex, workspace, name):
    """The file, the line and the value; a setting that is not set is the default."""
    (workspace / "onex.toml").unlink()
    (workspace / name).write_text(FILES[name])
    found = settings(doctor(onex))

    for setting in found.values():
        line = LINES[name].get(setting["name"])
        place = f"{workspace / name}:{line}" if line else None
        assert (setting["place"], setting["origin"]) == (place, "file" if line else "default")
    assert (found["owner"]["value"], found["ci.policy"]["value"]) == ("data team", "strict")


def test_every_setting_that_there_is_is_told(onex, workspace):
    """As the schema of the settings has them."""
    schema = registry.schema("config")
    assert {name.partition(".")[0] for name in settings(doctor(onex))} == {*schema["properties"]}


def test_variables_are_told_and_secrets_are_not(onex, workspace, monkeypatch):
    """X11: of free text and of what is not onex's own, no value is ever shown."""
    secret = "hunter2-Kq8zP1"  # noqa: S105
    monkeypatch.setenv("ONEX_RUN_INPUT", f'{{"password": "{secret}"}}')
    monkeypatch.setenv("ONEX_RUN_SET", secret)
    monkeypatch.setenv("ONEX_API_TOKEN", secret)
    monkeypatch.setenv("DATABASE_URL", secret)
    monkeypatch.setenv("ONEX_VALIDATE_OUTPUT_FORMAT", "json")
    monkeypatch.setenv("ONEX_VALIDAT_SELECT", secret)
    result = doctor(onex)

    assert secret not in result.stdout + onex("doctor").stdout
    found = settings(result)
    assert found["onex run --input"] == {
        "name": "onex run --input",
        "value": None,
        "origin": "variable",
        "place": "ONEX_RUN_INPUT",
    }
    assert found["onex validate --output-format"]["value"] == "json"
    assert checks(result)["ONEX_VALIDAT_SELECT"]["help"] == "did you mean 'ONEX_VALIDATE_SELECT'?"
    assert checks(result)["ONEX_API_TOKEN"]["state"] == "warning"


def a_folder(path):
    path.unlink(missing_ok=True)
    path.mkdir()


SURROUNDINGS = {
    "no home": {"HOME": None},
    "a home that is none": {"HOME": "/dev/null"},
    "no search path": {"PATH": ""},
    "a search path from here": {"PATH": "."},
    "a cache that is a file": {"XDG_CACHE_HOME": "/dev"},
    "a locale of its own": {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
    "nothing at all": dict.fromkeys(os.environ),
}
FAULTS = {
    "no settings that can be read": lambda w: a_folder(w / "onex.toml"),
    "settings of bytes": lambda w: (w / "onex.toml").write_bytes(b"\xff\x00"),
    "settings without end": lambda w: ((w / "onex.toml").unlink(), os.mkfifo(w / "onex.toml")),
    "a tree of bytes": lambda w: (w / ".tree").write_bytes(b"\xff\x00"),
    "a tree that is a folder": lambda w: a_folder(w / ".tree"),
    "an editor that is a file": lambda w: (
        shutil.rmtree(w / ".vscode"),
        (w / ".vscode").write_text("x"),
    ),
    "a repository that is none": lambda w: (w / ".git").write_text("gitdir: /dev/null"),
    "a repository in a circle": lambda w: (w / ".git").symlink_to(".git"),
    "attributes without end": lambda w: (
        (w / ".gitattributes").unlink(),
        os.mkfifo(w / ".gitattributes"),
    ),
    "a working folder that is gone": shutil.rmtree,
    "no workspace": lambda w: [path.unlink() for path in w.glob("**/.tree")],
}


def call(folder, environment=None, before=lambda: None):
    """``onex doctor`` as a shell calls it."""
    given = {**os.environ, **(environment or {})}
    return subprocess.run(
        [sys.executable, ONEX, "doctor", "--output-format", "json"],
        cwd=folder,
        check=False,
        capture_output=True,
        env={key: value for key, value in given.items() if value is not None},
        timeout=60,
        preexec_fn=before,
    )


def is_answer(ended):
    """Whether it is a whole answer, and no fault of onex."""
    assert ended.stderr == b""
    assert registry.validator("doctor").is_valid(json.loads(ended.stdout))
    states = {check["state"] for check in json.loads(ended.stdout)["checks"]}
    return ended.returncode == (1 if "problem" in states else 0)


@pytest.mark.parametrize("name", SURROUNDINGS)
def test_s7_it_works_in_broken_surroundings(workspace, name):
    """S7: no HOME, no PATH, no git, nothing."""
    assert is_answer(call(workspace, SURROUNDINGS[name]))


@pytest.mark.parametrize("name", FAULTS)
def test_it_works_in_a_broken_workspace(workspace, name):
    """P4, I8, S7: what cannot be read, and what never ends."""
    assert is_answer(call(workspace, before=lambda: FAULTS[name](Path(workspace))))
