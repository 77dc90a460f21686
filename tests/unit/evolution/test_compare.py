"""A node at two times: the verdict, and whether it is a reason to stop."""

import itertools

import pytest
from tests.node_states import make_contract, make_state

from onex.errors import DocumentError
from onex.evolution.compare import compare
from onex.evolution.state import State, read_contract
from onex_contract import registry

NARROW = make_contract(
    input={
        "type": "object",
        "required": ["text", "lang"],
        "properties": {"text": {"type": "string"}},
    }
)
BROKEN = State("demo/text/clean", None, None, DocumentError("node.onex", "not YAML", line=3), {})

CHANGES = {
    "breaking": {"contract": NARROW},
    "escalating": {"effects": {"network": True}},
    "compatible": {"deterministic": True},
    "code-only": {"files": {"node.py": "2"}},
    "metadata": {"description": "Cleans texts."},
}


@pytest.mark.parametrize("verdict", CHANGES)
def test_verdict(verdict):
    """One change of each kind; the record keeps its schema."""
    found = compare(make_state(), make_state(**CHANGES[verdict]), "backward", "breaking")

    assert found["verdict"] == verdict
    assert registry.validator("contract_change", definition="node").is_valid(found)


@pytest.mark.parametrize(("first", "second"), [*itertools.combinations(CHANGES, 2)])
def test_the_weightiest_verdict_counts(first, second):
    """And its changes stand first."""
    found = compare(
        make_state(), make_state(**CHANGES[first], **CHANGES[second]), "backward", "breaking"
    )

    assert (found["verdict"], found["changes"][0]["verdict"], found["changes"][-1]["verdict"]) == (
        first,
        first,
        second,
    )


FAILS = [
    # what changed, the stage before, fail-on, the version after: does it pass?
    ("breaking", "draft", "breaking", "1.2.0", False),
    ("breaking", "review", "breaking", "1.2.0", False),
    ("breaking", "active", "breaking", "1.2.0", True),
    ("breaking", "deprecated", "breaking", "1.2.0", True),
    ("breaking", "active", "breaking", "1.3.0", True),
    ("breaking", "active", "breaking", "2.0.0", False),
    ("breaking", "active", "escalating", "2.0.0", False),
    ("breaking", "active", "any", "2.0.0", True),
    ("breaking", "active", "never", "1.2.0", False),
    ("escalating", "active", "breaking", "1.2.0", False),
    ("escalating", "active", "escalating", "1.2.0", True),
    ("escalating", "active", "escalating", "2.0.0", True),
    ("escalating", "review", "escalating", "1.2.0", False),
    ("compatible", "active", "escalating", "1.2.0", False),
    ("compatible", "active", "any", "1.2.0", True),
    ("code-only", "active", "breaking", "1.2.0", False),
    ("metadata", "draft", "any", "1.2.0", True),
]


@pytest.mark.parametrize(("verdict", "stage", "fail_on", "version", "fails"), FAILS)
def test_fails(verdict, stage, fail_on, version, fails):
    """A draft is free, review warns, what others rely on stops; a version says so to others."""
    after = make_state(lifecycle=stage, version=version, **CHANGES[verdict])
    found = compare(make_state(lifecycle=stage), after, "backward", fail_on)

    assert found["fails"] is fails


@pytest.mark.parametrize(
    ("before", "weight"),
    [("draft", "free"), ("review", "warns"), ("active", "blocks"), ("deprecated", "blocks")],
)
def test_the_stage_before_gives_the_weight(before, weight):
    """Nobody relied on what was a draft, whatever it is now."""
    found = compare(
        make_state(lifecycle=before), make_state(lifecycle="deprecated"), "backward", "breaking"
    )

    assert found["weight"] == weight


VERSIONS = [
    (
        "breaking",
        "1.2.0",
        {"before": "1.2.0", "after": "1.2.0", "needed": "2.0.0", "enough": False},
    ),
    ("breaking", "2.0.0", {"before": "1.2.0", "after": "2.0.0", "needed": "2.0.0", "enough": True}),
    (
        "escalating",
        "1.2.0",
        {"before": "1.2.0", "after": "1.2.0", "needed": "1.3.0", "enough": False},
    ),
    (
        "compatible",
        "1.2.1",
        {"before": "1.2.0", "after": "1.2.1", "needed": "1.3.0", "enough": False},
    ),
    (
        "code-only",
        "1.2.1",
        {"before": "1.2.0", "after": "1.2.1", "needed": "1.2.1", "enough": True},
    ),
    ("metadata", "1.2.0", {"before": "1.2.0", "after": "1.2.0", "needed": None, "enough": True}),
    ("metadata", "1.1.0", {"before": "1.2.0", "after": "1.1.0", "needed": None, "enough": False}),
]


