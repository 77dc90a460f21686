"""JUnit XML: a suite for each node, a case for each thing that was found in it, or one that passed.

The dialect is GitLab's, which also says in which file a case stands; the strict form keeps to the
schema of the Jenkins xUnit plugin (junit-10.xsd). A warning passes and says so in its output, unless warnings fail the gate; a
waived finding was skipped, with the reason.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from onex.core.text import printable
from onex.core.words import cut
from onex.core.xml import HEAD, Attributes, element, open_tag, unique
from onex.validate.engine import Verdict
from onex.validate.fingerprint import subject
from onex_types.finding import Finding

LONGEST = 1_000

SUITE = "onex validate"
"""The name of the whole."""


class _Case(NamedTuple):
    """A test case: its name, its file, and the element inside it with attributes and text."""

    name: str
    file: str
    element: str = ""
    attributes: Attributes = {}  # noqa: RUF012 - never changed
    text: str = ""


def junit(verdict: Verdict, *, strict: bool = False) -> str:
    """The verdict as JUnit XML.

    Args:
        verdict: the verdict.
        strict: whether to leave out what only GitLab knows.
    """
    suites = _suites(verdict)
    attributes: dict[str, str | int | None] = {
        "name": SUITE,
        **_counts([case for cases in suites.values() for case in cases]),
    }
    if strict:
        del attributes["skipped"]
    rows = [HEAD, open_tag("testsuites", {**attributes, "time": "0"})]
    for name, cases in zip(unique(suites), suites.values(), strict=True):
        rows += _suite(name, cases, strict=strict)
    return "\n".join([*rows, "</testsuites>", ""])


def _suites(verdict: Verdict) -> dict[str, list[_Case]]:
    """The cases by what they are about: every node in tree order, then what is no node."""
    suites: dict[str, list[_Case]] = {
        looked.node_id or looked.path: [] for looked in verdict.subjects
    }
    paths = {looked.node_id or looked.path: looked.path for looked in verdict.subjects}
    for finding in verdict.findings:
        case = _case(finding, warns=verdict.fail_on != "warning")
        suites.setdefault(subject(finding), []).append(case)
    for finding, waiver in verdict.waived:
        why = f"waived until {waiver['expires']}: {waiver['reason']}"
        case = _Case(_name(finding), finding["path"], "skipped", {"message": cut(why, LONGEST)})
        suites.setdefault(subject(finding), []).append(case)
    for name, cases in suites.items():
        if not cases:
            cases.append(_Case("passed", paths[name]))
    return suites


def _case(finding: Finding, *, warns: bool) -> _Case:
    """The case of a finding; a warning passes where it ``warns`` alone."""
    name, path = _name(finding), finding["path"]
    place = f"{path}:{finding['line']}:{finding['column']}"
    rows = [f"{place}: {finding['code']} {finding['message']}"]
    if finding["help"]:
        rows.append(f"help: {finding['help']}")
    text = "\n".join(cut(row, LONGEST) for row in rows)
    if finding["severity"] == "warning" and warns:
        return _Case(name, path, "system-out", {}, f"warning: {text}")
    said = {"message": cut(finding["message"], LONGEST), "type": finding["code"]}
    return _Case(name, path, "failure", said, text)


def _name(finding: Finding) -> str:
    return f"{finding['code']} {finding['rule']}{f' {p}' if (p := finding['pointer']) else ''}"


def _counts(cases: Sequence[_Case]) -> dict[str, int]:
    found = Counter(case.element for case in cases)
    counts = {"failures": found["failure"], "errors": 0, "skipped": found["skipped"]}
    return {"tests": len(cases), **counts}


def _suite(name: str, cases: Sequence[_Case], *, strict: bool) -> Iterator[str]:
    yield "  " + open_tag("testsuite", {"name": name, **_counts(cases), "time": "0"})
    for case, own in zip(cases, unique(cut(c.name, LONGEST) for c in cases), strict=True):
        file = None if strict else printable(case.file)
        start = "    " + open_tag("testcase", {"name": own, "classname": name, "file": file})
        if not case.element:
            yield f"{start[:-1]}/>"
            continue
        yield start
        yield f"      {element(case.element, case.attributes, case.text)}"
        yield "    </testcase>"
    yield "  </testsuite>"
