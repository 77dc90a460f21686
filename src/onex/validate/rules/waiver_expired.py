"""ONX512: a waiver ends on the day that it names."""

from collections.abc import Iterator

from onex.validate.rule import Rule, WaiverUse
from onex_types.finding import Finding


def check(use: WaiverUse) -> Iterator[Finding]:
    """A waiver whose last day has passed."""
    expires = use.waiver["expires"]
    # Dates of this form sort as texts do.
    if use.today > expires and use.subject.document:
        yield RULE.finding(
            use.subject.document,
            f"the waiver of {use.waiver['code']} ended on {expires}",
            pointer=f"{use.pointer}/expires",
            node_id=use.subject.node_id,
        )


RULE = Rule(
    code="ONX512",
    name="waiver-expired",
    purpose="No waiver is past its last day.",
    why="A waiver is a promise with a date; one that outlives it is a rule that was switched off.",
    bad="""\
waivers:
- code: ONX405
  reason: cases follow with the first real data
  expires: "2020-01-31"
""",
    good="""\
waivers:
- code: ONX405
  reason: cases follow with the first real data
  expires: "2099-01-31"
""",
    fix="mend what was waived and remove the waiver, or agree on another day, then run `onex lock`",
    waiver=check,
)
