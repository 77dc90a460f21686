"""ONX509: a node keeps its uuid (FAULTS T4)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onex.validate.rule import Rule
from onex_types.finding import Finding

if TYPE_CHECKING:
    from onex.validate.history import NodePair


def check(pair: "NodePair") -> Iterator[Finding]:
    """A node that is called what it was called, and has another uuid."""
    old, new = (state.node if state else None for state in (pair.before, pair.after))
    if not old or not new or old.value["uuid"] == new.value["uuid"]:
        return
    yield RULE.finding(
        new.document,
        f"the uuid was {old.value['uuid']} in {pair.since}; it stays with a node for life",
        pointer="/uuid",
        node_id=new.id,
        help=f'write `uuid: "{old.value["uuid"]}"`, then run `onex lock {new.id}`; another node gets another name',
    )


RULE = Rule(
    code="ONX509",
    name="uuid-kept",
    purpose="The uuid of a node never changes.",
    why="By its uuid a node is known when it is moved or renamed; what was kept of it under the old one is lost.",
    bad="""\
# another one in the commit before
uuid: "2a7b9f0e-6c1d-5e43-9b8a-1f2e3d4c5b6a"
""",
    good="""\
# the same in the commit before
uuid: "e5c98c46-3c23-5ddb-8a7c-6ea1f8b4a9e7"
""",
    fix="write the uuid that it had, then run `onex lock`; another node gets another name",
    history=check,
)
