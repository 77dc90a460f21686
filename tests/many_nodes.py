"""A workspace of many nodes, each with something else about it, for laws over whole verdicts."""

import os
import shutil
from pathlib import Path

from onex.core import lock, node, scan
from onex.core.tree import NodeRef
from onex.core.workspace import Workspace
from onex.errors import DocumentError
from onex.validate.engine import Verdict, validate
from onex.validate.judge import ALONE, Means

BASE = Path(__file__).parent / "rules/_base"
TODAY = "2026-01-17"
WAIVER = 'waivers: [{{code: {code}, reason: "later", expires: "{expires}"}}]\n'
GONE = 'dependencies: [{node: demo.gone, version: "*"}]\n'

KINDS = {
    "clean": "",
    "todo": 'author: "TODO"\n',
    "unknown": "colour: red\n",
    "relies": GONE,
    "accepted": GONE + WAIVER.format(code="ONX115", expires="2099-01-01"),
    "ended": WAIVER.format(code="ONX109", expires="2025-01-01"),
    "unused": WAIVER.format(code="ONX109", expires="2099-01-01"),
    "unused-of-all": WAIVER.format(code="ONX115", expires="2099-01-01"),
    "ended-of-all": WAIVER.format(code="ONX115", expires="2025-01-01"),
    "twin": "tags: [billing]\n",
    "twin-of-it": "tags: [billing]\n",
    "slip": "tags: [bill-ing]\n",
    "passed": 'deprecated: {reason: "old", date: "2025-01-01"}\n',
    "circle": 'dependencies: [{node: demo.SELF, version: ">=2"}]\n',
    "same-uuid": "",
    "stale": "",
    "broken": "",
    "no-contract": "",
    "no-code": "",
    "ignores": "",
    "link": "",
    "program": "",
}
"""What is added to the documents of nodes; more is done to some by ``_break``."""


CODES = {
    *("ONX100", "ONX102", "ONX105", "ONX109", "ONX113", "ONX115", "ONX116", "ONX117", "ONX202"),
    *("ONX401", "ONX406", "ONX501", "ONX502", "ONX512", "ONX513", "ONX603", "ONX901"),
}
"""What is told of them, previews included."""


def judge(root: Path, means: Means = ALONE) -> Verdict:
    """The verdict on the workspace at ``root``, previews included."""
    return validate(Workspace(os.fspath(root)), today=TODAY, preview=True, means=means)


def make(root: Path, copies: int = 1) -> None:
    """Make a workspace at ``root`` with ``copies`` nodes of each kind."""
    shutil.copytree(BASE, root, dirs_exist_ok=True)
    plain = (root / "demo/clean/node.onex").read_text()
    for number in range(copies):
        for kind, more in KINDS.items():
            name = f"{kind}{number}"
            folder = root / "demo" / name
            shutil.copytree(BASE / "demo/clean", folder)
            uuid = (
                "e5c98c46"
                if kind == "same-uuid"
                else f"{number:04x}{len(name):02x}{hash_of(kind):02x}"
            )
            text = plain.replace("name: clean", f"name: {name}").replace("e5c98c46", uuid)
            (folder / "node.onex").write_text(text + more.replace("SELF", name))
            lock_it(folder)
            _break(kind, folder)
    scan.write(os.fspath(root))


def hash_of(kind: str) -> int:
    """A number that no other kind has."""
    return list(KINDS).index(kind)


def lock_it(folder: Path) -> None:
    """Lock the node in ``folder``, if that can be done."""
    try:
        lock.write(node.load(os.fspath(folder)))
    except DocumentError:
        return  # what is wrong with it is what it is for


def ref_of(root: Path, name: str) -> NodeRef:
    """The node of that name, as the tree would name it."""
    return NodeRef(os.fspath(root / "demo" / name), ("demo", name), "", 1, "node.onex")


def _break(kind: str, folder: Path) -> None:
    code, document = folder / "node.py", folder / "node.onex"
    if kind == "stale":
        code.write_text(code.read_text() + "# more\n")
    elif kind == "broken":
        document.write_bytes(document.read_bytes() + b"\xff")
    elif kind == "no-contract":
        (folder / "state_contract.json").unlink()
    elif kind == "no-code":
        code.write_text("def run(:\n")
        lock_it(folder)
    elif kind == "ignores":
        (folder / ".onexignore").write_text("*.log\n")
        (folder / "a.log").write_text("a")
        lock_it(folder)
    elif kind == "link":
        (folder / "more.py").symlink_to("node.py")
    elif kind == "program":
        code.chmod(0o755)
