"""Findings as text: the mark stands under the character, whatever the line holds."""

import json

import pytest

from onex.core import document
from onex.validate.engine import Verdict
from onex.validate.rules.owner import RULE
from onex.validate.seen import Seen
from onex.validate.text import count_line, render_finding, render_json, render_ndjson, render_text
from onex.validate.waivers import Waived

NODE = Seen("node.onex")
CONTRACT = Seen("contract.json", is_node=False)


def finding(text="a: b\n", at=(1, 1), **more):
    """A finding in a document that holds ``text``."""
    return RULE.finding(document.Document("p", text.encode(), None), "wrong", at=at, **more)


def fix(kind):
    """A fix that is worked out late."""
    return {"applicability": kind, "message": "lock it", "edits": []}


@pytest.mark.parametrize(
    ("text", "column", "snippet", "mark"),
    [
        ("owner: x\n", 8, "owner: x", "       ^"),
        ("owner: x\r\nname: y\r\n", 8, "owner: x", "       ^"),
        ("\towner:\tx\n", 9, " owner: x", "        ^"),
        ("日本: x\n", 5, "日本: x", "      ^"),
        ("e\u0301: x\n", 5, "e\u0301: x", "   ^"),
        ("a\u200b: x\n", 5, "a\\u200b: x", "         ^"),
        ("\ufeffa: x\n", 4, "a: x", "   ^"),
        ("x" * 300, 300, "..." + "x" * 61, " " * 63 + "^"),
        ("x" * 300, 61, "x" * 120 + "...", " " * 60 + "^"),
        ("x" * 300, 150, "..." + "x" * 120 + "...", " " * 63 + "^"),
        ("a: x", 5, "a: x", "    ^"),
    ],
)
def test_mark_stands_under_the_character(text, column, snippet, mark):
    """Tabs, wide, combining and invisible characters, and what is left out, are all counted."""
    lines = list(render_finding(finding(text, (1, column))))

    assert lines == [
        f"p:1:{column}: ONX107 wrong",
        "    |",
        f"  1 | {snippet}",
        f"    | {mark}",
        f"  help: {RULE.fix}",
    ]


def test_margin_is_as_wide_as_the_number():
    """The bars stand in one column."""
    lines = list(render_finding(finding("\n" * 99 + "a: b", (100, 4))))

    assert lines[1:4] == ["      |", "  100 | a: b", "      |    ^"]


def test_finding_without_a_document():
    """Where there is no line there is no snippet."""
    assert list(render_finding(RULE.finding("p", "gone", help="look"))) == [
        "p:1:1: ONX107 gone",
        "  help: look",
    ]


@pytest.mark.parametrize(
    ("verdict", "line"),
    [
        (Verdict([], [NODE]), "1 node checked: 0 errors, 0 warnings"),
        (Verdict([], []), "0 nodes checked: 0 errors, 0 warnings"),
        (Verdict([], [CONTRACT]), "1 contract checked: 0 errors, 0 warnings"),
        (Verdict([], [], trees=1), "1 `.tree` file checked: 0 errors, 0 warnings"),
        (
            Verdict([], [NODE, NODE, CONTRACT], trees=2),
            "2 nodes and 1 contract and 2 `.tree` files checked: 0 errors, 0 warnings",
        ),
        (Verdict([], [NODE], hidden=3), "1 node checked: 0 errors, 0 warnings, 3 in the baseline"),
        (
            Verdict(
                [], [NODE], waived=[Waived(finding(), {})], hidden=1, scope="1 node of 2 changed"
            ),
            "1 node of 2 changed; 1 node checked: 0 errors, 0 warnings, 1 waived, 1 in the baseline",
        ),
        (
            Verdict(
                [
                    finding() | {"fixable": True, "fix": fix("safe")},
                    finding() | {"fixable": True, "fix": fix("safe")},
                    finding() | {"severity": "warning", "fix": fix("unsafe")},
                ],
                [NODE],
                fixed=3,
            ),
            "1 node checked: 2 errors, 1 warning, 3 fixed (2 fixable with `--fix`, 1 more with `--unsafe-fixes`)",
        ),
        (
            Verdict([finding() | {"fix": fix("unsafe")}], [NODE]),
            "1 node checked: 1 error, 0 warnings (1 fixable with `--fix --unsafe-fixes`)",
        ),
    ],
)
def test_last_line_counts(verdict, line):
    """What was looked at is counted for what it is, and what can be mended by option."""
    assert count_line(verdict) == line


def test_forms_for_programs():
    """A line of JSON per finding, and one document with the counts."""
    found = finding("é: b\n")
    (line,) = render_ndjson([found])

    assert json.loads(line) == found
    assert '"é: b"' in line
    assert '"nodes_checked": 1' in render_json(Verdict([found], [NODE]))


@pytest.mark.parametrize(
    ("more", "mark"),
    [({}, ""), ({"fix": fix("safe"), "fixable": True}, " [*]"), ({"fix": fix("unsafe")}, " [-]")],
)
def test_marks_of_fixes(more, mark):
    """A safe fix is marked by a star, an unsafe one by a line."""
    first, *_ = render_finding(finding() | more)

    assert first == f"p:1:1: {RULE.code}{mark} wrong"


def test_unsafe_fixes_are_told_where_they_are_asked_for():
    """What an unsafe fix would do is said in words when somebody asks."""
    found = [finding() | {"fix": fix("unsafe")}, finding() | {"fix": fix("safe"), "fixable": True}]

    assert "  unsafe fix: lock it" in render_text(Verdict(found, [NODE], shows_unsafe=True))
    assert "  unsafe fix: lock it" not in render_text(Verdict(found, [NODE]))
    assert (
        list(render_text(Verdict(found, [NODE], shows_unsafe=True))).count("  unsafe fix: lock it")
        == 1
    )
