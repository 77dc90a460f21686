"""A team's first week: scripts become nodes, commits go through hooks, a change that breaks is refused.

The hooks are called by git itself, and the steps of the action by the shell, as in test_hooks and
test_action, from where both come.
"""

import json
import os
import subprocess
from pathlib import Path

import pytest
from tests.acceptance.test_action import Runner
from tests.acceptance.test_hooks import BIN, configure, hooks
from tests.repositories import CLEAN, git

SCRIPTS = {
    "count_words.py": '''\
#!/usr/bin/env python3
"""Count the words of a text file."""

import argparse

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("text", help="what to look through")
parser.add_argument("--least", type=int, default=1, help="how long a word is at least")
given = parser.parse_args()
print(sum(len(word) >= given.least for word in given.text.split()))
''',
    "greet.sh": '#!/bin/sh\n# Say hello.\necho "hello $1"\n',
    "rows.py": "def rows(text):\n    return text.splitlines()\n",
}

NODE = "tools/count_words/node.onex"
CONTRACT = "tools/count_words/state_contract.json"


class Team:
    """Somebody at a shell in the repository of the team.

    Attributes:
        repo: the repository.
    """

    def __init__(self, repo: Path):
        self.repo = repo
        kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT")}
        home = {name: os.fspath(repo.parent / "home") for name in ("HOME", "PRE_COMMIT_HOME")}
        self.environment = {**kept, **CLEAN, **home, "PATH": f"{BIN}:{os.environ['PATH']}"}

    def __call__(self, *command: str) -> tuple[int, str]:
        """Run a command: its status, and all that it printed."""
        done = subprocess.run(
            command,
            cwd=self.repo,
            env=self.environment,
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return done.returncode, done.stdout

    def commit(self, subject: str) -> tuple[int, str]:
        """Commit everything, through the hooks."""
        self("git", "add", "-A")
        return self("git", "commit", "-m", subject)

    def contract(self, change) -> None:
        """Edit the contract of the node."""
        path = self.repo / CONTRACT
        contract = json.loads(path.read_text())
        change(contract)
        path.write_text(json.dumps(contract, indent=2) + "\n")


@pytest.fixture
def team(tmp_path):
    """A team with a folder of scripts in a repository, and nothing else."""
    repo = tmp_path / "repo"
    (repo / "scripts").mkdir(parents=True)
    for name, text in SCRIPTS.items():
        (repo / "scripts" / name).write_text(text)
    git(repo, "init", "-q")
    git(repo, "config", "user.name", "Somebody")
    git(repo, "config", "user.email", "somebody@example.org")
    (repo / ".gitignore").write_text("reports/\n")
    return Team(repo)


def ask_for_least(contract):
    """The length may not be left out any more."""
    contract["input"]["required"].append("least")
    del contract["input"]["properties"]["least"]["default"]


def run_action(team, name, **event):
    """The status of the action in a new checkout of the repository, and its runner."""
    place = team.repo.parent / name
    place.mkdir()
    git(place, "clone", "-q", team.repo.as_uri(), "checkout")
    runner = Runner(place / "checkout", event)
    return runner.run(), runner


def test_the_first_week(team):
    """ONEX-M1-10 to -14: adopt, lock, commit, break, be refused with a witness, mend, pass."""
    assert team("onex", "init", ".", "--owner", "tools team")[0] == 0
    status, said = team("onex", "adopt", "scripts", "--under", "tools")
    assert status == 0
    assert said.splitlines()[-1] == "2 scripts adopted, 1 left; 0 undecided, 0 proposed"
    assert team("onex", "lock") == (0, "2 nodes locked, 0 changed\n")

    configure(team.repo, hooks())
    assert team("pre-commit", "install")[0] == 0
    for stage in ("review", "active"):
        assert team("onex", "lifecycle", "tools.count_words", stage)[0] == 0
    status, said = team.commit("Adopt our scripts")
    assert status == 0, said
    assert "onex validate" in said
    assert team("onex", "run", "tools.count_words", "--set", "text=one two", "-q") == (
        0,
        '{"text": "2"}\n',
    )

    # An edit that nobody locked does not get past the hook.
    script = team.repo / "tools/count_words/count_words.py"
    script.write_text(script.read_text() + "# more\n")
    status, said = team.commit("Edit a script")
    assert status == 1
    assert "ONX202" in said
    assert "run `onex lock`" in said
    git(team.repo, "checkout", "-q", "HEAD", "--", ".")

    # A change that breaks others is locked and committed; the gate of the pull request refuses it.
    base = git(team.repo, "rev-parse", "HEAD").strip()
    git(team.repo, "checkout", "-q", "-b", "least")
    team.contract(ask_for_least)
    assert team("onex", "lock", "tools.count_words")[0] == 0
    assert team.commit("Ask for the least length")[0] == 0

    event = {"pull_request": {"base": {"sha": base}}}
    status, runner = run_action(team, "refused", **event)
    assert status == 1
    line = 1 + (team.repo / NODE).read_text().splitlines().index('version: "0.1.0"')
    (error,) = [row for row in runner.printed.splitlines() if row.startswith("::error")]
    place, _, message = error.removeprefix("::error ").partition("::")
    assert place == f"file={NODE},line={line},col=10,title=ONX507 version-raised"
    assert 'for example {"text": "a"} was accepted, and is refused now' in message
    assert 'help: write `version: "0.2.0"`, then run `onex lock tools.count_words`' in message
    assert "ONX507" in runner.summary

    # What the message says mends it.
    path = team.repo / NODE
    path.write_text(path.read_text().replace('version: "0.1.0"', 'version: "0.2.0"'))
    assert team("onex", "lock", "tools.count_words")[0] == 0
    assert team.commit("Say that it breaks")[0] == 0
    status, runner = run_action(team, "passes", **event)
    assert (status, [r for r in runner.printed.splitlines() if "::error" in r]) == (0, [])
