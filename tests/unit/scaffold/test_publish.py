"""A whole node comes into the tree, or nothing does."""

import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from onex.core import lock, snapshot, tree
from onex.core.files import DEBRIS
from onex.core.workspace import Workspace
from onex.errors import OnexError, RefusedError
from onex.scaffold.publish import NodePublisher
from onex.validate.engine import validate
from onex_contract import registry

FAULTY = ("open", "write", "fsync", "mkdir", "rename", "replace", "fchmod", "scandir")


def test_a_published_node_is_whole(make, workspace, work):
    """It is locked, listed up to the root, valid with warnings alone, and says where it came from."""
    # ONEX-MVP-01, ONEX-M2-05
    made = make("demo.text.clean", "cli", owner="data team")
    rendered = {path: (work / path).read_bytes() for path in ("node.onex", "run.sh")}

    made.publish(workspace)

    root = Path(workspace.root)
    fresh = Workspace(workspace.root)
    found = fresh.node("demo.text.clean")
    assert lock.compare(found, snapshot.take(found)) == []
    assert found.document.data.startswith(rendered["node.onex"])
    assert sorted(found.value["files"]) == [".onex-answers.json", "run.sh", "state_contract.json"]
    assert found.value["files"]["run.sh"].endswith("+x")
    assert (root / "demo/text/clean/run.sh").read_bytes() == rendered["run.sh"]
    assert {p: (root / p / ".tree").read_text() for p in (".", "demo", "demo/text")} == {
        ".": "entries:\n- demo/\n",
        "demo": "entries:\n- text/\n",
        "demo/text": "entries:\n- clean/node.onex\n",
    }
    assert [(f["code"], f["pointer"]) for f in validate(fresh).findings] == [
        ("ONX109", "/description"),
        ("ONX109", "/input/properties/text/description"),
        ("ONX109", "/output/properties/text/description"),
    ]


def test_a_published_node_says_where_it_came_from(make, workspace, shipped):
    """`.onex-answers.json` records maker, template, answers with defaults, and files as made."""
    made = make("demo.clean", "noop", owner="data team")
    made.publish(workspace)

    path = Path(workspace.root, "demo/clean/.onex-answers.json")
    origin = json.loads(path.read_bytes())
    assert path.read_text() == json.dumps(origin, indent=2, sort_keys=True) + "\n"
    assert registry.validator("scaffold_answers").is_valid(origin)
    assert origin == {
        "scaffold": "onex.scaffold",
        "scaffold_version": "1.1.0",
        "scaffold_hash": shipped.value["hash"],
        "template": "noop",
        "template_sha256": made.given["template_sha256"],
        "answers": {
            "owner": "data team",
            "description": "TODO: say in one sentence what this node does",
        },
        "files": {entry["path"]: entry["sha256"] for entry in made.given["files"]},
    }


def test_two_workspaces_get_equal_bytes(make, workspace, tmp_path, files_below):
    """Scaffolding is deterministic: no time, no random name, no path of the host."""
    made = make()
    made.publish(workspace)
    other = tmp_path / "other"
    other.mkdir()
    (other / ".tree").write_text("entries:\n")
    made.publish(Workspace(str(other)))

    assert files_below(other) == files_below(workspace.root)


def test_a_second_node_joins_the_first(make, workspace):
    """Folders that exist are used; each `.tree` keeps its comment and stays sorted."""
    make("demo.text.clean").publish(workspace)
    index = Path(workspace.root, "demo", ".tree")
    index.write_text("# our demo\n" + index.read_text())
    make("demo.text.also", "noop").publish(workspace)
    make("demo.zero").publish(workspace)
    make("demo.other.deep.node", "cli").publish(workspace)

    assert index.read_text() == "# our demo\nentries:\n- other/\n- text/\n- zero/node.onex\n"
    fresh = Workspace(workspace.root)
    assert sorted(".".join(ref.segments) for ref in fresh.refs()) == [
        "demo.other.deep.node",
        "demo.text.also",
        "demo.text.clean",
        "demo.zero",
    ]
    assert {finding["code"] for finding in validate(fresh).findings} == {"ONX109"}


def test_a_folder_without_an_index_gets_one(make, workspace):
    """A plain folder on the way becomes part of the tree."""
    Path(workspace.root, "demo").mkdir()
    make("demo.clean").publish(workspace)

    assert Path(workspace.root, "demo/.tree").read_text() == "entries:\n- clean/node.onex\n"
    assert Workspace(workspace.root).node("demo.clean").id == "demo.clean"


