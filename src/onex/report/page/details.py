"""Details: all that is known of one unit, in groups of lines, each of a bounded length."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, TypeVar

from onex.core.values import JSON
from onex.report.page.failures import ending
from onex.report.page.texts import block, compact, cut, tail
from onex_types.common import Process
from onex_types.run import ArtifactEvent, Assertion, Attempt, Extraction, Unit, UnitNode

MOST_LINES = 20
LONGEST = 240
OUTPUT_LINES = 8


class Line(NamedTuple):
    """A line; its mark says whether what it tells of went well, where that can be said."""

    mark: str
    text: str


class Group(NamedTuple):
    """Lines of one kind; verbatim ones are shown as a program wrote them."""

    title: str
    lines: list[Line]
    verbatim: bool = False


def details(unit: Unit) -> list[Group]:
    """What is known of ``unit``, without the groups that have nothing to say."""
    process = unit["process"]
    groups = [
        Group("Told", [*_told(unit)]),
        _group("Warnings", unit["warnings"], lambda text: Line("", text)),
        _group("Asserts", unit["asserts"], _assert),
        _group("Actions", unit["actions"], _action),
        _group("Artifacts", unit["artifacts"], _artifact),
        _group("Extractions", unit["extracts"], _extraction),
        Group("Metrics", [*_pairs(unit["metrics"])]),
        _group("Needs", unit["needs"], lambda name: Line("", name)),
        Group("Node", [*_node(unit["node"])] if unit["node"] else []),
        Group("States", [*_states(unit)]),
        Group("Process", [*_process(process)] if process else []),
        _output("Standard output", process, "stdout"),
        _output("Standard error", process, "stderr"),
        Group("Reproduce", [*_again(unit)], verbatim=True),
        _group("Evidence", unit.get("evidence", []), lambda place: Line("", place)),
        Group("Metadata", [*_pairs(unit["metadata"])]),
    ]
    return [group for group in groups if group.lines]


_Item = TypeVar("_Item")


def _group(title: str, items: list[_Item], line: Callable[[_Item], Line]) -> Group:
    """A line for each item, and one that counts those that are left out."""
    lines = [_short(line(item)) for item in items[:MOST_LINES]]
    if len(items) > MOST_LINES:
        lines.append(Line("", f"and {len(items) - MOST_LINES} more"))
    return Group(title, lines)


def _short(line: Line) -> Line:
    return Line(line.mark, cut(line.text, LONGEST))


def _told(unit: Unit) -> Iterator[Line]:
    """What the unit said of itself, and why it did not succeed; nothing twice."""
    told = [unit["summary"], unit["detail"]]
    for error in unit["errors"][:MOST_LINES]:
        told += [f"{error['code']}: {error['message']}", error["hint"]]
    if not unit["errors"]:
        told.append(unit["reason"])
    for text in dict.fromkeys(told):
        if text:
            yield _short(Line("", text))
    if not unit["critical"]:
        yield Line("", "not critical: the run may succeed without it")


def _assert(item: Assertion) -> Line:
    predicate = item.get("predicate")
    return Line(item["status"], f"{predicate}: {item['msg']}" if predicate else item["msg"])


def _action(item: Attempt) -> Line:
    words = [item["action"]]
    if item["args"] is not None:
        words.append(compact(item["args"]))
    fail = item.get("fail")
    if fail is not None:
        words.append(f"→ {fail['kind']}: {fail['msg']}")
    if item.get("handled"):
        words.append("(expected)")
    if "duration_ms" in item:
        words.append(f"({item['duration_ms']} ms)")
    return Line(item["status"], " ".join(words))


def _artifact(item: ArtifactEvent) -> Line:
    place = item.get("location", {}).get("path")
    at = f" at {place}" if isinstance(place, str) else ""
    return Line(item["status"], f"{item['event']} {item['name']} ({item['kind']}){at}")


def _extraction(item: Extraction) -> Line:
    words = [item["format"], "of", item["source_artifact"]]
    if "select" in item:
        words.append(item["select"])
    if "summary" in item:
        words.append(f"→ {compact(item['summary'])}")
    return Line(item["status"], " ".join(words))


def _pairs(values: Mapping[str, JSON]) -> Iterator[Line]:
    """Values by name, a line each."""
    for name, value in list(values.items())[:MOST_LINES]:
        yield _short(Line("", f"{name}: {compact(value)}"))
    if len(values) > MOST_LINES:
        yield Line("", f"and {len(values) - MOST_LINES} more")


def _node(node: UnitNode) -> Iterator[Line]:
    yield _short(
        Line("", f"{node['id']} {node['version']}, {node['lifecycle']}, {node['executor']}")
    )
    yield Line("", "locked" if node["locked"] else "not locked: it is not what its lock says")
    isolation = node["isolation"]
    asked, given = isolation["requested"], isolation["effective"]
    yield Line(
        "", f"isolation: {given}" if asked == given else f"isolation: {given} ({asked} asked for)"
    )
    for text in isolation["degraded"][:MOST_LINES]:
        yield _short(Line("", f"not in force: {text}"))
    yield Line("", f"trust: {node['trust']['level']}")
    yield Line("", f"hash: {node['hash']}")


def _states(unit: Unit) -> Iterator[Line]:
    for name, value in (("input", unit["input_hash"]), ("output", unit["output_hash"])):
        if value:
            yield _short(Line("", f"{name}: {value}"))


def _again(unit: Unit) -> Iterator[Line]:
    for text in block(unit["reproduce"] or "")[:OUTPUT_LINES]:
        yield Line("", text)


def _process(process: Process) -> Iterator[Line]:
    yield Line("", ending(process) or "exit status 0")
    yield Line(
        "", f"processor {process['cpu_us'] / 1000:.1f} ms, memory {process['max_rss_kib']} KiB"
    )


def _output(title: str, process: Process | None, stream: str) -> Group:
    text = process[stream]["text"] if process else ""  # type: ignore[literal-required]
    lines = tail(text, OUTPUT_LINES)
    return Group(title, [Line("", line) for line in lines], verbatim=True)
