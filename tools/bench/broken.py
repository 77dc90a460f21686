"""Twenty files, each broken in one place, made from a workspace that onex scaffolds itself.

The place of the fault is that of ``mark`` in the broken file, so a case says it in one word and no
line is counted by hand.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass

ID = "demo.text.clean"
NODE = "demo/text/clean/node.onex"
CONTRACT = "demo/text/clean/state_contract.json"
CODE = "demo/text/clean/node.py"
TREE = "demo/text/.tree"
SCHEMAS = {NODE: "onex_node", CONTRACT: "state_contract", TREE: "tree"}
"""The schema that a tool which knows schemas alone is given for a file."""


CONFLICT = """\
<<<<<<< ours
lifecycle: draft
=======
lifecycle: review
>>>>>>> theirs"""

DEPENDENCY = """
dependencies:
  - {node: demo.text.claen, version: ">=0.1"}

trust:"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A file with a fault.

    Attributes:
        name: what is wrong, in a few words.
        file: the file that a person has to look at.
        old: what stands in a file; in ``edited``.
        new: what is put in its place; the fault.
        mark: the text at whose first character the fault is, in ``file``.
        edited: the file that is changed, where it is not ``file``.
        relock: whether the node is locked after the edit, so that the lock is not the fault.
    """

    name: str
    file: str
    old: str
    new: str
    mark: str
    edited: str = ""
    relock: bool = False

    def make(self, root: str, lock: Callable[[], object]) -> tuple[int, int]:
        """Break the file below ``root``; line and column of the fault, from 1.

        Args:
            root: the workspace that holds the node ``ID``, sound and locked.
            lock: locks the node.

        Raises:
            LookupError: a file does not hold what the case speaks of.
        """
        path = os.path.join(root, self.edited or self.file)
        with open(path, encoding="utf-8") as file:
            text = file.read()
        if self.old not in text:
            raise LookupError(f"{self.name}: {path} does not hold {self.old!r}")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.replace(self.old, self.new, 1))
        if self.relock:
            lock()
        with open(os.path.join(root, self.file), encoding="utf-8") as file:
            before, found, _ = file.read().partition(self.mark)
        if not found:
            raise LookupError(f"{self.name}: {self.file} does not hold {self.mark!r}")
        return before.count("\n") + 1, len(before) - before.rfind("\n")


def _node(name: str, old: str, new: str, mark: str | None = None) -> Broken:
    return Broken(name=name, file=NODE, old=old, new=new, mark=mark or new)


def _contract(name: str, old: str, new: str, mark: str | None = None) -> Broken:
    return Broken(name=name, file=CONTRACT, old=old, new=new, mark=mark or new, relock=True)


def finish(root: str) -> None:
    """Fill in what a scaffolded node leaves to a person, so that the fault is the only one."""
    for file in (NODE, CONTRACT):
        path = os.path.join(root, file)
        with open(path, encoding="utf-8") as source:
            text = source.read()
        with open(path, "w", encoding="utf-8") as target:
            target.write(text.replace("TODO: say", "Here stands"))


CASES = (
    _node("a value that is none of four", "draft", "drfat"),
    _node("a key misspelt", "deterministic:", "determinstic:"),
    _node("a key missing", 'owner: "data platform team"\n', "", "metadata_version"),
    _node("a key twice", "\nlifecycle:", "\nname: again\nlifecycle:", "name: again"),
    _node("a version that YAML takes for a number", '"0.1.0"', "1.10"),
    _node("a number of the wrong kind", "idempotent: true", "idempotent: 1", "1\ndeterm"),
    _node("a tab as indentation", "  type: python", "\ttype: python", "\ttype"),
    _node(
        "a quote never closed", '"data platform team"', '"data platform team', '"data platform team'
    ),
    _node("an alias that nothing anchors", "draft", "*stage"),
    _node("a tag that makes an object", "draft", "!!python/name:os.system", "!!python"),
    _node("a merge conflict", "lifecycle: draft", CONFLICT, "lifecycle: draft\n==="),
    _node("a name that is not the folder's", "name: clean", "name: clear", "clear"),
    _node("a function that is not there", "node.py:run", "node.py:rum", "node.py:rum"),
    _node("a dependency on nothing", "\ntrust:", DEPENDENCY, "demo.text.claen"),
    Broken(
        name="a file changed after it was locked",
        edited=CODE,
        file=NODE,
        old="text.strip()",
        new="text.lower()",
        mark='"33adae2a',
    ),
    _contract("a comma too many", '"input-contract"}', '"input-contract"},', ",\n  ]\n}"),
    _contract("a type that does not exist", '"type": "string"', '"type": "strnig"', '"strnig"'),
    _contract("a pattern that is no regex", '"string"', '"string", "pattern": "(a"', '"(a"'),
    _contract("an example against its schema", '{"text": "Hi"}', '{"text": 7}', "7}"),
    Broken(
        name="an entry of the tree that leads nowhere",
        file=TREE,
        old="- clean/node.onex\n",
        new="- clean/node.onex\n- clear/node.onex\n",
        mark="clear/node.onex",
    ),
)
