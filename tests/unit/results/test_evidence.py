"""Pointers to evidence: which are ones, and which lead somewhere (OVC-10)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex.results.evidence import is_pointer, resolve

RECORD = {
    "outputs": [{"ref": "t.csv"}, []],
    "a b": {"it's": 1, "": None, "\\": 2},
    "é": 0,
    "null": None,
}
ARTIFACTS = frozenset({"artifacts/t.csv", "artifacts/sub/é.txt"})

TABLE = [
    ("run.json:$", True, True),
    ("run.json:$.outputs", True, True),
    ("run.json:$.outputs[0].ref", True, True),
    ("run.json:$['outputs'][1]", True, True),
    ("run.json:$['a b']['it\\'s']", True, True),
    ("run.json:$['a b']['']", True, True),
    ("run.json:$['a b']['\\\\']", True, True),
    ("run.json:$['é']", True, True),
    ("run.json:$.null", True, True),
    ("run.json:$.outputs[2]", True, False),
    ("run.json:$.outputs[0][0]", True, False),
    ("run.json:$.outputs.ref", True, False),
    ("run.json:$.absent", True, False),
    ("run.json:$.null.more", True, False),
    (f"run.json:$.outputs[{'9' * 5000}]", True, False),
    (f"run.json:$.outputs[{'0' * 13}9]", False, False),
    ("run.json:$.outputs[00]", False, False),
    ("run.json:$..ref", False, False),
    ("run.json:$.outputs[*]", False, False),
    ("run.json:$.outputs[-1]", False, False),
    ("run.json:$.outputs[0:1]", False, False),
    ("run.json:$.outputs[?@.ref]", False, False),
    ("run.json:outputs", False, False),
    ("run.json:", False, False),
    ("run.json:$.é", False, False),
    ("run.json:$.outputs[\u0660]", False, False),
    ("run.log:line:1", True, True),
    ("run.log:line:3", True, True),
    ("run.log:line:4", True, False),
    ("run.log:line:5", True, False),
    (f"run.log:line:{'9' * 5000}", True, False),
    ("run.log:line:0", False, False),
    ("run.log:line:01", False, False),
    ("run.log:line:-1", False, False),
    ("run.log:line:+1", False, False),
    ("run.log:line:1 ", False, False),
    ("run.log:line:", False, False),
    ("run.log:1", False, False),
    ("artifacts/t.csv", True, True),
    ("artifacts/sub/é.txt", True, True),
    ("artifacts/absent", True, False),
    ("artifacts/../run.json", True, False),
    ("artifacts/", False, False),
    ("artifacts/a\nb", False, False),
    ("rows=3", False, False),
    ("", False, False),
    ("https://example.org", False, False),
]


@pytest.mark.parametrize(
    ("text", "is_one", "leads"), TABLE, ids=[text[:40] for text, _, _ in TABLE]
)
def test_table(text, is_one, leads):
    """Three forms; a line that is off by two leads nowhere, and a path stays in the folder."""
    assert (is_pointer(text), resolve(text, RECORD, 3, ARTIFACTS)) == (is_one, leads)


@given(st.text())
def test_any_other_text_is_no_pointer(text):
    """CF-14: what people write is a detail, not evidence."""
    begins = text.startswith(("run.json:$", "run.log:line:", "artifacts/"))

    assert is_pointer(text) <= begins
    assert resolve(text, RECORD, 3, ARTIFACTS) <= is_pointer(text)
