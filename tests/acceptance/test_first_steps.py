"""A platform engineer's first hour: make, lock, check, run, break, and read what to do."""

import json
import re
from pathlib import Path

import pytest

NODE = "demo/text/clean/node.onex"
CODE = "demo/text/clean/node.py"


def finish(folder: Path) -> None:
    """Fill in what the scaffold left to do."""
    for path in (folder / NODE, folder / "demo/text/clean/state_contract.json"):
        text = re.sub(r'"TODO: say[^"]*"', '"Trims white space from a text."', path.read_text())
        path.write_text(text)


def without_hashes(text: str) -> str:
    return re.sub(r"[0-9a-f]{12}…", "HASH…", text)


def test_a_new_workspace_scaffolds_validates_and_runs(onex, tmp_path):
    """ONEX-MVP-01: the words of the issue, in an empty folder."""
    init = onex("init", ".")
    scaffold = onex("scaffold", "demo.text.clean")
    validate = onex("validate")
    run = onex("run", "demo.text.clean", "--set", "text= Hi ")

    assert init.stdout == (
        "wrote onex.toml\nwrote .gitattributes\nwrote .vscode/settings.json\n"
        "wrote .vscode/onex_node.schema.json\nwrote .tree\nnext: onex scaffold demo.text.clean\n"
    )
    assert scaffold.stdout == (
        "made demo.text.clean in demo/text/clean\nnext: onex validate demo.text.clean\n"
    )
    assert (validate.exit_code, validate.stdout.splitlines()[-1]) == (
        0,
        "1 node checked: 0 errors, 4 warnings",
    )
    assert (run.exit_code, run.stdout) == (0, '{"text": "Hi"}\n')
    assert (tmp_path / ".tree").read_text() == "entries:\n- demo/\n"
    assert (tmp_path / "demo/text/.tree").read_text() == "entries:\n- clean/node.onex\n"


def test_init_keeps_what_is_there(onex, tmp_path):
    """A file that a person wrote is never overwritten."""
    (tmp_path / "onex.toml").write_text('owner = "me"\n')

    result = onex("init", ".")

    assert result.exit_code == 0
    assert "kept  onex.toml\n" in result.stdout
    assert (tmp_path / "onex.toml").read_text() == 'owner = "me"\n'
    assert onex("init", ".").stdout.count("kept") == 4


def test_a_scaffolded_scaffold_node_scaffolds(onex, tmp_path):
    """ONEX-MVP-02: depth 3, in the words of the issue."""
    onex("init", ".")

    assert onex("scaffold", "gen.one", "--type", "scaffold").exit_code == 0
    assert onex("scaffold", "gen.two", "--using", "gen.one", "--type", "scaffold").exit_code == 0
    assert onex("scaffold", "gen.three", "--using", "gen.two").exit_code == 0

    assert onex("validate").stdout.splitlines()[-1].startswith("3 nodes checked: 0 errors")
    assert onex("run", "gen.three", "--set", "text= deep ").stdout == '{"text": "deep"}\n'
    answers = json.loads((tmp_path / "gen/three/.onex-answers.json").read_text())
    assert (answers["scaffold"], answers["template"]) == ("gen.two", "python")


def test_one_changed_byte_is_caught_by_every_gate(onex, workspace):
    """ONEX-M1-13: validate and lock --check find it, run of an active node refuses it, by name."""
    assert onex("lifecycle", "demo.text.clean", "active").exit_code == 0
    (workspace / CODE).write_bytes((workspace / CODE).read_bytes() + b"#")

    validate, check = onex("validate", "-q"), onex("lock", "--check")
    run = onex("run", "demo.text.clean", "--set", "text=x")

    assert (validate.exit_code, check.exit_code, run.exit_code) == (1, 1, 2)
    assert "ONX202 [-] node.py has changed since it was locked" in validate.stdout
    assert "node.py has changed since it was locked" in check.stdout
    assert without_hashes(run.stderr) == (
        "onex: demo/text/clean/node.onex:30:12: node.py has changed since it was locked "
        "(now HASH…, locked HASH…)\n"
        "  help: run `onex lock demo.text.clean` if the change is intended\n"
    )
    assert run.stdout == ""


