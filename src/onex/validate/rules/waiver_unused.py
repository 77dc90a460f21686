"""ONX513: a waiver waives something."""

from collections.abc import Iterator

from onex.validate.rule import Rule, WaiverUse
from onex_types.finding import Finding


def check(use: WaiverUse) -> Iterator[Finding]:
    """A waiver of a rule that finds nothing in the node."""
    if use.count == 0 and use.is_whole and use.subject.document:
        yield RULE.finding(
            use.subject.document,
            f"{use.waiver['code']} finds nothing here that this could waive",
            pointer=use.pointer,
            node_id=use.subject.node_id,
        )


RULE = Rule(
    code="ONX513",
    name="waiver-unused",
    severity="warning",
    purpose="Every waiver waives a finding that there is.",
    why="A waiver that is left behind hides the next finding of its rule, which nobody has accepted.",
    bad="""\
# ONX109 finds no TODO in this node
waivers:
- code: ONX109
  reason: the description is being written
  expires: "2099-01-31"
""",
    good="waivers: []",
    fix="remove the waiver, then run `onex lock`",
    waiver=check,
)
