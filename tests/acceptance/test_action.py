"""The action of `action.yml`: its steps, run by the shell as a runner of GitHub would.

What the runner does is done here: expressions become variables, outputs are read from their file.
Only the installing is not: nothing is fetched, and a stand-in for `python3` says what it would.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from check_jsonschema.builtin_schemas import get_builtin_schema
from jsonschema import Draft7Validator
from tests.repositories import CLEAN, commit_all, git

ROOT = Path(__file__).parents[2]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
BIN = Path(sys.executable).parent

STAND_IN = f"""\
#!/bin/sh
printf '%s\\n' "$*" >> "$RUNNER_TEMP/python.log"
case "$1 $2 $3" in
  "-I -m venv") mkdir -p "$4/bin" && cp "$0" "$4/bin/python" && ln -sf {BIN}/onex "$4/bin/onex" ;;
  "-I -m pip") ;;
  *) exec {sys.executable} "$@" ;;
esac
"""


class Runner:
    """A runner of GitHub with a checkout: it runs the steps of the action with some inputs.

    Attributes:
        outputs: what the action gave.
        printed: what its steps printed.
    """

    def __init__(self, checkout: Path, event: dict[str, object]):
        self.checkout, self.event = checkout, event
        self.temp = checkout.parent / "runner"
        self.temp.mkdir()
        (self.temp / "bin").mkdir()
        stand_in = self.temp / "bin/python3"
        stand_in.write_text(STAND_IN)
        stand_in.chmod(0o755)
        self.outputs: dict[str, str] = {}
        self.printed = ""

    @property
    def summary(self):
        """The summary of the job."""
        return (self.temp / "summary").read_text() if (self.temp / "summary").exists() else ""

    @property
    def installed(self):
        """What was asked of Python, a call a row."""
        return (self.temp / "python.log").read_text().splitlines()

    def run(self, **inputs):
        """Run the action: the exit status of the step that failed, or 0."""
        given = {name: spec["default"] for name, spec in ACTION["inputs"].items()}
        given |= {name.replace("_", "-"): text for name, text in inputs.items()}
        known = {f"inputs.{name}": text for name, text in given.items()}
        for step in ACTION["runs"]["steps"]:
            status, told = self._step(step, known)
            known |= {f"steps.{step.get('id')}.outputs.{name}": text for name, text in told.items()}
            if status:
                break
        self.outputs = {
            name: self._evaluate(output["value"], known)
            for name, output in ACTION["outputs"].items()
        }
        return status

    def _step(self, step, known):
        assert step["shell"] == "bash"
        output = self.temp / "output"
        output.write_text("")
        variables = {
            name: self._evaluate(text, known) for name, text in step.get("env", {}).items()
        }
        folder = self._evaluate(step.get("working-directory", "."), known)
        kept = {key: text for key, text in os.environ.items() if not key.startswith("GIT")}
        script = self.temp / "script.sh"
        script.write_text(step["run"])
        ended = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", script],  # noqa: S607 - as there
            cwd=self.checkout / folder,
            env={
                **kept,
                **CLEAN,
                **variables,
                "CI": "true",
                "GITHUB_ACTION_PATH": "/action",
                "GITHUB_OUTPUT": os.fspath(output),
                "GITHUB_STEP_SUMMARY": os.fspath(self.temp / "summary"),
                "GITHUB_WORKSPACE": os.fspath(self.checkout),
                "RUNNER_TEMP": os.fspath(self.temp),
                "PATH": f"{self.temp}/bin:{os.environ['PATH']}",
            },
            check=False,
            capture_output=True,
            text=True,
        )
        self.printed += ended.stdout + ended.stderr
        told = dict(row.split("=", 1) for row in output.read_text().splitlines())
        return ended.returncode, told

    def _evaluate(self, text, known):
        """``text`` with the values of its expressions: names, and `||` between them."""

        def value(match):
            for name in match[1].split("||"):
                found = self._look_up(name.strip(), known)
                if found:
                    return found
            return ""

        return re.sub(r"\$\{\{(.*?)\}\}", value, text)

    def _look_up(self, name, known):
        if not name.startswith("github.event."):
            return known.get(name, "") if name.startswith("steps.") else known[name]
        found = self.event
        for part in name.split(".")[2:]:
            found = found.get(part) or {}
        return found or ""


@pytest.fixture(scope="module")
def upstream(tmp_path_factory):
    """A repository with a workspace of two nodes; its second commit breaks the lock of one."""
    origin = tmp_path_factory.mktemp("upstream") / "origin"
    origin.mkdir()
    for command in ("init . --owner team", "scaffold demo.one", "scaffold demo.two"):
        subprocess.run(
            [BIN / "onex", *command.split()], cwd=origin, check=True, capture_output=True
        )
    commit_all(origin)
    with (origin / "demo/two/node.py").open("a") as file:
        file.write("# more\n")
    commit_all(origin)
    git(origin, "config", "uploadpack.allowAnySHA1InWant", "true")
    return origin


@pytest.fixture
def origin(upstream, tmp_path):
    """A copy of that repository, which a test may change."""
    return shutil.copytree(upstream, tmp_path / "origin")


def clone(origin, *, depth):
    """A checkout as actions/checkout makes it, with so many commits."""
    checkout = origin.parent / "checkout"
    git(origin.parent, "clone", "-q", f"--depth={depth}", origin.as_uri(), checkout.name)
    return checkout


@pytest.fixture
def before(origin):
    """The commit in which all was well."""
    return git(origin, "rev-parse", "HEAD~1").strip()


LOCK = "::error file=demo/two/node.onex,line=30,col=12,title=ONX202 lock-stale::"


def count(runner):
    """The line that counts, as the notice has it."""
    return re.findall(r"::notice title=onex validate::(.*)", runner.printed)


def test_its_form_is_that_of_an_action():
    """Held by the schema that GitHub's own tools use."""
    schema = get_builtin_schema("vendor.github-actions")

    assert [error.message for error in Draft7Validator(schema).iter_errors(ACTION)] == []