def test_publishing_twice_is_refused_and_the_first_is_untouched(make, workspace, files_below):
    """Nothing is ever overwritten."""
    make().publish(workspace)
    before = files_below(workspace.root)

    with pytest.raises(
        RefusedError, match=r"demo/text/clean exists already; nothing is overwritten"
    ):
        make("demo.text.clean", "noop").publish(workspace)

    assert files_below(workspace.root) == before


def _without_node_id(made) -> None:
    del made.asked["node_id"]


def _other_id(made) -> None:
    made.asked["node_id"] = "demo.text.other"


def _not_yaml(made) -> None:
    made.rewrite("node.onex", b"a: [")


def _unknown_key(made) -> None:
    made.rewrite("node.onex", (made.work / "node.onex").read_bytes() + b"evil: 1\n")


def _no_target(made) -> None:
    made.given["files"] = [e for e in made.given["files"] if e["path"] != "node.py"]


def _bad_contract(made) -> None:
    made.rewrite(
        "state_contract.json",
        b'{"contract_version": "1.0.0", "input": {"$ref": "file:///etc/passwd"}, "output": {}}',
    )


def _ignored(made) -> None:
    made.rewrite(".onexignore", b"*.txt\n")
    made.rewrite("hidden.txt", b"rides along")


def _bad_digest(made) -> None:
    made.given["template_sha256"] = "0"


def _bad_answers(made) -> None:
    made.asked["answers"] = {"ownr": "x"}


def _outside(made) -> None:
    made.given["files"].append({"path": "../x", "sha256": "0" * 64, "mode": "0644"})


REFUSALS = {
    _without_node_id: "onex.scaffold: the input state has no `node_id`: where does the new node belong?",
    _other_id: "demo.text.other was asked for, but demo.text.clean was made",
    _not_yaml: "{root}/demo/text/clean/node.onex:2:1: not YAML: ",
    _unknown_key: "{root}/demo/text/clean/node.onex:28:1: unknown key 'evil'",
    _no_target: "demo.text.clean would not be valid: {root}/demo/text/clean/node.onex:14:11: ONX602 target '",
    _bad_contract: "demo.text.clean would not be valid: {root}/demo/text/clean/state_contract.json:1:",
    _ignored: "hidden.txt: the new node's .onexignore leaves it out of the lock",
    _bad_digest: ".onex-answers.json: template_sha256 '0' does not have the form ^[0-9a-f]{{64}}$",
    _bad_answers: "the template python of onex.scaffold does not take these answers: unknown key 'ownr'",
    _outside: "'../x' is no path inside a node",
}


@pytest.mark.parametrize("spoil", REFUSALS, ids=lambda spoil: spoil.__name__.strip("_"))
def test_what_may_not_come_into_the_tree_leaves_nothing(spoil, make, workspace, files_below):
    """Each refusal says why, in terms of the place where the node belongs; the tree is as it was."""
    make("demo.first").publish(workspace)
    before = files_below(workspace.root)
    made = make()
    spoil(made)

    with pytest.raises(OnexError) as caught:
        made.publish(workspace)

    message = REFUSALS[spoil].format(root=workspace.root)
    assert caught.value.message.startswith(message), caught.value.message
    assert DEBRIS not in f"{caught.value.message}{caught.value.help}"
    assert files_below(workspace.root) == before


def test_a_broken_index_on_the_way_leaves_nothing(make, workspace, files_below):
    """The tree that a node comes into must itself be readable."""
    Path(workspace.root, "demo").mkdir()
    Path(workspace.root, "demo/.tree").write_text("entries: [")
    before = files_below(workspace.root)

    with pytest.raises(OnexError, match=r"demo/\.tree:2:1: not YAML"):
        make().publish(workspace)

    assert files_below(workspace.root) == before


def test_a_maker_without_templates_is_published_without_origin(make, workspace):
    """Whatever node writes nodes: where it came from is recorded only when a template is named."""
    made = make("demo.clean", "noop")
    made.asked = {"node_id": "demo.clean"}
    made.publish(workspace)

    assert sorted(os.listdir(f"{workspace.root}/demo/clean")) == [
        "node.onex",
        "state_contract.json",
    ]


def _fail_at(monkeypatch: pytest.MonkeyPatch, nth: int) -> list[str]:
    """Let the ``nth`` call of the functions that touch the disk fail once; what failed is recorded."""
    failed: list[str] = []
    count = 0

    def faulty(name):
        genuine = getattr(os, name)

        def call(*args, **kwargs):
            nonlocal count
            count += 1
            if count == nth:
                failed.append(name)
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return genuine(*args, **kwargs)

        return call

    for name in FAULTY:
        monkeypatch.setattr(os, name, faulty(name))
    return failed


