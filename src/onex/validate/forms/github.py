"""GitHub Actions: annotations at the lines of files, and the summary of the step."""

from onex.core.words import cut
from onex.core.workflow import LIMIT, MOST, command
from onex.validate.engine import Verdict
from onex.validate.forms.markdown import markdown, worst_first
from onex.validate.text import count_line
from onex_types.finding import Finding

LONGEST = 1_000


def annotations(verdict: Verdict) -> str:
    """The workflow commands for a verdict: the worst findings, then a notice that counts all."""
    worst = worst_first(verdict.findings)
    rows = [_annotation(finding) for finding in worst[:MOST]]
    told = count_line(verdict)
    if len(worst) > MOST:
        told += f"; {len(worst) - MOST} more are in the summary of this step"
    rows.append(command("notice", {"title": "onex validate"}, told))
    return "\n".join([*rows, ""])


def step_summary(verdict: Verdict) -> str:
    """The summary of the step in Markdown, below the size that GitHub takes."""
    return markdown(verdict, LIMIT)


def _annotation(finding: Finding) -> str:
    properties = {
        "file": cut(finding["path"], LONGEST),
        "line": str(finding["line"]),
        "col": str(finding["column"]),
        "title": f"{finding['code']} {finding['rule']}",
    }
    message = cut(finding["message"], LONGEST)
    if finding["help"]:
        message += f"\nhelp: {cut(finding['help'], LONGEST)}"
    return command(finding["severity"], properties, message)
