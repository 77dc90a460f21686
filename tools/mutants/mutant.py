"""One mutant: where it is, what it changes, and how it takes the place of what runs."""

import ast
import gc
import os
from collections.abc import Iterator
from types import CodeType, FunctionType
from typing import NamedTuple

from tools.mutants.operators import Spot, changes, spots
from tools.mutants.targets import SOURCE

LONGEST = 70
"""How many characters of code a list of survivors shows."""


class Mutant(NamedTuple):
    """A change to one spot of a function."""

    path: str
    """The module's file below ``src``."""
    number: int
    """Which spot of the module it is, and which of the changes there."""
    choice: int
    function: str
    line: int
    lines: range
    """The lines that run if the spot does."""
    before: str
    after: str


def mutants_of(path: str) -> Iterator[Mutant]:
    """All mutants of a module, in a steady order."""
    for number, spot in enumerate(spots(_tree(path))):
        for choice, change in enumerate(changes(spot)):
            ast.fix_missing_locations(ast.copy_location(change, spot.node))
            line = getattr(spot.node, "lineno", spot.first)
            lines = range(spot.first, spot.last + 1)
            before, after = _shown(spot.node), _shown(change)
            yield Mutant(path, number, choice, spot.function, line, lines, before, after)


def apply(mutant: Mutant) -> None:
    """Let the function run the mutant's code from here on, in this process.

    Raises:
        LookupError: no function of that place is there.
    """
    tree = _tree(mutant.path)
    spot = next(each for number, each in enumerate(spots(tree)) if number == mutant.number)
    _replace(spot, changes(spot)[mutant.choice])
    file = os.path.join(SOURCE, mutant.path)
    mutated = _codes(compile(ast.fix_missing_locations(tree), file, "exec", dont_inherit=True))
    gc.unfreeze()  # a command that has ended leaves its objects out of sight
    living = {
        (each.__code__.co_qualname, each.__code__.co_firstlineno): each
        for each in gc.get_objects()
        if isinstance(each, FunctionType) and each.__code__.co_filename == file
    }
    swapped = [key for key in living if key[0] == mutant.function and key in mutated]
    if not swapped:
        raise LookupError(mutant)
    for key in swapped:
        living[key].__code__ = mutated[key]


def _tree(path: str) -> ast.Module:
    with open(os.path.join(SOURCE, path), encoding="utf-8") as file:
        return ast.parse(file.read())


def _replace(spot: Spot, change: ast.AST) -> None:
    ast.copy_location(change, spot.node)
    if spot.place is None:
        setattr(spot.parent, spot.field, change)
    else:
        getattr(spot.parent, spot.field)[spot.place] = change


def _codes(code: CodeType) -> dict[tuple[str, int], CodeType]:
    """All code inside ``code``, by its qualified name and its first line."""
    found = {(code.co_qualname, code.co_firstlineno): code}
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            found |= _codes(constant)
    return found


def _shown(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."
