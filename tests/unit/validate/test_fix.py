"""Rounds of fixes: what makes a file worse is taken back, whoever offered it."""

import os
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.test_rules import HERE, TODAY, build

from onex.core import document, lock, node
from onex.core.spans import Edit
from onex.core.workspace import Workspace
from onex.errors import OnexError
from onex.validate import fix_edits
from onex.validate.engine import validate
from onex.validate.fix import LATE, mend
from onex.validate.rules import todo

NODE = "demo/clean/node.onex"


def edit(line, old, new, at=1):
    """Put ``new`` in place of ``old`` on a line."""
    end = at + len(old)
    return {"line": line, "column": at, "end_line": line, "end_column": end, "text": new}


def offer(root, *edits, until=None):
    """A judge that finds something in the node, with those edits, until a text is in it."""
    path = os.fspath(root / NODE)

    def judge():
        verdict = validate(Workspace(os.fspath(root)), today=TODAY)
        if until and until in document.read_bytes(path):
            return verdict
        found = [
            todo.RULE.finding(path, f"offered {number}", fix=fix(each))
            for number, each in enumerate(edits)
        ]
        return replace(verdict, findings=[*verdict.findings, *found])

    return judge


def fix(each):
    """A safe fix of one edit."""
    return {"applicability": "safe", "message": "try it", "edits": [each]}


def run(judge):
    return mend(judge, lambda verdict: verdict.findings)


HARM = {
    "unreadable": edit(1, "metadata_version", '"'),
    "refused by the schema": edit(8, "lifecycle: draft", "lifecycle: drft"),
    "unknown to the schema": edit(8, "", "more: 1\n"),
    "a new error": edit(2, "name: clean", "name: other"),
    "in vain": edit(1, "", "# tried\n"),
}


@pytest.mark.parametrize("harm", HARM.values(), ids=list(HARM))
def test_harm_is_taken_back_and_told(tmp_path, harm):
    """A fix after which the document is unreadable, refused, worse or as before is not made."""
    root = build(HERE / "_base", tmp_path)

    mended = run(offer(root, harm))

    assert (mended.after, mended.before, mended.count) == ({}, {}, 0)
    assert mended.faults == [
        f"{root}/{NODE}:1: the fix of ONX109 todo (try it) made the file worse,"
        " and was taken back; this is a fault of the rule"
    ]


def test_a_new_error_is_harm_although_the_old_finding_is_gone(tmp_path):
    """A fix may not put one thing right and another wrong."""
    root = build(HERE / "_base", tmp_path)

    mended = run(offer(root, HARM["a new error"], until=b"name: other"))

    assert mended.after == {}
    assert len(mended.faults) == 1


def test_one_bad_fix_does_not_hold_up_the_good_ones(tmp_path):
    """Fixes of a document that fail together are tried one at a time."""
    root = build(HERE / "unknown_key/fail/misspelt", tmp_path)
    path = os.fspath(root / NODE)
    before = (root / NODE).read_bytes()

    mended = run(offer(root, edit(9, "", "more: 1\n"), edit(1, "", "\t"), until=b"no such"))

    assert mended.after == {path: before.replace(b"lifecyle", b"lifecycle")}
    assert mended.before == {path: before}
    assert mended.count == 1
    assert len(mended.faults) == 2


def test_fixes_that_touch_wait_for_each_other(tmp_path):
    """Two fixes of the same characters are made in turn, and the second one may then be moot."""
    root = build(HERE / "_base", tmp_path)

    mended = run(
        offer(
            root,
            edit(7, "owner: data", "owner: the data"),
            edit(7, "owner", "owner"),
            until=b"the data",
        )
    )

    assert mended.count == 1
    assert b"owner: the data" in mended.after[os.fspath(root / NODE)]
    assert mended.faults == []


def test_rounds_end(tmp_path):
    """A rule that is never content is not followed for ever."""
    root = build(HERE / "_base", tmp_path)
    rounds = []

    def judge():
        rounds.append(1)
        found = todo.RULE.finding(
            os.fspath(root / NODE), f"again {len(rounds)}", fix=fix(edit(1, "", "# more\n"))
        )
        verdict = validate(Workspace(os.fspath(root)), today=TODAY)
        return replace(verdict, findings=[*verdict.findings, found])

    mended = run(judge)

    assert mended.count == len(rounds) - 1 == 50


def test_nothing_is_written(tmp_path):
    """What documents come to is worked out in memory alone, and forgotten afterwards."""
    root = build(HERE / "unknown_key/fail/misspelt", tmp_path)
    before = (root / NODE).read_bytes()

    mended = run(offer(root))

    assert mended.count == 1
    assert (root / NODE).read_bytes() == before
    assert document.read_bytes(os.fspath(root / NODE)) == before


def test_a_place_that_is_not_there_is_no_fix(tmp_path):
    """An edit beyond the end of the file is not made, and stops nothing."""
    root = build(HERE / "_base", tmp_path)

    mended = run(offer(root, edit(9999, "a", "b")))

    assert mended.after == {}


def test_a_fix_that_changes_nothing_is_a_fault(tmp_path):
    """A rule that offers what is there already is told of, and not asked again."""
    root = build(HERE / "_base", tmp_path)

    mended = run(offer(root, edit(2, "name", "name")))

    assert (mended.after, mended.count) == ({}, 0)
    (fault,) = mended.faults
    assert fault.endswith("(try it) changes nothing; this is a fault of the rule")


def test_a_fix_that_cannot_be_made_says_why(tmp_path, monkeypatch):
    """What stops a fix that is worked out late stops no other."""
    root = build(HERE / "lock_stale/fail/file_changed", tmp_path)

    def refuse(_):
        message = "the disk is on fire"
        raise OnexError(message)

    monkeypatch.setitem(LATE, "ONX202", refuse)
    mended = mend(offer(root), lambda verdict: verdict.findings, is_unsafe=True)

    assert (mended.after, mended.count) == ({}, 0)
    (fault,) = mended.faults
    assert fault.endswith("(lock the node as it is) could not be made: the disk is on fire")


def test_two_waivers_that_wait_for_each_other(tmp_path):
    """Each may go alone, but a list that loses both is another one: the last takes the list along."""
    root = build(HERE / "waiver_unused/fail/nothing_found", tmp_path)
    path = root / NODE
    text = path.read_text()
    waiver = '- code: ONX405\n  reason: "no"\n  expires: "2099-01-31"\n'
    path.write_text(text.replace("waivers:\n", f"waivers:\n{waiver}"))
    lock.write(node.load(os.fspath(root / "demo/clean")))

    mended = run(offer(root))

    assert mended.count == 2
    assert mended.faults == []
    assert b"waivers" not in mended.after[os.fspath(path)]


SPANS = st.tuples(st.integers(0, 9), st.integers(0, 3)).map(lambda at: (at[0], at[0] + at[1]))


@given(st.lists(st.tuples(SPANS, st.sampled_from("xyz")), max_size=9))
def test_edits_that_are_made_together_do_not_clash(drawn):
    """Whatever is offered in whatever order: no character is changed by two that are both made."""
    made = []
    for (start, end), new in drawn:
        one = Edit(start, end, new)
        if not fix_edits.is_among(one, made) and not fix_edits.clashes(one, made):
            made.append(one)
            made.sort()
    changed = [place for one in made for place in range(one.start, one.end)]

    assert len(changed) == len(set(changed))
    assert not any(a.start < b.start < a.end for a in made for b in made)
    assert {one for (s, e), n in drawn for one in [Edit(s, e, n)] if s == e} <= {*made} or any(
        one.start < one.end for one in made
    )
