"""Gates: how much of what should run did, and what the policy of the run asks of it."""

from typing import NamedTuple

from onex.core.text import plural
from onex.report import figures
from onex.report.page.texts import cut
from onex_types.run import Run


class Gate(NamedTuple):
    """A figure that a run is held to; ``met`` is None where nothing is asked of it."""

    label: str
    value: str
    note: str
    met: bool | None


def gates(run: Run) -> list[Gate]:
    """The coverage, and the policy where it is not the usual one."""
    return [*_coverage(run), *_policy(run)]


def _coverage(run: Run) -> list[Gate]:
    coverage, wanted = run["coverage"], run["policy"]["minimum_coverage_required"]
    asked = f"; {wanted} % asked for" if wanted is not None else ""
    if coverage is None:
        return [Gate("Coverage", "not known", f"nobody took it{asked}", met=False)] if asked else []
    percent = coverage["percent"]
    value = "none" if percent is None else f"{figures.percent(percent)} %"
    note = f"{coverage['covered']} of {plural(coverage['active'], 'active node')}{asked}"
    met = None if wanted is None else percent is not None and percent >= wanted
    return [Gate("Coverage", value, note, met)]


def _policy(run: Run) -> list[Gate]:
    policy = run["policy"]
    if policy["name"] == "default" and policy["triggered_by"] is None:
        return []
    words = [f"critical: {policy['criticality']}"]
    if policy["triggered_by"]:
        words.append(f"asked for by {policy['triggered_by']}")
    if policy["trust_enforced"]:
        words.append("too little trust fails the run")
    return [Gate("Policy", cut(policy["name"], 80), cut("; ".join(words), 300), met=None)]
