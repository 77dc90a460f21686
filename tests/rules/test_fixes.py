"""Laws of fixes, over every failing case of every rule: nothing here names a rule or a case.

What a verdict counts as fixable is what `--fix` mends; it mends that alone; and once is enough.
"""

import os
import re
from pathlib import Path

import pytest
from tests.rules.test_rules import FAILING, TODAY, build, case_id

from onex.core.workspace import Workspace
from onex.validate.engine import validate
from onex.validate.fix import mend
from onex.validate.text import count_line

FIXABLE = re.compile(r"(\d+) fixable with `--fix`")
MORE = re.compile(r"(\d+) (?:more with|fixable with `--fix) `?--unsafe-fixes`")
LOCK = re.compile(rb'(?:hash|files):|  .*: "[0-9a-f]{64}(?:\+x)?"').match


def judge(root):
    """The verdict with the rules on trial, too."""
    return validate(Workspace(os.fspath(root)), today=TODAY, edition="2027")


def mend_all(root, *, is_unsafe):
    """Mend what can be, and write it."""
    mended = mend(lambda: judge(root), lambda verdict: verdict.findings, is_unsafe=is_unsafe)
    for path, data in mended.after.items():
        Path(path).write_bytes(data)
    return mended


def key(finding):
    """What makes a finding the same after its file was edited."""
    return finding["path"], finding["code"], finding["message"]


def can_be(verdict, *, is_unsafe):
    """The findings that fixes are there for."""
    return [f for f in verdict.findings if f.get("fix") and (is_unsafe or f["fixable"])]


def told(verdict, *, is_unsafe):
    """How many findings the closing line says can be mended."""
    line = count_line(verdict)
    found = [FIXABLE.search(line), MORE.search(line) if is_unsafe else None]
    return sum(int(match[1]) for match in found if match)


def untouched(data, findings):
    """The lines of a file that no edit of ``findings`` is about; a lock is nobody's."""
    edits = [edit for finding in findings for edit in finding["fix"]["edits"]]
    touched = {n for edit in edits for n in range(edit["line"], edit["end_line"] + 1)}
    lines = enumerate(data.splitlines(keepends=True), start=1)
    return [line for number, line in lines if number not in touched and not LOCK(line)]


def stands_in(lines, data):
    """Whether all ``lines`` stand in ``data`` in their order."""
    rest = iter(data.splitlines(keepends=True))
    return all(line in rest for line in lines)


@pytest.mark.parametrize("is_unsafe", [False, True], ids=["safe", "unsafe"])
@pytest.mark.parametrize("case", FAILING, ids=case_id)
def test_fixes_keep_their_word(case, tmp_path, is_unsafe):
    """What counts as fixable is gone after one --fix; all else keeps its bytes; once is enough."""
    root = build(case, tmp_path / "a")
    before = judge(root)
    wanted = can_be(before, is_unsafe=is_unsafe)
    files = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}

    mended = mend_all(root, is_unsafe=is_unsafe)
    after = judge(root)

    assert mended.faults == []
    assert told(before, is_unsafe=is_unsafe) == len(wanted)
    assert mended.count >= len(wanted)
    assert {key(f) for f in wanted} & {key(f) for f in after.findings} == set()
    assert can_be(after, is_unsafe=is_unsafe) == []
    assert mend_all(root, is_unsafe=is_unsafe).after == {}
    touched = {
        path for path in root.rglob("*") if path.is_file() and path.read_bytes() != files.get(path)
    }
    assert {os.fspath(path) for path in touched} == set(mended.after)
    assert {path.name for path in touched} <= {"node.onex", "node.onex.yaml", ".tree"}
    assert {f["path"] for f in wanted} <= set(mended.after)
    for path, data in mended.after.items():
        own = [f for f in wanted if f["path"] == path]
        assert stands_in(untouched(files.get(Path(path), b""), own), data)
