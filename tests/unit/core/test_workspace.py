"""Finding workspaces and nodes."""

import os
import shutil
from pathlib import Path

import pytest

from onex.core.workspace import Workspace, shipped
from onex.errors import NodeNotFoundError, WorkspaceError

BASE = Path(__file__).parents[2] / "rules/_base"


@pytest.fixture
def root(tmp_path):
    """A workspace with the node demo.clean."""
    shutil.copytree(BASE, tmp_path / "work")
    return tmp_path / "work"


# ONEX-P-03
def test_workspace_is_found_from_anywhere_inside(root):
    """From the root, a container, a node's folder, and a folder that no tree knows."""
    (root / "notes").mkdir()
    for start in (".", "demo", "demo/clean", "notes"):
        assert Workspace.find(os.fspath(root / start)).root == os.fspath(root)


def test_settings_end_the_chain(root):
    """A tree above a workspace with settings of its own is another workspace."""
    (root.parent / ".tree").write_text("entries:\n- work/\n")
    assert Workspace.find(os.fspath(root / "demo")).root == os.fspath(root)
    (root / "onex.toml").unlink()
    assert Workspace.find(os.fspath(root / "demo")).root == os.fspath(root.parent)


def test_no_workspace(tmp_path):
    """Where there is none, that is said with the next step."""
    with pytest.raises(WorkspaceError, match="a workspace needs an index") as caught:
        Workspace.find(os.fspath(tmp_path))
    assert caught.value.help.startswith("run `onex init`")


def test_nodes_are_found_by_id(root):
    """Through the tree alone, with a guess for a misspelt id."""
    workspace = Workspace(os.fspath(root))

    assert workspace.node("demo.clean").id == "demo.clean"
    with pytest.raises(NodeNotFoundError, match=r"did you mean 'demo\.clean'\?"):
        workspace.node("demo.claen")
    (root / "demo/.tree").write_text("entries:\n")
    with pytest.raises(NodeNotFoundError, match="no such node"):
        Workspace(os.fspath(root)).node("demo.clean")


def test_node_that_calls_itself_otherwise(root):
    """A node whose document names another id is not handed out for the one that was asked for."""
    path = root / "demo/clean/node.onex"
    path.write_text(path.read_text().replace("name: clean", "name: other"))

    with pytest.raises(NodeNotFoundError, match=r"calls itself demo\.other"):
        Workspace(os.fspath(root)).node("demo.clean")


def test_shipped_nodes_are_found_everywhere(root):
    """What onex ships needs no entry in the user's tree."""
    assert Workspace(os.fspath(root)).node("onex.scaffold").id == "onex.scaffold"
    assert [ref.segments for ref in shipped().refs()] == [("onex", "scaffold")]
