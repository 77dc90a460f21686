"""Waivers reach the findings of their own node and rule, on the days that they are good for."""

import os
import shutil
from pathlib import Path

import pytest

from onex.core import lock, node
from onex.core.workspace import Workspace
from onex.validate.engine import merge, validate, validate_change, validate_document

BASE = Path(__file__).parents[3] / "tests/rules/_base"
TODAY = "2026-01-17"
WAIVER = 'waivers:\n- code: {code}\n  reason: "{reason}"\n  expires: "{expires}"\n'


@pytest.fixture
def root(tmp_path):
    """A workspace with two nodes that both have something left to do."""
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    folder = tmp_path / "demo/clean"
    document = folder / "node.onex"
    document.write_text(document.read_text().replace("Trims", "TODO trims"))
    shutil.copytree(folder, tmp_path / "demo/other")
    other = (tmp_path / "demo/other/node.onex").read_text()
    other = other.replace("name: clean", "name: other").replace("e5c98c46", "e5c98c47")
    (tmp_path / "demo/other/node.onex").write_text(other)
    (tmp_path / "demo/.tree").write_text("entries:\n- clean/node.onex\n- other/node.onex\n")
    lock_all(tmp_path)
    return tmp_path


def lock_all(root):
    """Lock both nodes."""
    for name in ("clean", "other"):
        lock.write(node.load(os.fspath(root / "demo" / name)))


def waive(root, code="ONX109", reason="later", expires="2099-01-31"):
    """Put a waiver into the first node."""
    document = root / "demo/clean/node.onex"
    before, _, waivers = document.read_text().partition("waivers:\n")
    more = WAIVER.format(code=code, reason=reason, expires=expires)
    document.write_text(f"{before}{more}{waivers}")
    lock_all(root)


def told(verdict, root):
    """What counts and what is waived, each with its file."""
    both = (verdict.findings, [waived.finding for waived in verdict.waived])
    return tuple(
        [(os.path.relpath(one["path"], root), one["code"]) for one in found] for found in both
    )


def judge(root, today=TODAY):
    return told(validate(Workspace(os.fspath(root)), today=today), root)


def test_a_waiver_is_about_its_own_node(root):
    """The same finding of another node counts."""
    waive(root)

    assert judge(root) == (
        [("demo/other/node.onex", "ONX109")],
        [("demo/clean/node.onex", "ONX109")],
    )


@pytest.mark.parametrize(
    ("today", "is_waived"), [("2026-01-30", True), ("2026-01-31", True), ("2026-02-01", False)]
)
def test_the_last_day_counts(root, today, is_waived):
    """From the day after, the finding counts again, and the waiver is one, too."""
    waive(root, expires="2026-01-31")
    findings, waived = judge(root, today)

    assert [code for _, code in waived] == (["ONX109"] if is_waived else [])
    assert [code for _, code in findings] == (
        ["ONX109"] if is_waived else ["ONX109", "ONX512", "ONX109"]
    )


def test_without_a_date_no_waiver_holds(root):
    """What takes no date into account, such as a scaffold, counts everything."""
    waive(root)

    assert judge(root, None)[1] == []


def test_a_lock_is_not_waived(root):
    """A line in the locked file does not switch off the lock."""
    waive(root, code="ONX202")
    (root / "demo/clean/node.py").write_text("changed")

    assert ("demo/clean/node.onex", "ONX202") in judge(root)[0]
    assert ("demo/clean/node.onex", "ONX511") in judge(root)[0]


@pytest.mark.parametrize("reason", ["", None])
def test_a_waiver_without_a_reason_is_refused(root, reason):
    """The schema wants one; the node is then not read further, and nothing is waived."""
    waive(root)
    document = root / "demo/clean/node.onex"
    line = '  reason: "later"\n'
    document.write_text(
        document.read_text().replace(line, "" if reason is None else '  reason: ""\n')
    )
    findings, waived = judge(root)

    assert waived == []
    assert ("demo/clean/node.onex", "ONX101") in findings


def test_what_is_not_looked_at_is_not_unused(root):
    """A rule about the whole tree cannot be judged by one node, nor files by a document alone."""
    waive(root, code="ONX105")
    waive(root, code="ONX405")
    workspace = Workspace(os.fspath(root))
    one = validate(workspace, [workspace.ref("demo.clean")], today=TODAY)
    alone = validate_document(os.fspath(root / "demo/clean/node.onex"), today=TODAY)

    assert [found["code"] for found in one.findings] == ["ONX109", "ONX513"]
    assert [found["code"] for found in alone.findings] == ["ONX109"]
    assert [code for _, code in judge(root)[0]].count("ONX513") == 2


@pytest.mark.parametrize("code", ["ONX105", "ONX406", "ONX505"])
def test_a_change_says_nothing_of_what_it_is_not_held_to(root, code):
    """Rules about the tree, on trial and about changes do not judge a document that is to be."""
    waive(root, code=code)
    document = root / "demo/clean/node.onex"
    change = validate_change(
        Workspace(os.fspath(root)).ref("demo.clean"), document.read_bytes(), today=TODAY
    )

    assert [found["code"] for found in change.findings] == ["ONX109"]


def test_verdicts_with_waivers_are_merged(root):
    """What was waived in one stays waived."""
    waive(root)
    document = os.fspath(root / "demo/clean/node.onex")
    merged = merge([validate_document(document, today=TODAY)] * 2)

    assert [waived.finding["code"] for waived in merged.waived] == ["ONX109"] * 2
