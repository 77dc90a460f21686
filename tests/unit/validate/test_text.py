"""Findings as text: the mark stands under the character, whatever the line holds."""

import json

import pytest

from onex.core import document
from onex.validate.engine import Verdict
from onex.validate.rules.owner import RULE
from onex.validate.subject import Subject
from onex.validate.text import count_line, render_finding, render_json, render_ndjson
from onex.validate.waivers import Waived

NODE = Subject("node.onex")
CONTRACT = Subject("contract.json", is_node=False)


def finding(text="a: b\n", at=(1, 1), **more):
    """A finding in a document that holds ``text``."""
    return RULE.finding(document.Document("p", text.encode(), None), "wrong", at=at, **more)


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
                    finding() | {"code": "ONX202", "fixable": True},
                    finding() | {"code": "ONX306", "fixable": True},
                    finding() | {"severity": "warning"},
                ],
                [NODE],
            ),
            "1 node checked: 2 errors, 1 warning (1 fixable with `onex lock`, 1 fixable with `onex tree --write`)",
        ),
    ],
)
def test_last_line_counts(verdict, line):
    """What was looked at is counted for what it is, and what commands mend by command."""
    assert count_line(verdict) == line


def test_forms_for_programs():
    """A line of JSON per finding, and one document with the counts."""
    found = finding("é: b\n")
    (line,) = render_ndjson([found])

    assert json.loads(line) == found
    assert '"é: b"' in line
    assert '"nodes_checked": 1' in render_json(Verdict([found], [NODE]))