def test_a_stale_draft_runs_with_a_warning_and_says_so(onex, workspace):
    """A draft is being worked on: it runs, and its record says that it was not locked."""
    (workspace / CODE).write_text("def run(text: str) -> dict:\n    return {'text': text * 2}\n")

    result = onex("run", "demo.text.clean", "--set", "text=ab", "-o", "out.json")

    assert (result.exit_code, result.stdout) == (0, '{"text": "abab"}\n')
    assert "demo.text.clean: warning: " in result.stderr
    (listed,) = json.loads((workspace / "out.json").read_text())["results"]
    assert listed["metadata"]["onex.locked"] is False
    (path,) = workspace.glob("reports/runs/*demo-text-clean*/nodes/*/execution_result.json")
    record = json.loads(path.read_text())
    assert (record["locked"], record["trust"]["counted"]) == (False, False)


def test_unlocked_is_refused_in_ci(onex, workspace, monkeypatch):
    """Nothing that was not locked passes a pipeline."""
    onex("lifecycle", "demo.text.clean", "active")
    (workspace / CODE).write_text("def run(text: str) -> dict:\n    return {'text': 'new'}\n")

    allowed = onex("run", "demo.text.clean", "--set", "text=x", "--unlocked")
    monkeypatch.setenv("CI", "true")
    refused = onex("run", "demo.text.clean", "--set", "text=x", "--unlocked")

    assert (allowed.exit_code, allowed.stdout) == (0, '{"text": "new"}\n')
    assert (refused.exit_code, refused.stdout) == (2, "")


@pytest.mark.parametrize(
    ("arguments", "exit_code", "stderr"),
    [
        (
            ["run", "demo.text.claen"],
            2,
            "onex: demo.text.claen: no such node in the tree of {root}; did you mean 'demo.text.clean'?\n"
            "  help: run `onex list` to see the nodes, or `onex tree --write` to list one that is missing\n",
        ),
        (
            ["run", "demo.text.clean", "--set", "text"],
            2,
            "onex: --set text: expected key=value\n",
        ),
        (
            ["run", "demo.text.clean", "--input", "{"],
            2,
            "onex: --input:1:2: not JSON: a key in double quotes was expected, the end stands here\n"
            "  help: give JSON, @FILE, or - for standard input\n",
        ),
        (
            ["run", "demo.text.clean", "--input", "@absent.json"],
            2,
            "onex: absent.json:1:1: no such file\n",
        ),
        (
            ["explain", "lokc-stale"],
            2,
            "onex: lokc-stale: there is no such rule; did you mean 'lock-stale'?\n"
            "  help: run `onex explain` to see all of them\n",
        ),
        (
            ["schema", "onex_nod"],
            2,
            "onex: onex_nod: there is no such schema; did you mean 'onex_node'?\n"
            "  help: run `onex schema` to see all of them\n",
        ),
        (
            ["scaffold", "demo.text.more", "--type", "pyton"],
            2,
            "onex: onex.scaffold has no template 'pyton'; did you mean 'python'?\n"
            "  help: it has cli, function, noop, python, scaffold, script\n",
        ),
    ],
    ids=["node", "setting", "json", "file", "rule", "schema", "template"],
)
def test_what_cannot_be_done_is_said_in_one_line(onex, workspace, arguments, exit_code, stderr):
    """Status 2, nothing on standard output, and what was meant."""
    result = onex(*arguments)

    assert (result.exit_code, result.stdout) == (exit_code, "")
    assert result.stderr == stderr.format(root=workspace)


def test_a_bad_input_never_starts_the_node(onex, workspace):
    """ONEX-M2-03: the contract refuses before anything of the node runs."""
    (workspace / CODE).write_text("open('/nonexistent/marker')\n")

    result = onex("run", "demo.text.clean", "--input", '{"text": 3}')

    assert (result.exit_code, result.stdout) == (1, "")
    assert "demo.text.clean: failure: input-contract: " in result.stderr
    assert "text must be a string, but is an integer: 3" in result.stderr


def test_a_node_that_breaks_its_promise_fails(onex, workspace):
    """ONEX-M2-03: a bad output is a failure although the process ended well."""
    (workspace / CODE).write_text("def run(text: str) -> dict:\n    return {'txt': text}\n")
    onex("lock")

    result = onex("run", "demo.text.clean", "--set", "text=x")

    assert (result.exit_code, result.stdout) == (1, "")
    assert "demo.text.clean: failure: output-contract: " in result.stderr


