"""ONX508: versions never go back (FAULTS T4)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onex.validate.rule import Rule
from onex_types.finding import Finding

if TYPE_CHECKING:
    from onex.validate.history import NodePair


def check(pair: "NodePair") -> Iterator[Finding]:
    """A version of the node, or of the format that it is written in, that was later before."""
    from onex.evolution.version import comes_before  # noqa: PLC0415 - few runs judge changes

    old, new = (state.node if state else None for state in (pair.before, pair.after))
    if not new:
        return
    if not old:
        # What was judged and could not be read was of an edition that is not known here.
        yield RULE.finding(
            new.document,
            f"metadata_version was of an edition in {pair.since} that this onex does not read, and went back to {new.value['metadata_version']}",
            pointer="/metadata_version",
            node_id=new.id,
            help="compare with an onex that reads it; a node is not written in an earlier edition again",
        )
        return
    for key, before, after in (
        ("version", old.value["version"], new.value["version"]),
        ("metadata_version", old.value["metadata_version"], new.value["metadata_version"]),
    ):
        if comes_before(after, before):
            yield RULE.finding(
                new.document,
                f"{key} was {before} in {pair.since}, and went back to {after}",
                pointer=f"/{key}",
                node_id=new.id,
                help=f'write `{key}: "{before}"` or a later one, then run `onex lock {new.id}`',
            )


RULE = Rule(
    code="ONX508",
    name="version-back",
    purpose="Neither `version` nor `metadata_version` of a node is ever lower than it was.",
    why="A version that comes twice stands for two nodes; what was undone, or slipped in from an old branch, goes by the name of what was reviewed.",
    bad="""\
# 1.4.0 in the commit before
version: "1.3.9"
""",
    good="""\
# 1.4.0 in the commit before, undone by a later one
version: "1.4.1"
""",
    fix="write the version that it had or a later one, then run `onex lock`",
    history=check,
)