@pytest.mark.parametrize(("verdict", "version", "expected"), VERSIONS)
def test_version(verdict, version, expected):
    """Which version would do, and whether it does."""
    found = compare(
        make_state(), make_state(version=version, **CHANGES[verdict]), "backward", "breaking"
    )

    assert found["version"] == expected


FINAL = [
    (
        {"name": "other"},
        "the node was demo.text.clean, and calls itself demo.text.other; nobody finds it any more",
    ),
    (
        {"uuid": "00000000-0000-4000-8000-000000000001"},
        "the uuid, which stays with a node for life, has changed",
    ),
    (
        {"lifecycle": "draft"},
        "the node has moved from active to draft; from active it may move to deprecated",
    ),
]


@pytest.mark.parametrize(("change", "message"), FINAL)
def test_what_no_version_excuses(change, message):
    """Not even a new major one."""
    found = compare(make_state(), make_state(version="2.0.0", **change), "backward", "breaking")

    assert (found["changes"][0]["message"], found["fails"]) == (message, True)
    assert (found["version"]["needed"], found["version"]["enough"]) == (None, False)


def test_a_node_that_is_gone():
    """Whoever relies on it is let down."""
    found = compare(make_state(), None, "backward", "breaking")

    assert [(one["verdict"], one["message"]) for one in found["changes"]] == [
        ("breaking", "the node is gone")
    ]
    assert (found["node_id"], found["fails"], found["lifecycle"]["after"]) == (
        "demo.text.clean",
        True,
        None,
    )


def test_a_draft_that_is_gone():
    """Nobody relied on it."""
    found = compare(make_state(lifecycle="draft"), None, "backward", "breaking")

    assert (found["verdict"], found["fails"]) == ("breaking", False)


@pytest.mark.parametrize("before", [None, BROKEN], ids=["not there", "not readable"])
def test_a_node_that_is_new(before):
    """Nobody relied on it before."""
    found = compare(before, make_state(), "backward", "escalating")

    assert (found["verdict"], found["weight"], found["fails"]) == ("added", "free", False)


def test_a_node_that_cannot_be_read_any_more():
    """It serves nobody."""
    found = compare(make_state(), BROKEN, "backward", "breaking")
    (one,) = found["changes"]

    assert (one["path"], one["line"], one["message"]) == (
        "node.onex",
        3,
        "it cannot be read any more: not YAML",
    )
    assert (found["verdict"], found["fails"]) == ("breaking", True)


def test_keys_files_and_words():
    """Everything that changed is told, with what it was where that is short."""
    before = make_state(tags=["a"], files={"old.txt": "1", "a.txt": "1"})
    after = make_state(
        owner="others",
        entrypoint={"type": "python", "target": "node.py:main"},
        files={"new.txt": "1", "a.txt": "2", "state_contract.json": "2"},
        **{"x-own": 1},
    )
    found = compare(before, after, "backward", "breaking")

    assert [(one["verdict"], one["pointer"], one["message"]) for one in found["changes"]] == [
        ("code-only", "/entrypoint", "`entrypoint` has changed"),
        ("code-only", "/files", "a.txt has changed"),
        ("code-only", "/files", "new.txt is new"),
        ("code-only", "/files", "old.txt is gone"),
        ("metadata", "/owner", "`owner` was 'platform', and is 'others'"),
        ("metadata", "", "`tags` has changed"),
        ("metadata", "/x-own", "`x-own` has changed"),
    ]


def test_another_spelling_says_the_same():
    """Order, comments and digests are no change of a node."""
    contract = make_contract()
    spaced = read_contract(contract.document.data + b"\n", "state_contract.json")
    before, after = make_state(tags=["a"]), make_state(tags=["a"], contract=spaced)
    found = compare(before, after, "backward", "breaking")

    assert [one["message"] for one in found["changes"]] == [
        "it is written differently, and says the same"
    ]
    assert compare(before, before, "backward", "any")["changes"] == []


def test_two_contracts_by_themselves():
    """They have no stage: others may rely on them."""
    old, new = (
        State(name, None, one, None, {}) for name, one in (("a", make_contract()), ("b", NARROW))
    )
    found = compare(old, new, "backward", "breaking")

    assert (found["node_id"], found["verdict"], found["weight"], found["fails"]) == (
        "a",
        "breaking",
        "blocks",
        True,
    )
    assert compare(old, old, "backward", "breaking")["changes"] == []