def test_bare_run_takes_active_nodes_alone(onex, workspace):
    """ONEX-M2-06: drafts are not executed; nothing to run is no success."""
    onex("scaffold", "demo.text.other", "--type", "noop")

    nothing = onex("run")
    onex("lifecycle", "demo.text.clean", "active")
    active = onex("run")

    assert (nothing.exit_code, active.exit_code) == (2, 0)
    assert "no nodes to run; a gate that looked at nothing does not pass" in nothing.stderr
    assert re.sub(r"\d+ ms", "N ms", active.stderr).splitlines()[0] == (
        "demo.text.clean: success in N ms"
    )
    assert "demo.text.other" not in active.stderr


def test_changed_output_fails_onex_test(onex, workspace):
    """ONEX-M2-06: `onex test` compares what comes out with what the cases say."""
    onex("lifecycle", "demo.text.clean", "active")
    before = onex("test")
    (workspace / CODE).write_text(
        "def run(text: str) -> dict:\n    return {'text': text.upper()}\n"
    )
    onex("lock")
    after = onex("test")

    assert (before.exit_code, after.exit_code) == (0, 1)
    assert before.stdout.splitlines()[-1].startswith("2 cases of 1 node: 2 passed, 0 failed")
    assert after.stdout.splitlines()[0].startswith(
        "FAIL  demo.text.clean  trims the text: /text is "
    )


def test_test_without_active_nodes_is_no_success(onex, workspace):
    """A gate that looked at nothing does not pass; drafts are tested when they are named."""
    nothing, named = onex("test"), onex("test", "demo.text.clean")

    assert (nothing.exit_code, named.exit_code) == (2, 0)


@pytest.mark.parametrize(
    ("moves", "exit_code"),
    [
        (["review", "active", "deprecated", "active"], 0),
        (["active", "draft"], 2),
        (["draft"], 2),
        (["deprecated", "review"], 2),
    ],
    ids=["through", "back", "nowhere", "return"],
)
def test_a_node_moves_only_where_its_life_allows(onex, workspace, moves, exit_code):
    """ONEX-M1-07: the last move decides; each one locks again."""
    results = [onex("lifecycle", "demo.text.clean", stage) for stage in moves]

    assert [result.exit_code for result in results[:-1]] == [0] * (len(moves) - 1)
    assert results[-1].exit_code == exit_code
    assert onex("lock", "--check").exit_code == 0


def test_an_active_node_needs_a_case(onex, workspace):
    """A node without a case does not become active, and its document stays as it was."""
    contract = workspace / "demo/text/clean/state_contract.json"
    value = json.loads(contract.read_text())
    del value["cases"]
    contract.write_text(json.dumps(value))
    onex("lock")
    before = (workspace / NODE).read_bytes()

    result = onex("lifecycle", "demo.text.clean", "active")

    assert result.exit_code == 1
    assert "ONX405" in result.stdout
    assert (workspace / NODE).read_bytes() == before


def test_stale_lock_keeps_a_node_from_moving(onex, workspace):
    """What was not locked was not looked at."""
    (workspace / CODE).write_text("def run(text: str) -> dict:\n    return {}\n")

    result = onex("lifecycle", "demo.text.clean", "active")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "node.py has changed since it was locked" in result.stderr


def test_every_run_leaves_its_evidence(onex, workspace):
    """ONEX-M2-07: a journal and one execution_result.json per execution, named as the run is."""
    onex("run", "demo.text.clean", "--set", "text=x")
    onex("run", "demo.text.clean", "--input", '{"text": 1}')

    runs = sorted((workspace / "reports/runs").glob("*__demo-text-clean*"))
    results = [json.loads(p.read_text()) for run in runs for p in run.glob("nodes/*/*.json")]

    assert [
        bool(re.fullmatch(r"\d{8}T\d{6}Z__demo-text-clean(-2)?__0000000", run.name)) for run in runs
    ] == [True] * 2
    assert sorted(result["status"] for result in results) == ["failure", "success"]
    assert {result["run_id"] for result in results} == {run.name for run in runs}
    kinds = [
        json.loads(line)["kind"] for line in (runs[0] / "journal.jsonl").read_text().splitlines()
    ]
    assert (kinds[0], kinds[-1]) == ("run_started", "run_finished")


