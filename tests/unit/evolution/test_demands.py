"""What a node may do, use and demand: more than before escalates."""

import pytest
from tests.node_states import NODE, make_node

from onex.evolution.compare import APART, CODE, DEMANDS, IDENTITY, WORDS
from onex.evolution.demands import compare_demands
from onex_contract import registry

UP, DOWN = "escalating", "compatible"


def effects(**members):
    return {"effects": members}


def writes(places):
    return effects(writes=places)


def trust(minimum):
    return {"trust": {**NODE["trust"], "minimum": minimum}}


ROWS = [
    (effects(network=False), effects(network=True), UP, "/effects/network", "it may use the network now"),
    ({}, effects(network=True), UP, "/effects/network", "it may use the network now"),
    (effects(network=True), {}, DOWN, "/effects/network", "it may not use the network any more"),
    (writes("none"), writes(["/a"]), UP, "/effects/writes", "what it may write was 'none', and is [\"/a\"]"),
    (writes(["/a"]), writes(["/a/b"]), DOWN, "/effects/writes", 'what it may write was ["/a"], and is ["/a/b"]'),
    (writes(["/a/"]), writes(["/a"]), DOWN, "/effects/writes", 'what it may write was ["/a/"], and is ["/a"]'),
    (writes(["/a"]), writes(["/a/../b"]), UP, "/effects/writes", 'what it may write was ["/a"], and is ["/a/../b"]'),
    (writes(["/a"]), writes(["/ab"]), UP, "/effects/writes", 'what it may write was ["/a"], and is ["/ab"]'),
    (writes(["/a/b"]), writes(["/a"]), UP, "/effects/writes", 'what it may write was ["/a/b"], and is ["/a"]'),
    (writes(["/"]), writes(["/a"]), DOWN, "/effects/writes", 'what it may write was ["/"], and is ["/a"]'),
    (writes(["/a"]), writes("nodes"), UP, "/effects/writes", "what it may write was [\"/a\"], and is 'nodes'"),
    (writes("nodes"), writes("none"), DOWN, "/effects/writes", "what it may write was 'nodes', and is 'none'"),
    (effects(idempotent=True), effects(idempotent=False), UP, "/effects/idempotent", "it does not promise any more that running it twice does the same as once"),
    ({}, {"deterministic": True}, DOWN, "/deterministic", "it promises now that equal input always gives equal output"),
    ({"limits": {"timeout_ms": 10}}, {"limits": {"timeout_ms": 20}}, UP, "/limits/timeout_ms", "timeout_ms was 10, and is 20"),
    ({"limits": {"memory_mb": 2048}}, {}, DOWN, "/limits/memory_mb", "memory_mb was 2048, and is 1024"),
    ({}, {"limits": {"output_bytes": 10485761}}, UP, "/limits/output_bytes", "output_bytes was 10485760, and is 10485761"),
    ({}, {"required_env": ["TOKEN"]}, UP, "/required_env", "the variable 'TOKEN' of the environment is needed now"),
    ({"required_env": ["TOKEN"]}, {}, DOWN, "/required_env", "the variable 'TOKEN' of the environment is needed no more"),
    ({"isolation": {"minimum": "strict"}}, {"isolation": {"minimum": "limits"}}, UP, "/isolation/minimum", "isolation: the minimum was 'strict', and is 'limits'"),
    ({"isolation": {"minimum": "strict"}}, {}, UP, "/isolation/minimum", "isolation: the minimum was 'strict', and is null"),
    ({}, {"isolation": {"minimum": "strict"}}, DOWN, "/isolation/minimum", "isolation: the minimum was null, and is 'strict'"),
    (trust("high"), trust("low"), UP, "/trust/minimum", "trust: the minimum was 'high', and is 'low'"),
    (trust(None), trust("low"), DOWN, "/trust/minimum", "trust: the minimum was null, and is 'low'"),
    ({}, {"triggers": {"on_failure": ["demo.a"]}}, UP, "/triggers/on_failure", "the node 'demo.a' (on failure) is started now"),
    ({"triggers": {"always": ["demo.a"]}}, {}, DOWN, "/triggers/always", "the node 'demo.a' (always) is started no more"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "verdict", "pointer", "message"), ROWS)
def test_one_change(before, after, verdict, pointer, message):
    """Each is told once, with what was and what is."""
    told = list(compare_demands(make_node(**before), make_node(**after)))

    assert told == [(verdict, pointer, message)]


SAME = [
    ({}, effects(network=False, writes="none", idempotent=False)),
    ({}, {"limits": {"timeout_ms": 60_000, "memory_mb": 1024, "output_bytes": 10_485_760}}),
    ({"required_env": ["A", "B"]}, {"required_env": ["B", "A"]}),
    ({}, {"deterministic": False, "triggers": {"always": []}}),
]


@pytest.mark.parametrize(("before", "after"), SAME)
def test_what_was_meant_anyway_is_no_change(before, after):
    """To write a default down, or a set in another order, changes nothing."""
    assert list(compare_demands(make_node(**before), make_node(**after))) == []


def test_every_key_of_a_node_is_compared_somewhere():
    """A key that is added to the schema needs its place here."""
    kinds = [APART, CODE, DEMANDS, IDENTITY, WORDS]

    assert sorted(key for kind in kinds for key in kind) == sorted(
        registry.schema("onex_node")["properties"]
    )
