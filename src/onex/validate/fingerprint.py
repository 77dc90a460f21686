"""What makes a finding the same finding tomorrow: its rule, its node, its place and its words.

Neither the line nor the column is part of it: they move when something else is edited.
"""

from collections.abc import Iterable

from onex.core.identities import identities
from onex_types.finding import Finding


def fingerprints(findings: Iterable[Finding]) -> list[str]:
    """A digest for each finding that is its own."""
    return identities(
        (finding["code"], subject(finding), finding["pointer"], finding["message"])
        for finding in findings
    )


def subject(finding: Finding) -> str:
    """What the finding is about: its node, or else its file."""
    return finding["node_id"] or finding["path"]
