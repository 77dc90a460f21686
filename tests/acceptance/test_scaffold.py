"""A node that builds a node, through the runtime that runs every node (ONEX-MVP-01, ONEX-MVP-02)."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from onex.core import lock, node
from onex.core.workspace import Workspace
from onex.runtime.runtime import ONEXRuntime
from onex.scaffold.publish import NodePublisher
from onex.scaffold.request import scaffold
from onex.validate.engine import validate
from onex_contract import registry
from onex_types.fact import Fact

TEMPLATES = {"python": "Hi", "cli": " Hi ", "noop": "  Hi  "}
"""For each template what the made node gives for the text '  Hi  '."""


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing is left where temporary files lie (X17)."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    yield
    assert list(folder.iterdir()) == []


@pytest.fixture
def root(tmp_path: Path) -> str:
    """The root of an empty workspace."""
    folder = tmp_path / "ws"
    folder.mkdir()
    (folder / ".tree").write_text("entries:\n")
    return str(folder)


def _scaffold(root: str, node_id: str, **request) -> dict:
    """Scaffold in a workspace that is found anew, as each command does; facts and result are judged."""
    facts: list[Fact] = []
    result = scaffold(Workspace(root), node_id, sink=facts.append, **request)
    # ONEX-M2-11
    assert registry.validator("execution_result").is_valid(result)
    assert all(registry.validator("fact").is_valid(fact) for fact in facts)
    return result


def _run(root: str, node_id: str, state: dict) -> dict:
    workspace = Workspace(root)
    with ONEXRuntime(lambda _: None, publisher=NodePublisher(workspace)) as runtime:
        return runtime.execute(workspace.node(node_id), state)


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_scaffolded_node_validates_and_runs_at_once(template, root):
    """Status draft, locked, TODOs as warnings, and it runs."""
    # ONEX-MVP-01, ONEX-M2-05
    made = _scaffold(root, "demo.text.clean", template=template)
    assert (made["status"], made["node_id"], made["locked"]) == ("success", "onex.scaffold", True)
    assert [step["step"] for step in made["trace"]][-1] == "publish"

    findings = validate(Workspace(root)).findings
    assert [(f["severity"], f["code"], f["pointer"]) for f in findings] == [
        ("warning", "ONX109", "/description"),
        ("warning", "ONX109", "/owner"),
        ("warning", "ONX109", "/input/properties/text/description"),
        ("warning", "ONX109", "/output/properties/text/description"),
    ]
    result = _run(root, "demo.text.clean", {"text": "  Hi  "})
    assert (result["status"], result["locked"]) == ("success", True)
    assert result["output_state"] == {"text": TEMPLATES[template]}


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_cases_of_a_scaffolded_node_hold(template, root):
    """What a template promises in its cases is what its node gives."""
    _scaffold(root, "demo.text.clean", template=template)
    cases = Workspace(root).node("demo.text.clean").contract.cases

    for case in cases:
        result = _run(root, "demo.text.clean", case["input"])
        error = result["error"]["code"] if result["error"] else None
        assert (result["output_state"], error) == (case.get("output"), case.get("error"))
    assert len(cases) == 2


def test_the_cases_of_the_shipped_node_hold(root):
    """The scaffold node is tested like any other; without a publisher nothing is published."""
    shipped = Workspace(root).node("onex.scaffold")
    with ONEXRuntime(lambda _: None) as runtime:
        for case in shipped.contract.cases:
            result = runtime.execute(shipped, case["input"], case=case["name"])
            error = result["error"]["code"] if result["error"] else None
            assert (result["output_state"], error) == (case.get("output"), case.get("error"))
    assert os.listdir(root) == [".tree"]


def test_a_scaffold_node_makes_scaffold_nodes_that_make_nodes(root, tmp_path):
    """Depth 3: what a made scaffold node's made scaffold node makes validates and runs."""
    # ONEX-MVP-02
    assert _scaffold(root, "gen.one", template="scaffold")["status"] == "success"
    assert _scaffold(root, "gen.two", using="gen.one", template="scaffold")["status"] == "success"
    assert _scaffold(root, "gen.three", using="gen.two")["status"] == "success"

    assert {f["code"] for f in validate(Workspace(root)).findings} == {"ONX109"}
    result = _run(root, "gen.three", {"text": " Hi "})
    assert result["output_state"] == {"text": "Hi"}

    direct = tmp_path / "direct"
    direct.mkdir()
    (direct / ".tree").write_text("entries:\n")
    _scaffold(str(direct), "gen.three")
    ours, theirs = Path(root, "gen/three"), direct / "gen/three"
    assert (ours / "node.py").read_bytes() == (theirs / "node.py").read_bytes()


