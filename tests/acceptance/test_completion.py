"""What bash offers when a person presses Tab, asked of a real bash."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from onex.cli.main import COMMANDS
from onex.validate.rules import RULES

BIN = Path(sys.executable).parent

SCRIPT = """\
eval "$(onex init --completion bash)"
complete -p onex >&2
compopt() { echo "compopt $1 $2"; }
while IFS= read -r line; do
  IFS=' ' read -r -a COMP_WORDS <<< "$line"
  [[ $line == *' ' ]] && COMP_WORDS+=("")
  COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMPREPLY=()
  _onex_completion onex
  echo "${COMPREPLY[*]}"
done
"""


def press(folder, *lines):
    """What bash would show for each of ``lines``, and what it said on standard error."""
    ended = subprocess.run(
        ["bash", "--noprofile", "--norc", "-c", SCRIPT],  # noqa: S607 - a user's bash
        input="".join(f"{line}\n" for line in lines),
        cwd=folder,
        env={**os.environ, "PATH": f"{BIN}:{os.environ['PATH']}", "HOME": os.fspath(folder)},
        check=True,
        capture_output=True,
        text=True,
    )
    registered, *said = ended.stderr.splitlines()
    assert registered.startswith("complete ")
    assert registered.endswith(" -F _onex_completion onex")
    return ended.stdout.splitlines(), said


LINES = {
    "onex vali": "validate",
    "onex --ver": "--version",
    "onex validate d": "demo.text.clean demo.text.other",
    "onex validate demo.text.o": "demo.text.other",
    "onex validate nope": "",
    "onex lifecycle demo.text.clean dr": "draft",
    "onex scaffold a.b --using demo.text.c": "demo.text.clean",
    "onex validate --output-format sa": "sarif",
    "onex validate --select ONX20": "ONX201 ONX202 ONX203 ONX206",
    "onex validate --ignore todo,lock-s": "todo,lock-stale",
    "onex explain lock-": "lock-missing lock-stale",
    "onex schema onex_n": "onex_node",
    "onex runs sh": "show",
    "onex nope --x": "",
}


def test_what_is_known_is_offered(workspace, onex):
    """Commands, options, nodes, stages, rules in lists, schemas: each where it is taken."""
    assert onex("scaffold", "demo.text.other").exit_code == 0

    assert press(workspace, *LINES) == (list(LINES.values()), [])


def test_names_of_files_are_left_to_the_shell(workspace):
    """Where a path is begun, or a file is to be written, the shell knows more."""
    lines = ["onex validate ./d", "onex validate demo/te", "onex validate --output x"]

    assert press(workspace, *lines)[0] == ["compopt -o default", ""] * 3


def test_runs_are_offered(workspace, onex):
    """The runs of the workspace, the scaffolding among them."""
    (run,) = (workspace / "reports/runs").glob("2*")

    assert press(workspace, "onex report 2", "onex runs show 2")[0] == [run.name, run.name]


@pytest.mark.parametrize(
    "name", ["$(touch x)", "`id`", "a;id", "a b", "a\nb", "'", "a&b", "\u202e"]
)
def test_p6_a_name_that_a_shell_would_obey_is_not_offered(workspace, name):
    """Bash puts what is offered into the line as it is, and Enter runs it."""
    (run,) = (workspace / "reports/runs").glob("2*")
    shutil.copytree(run, run.with_name(f"20260117T093000Z__{name}__0000000"))

    assert press(workspace, "onex report 2", "onex runs show 2")[0] == [run.name, run.name]


@pytest.mark.parametrize("tree", [None, "[", "entries:\n- gone/\n"])
def test_what_cannot_be_looked_up_is_not_offered(tree, tmp_path):
    """No workspace, or one that is broken: a person is in the middle of a line."""
    if tree is not None:
        (tmp_path / ".tree").write_text(tree)

    lines = ["onex validate d", "onex runs show 2", "onex validate --touched -- d"]
    offered, said = press(tmp_path, *lines)

    assert said == []
    assert set(offered) <= {"", "compopt -o default"}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_a_script_and_nothing_else_is_done(shell, onex, tmp_path):
    """`init --completion` prints; it makes no workspace."""
    result = onex("init", "--completion", shell)

    assert (result.exit_code, result.stderr) == (0, "")
    assert f"_ONEX_COMPLETE={shell}_complete" in result.stdout
    assert list(tmp_path.iterdir()) == []


def test_names_of_commands_are_offered_without_their_modules(tmp_path):
    """A press of Tab is answered before a person notices: no command is imported for its name."""
    script = (
        "import sys\nfrom onex.cli.main import main\ntry:\n    main()\nexcept SystemExit:\n"
        "    print(*(name for name in sys.modules if name.startswith('onex.cli.')))\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={
            **os.environ,
            "_ONEX_COMPLETE": "bash_complete",
            "COMP_WORDS": "onex ",
            "COMP_CWORD": "1",
        },
        check=True,
        capture_output=True,
        text=True,
    )
    *offered, modules = told.stdout.splitlines()

    assert offered == [f"plain,{name}" for group in COMMANDS.values() for name in group]
    assert set(modules.split()) == {"onex.cli.main", "onex.cli.messages", "onex.cli.completion"}


def test_every_rule_is_offered(workspace):
    """By its code and by its name."""
    (offered,) = press(workspace, "onex explain ")[0]

    assert set(offered.split()) == {text for rule in RULES for text in (rule.code, rule.name)}
