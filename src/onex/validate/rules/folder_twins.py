"""ONX310: names in a container stay apart on every system."""

import os
import unicodedata
from collections.abc import Iterator

from onex.core import index
from onex.core.text import printable
from onex.validate.rule import Rule
from onex.validate.subject import Forest
from onex_types.finding import Finding


def check(forest: Forest) -> Iterator[Finding]:
    """Each name on the way to a node that some system takes for another name there (FAULTS P7)."""
    ways = {
        subject.segments[:end]
        for subject in forest.subjects
        for end in range(len(subject.segments))
    }
    for way in sorted(ways):
        folder = os.path.join(forest.tree.root, *way)
        for name, twin in _twins(folder):
            yield RULE.finding(
                os.path.join(folder, index.FILE_NAME),
                f"{printable(name)} lies here beside {printable(twin)}, and is the same where a system folds case or accents",
            )


def _twins(folder: str) -> Iterator[tuple[str, str]]:
    """The names in ``folder`` that fold to that of another, each with it."""
    try:
        names = os.listdir(folder)
    except OSError:
        return  # what cannot be looked at is told by the rules about the tree
    if len({*map(str.lower, names)}) == len(names) and all(map(str.isascii, names)):
        return
    first: dict[str, str] = {}
    for name in sorted(names):
        folded = unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())
        twin = first.setdefault(folded, name)
        if twin != name:
            yield name, twin


RULE = Rule(
    code="ONX310",
    name="folder-twins",
    purpose="No two names in a folder that has a `.tree` are the same where a system folds case or accents.",
    why="Of two such folders a Mac or Windows checks out one, with the files of both.",
    bad="""\
demo/clean/node.onex
demo/Clean/README.md
""",
    good="demo/clean/node.onex",
    fix="rename one of them, then run `onex tree --write`",
    forest=check,
)