def test_a_plain_run_of_a_scaffold_node_publishes_too(root):
    """`onex run` of a node with `effects.writes: nodes` does what `onex scaffold` does."""
    state = {"node_id": "demo.text.clean", "template": "noop"}
    assert _run(root, "onex.scaffold", state)["status"] == "success"
    assert Workspace(root).node("demo.text.clean").lifecycle == "draft"

    again = _run(root, "onex.scaffold", state)
    assert (again["status"], again["error"]["code"]) == ("failure", "publish-refused")
    assert again["error"]["message"] == (
        f"demo.text.clean: {root}/demo/text/clean exists already; nothing is overwritten"
    )


MAKER = """\
import hashlib, os

def run(node_id, template, answers):
    files = {"node.onex": answers["document"], **answers["files"]}
    for path, text in files.items():
        with open(path, "w") as file:
            file.write(text)
    digest = lambda text: hashlib.sha256(text.encode()).hexdigest()
    made = [{"path": p, "sha256": digest(t), "mode": "0644"} for p, t in files.items()]
    os.symlink("/etc/passwd", "stray")
    return {"files": made, **answers.get("more", {})}
"""
STATES = """\
contract_version: "1.0.0"
input: {type: object, required: [node_id]}
output: {type: object, required: [files]}
"""


@pytest.fixture
def maker(root: str) -> str:
    """A node of the user's own that makes nodes, without templates."""
    _scaffold(root, "my.maker", template="scaffold")
    folder = Path(root, "my", "maker")
    shutil.rmtree(folder / "templates")
    (folder / "node.py").write_text(MAKER)
    document = (folder / "node.onex").read_text()
    (folder / "node.onex").write_text(document.replace("state_contract.json #", "states.yaml #"))
    (folder / "states.yaml").write_text(STATES)
    lock.write(node.load(str(folder)))
    return "my.maker"


def test_any_node_that_writes_nodes_is_published(root, maker):
    """A maker of the user's own needs no templates; what it makes passes the same gates."""
    # ONEX-MVP-02
    source = Path(root, "my", "other")
    _scaffold(root, "my.other", template="noop")
    document = (source / "node.onex").read_text().partition("files:")[0]
    answers = {
        "document": document.replace("name: other", "name: made"),
        "files": {"state_contract.json": (source / "state_contract.json").read_text()},
    }

    assert _scaffold(root, "my.made", using=maker, answers=answers)["status"] == "success"
    assert _run(root, "my.made", {"text": "x"})["output_state"] == {"text": "x"}
    assert sorted(os.listdir(f"{root}/my/made")) == ["node.onex", "state_contract.json"]

    # What it says of a template is recorded as it says it.
    told = {**answers, "more": {"template_sha256": "0" * 64}}
    told["document"] = answers["document"].replace("name: made", "name: told")
    assert _scaffold(root, "my.told", using=maker, answers=told)["status"] == "success"
    origin = json.loads(Path(root, "my", "told", ".onex-answers.json").read_bytes())
    assert (origin["scaffold"], origin["answers"]) == (maker, told)

    # The same document under another id is refused.
    wrong = _scaffold(root, "my.wrong", using=maker, answers=answers)
    assert (wrong["status"], wrong["error"]["code"]) == ("failure", "publish-refused")
    assert wrong["error"]["message"] == "my.wrong was asked for, but my.made was made"
    assert not os.path.lexists(f"{root}/my/wrong")


