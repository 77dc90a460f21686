"""ONX513: a waiver waives something."""

from collections.abc import Iterator

from onex.core.document import Document
from onex.validate.rule import Rule, WaiverUse
from onex_types.finding import Finding, Fix


def check(use: WaiverUse) -> Iterator[Finding]:
    """A waiver of a rule that finds nothing in the node."""
    if use.count == 0 and use.is_whole and use.subject.document:
        document = use.subject.document
        yield RULE.finding(
            document,
            f"{use.waiver['code']} finds nothing here that this could waive",
            pointer=use.pointer,
            node_id=use.subject.node_id,
            fix=_fix(document, use),
        )


def _fix(document: Document, use: WaiverUse) -> Fix | None:
    from onex.validate import mend  # noqa: PLC0415 - wanted for what is found alone

    waivers = use.subject.node.value.get("waivers", []) if use.subject.node else []
    if not mend.is_worth(document, len(waivers)):
        return None
    return mend.remove(document, use.pointer, "remove the waiver", is_safe=True)


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
