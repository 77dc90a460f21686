"""A workspace, the shipped scaffold node, and a work folder with what a node made."""

import hashlib
import os
import runpy
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from onex.core import node
from onex.core.workspace import SHIPPED, Workspace
from onex.scaffold.publish import NodePublisher

SCAFFOLD = os.path.join(SHIPPED, "onex", "scaffold")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """An empty workspace."""
    root = tmp_path / "ws"
    root.mkdir()
    (root / ".tree").write_text("entries:\n")
    return Workspace(str(root))


@pytest.fixture(scope="session")
def shipped() -> node.Node:
    """The scaffold node that onex ships."""
    return node.load(SCAFFOLD)


@pytest.fixture(scope="session")
def program() -> dict[str, Callable[..., dict]]:
    """What the shipped scaffold node's node.py defines; it imports nothing of onex."""
    return runpy.run_path(os.path.join(SCAFFOLD, "node.py"))


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty work folder, which is the current one."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@dataclass
class Publication:
    """What a scaffold node was asked and gave, ready to be published, or to be spoilt first."""

    node: node.Node
    asked: dict
    given: dict
    work: Path

    def publish(self, workspace: Workspace) -> None:
        """Put it into the tree of ``workspace``."""
        NodePublisher(workspace).publish(self.node, self.asked, self.given, str(self.work))

    def rewrite(self, path: str, data: bytes, mode: str = "0644") -> None:
        """Let the file ``path`` of the output hold ``data``."""
        file = self.work / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        entry = {"path": path, "sha256": hashlib.sha256(data).hexdigest(), "mode": mode}
        others = [item for item in self.given["files"] if item["path"] != path]
        self.given["files"] = [*others, entry]


@pytest.fixture
def make(work: Path, shipped: node.Node, program: dict) -> Callable[..., Publication]:
    """Let the shipped scaffold node make a node in ``work``, which is not published yet."""

    def run(
        node_id: str = "demo.text.clean", template: str = "python", **answers: str
    ) -> Publication:
        asked = {"node_id": node_id, "template": template, "answers": answers}
        for entry in sorted(work.rglob("*"), reverse=True):
            entry.rmdir() if entry.is_dir() else entry.unlink()
        return Publication(shipped, asked, program["run"](**asked), work)

    return run


def files_below(root: str | Path) -> dict[str, bytes]:
    """Every file below ``root``: its path, and its bytes behind its mode."""
    return {
        str(path.relative_to(root)): f"{path.stat().st_mode:o} ".encode() + path.read_bytes()
        for path in sorted(Path(root).rglob("*"))
        if path.is_file()
    } | {f"{path.relative_to(root)}/": b"" for path in Path(root).rglob("*") if path.is_dir()}


@pytest.fixture(name="files_below")
def _files_below() -> Callable[[str | Path], dict[str, bytes]]:
    return files_below