def test_no_expression_stands_in_a_script():
    """What is in a script is run: branch names, titles and inputs come as variables."""
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step["run"]
        assert "eval" not in step["run"]


@pytest.mark.parametrize(
    ("kind", "depth"), [("pull_request", 1), ("pull_request", 10), ("merge_group", 1), ("push", 1)]
)
def test_a_change_is_told_from_the_commit_before(kind, depth, origin, before):
    """Also in a shallow clone: the commit before is fetched, and nothing else."""
    events = {
        "pull_request": {"pull_request": {"base": {"sha": before}}, "before": "f" * 40},
        "merge_group": {"merge_group": {"base_sha": before}},
        "push": {"before": before},
    }
    runner = Runner(clone(origin, depth=depth), events[kind])

    assert runner.run() == 1
    assert LOCK in runner.printed
    assert count(runner)[0].startswith(
        f"1 node of 2 changed against {before}; 1 node checked: 1 error"
    )
    assert runner.summary.startswith("## onex validate: failed\n")
    assert runner.outputs == {"base": before, "sarif": ""}
    assert runner.installed == [
        f"-I -m venv {runner.temp}/onex",
        "-I -m pip install --quiet --disable-pip-version-check /action",
    ]


EVERY = "2 nodes checked: 1 error"


@pytest.mark.parametrize(
    ("event", "inputs", "said"),
    [
        ({}, {}, EVERY),
        ({"before": "0" * 40}, {}, EVERY),
        ({"before": "f" * 40}, {}, EVERY),
        ({"before": "HEAD"}, {"changed": "false"}, EVERY),
        ({"before": "HEAD"}, {}, "0 nodes of 2 changed"),
        ({}, {"against": "HEAD~1"}, "1 node of 2 changed"),
        ({}, {"against": "main"}, "0 nodes of 2 changed"),
        ({}, {"args": "--select ONX202 demo.one"}, "1 node checked: 0 errors"),
        ({}, {"args": "\n --select\n  todo \n"}, "2 nodes checked: 0 errors"),
    ],
)
def test_what_is_checked(event, inputs, said, origin):
    """A commit that is gone, or none at all, never makes the gate look at less."""
    runner = Runner(clone(origin, depth=2), event)

    runner.run(**inputs)

    assert count(runner)[0].startswith(said)
    assert ("the commit before is gone" in runner.printed) is (event == {"before": "f" * 40})