def test_w3_each_failing_step_leaves_the_tree_as_it_was(make, workspace, files_below):
    """Whichever call fails: an error and the old tree, or the new tree, whole."""
    # W3, W6, W9
    make("demo.first").publish(workspace)
    made = make()
    before = files_below(workspace.root)
    outcomes = {}
    for nth in range(1, 10_000):
        with pytest.MonkeyPatch.context() as patch:
            failed = _fail_at(patch, nth)
            try:
                made.publish(workspace)
            except OnexError:
                outcomes[nth] = failed
        if nth in outcomes:
            assert files_below(workspace.root) == before, outcomes[nth]
            continue
        fresh = Workspace(workspace.root)
        assert {finding["code"] for finding in validate(fresh).findings} == {"ONX109"}
        assert fresh.node("demo.text.clean").id == "demo.text.clean"
        if not failed:
            break
        _withdraw(workspace.root, before, files_below)

    assert len(outcomes) > 30
    assert {name for names in outcomes.values() for name in names} >= {
        "open", "write", "fsync", "mkdir", "rename", "replace", "fchmod"
    }  # fmt: skip


def _withdraw(root: str, before: dict[str, bytes], files_below) -> None:
    """Take demo.text away again, with whatever a failed cleaning left."""
    shutil.rmtree(f"{root}/demo/text")
    for folder in (root, f"{root}/demo"):
        for name in os.listdir(folder):
            if name.startswith(DEBRIS):
                shutil.rmtree(os.path.join(folder, name))
    Path(root, "demo/.tree").write_text("entries:\n- first/node.onex\n")
    assert files_below(root) == before


def test_w3_a_kill_at_any_point_leaves_no_half_node(make, workspace, tmp_path, files_below):
    """After kill -9 at each step: no node or a whole one, and the next scaffold cleans up."""
    # W3
    made = make()
    made.publish(workspace)
    whole = files_below(f"{workspace.root}/demo")
    second = make("demo.second", "noop")
    (tmp_path / "request.json").write_text(json.dumps([made.asked, _given(make)]))
    driver = Path(__file__).with_name("killed_publications.py")
    places = tmp_path / "places"
    places.mkdir()
    subprocess.run(
        [sys.executable, driver, tmp_path / "request.json", made.work, places],
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )

    roots = sorted(places.iterdir())
    assert len(roots) > 30
    seen = set()
    for root in roots:
        index = tree.read(str(root))
        assert index.problems == []
        there = (root / "demo").exists()
        assert not there or files_below(root / "demo") == whole
        listed = [".".join(ref.segments) for ref in index.nodes]
        assert listed == ["demo.text.clean"] or not listed
        seen.add((there, bool(listed)))
    assert seen == {(False, False), (True, False), (True, True)}
    second = make("demo.second", "noop")
    for root in roots:
        second.publish(Workspace(str(root)))
        assert not [name for name in files_below(root) if DEBRIS in name]


def _given(make) -> dict:
    """The output of the scaffold node for the default request, its files in the work folder."""
    return make().given


def test_w14_two_at_once_wait_for_each_other(make, workspace, monkeypatch):
    """While another command writes to the tree, a publication waits, then says for whom."""
    from onex.core import files  # noqa: PLC0415

    monkeypatch.setattr(files, "LOCK_SECONDS", 0.05)
    made = make()
    with files.tree_lock(workspace.root), pytest.raises(OnexError, match="another onex command"):
        made.publish(workspace)

    made.publish(workspace)
    assert Workspace(workspace.root).node("demo.text.clean")


def test_w3_an_index_that_was_not_there_goes_again(make, workspace, files_below, monkeypatch):
    """When the root cannot be told of the node, the new `.tree` on the way goes with the node."""
    # W3
    Path(workspace.root, "demo").mkdir()
    before = files_below(workspace.root)
    made = make("demo.clean")
    genuine = os.replace

    def replace(source, target):
        if target == os.path.join(workspace.root, ".tree"):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        genuine(source, target)

    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(OnexError, match=r"\.tree: cannot be written: Read-only file system"):
        made.publish(workspace)

    assert files_below(workspace.root) == before


def test_what_is_not_asked_for_by_id_is_refused(workspace, shipped, tmp_path):
    """Without an id it is not known where a node belongs."""
    with pytest.raises(RefusedError, match="has no `node_id`"):
        NodePublisher(workspace).publish(shipped, None, {}, str(tmp_path))
