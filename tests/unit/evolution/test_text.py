"""What `onex diff` found, in words; whatever a document says, it stays words."""

import pytest

from onex.evolution.text import advice, render_markdown, render_text


def make_change(verdict="breaking", message="x", witness=None):
    return {
        "verdict": verdict,
        "path": "node.onex",
        "line": 3,
        "column": 1,
        "pointer": "/x",
        "message": message,
        "undecided": False,
        "witness": witness,
    }


def make_node(
    verdict="breaking", *, fails=False, weight="blocks", changes=None, node_id="demo.a", **version
):
    versions = {"before": "1.2.0", "after": "1.2.0", "needed": None, "enough": True, **version}
    return {
        "node_id": node_id,
        "verdict": verdict,
        "weight": weight,
        "fails": fails,
        "lifecycle": {"before": "active", "after": "active"},
        "version": versions,
        "changes": changes or [make_change(verdict)],
    }


def make_found(*nodes):
    return {
        "schema_version": "1.0",
        "before": "HEAD",
        "after": ".",
        "mode": "backward",
        "fail_on": "breaking",
        "compared": len(nodes) + 2,
        "unchanged": 2,
        "passed": True,
        "nodes": list(nodes),
    }


ADVICE = [
    (make_node(fails=True, needed="2.0.0", enough=False), "give it version 2.0.0, or keep what others rely on"),
    (make_node(needed="2.0.0", after="2.0.0"), "version 2.0.0 says so to others"),
    (make_node(weight="free", needed="0.2.0", enough=False), "give it version 0.2.0, so that others see it"),
    (make_node("compatible", needed="1.3.0", enough=False), "give it version 1.3.0, so that others see it"),
    (make_node("metadata"), ""),
    (make_node("metadata", after="1.1.0", enough=False), "a version does not go back"),
    (make_node(fails=True, after=None, enough=False), "bring back what others rely on; what is to go is deprecated before"),
    (make_node(fails=True, before=None, after=None, enough=False), "keep what others rely on"),
    (make_node(weight="free", enough=False), ""),
    (make_node("added", before=None, after="0.1.0"), ""),
]  # fmt: skip


@pytest.mark.parametrize(("node", "expected"), ADVICE)
def test_advice(node, expected):
    """The next step, or nothing where none is needed."""
    assert advice(node) == expected


FATES = [
    ("input", "before", "was accepted, and is refused now"),
    ("input", "after", "is accepted now, and was refused before"),
    ("output", "after", "may come now, and would have been refused before"),
    ("output", "before", "could come before, and is refused now"),
]


@pytest.mark.parametrize(("side", "by", "fate"), FATES)
def test_what_a_witness_shows(side, by, fate):
    """Of input and output, for those who rely on the old one and on the new one."""
    witness = {"side": side, "accepted_by": by, "state": {"b": 1, "a": "é"}}
    lines = list(render_text(make_found(make_node(changes=[make_change(witness=witness)]))))

    assert lines[2] == f'    for example {{"a": "é", "b": 1}} {fate}'


def test_a_long_witness_and_many_changes_are_cut():
    """What is left out is said."""
    witness = {"side": "input", "accepted_by": "before", "state": {"a": "x" * 1000}}
    changes = [make_change(witness=witness), *[make_change()] * 40]
    lines = list(render_text(make_found(make_node(changes=changes))))

    assert lines[2].endswith("x… was accepted, and is refused now")
    assert "  and 11 more; see `--output-format json`" in lines


def test_nothing_to_tell():
    """No table without rows."""
    assert list(render_markdown(make_found())) == [
        "### Contracts against `HEAD`",
        "",
        "2 nodes compared with HEAD: 2 unchanged",
    ]


def test_markup_in_a_document_stays_text():
    """A message, an id or a witness ends no cell, no code and starts no link (a comment is read by others)."""
    hostile = "a|b`c</td><img src=x>[l](u)*_#"
    witness = {"side": "input", "accepted_by": "before", "state": {"`": "|"}}
    node = make_node(node_id=hostile, changes=[make_change(message=hostile, witness=witness)])
    lines = list(render_markdown(make_found(node)))

    assert lines[6] == (
        "| `a\\|b'c</td><img src=x>[l](u)*_#` | breaking | 1.2.0 | "
        "a\\|b\\`c\\</td\\>\\<img src=x\\>\\[l\\](u)\\*\\_\\# |"
    )
    assert (
        lines[8]
        == '`a\\|b\'c</td><img src=x>[l](u)*_#`, `node.onex:3:1`: `{"\'": "\\|"}` was accepted, and is refused now'
    )