def test_a_branch_is_fetched(origin, before):
    """`against` may name a branch that the clone knows nothing of."""
    git(origin, "branch", "release/1", before)
    runner = Runner(clone(origin, depth=1), {})

    runner.run(against="release/1")

    assert count(runner)[0].startswith(f"1 node of 2 changed against {before}")


HOSTILE = (
    "$(touch hit)",
    "`touch hit`",
    "x;touch${IFS}hit",
    '"; touch hit; "',
    "--upload-pack=touch hit",
    "--upload-pack=touch${IFS}hit",
    "-x",
    "main:refs/heads/hit",
    "+refs/heads/*:refs/heads/hit/*",
    "x\nbase=hit",
    "::set-output name=base::hit",
)


PLACES = {
    "event": {},
    "against": {"against": "{}"},
    "version": {"version": "{}"},
    "arguments": {"args": "{}"},
    "sarif": {"sarif": "{}", "changed": "false"},
}


@pytest.mark.parametrize("place", PLACES)
def test_no_text_is_a_command(place, origin):
    """Whatever stands in an input or an event stays a text: nothing runs, nothing is set."""
    runner = Runner(clone(origin, depth=1), {})
    files = set(os.listdir(runner.checkout))
    for text in HOSTILE if place not in {"arguments", "sarif"} else HOSTILE[:3]:
        runner.event = {"before": text} if place == "event" else {}

        status = runner.run(**{name: form.format(text) for name, form in PLACES[place].items()})

        assert status in {1, 2}
        assert "hit" not in runner.outputs["base"]
        assert "hit" not in git(runner.checkout, "branch", "--all")
        made = set(os.listdir(runner.checkout)) - files
        assert made <= (set(HOSTILE) if place == "sarif" else set())


def test_an_unknown_commit_is_refused_when_a_person_named_it(origin):
    """A typo in a workflow is to be mended, not passed over."""
    runner = Runner(clone(origin, depth=1), {})

    assert runner.run(against="mian") == 2
    assert "the input 'against' names no commit, branch or tag" in runner.printed


def test_it_passes(origin, before):
    """Nothing found is status 0, and the summary says so."""
    git(origin, "reset", "-q", "--hard", before)
    runner = Runner(clone(origin, depth=1), {})

    assert runner.run(args="--ignore todo") == 0
    assert count(runner) == ["2 nodes checked: 0 errors, 0 warnings"]
    assert runner.summary.startswith("## onex validate: passed\n")


def test_a_sarif_file_is_left_for_code_scanning(origin):
    """Its path is seen from the checkout, as the upload wants it; findings stay findings."""
    runner = Runner(clone(origin, depth=1), {})

    assert runner.run(sarif="out.sarif", summary="false") == 1
    assert runner.outputs["sarif"] == "out.sarif"
    log = json.loads((runner.checkout / "out.sarif").read_text())
    assert "ONX202" in {result["ruleId"] for result in log["runs"][0]["results"]}
    assert runner.summary == ""


def test_a_workspace_in_a_folder(origin):
    """Paths of annotations and of the SARIF file are those of the repository."""
    (origin / "nodes").mkdir()
    for name in ("onex.toml", ".tree", "demo"):
        git(origin, "mv", name, f"nodes/{name}")
    commit_all(origin)
    runner = Runner(clone(origin, depth=1), {})

    assert runner.run(working_directory="nodes", sarif="out.sarif") == 1
    assert runner.outputs["sarif"] == "nodes/out.sarif"
    assert "file=nodes/demo/two/node.onex" in runner.printed


def test_p2_no_module_of_the_checkout_stands_in_for_one_of_python(origin):
    """Without -I, Python would find `venv.py` and `pip.py` of a pull request before its own."""
    runner = Runner(clone(origin, depth=1), {})

    runner.run(sarif="out.sarif")

    assert len(runner.installed) == 3
    assert [call for call in runner.installed if not call.startswith("-I ")] == []


def test_a_release_is_installed_when_one_is_named(origin):
    """Without a name it is what the action is a part of: the pin of the action then pins it all."""
    runner = Runner(clone(origin, depth=1), {})

    runner.run(version="0.1.0")

    assert runner.installed[1].endswith(" onex-contracts==0.1.0")
