"""The parts of a workspace are the whole, and a new node moves no other one."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import many_nodes

from onex.core.tree import NodeRef
from onex.validate.judge import Means
from onex.validate.shards import Part, number_of


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """A workspace with nodes of all kinds."""
    root = tmp_path_factory.mktemp("many")
    many_nodes.make(root)
    return root


def told(*verdicts):
    """What is found and what is waived, in one order."""
    found = [finding for verdict in verdicts for finding in verdict.findings]
    waived = [waived for verdict in verdicts for waived in verdict.waived]
    return sorted(found, key=repr), sorted(waived, key=repr)


@pytest.mark.parametrize("count", [1, 2, 3, 7, 60])
def test_the_parts_are_the_whole(many, count):
    """Every finding and every waived one stands in one part, and every node is counted once."""
    whole = many_nodes.judge(many)

    parts = [
        many_nodes.judge(many, Means(part=Part(number, count))) for number in range(1, count + 1)
    ]

    assert told(*parts) == told(whole)
    assert sum(part.nodes for part in parts) == whole.nodes
    paths = [subject.path for part in parts for subject in part.subjects]
    assert sorted(paths) == sorted(subject.path for subject in whole.subjects)


def test_the_tree_is_judged_once(many):
    """Said of the tree, or of nodes together, by the first part alone."""
    stray = many / "stray.onex"
    stray.write_text("")
    try:
        codes = [
            {finding["code"] for finding in many_nodes.judge(many, means).findings}
            for means in (Means(part=Part(1, 2)), Means(part=Part(2, 2)))
        ]
    finally:
        stray.unlink()

    for code in ("ONX105", "ONX113", "ONX116", "ONX307"):
        assert [code in found for found in codes] == [True, False]


@given(st.lists(st.text("abc_", min_size=1), unique=True, max_size=30), st.integers(1, 9))
def test_every_node_is_in_one_part(names, count):
    """Which one it is follows from its id: what else there is does not count."""
    refs = [NodeRef(f"/{name}", ("demo", name), "", 1, "node.onex") for name in names]

    parts = [Part(number, count).own(refs) for number in range(1, count + 1)]

    assert sorted(ref.folder for part in parts for ref in part) == sorted(r.folder for r in refs)
    assert parts[0] == [ref for ref in refs if number_of(ref, count) == 1]


def test_the_parts_are_of_one_size():
    """Ten thousand nodes in four parts: none is far from a quarter."""
    refs = [NodeRef("", ("demo", f"node{n}"), "", 1, "node.onex") for n in range(10_000)]

    sizes = [len(Part(number, 4).own(refs)) for number in range(1, 5)]

    assert all(abs(size - 2_500) < 250 for size in sizes)


def test_number_of_a_node_is_for_ever():
    """A job that is run again for one part looks at the same nodes."""
    ref = NodeRef("", ("demo", "text", "clean"), "", 1, "node.onex")

    assert [number_of(ref, count) for count in (1, 2, 3, 4, 10)] == [1, 1, 2, 1, 7]


GIVEN = [
    ((), {}, "23 nodes"),
    (("--shards", "2", "--shard", "2"), {}, "shard 2 of 2; "),
    (
        ("--shards", "ci"),
        {"CI_NODE_INDEX": "1", "CI_NODE_TOTAL": "2"},
        "shard 1 of 2 (from CI_NODE_INDEX); ",
    ),
    (("--shards", "2"), {"CI_NODE_INDEX": "2"}, "shard 2 of 2 (from CI_NODE_INDEX); "),
    (("--shards", "ci", "--shard", "2"), {"CI_NODE_TOTAL": "2"}, "shard 2 of 2; "),
    ((), {"CI_NODE_INDEX": "1", "CI_NODE_TOTAL": "2"}, "23 nodes"),
]
"""Options and variables, and how the closing line begins."""


@pytest.fixture
def call(many, onex, monkeypatch):
    """The command with options, in a CI that sets variables."""

    def run(options, variables):
        for name in ("CI_NODE_INDEX", "CI_NODE_TOTAL"):
            monkeypatch.delenv(name, raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        monkeypatch.chdir(many)
        return onex("validate", *options)

    return run


@pytest.mark.parametrize(("options", "variables", "begins"), GIVEN)
def test_closing_line_says_which_part_it_is(call, options, variables, begins):
    """Variables of a CI count only where parts are asked for."""
    result = call(options, variables)

    assert result.stdout.splitlines()[-1].startswith(begins)
    assert result.exit_code == 1


REFUSED = [
    (("--shard", "1"), {}, "--shard 1 needs --shards N: it is the part of how many?"),
    (
        ("--shards", "3"),
        {},
        "which shard is meant? --shard is not given, and CI_NODE_INDEX is not set",
    ),
    (
        ("--shards", "ci"),
        {},
        "which shard is meant? --shard is not given, and CI_NODE_TOTAL is not set",
    ),
    (("--shards", "3", "--shard", "4"), {}, "there is no shard 4 of 3; they are counted from 1"),
    (
        ("--shards", "3"),
        {"CI_NODE_INDEX": "1", "CI_NODE_TOTAL": "2"},
        "--shards 3, but CI_NODE_TOTAL is 2; give --shard, too",
    ),
    (
        ("--shards", "ci"),
        {"CI_NODE_INDEX": "0", "CI_NODE_TOTAL": "2"},
        "CI_NODE_INDEX: expected a number from 1 to 1000, but found 0",
    ),
    (("--shards", "x"), {}, "--shards: expected a number from 1 to 1000, but found 'x'"),
    (("--shards", "٣"), {}, "--shards: expected a number from 1 to 1000, but found '٣'"),
    (("--shards", "9" * 5000), {}, None),
    (("--shards", "2", "--shard", "1", "--baseline", "b", "--write-baseline"), {}, None),
]


@pytest.mark.parametrize(("options", "variables", "problem"), REFUSED)
def test_part_that_is_none_is_refused(call, options, variables, problem):
    """Looking at the wrong part, or at nothing, is not what anybody meant."""
    result = call(options, variables)

    assert (result.exit_code, result.stdout) == (2, "")
    if problem is not None:
        assert result.stderr.splitlines()[0] == f"onex: {problem}"


def test_part_without_nodes_passes(workspace, onex):
    """A small workspace cut into many parts was looked at all the same."""
    results = [onex("validate", "--shards", 50, "--shard", number) for number in range(1, 51)]

    assert {result.exit_code for result in results} == {0}
    assert sum("; 1 node checked" in result.stdout for result in results) == 1
    assert os.path.isdir(workspace)
