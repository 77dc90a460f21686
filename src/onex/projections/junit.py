"""JUnit XML: a test suite for each item of a run, a test case for each unit.

The dialect is GitLab's, which also says in which file a test stands; the strict form keeps to the
schema of the Jenkins xUnit plugin (junit-10.xsd). Neither has a word for `partial` and `blocked`: a
partial unit passed with a warning in its output, a blocked one was skipped, with the reason.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from onex.core.text import printable
from onex.core.words import cut
from onex.core.xml import HEAD, Attributes, element, open_tag, unique
from onex.results.moments import utc_seconds
from onex.results.places import node_document
from onex.results.told import LONGEST, block, code, few, line, told_units
from onex_types.common import Stream
from onex_types.run import Run, Unit

BOUND = 4_096
"""How many characters of an output stream are shown: its end."""

ELEMENTS = {"failure": "failure", "error": "error", "skipped": "skipped", "blocked": "skipped"}
"""The element that says that a test did not pass, by the status of the unit."""

COUNTS = {"failures": "failure", "errors": "error", "skipped": "skipped"}
"""The attributes that count those elements."""


def junit(run: Run, *, strict: bool = False) -> str:
    """The run as JUnit XML.

    Args:
        run: the run.
        strict: whether to leave out what only GitLab knows.
    """
    units = told_units(run)
    attributes: dict[str, str | int | None] = {
        "name": printable(run["pipeline_id"]),
        **_counts(units),
        "time": _seconds(run["duration_us"]),
    }
    if strict:
        del attributes["skipped"]
    suites = _by_item(units)
    names = unique(item_id or run["pipeline_id"] for item_id in suites)
    rows = [HEAD, open_tag("testsuites", attributes)]
    for name, suite in zip(names, suites.values(), strict=True):
        rows += _suite(name, suite, strict=strict)
    return "\n".join([*rows, "</testsuites>", ""])


def _by_item(units: Iterable[Unit]) -> dict[str, list[Unit]]:
    """The units of each item, in the order of the plan."""
    items: dict[str, list[Unit]] = {}
    for unit in units:
        items.setdefault(unit["item_id"], []).append(unit)
    return items


def _counts(units: list[Unit]) -> dict[str, int]:
    found = Counter(ELEMENTS.get(unit["status"]) for unit in units)
    return {"tests": len(units)} | {name: found[kind] for name, kind in COUNTS.items()}


def _suite(name: str, units: list[Unit], *, strict: bool) -> Iterator[str]:
    began = [unit["started_us"] for unit in units if unit["started_us"] is not None]
    yield "  " + open_tag(
        "testsuite",
        {
            "name": name,
            **_counts(units),
            "time": _seconds(sum(unit["duration_us"] or 0 for unit in units)),
            "timestamp": utc_seconds(min(began)) if began else None,
        },
    )
    names = unique(unit["case_key"] or unit["unit_id"] for unit in units)
    for unit, own in zip(units, names, strict=True):
        attributes: Attributes = {
            "name": own,
            "classname": name,
            "file": None if strict else node_document(unit),
            "time": None if unit["duration_us"] is None else _seconds(unit["duration_us"]),
        }
        yield from _case(attributes, list(_inside(unit)))
    yield "  </testsuite>"


def _case(attributes: Attributes, inside: list[str]) -> Iterator[str]:
    start = "    " + open_tag("testcase", attributes)
    if not inside:
        yield f"{start[:-1]}/>"
        return
    yield start
    yield from (f"      {row}" for row in inside)
    yield "    </testcase>"


def _inside(unit: Unit) -> Iterator[str]:
    """The elements of a test case."""
    kind = ELEMENTS.get(unit["status"])
    if kind == "skipped":
        yield element(kind, {"message": f"{unit['status']}: {line(unit)}", "type": code(unit)}, "")
    elif kind is not None:
        yield element(kind, {"message": line(unit), "type": code(unit)}, _account(unit))
    yield from _output("system-out", _warnings(unit), unit["process"] and unit["process"]["stdout"])
    yield from _output("system-err", [], unit["process"] and unit["process"]["stderr"])


def _account(unit: Unit) -> str:
    """Why a unit did not succeed, and the command that shows it again."""
    rows = few(f"{error['code']}: {error['message']}" for error in unit["errors"]) or [line(unit)]
    rows += [f"help: {hint}" for hint in few(_hints(unit))]
    if unit["reproduce"]:
        rows.append(f"reproduce: {cut(unit['reproduce'], LONGEST)}")
    return "\n".join(rows)


def _hints(unit: Unit) -> list[str]:
    """What to do, each thing once."""
    return list(dict.fromkeys(error["hint"] for error in unit["errors"] if error["hint"]))


def _warnings(unit: Unit) -> list[str]:
    rows = few(f"warning: {text}" for text in unit["warnings"])
    return rows or ([f"warning: {line(unit)}"] if unit["status"] == "partial" else [])


def _output(name: str, rows: list[str], stream: Stream | None) -> Iterator[str]:
    """The element of an output, with what onex has to say in front; none where there is nothing."""
    if stream is not None and stream["text"]:
        if stream["truncated"] or len(stream["text"]) > BOUND:
            rows = [*rows, f"({stream['bytes']} bytes, of which the end follows)"]
        rows = [*rows, block(stream["text"].removesuffix("\n")[-BOUND:])]
    if rows:
        yield element(name, {}, "\n".join(rows))


def _seconds(duration_us: int) -> str:
    return f"{duration_us // 1_000_000}.{duration_us % 1_000_000:06d}"