def test_state_is_piped_from_node_to_node(onex, workspace, monkeypatch):
    """`--input -` takes what the node before printed."""
    import io  # noqa: PLC0415

    first = onex("run", "demo.text.clean", "--set", "text= Hi ")
    stdin = io.TextIOWrapper(io.BytesIO(first.stdout.encode()))
    monkeypatch.setattr("sys.stdin", stdin)
    second = onex("run", "demo.text.clean", "--input", "-")

    assert second.stdout == first.stdout == '{"text": "Hi"}\n'


def test_list_show_and_tree_say_what_is_there(onex, workspace):
    """What a person asks first of a workspace that they do not know."""
    finish(workspace)
    onex("lock")

    assert onex("list").stdout == (
        "demo.text.clean  0.1.0    draft      python  Trims white space from a text.\n"
    )
    assert onex("tree").stdout == "demo/\n  text/\n    clean\n"
    shown = onex("show", "demo.text.clean").stdout
    assert "owner        data platform team\n" in shown
    assert "takes        text: string\n" in shown
    assert onex("show", "demo.text.clean", "--output-format", "json").json["name"] == "clean"
    listed = onex("list", "--shipped", "--output-format", "json").json
    assert [row["id"] for row in listed] == ["demo.text.clean", "onex.scaffold"]


def test_a_finished_node_has_nothing_left_to_find(onex, workspace):
    """All TODOs done and locked: no error and no warning, in every format."""
    finish(workspace)
    onex("lock")

    assert onex("validate").stdout == "1 node checked: 0 errors, 0 warnings\n"
    assert onex("validate", "-q").stdout == ""
    assert onex("validate", "--output-format", "ndjson").stdout == ""
    assert onex("validate", "--output-format", "json").json == {
        "contracts_checked": 0,
        "edition": "2026",
        "errors": 0,
        "findings": [],
        "fixed": 0,
        "in_baseline": 0,
        "nodes_checked": 1,
        "trees_checked": 0,
        "waived": [],
        "warnings": 0,
    }


def test_export_writes_a_record_per_node(onex, workspace):
    """ONEX-R-14: `onex validate --export=ci_output.ndjson`, verbatim."""
    (workspace / CODE).write_text("def run(text: str) -> dict:\n    return {}\n")

    result = onex("validate", "--export=ci_output.ndjson")

    assert result.exit_code == 1
    (record,) = map(json.loads, (workspace / "ci_output.ndjson").read_text().splitlines())
    assert (record["node_id"], record["success"], record["status"]) == (
        "demo.text.clean",
        False,
        "failure",
    )
    assert len(record["errors"]) == 1
    assert len(record["warnings"]) == 3


def test_a_node_that_no_tree_names_cannot_be_run(onex, workspace):
    """ONEX-P-03: it is reported by validate, and run does not find it."""
    (workspace / "demo/text/.tree").write_text("entries:\n")

    run, validate = onex("run", "demo.text.clean"), onex("validate")

    assert run.exit_code == 2
    assert "no such node" in run.stderr
    assert validate.exit_code == 1
    assert (
        "demo/text/.tree:1:1: ONX306 [*] clean/node.onex exists, but is not listed here"
        in validate.stdout
    )


def test_a_folder_without_a_workspace_says_what_to_do(onex, tmp_path):
    """Not being able to check is status 2, on standard error."""
    result = onex("validate")

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        f"onex: {tmp_path}: no .tree here or in any folder above; a workspace needs an index at its root\n"
        "  help: run `onex init` in the folder that is to hold your nodes\n"
    )


def test_docker_is_declared_and_refused(onex, workspace):
    """ONEX-M2-01: a clear refusal, not a crash."""
    path = workspace / NODE
    path.write_text(path.read_text().replace("type: python", "type: docker"))
    onex("lock")

    validate, run = onex("validate"), onex("run", "demo.text.clean", "--set", "text=x")

    assert (validate.exit_code, run.exit_code) == (1, 2)
    assert "ONX601 the executor 'docker' is declared, but this onex has none yet" in validate.stdout
    assert "docker" in run.stderr
