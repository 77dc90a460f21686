"""The demo on a real survey, and the promise that no byte of a locked file changes unnoticed."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tools.demo import demo as program
from tools.demo.demo import Session, UnexpectedError

from onex.core import lock, node, snapshot
from onex.core.node import Node
from onex.core.workspace import SHIPPED, Workspace
from onex.errors import OnexError
from onex.runtime.runtime import ONEXRuntime
from onex.validate.engine import validate
from onex_contract import registry

SCRIPT = program.__file__
IDS = ["penguins.read", "penguins.clean", "penguins.check", "penguins.summarise"]

STEPS = [
    "onex init",
    *[f"onex scaffold {node_id}" for node_id in IDS],
    "sed -i",
    "rm penguins/summarise/run.sh",
    "onex lock",
    "onex validate",
    f"onex test {' '.join(IDS)}",
    *[f"onex lifecycle {node_id} active" for node_id in IDS],
    "onex validate",
    "onex lock --check",
    "onex test -q",
    "cat pipeline.sh",
    "onex wrap --pipeline-id penguins --input penguins-raw.csv --artifact table.json -- sh pipeline.sh",
    "onex run penguins.clean",
    "onex validate",
    "onex lock --check",
    "onex run --quiet",
    "onex report --summary --only-failed",
    "onex report --html",
    "onex lock --check",
    "onex list",
    "onex runs check --all",
]
"""How the commands of the session begin, in order."""

SAID = """\
made penguins.read in penguins/read
made penguins.clean in penguins/clean
made penguins.check in penguins/check
made penguins.summarise in penguins/summarise
4 nodes locked, 4 changed
4 nodes checked: 0 errors, 0 warnings
13 cases of 4 nodes: 13 passed, 0 failed; recorded in RUN
penguins.read: draft -> active, locked
penguins.clean: draft -> active, locked
penguins.check: draft -> active, locked
penguins.summarise: draft -> active, locked
4 nodes checked: 0 errors, 0 warnings
4 nodes checked: all as locked
13 cases of 4 nodes: 13 passed, 0 failed; recorded in RUN
penguins.read: success in TIME
penguins.clean: success in TIME
penguins.check: success in TIME
penguins.summarise: success in TIME
344 of 344 rows equal the published table
3 of 3 species have the published count and mean mass
(exit status 2)
4 nodes checked: 1 error, 0 warnings (1 fixable with `--fix --unsafe-fixes`)
(exit status 1)
4 nodes checked: 1 difference; run `onex lock` if they are intended
(exit status 1)
(exit status 2)
wrote report.html
(penguins/clean/node.py is put back)
4 nodes checked: all as locked
""".splitlines()
"""The lines of the output that matter, in order."""

SAMPLES = 9
"""How many bytes of each locked file are changed, one at a time."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace that the demo leaves behind, with its output in ``session.txt``."""
    folder = tmp_path_factory.mktemp("demo") / "workspace"
    done = subprocess.run(
        [sys.executable, SCRIPT, str(folder)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    (folder / "session.txt").write_text(done.stdout)
    return folder


@pytest.fixture(params=["demo", "shipped"])
def workspace(request: pytest.FixtureRequest, demo: Path, tmp_path: Path) -> Workspace:
    """A copy of the demo, and one of the tree that onex ships."""
    source = demo if request.param == "demo" else SHIPPED
    copy = tmp_path / "copy"
    shutil.copytree(source, copy, ignore=shutil.ignore_patterns("__pycache__"))
    return Workspace(str(copy))


def test_the_session_says_what_a_person_should_see(demo):
    """Every step in order, and the figures: 344 of 344 rows, every case, every refusal."""
    # ONEX-M2-01, ONEX-M2-05, ONEX-M2-06
    lines = (demo / "session.txt").read_text().splitlines()
    commands = [line[2:] for line in lines if line.startswith("$ ")]
    assert [
        step if command.startswith(step) else command
        for step, command in zip(STEPS, commands, strict=True)
    ] == STEPS

    masked = [re.sub(r"reports/runs/\S+", "RUN", line) for line in lines]
    masked = [re.sub(r"in \d+ ms$", "in TIME", line) for line in masked]
    assert [line for line in masked if line in set(SAID)] == SAID


def test_the_refusals_name_the_file(demo):
    """Each gate names the file and says that its lock is stale: `run` twice, and the report, too."""
    text = (demo / "session.txt").read_text()
    broken = text[text.index("(one byte of") : text.index("is put back)")]
    place = r"penguins/clean/node\.onex:\d+:\d+:.* node\.py has changed since it was locked"
    assert len(re.findall(place, broken)) == 5
    assert "run `onex lock penguins.clean` if the change is intended" in broken


def test_onex_built_the_nodes_of_the_demo(demo):
    """Every execution of the demo is recorded as the schema says; four made its nodes."""
    # ONEX-MVP-01, ONEX-M2-11
    judge = registry.validator("execution_result")
    results = [json.loads(path.read_text()) for path in demo.glob("reports/runs/*/nodes/*/*.json")]
    assert all(judge.is_valid(result) for result in results)
    ran = sorted(result["node_id"] for result in results if result["case"] is None)
    assert ran == sorted([*IDS, *["onex.scaffold"] * 4])


def test_the_nodes_are_active_and_of_three_kinds(demo):
    """Python, cli and noop, all of them promoted."""
    found = {ref.segments[-1]: node.load(ref.folder) for ref in Workspace(str(demo)).refs()}
    kinds = {name: (n.lifecycle, n.value["entrypoint"]["type"]) for name, n in found.items()}
    assert kinds == {
        "check": ("active", "noop"),
        "clean": ("active", "python"),
        "read": ("active", "python"),
        "summarise": ("active", "cli"),
    }


def test_a_case_brings_its_files_with_it(demo, tmp_path, monkeypatch):
    """The files of a case lie in the node; those of any other state where the caller is."""
    monkeypatch.chdir(tmp_path)
    subject = Workspace(str(demo)).node("penguins.read")
    case = subject.contract.cases[0]
    with ONEXRuntime(lambda _: None) as runtime:
        as_case = runtime.execute(subject, case["input"], case=case["name"])
        as_state = runtime.execute(subject, case["input"])
    assert as_case["output_state"] == case["output"]
    assert as_state["error"]["code"] == "input-file"


def test_nothing_is_found_in_demo_and_shipped_nodes(workspace):
    """Neither an error nor a warning."""
    assert validate(workspace).findings == []


def test_any_changed_byte_of_a_locked_file_is_caught(workspace):
    """`validate`, `lock --check` and `run` each name the file, whichever byte it is."""
    # ONEX-M1-10
    missed = []
    with ONEXRuntime(lambda _: None) as runtime:
        for ref in workspace.refs():
            subject = node.load(ref.folder)
            case = subject.contract.cases[0]
            for file in subject.value["files"]:
                for place, broken in _changes(Path(ref.folder, file)):
                    said = {
                        "validate": _validate_says(workspace),
                        "lock --check": _lock_says(subject),
                        "run": _run_says(runtime, ref.folder, case["input"]),
                    }
                    missed += [(file, place, broken, g) for g, t in said.items() if file not in t]
    assert missed == []


@pytest.mark.parametrize(
    ("node_id", "file"),
    [
        ("penguins.read", "sample.csv"),
        ("penguins.clean", ".onex-answers.json"),
        ("penguins.check", "state_contract.json"),
        ("penguins.summarise", "summarise.awk"),
    ],
)
def test_the_command_line_refuses_a_changed_byte(node_id, file, demo, tmp_path, onex):
    """Exit status 1 from the gates, 2 from the run, and the file's name from each."""
    shutil.copytree(demo, tmp_path, dirs_exist_ok=True)
    path = tmp_path / node_id.replace(".", "/") / file
    path.write_bytes(path.read_bytes() + b"\n")

    for status, command in (
        (1, ["validate"]),
        (1, ["lock", "--check"]),
        (2, ["run", node_id, "--input", "{}"]),
    ):
        result = onex(*command)
        assert result.exit_code == status
        assert file in result.stdout + result.stderr


@pytest.mark.parametrize(
    ("command", "expected", "problem"),
    [
        ("false", {}, "exit status 0 was expected, not 1"),
        ("true", {"status": 2}, "exit status 2 was expected, not 0"),
        ("echo no", {"says": ["yes"]}, "the output should say: yes"),
    ],
)
def test_a_step_that_does_something_else_ends_the_demo(command, expected, problem, tmp_path):
    """Neither an exit status nor an output is ignored."""
    with pytest.raises(UnexpectedError, match=f"^{problem}$"):
        Session(str(tmp_path)).run(*shlex.split(command), **expected)


def test_a_row_that_differs_ends_the_demo(demo, tmp_path):
    """One value that is not the published one is one row less, and a failure."""
    for name in ("table.json", program.CLEAN):
        shutil.copy(demo / name, tmp_path)
    table = json.loads((tmp_path / "table.json").read_text())
    table["body_mass_g"][7] += 1
    (tmp_path / "table.json").write_text(json.dumps(table))
    with pytest.raises(UnexpectedError, match=r"^344 rows were made, 343 of them as published$"):
        program.compare_rows(Session(str(tmp_path)))


def test_a_folder_of_the_user_is_never_removed(tmp_path, capsys):
    """The demo refuses a folder that is there."""
    assert program.main([str(tmp_path)]) == 1
    assert capsys.readouterr().err == (
        f"\nthe demo failed: {tmp_path} is there already; name a folder that is not\n"
    )


def _changes(path: Path):
    """Change bytes of the file one at a time; what was changed where. The file is put back."""
    before = path.read_bytes()
    for place in sorted({number * (len(before) - 1) // (SAMPLES - 1) for number in range(SAMPLES)}):
        after = bytearray(before)
        after[place] ^= 1
        path.write_bytes(after)
        yield place, bytes(after[place : place + 1])
    path.write_bytes(before)


def _validate_says(workspace: Workspace) -> str:
    found = validate(Workspace(workspace.root)).findings
    return "\n".join(f"{os.path.basename(f['path'])}: {f['message']}" for f in found)


def _lock_says(subject: Node) -> str:
    found = node.load(subject.folder)
    return "\n".join(problem.message for problem in lock.compare(found, snapshot.take(found)))


def _run_says(runtime: ONEXRuntime, folder: str, state) -> str:
    try:
        runtime.execute(node.load(folder), state)
    except OnexError as refusal:
        return str(refusal)
    return ""
