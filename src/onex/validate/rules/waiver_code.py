"""ONX511: a waiver names a rule that can be waived."""

from collections.abc import Iterator

from onex.core.words import suggest
from onex.validate.rule import Rule, WaiverUse
from onex_types.finding import Finding

HELD = ("ONX2", "ONX404", "ONX51", "ONX901", "ONX902")
"""How the codes begin that nobody waives: locks, safety, and waivers themselves.

A waiver stands in the very document that the lock is about: whoever breaks the one could write the
other.
"""


def check(use: WaiverUse) -> Iterator[Finding]:
    """A code that is no rule's, or that of a rule that holds without exception."""
    code = use.waiver["code"]
    if code not in use.rules:
        near = suggest(code, use.rules)
        problem = f"there is no rule {code}" + (f" ({near})" if near else "")
    elif code.startswith(HELD):
        problem = f"{code} {use.rules[code].name} cannot be waived"
    else:
        return
    if use.subject.document:
        yield RULE.finding(
            use.subject.document,
            problem,
            pointer=f"{use.pointer}/code",
            node_id=use.subject.node_id,
        )


RULE = Rule(
    code="ONX511",
    name="waiver-code",
    purpose="A waiver names a rule that there is, and that is not about locks or safety.",
    why="A misspelt code waives nothing and looks as if it did; and a lock that a line in the locked file switches off locks nothing.",
    bad="""\
waivers:
- code: ONX202
  reason: the file is edited by hand
  expires: "2027-01-31"
""",
    good="""\
waivers:
- code: ONX405
  reason: cases follow with the first real data
  expires: "2027-01-31"
""",
    fix="name a rule of `onex explain`, or remove the waiver, then run `onex lock`",
    waiver=check,
)