@pytest.mark.parametrize(
    "owner",
    ['x"\n- evil: 1', "{{ config }}", "$(touch evil)", "a\x00\x85\u2028\u202e\U0001f600", "null"],
)
def test_p6_a_hostile_answer_becomes_a_text_of_the_node(owner, root):
    """From the request to the document and back, an answer stays what it was."""
    # P1, P6
    result = _scaffold(root, "demo.text.clean", answers={"owner": owner})

    assert result["status"] == "success", result["error"]
    assert Workspace(root).node("demo.text.clean").value["owner"] == owner
    assert not list(Path(root).rglob("evil"))


def test_two_workspaces_get_equal_bytes(root, tmp_path):
    """Scaffolding is deterministic."""
    other = tmp_path / "elsewhere" / "deeper"
    other.mkdir(parents=True)
    (other / ".tree").write_text("entries:\n")
    for place in (root, str(other)):
        for template in (*TEMPLATES, "scaffold"):
            _scaffold(place, f"demo.{template}.x", template=template)

    first, second = (
        {
            path.relative_to(place): path.read_bytes()
            for path in Path(place).rglob("*")
            if path.is_file()
        }
        for place in (root, other)
    )
    assert first == second


def _onex(root: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "onex", *arguments],
        cwd=root,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_makes_a_node_that_passes_every_gate(root):
    """Scaffold, validate, test and run, one after the other, in an empty workspace."""
    # ONEX-MVP-01
    made = _onex(root, "scaffold", "demo.text.clean")
    assert (made.returncode, made.stdout, made.stderr) == (
        0,
        "made demo.text.clean in demo/text/clean\nnext: onex validate demo.text.clean\n",
        "",
    )
    assert _onex(root, "validate").stdout.endswith("1 node checked: 0 errors, 4 warnings\n")
    assert _onex(root, "lock", "--check").returncode == 0
    assert _onex(root, "tree", "--check").returncode == 0
    assert _onex(root, "test", "demo.text.clean").returncode == 0
    ran = _onex(root, "run", "demo.text.clean", "--set", "text= Hi ")
    assert (ran.returncode, ran.stdout) == (0, '{"text": "Hi"}\n')


def test_the_command_never_overwrites(root):
    """The second time is refused with status 2, and every byte stays."""
    _onex(root, "scaffold", "demo.text.clean")
    before = {path: path.read_bytes() for path in Path(root).rglob("*") if path.is_file()}

    again = _onex(root, "scaffold", "demo.text.clean", "--type", "noop")

    assert (again.returncode, again.stdout) == (2, "")
    assert again.stderr == (
        "onex: demo.text.clean: demo/text/clean exists already; nothing is overwritten\n"
        "  help: choose another id, or move it away; `onex tree --write` lists a node that is not "
        "listed\n"
    )
    assert {path: path.read_bytes() for path in Path(root).rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    "node_id",
    [
        *("", "demo", "../x.y", "/etc/x.y", "~.x", "a//b.c", "a\\b.c", "C:\\a.b", "onex.mine"),
        *("demo.x\ny", "demo.\x1b[31mx", "demo.\u202ex", "d\u00e9mo.x", "demo.con"),
        *("demo." + "x" * 300, "a." * 200),
    ],
    ids=ascii,
)
def test_p1_a_hostile_id_writes_nothing(node_id, root):
    """Status 2, two lines without a control character, no traceback, and no file."""
    # P1, P6, P8, P9
    refused = _onex(root, "scaffold", "--", node_id)

    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.startswith("onex: ")
    assert all(line.isprintable() for line in refused.stderr.splitlines())
    assert len(refused.stderr.splitlines()) == 2
    assert os.listdir(root) == [".tree"]
