"""The mutants of `make mutants`: what they change, how they take a function's place, how they are counted."""

import ast
import subprocess
import sys

import pytest
from tools.mutants import mutant as one
from tools.mutants import operators, report, targets, trial

from onex.core import text


def made(body: str) -> list[str]:
    """What becomes of a function with that body."""
    tree = ast.parse(f"def f(a: int = 1) -> 'b':\n    {body}")
    return [
        ast.unparse(ast.fix_missing_locations(ast.copy_location(change, spot.node)))
        for spot in operators.spots(tree)
        for change in operators.changes(spot)
    ]


@pytest.mark.parametrize(
    ("body", "changes"),
    [
        ("x = a == b", ["a != b"]),
        ("x = a < b <= c", ["a <= b <= c"]),
        ("x = a and b or c", ["(a and b) and c", "a or b"]),
        ("x = not a", ["a"]),
        ("x = a + b", ["a - b"]),
        ("x = True", ["False"]),
        ("x = 2", ["3"]),
        ("x = 'ab'", ["'a'"]),
        ("x = ''", ["'?'"]),
        ("x = b'ab'", ["b'a'"]),
        ("x = None", []),
        ("x = 'this is prose'", []),
        ("x = f'a {a + b}'", ["a - b"]),
        ("x: dict[str, 1] = y", []),
        ("x = cast('str', y)", []),
        ("'''A docstring.'''", []),
        ("import x", []),
        ("return x", ["return None"]),
        ("return None", []),
        ("x += y", ["pass", "x = y"]),
        ("x.y = z", ["pass"]),
        ("x.y()", ["pass"]),
        ("super().__init__()", []),
        ("raise x", ["pass"]),
        ("if a: x = b", ["not a"]),
        ("x = [b for b in c if b]", ["not b"]),
        ("while a: break", ["not a", "continue"]),
    ],
)
def test_what_a_mutant_changes(body, changes):
    """One spot, to something that a person could have written; what nobody runs stays."""
    assert sorted(made(body)) == sorted(changes)


def test_a_mutant_takes_the_place_of_the_function():
    """Whoever holds the function runs the mutant, in that process alone."""
    found = next(m for m in one.mutants_of("onex/core/text.py") if m.function == "plural")
    assert (found.before, found.after) == (
        "return f'{count} {noun}' if count == 1 else f'{count} {noun}s'",
        "return None",
    )

    before = text.plural.__code__
    try:
        one.apply(found)
        assert text.plural(1, "node") is None
    finally:
        text.plural.__code__ = before
    assert text.plural(1, "node") == "1 node"


@pytest.mark.parametrize("group", targets.GROUPS)
def test_each_group_has_mutants_of_each_module(group):
    """A module that was renamed would be left out without a word."""
    for path in targets.GROUPS[group]:
        assert [*one.mutants_of(path)], path


def test_tests_of_the_module_come_first():
    """Then what is quick and does rare things; at least one is tried, however long it takes."""
    known = trial.Known(
        {"tests/unit/core/test_text.py::a": 2.0, "b": 0.1, "c": 0.5, "d": 9.0},
        {"onex/core/text.py": {7: ["b", "c", "d", "tests/unit/core/test_text.py::a"], 8: ["c"]}},
    )
    at = one.Mutant("onex/core/text.py", 0, 0, "f", 7, range(6, 8), "", "")

    chosen = trial.choose(at, known, known.rarity())
    assert chosen == ["tests/unit/core/test_text.py::a", "b", "c"]
    assert trial.choose(at._replace(lines=range(9, 9)), known, known.rarity()) == []


def test_report_names_the_survivors(tmp_path):
    """A score for each group with its interval, and each survivor with its place and its change."""
    at = one.Mutant("onex/core/text.py", 0, 0, "f", 7, range(6, 8), "a | b", "a & b")
    mutants = [at._replace(number=number) for number in range(100)]
    report.write(str(tmp_path / "m.md"), mutants, [(at, 3)], is_sample=True)

    told = (tmp_path / "m.md").read_text()
    assert "reader    99.0 %  99 of 100 killed" in told
    assert "| src/onex/core/text.py:7 | 3 | `a \\| b` | `a & b` |" in told
    assert [round(end, 1) for end in report.interval(99, 100)] == [94.6, 99.8]


def test_no_mutants_is_nothing_proven():
    """A name that no module has is status 2."""
    done = subprocess.run(
        [sys.executable, "-m", "tools.mutants", "nowhere"],
        cwd=targets.ROOT,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (2, b"no mutants of that\n")
