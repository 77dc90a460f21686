"""What `onex diff` found, as people read it: in a terminal, and in a comment on a change."""

import json
from collections import Counter
from collections.abc import Iterator

from onex.core.text import plural
from onex.evolution.change import WEIGHTS
from onex_types.contract_change import Change, ContractChanges, NodeChange, Witness

MOST_CHANGES = 30
"""How many changes of a node are told."""

MOST_STATE = 400
"""How many characters of a witness are shown."""

_FATES = {
    ("input", "before"): "was accepted, and is refused now",
    ("input", "after"): "is accepted now, and was refused before",
    ("output", "after"): "may come now, and would have been refused before",
    ("output", "before"): "could come before, and is refused now",
}


def render_text(found: ContractChanges) -> Iterator[str]:
    """A block of lines for each node, then the line that counts."""
    for node in found["nodes"]:
        yield f"{node['node_id']}: {node['verdict']}{_standing(node)}"
        for change in node["changes"][:MOST_CHANGES]:
            yield from _change(change)
        if len(node["changes"]) > MOST_CHANGES:
            yield f"  and {len(node['changes']) - MOST_CHANGES} more; see `--output-format json`"
        told = advice(node)
        if told:
            yield f"  help: {told}"
    yield count_line(found)


def render_markdown(found: ContractChanges) -> Iterator[str]:
    """A table of the nodes, and under it what shows that somebody is let down."""
    yield f"### Contracts against {_code(found['before'])}"
    yield ""
    yield count_line(found)
    if not found["nodes"]:
        return
    yield ""
    yield "| node | verdict | version | what changed |"
    yield "|---|---|---|---|"
    for node in found["nodes"]:
        told = [_cell(change["message"]) for change in node["changes"][:3]]
        more = len(node["changes"]) - len(told)
        cells = "<br>".join([*told, *([f"and {more} more"] if more else [])])
        mark = "**" if node["fails"] else ""
        yield f"| {_code(node['node_id'])} | {mark}{node['verdict']}{mark} | {_cell(_versions(node))} | {cells} |"
    for node in found["nodes"]:
        for change in node["changes"]:
            if change["witness"] is not None:
                yield ""
                said = f"{_code(shown(change['witness']))} {fate(change['witness'])}"
                yield f"{_code(node['node_id'])}, {_code(_place(change))}: {said}"


def count_line(found: ContractChanges) -> str:
    """How many nodes were compared, and with what result."""
    counts = Counter(node["verdict"] for node in found["nodes"])
    told = [f"{counts[verdict]} {verdict}" for verdict in WEIGHTS if counts[verdict]]
    fails = sum(node["fails"] for node in found["nodes"])
    end = f"; {fails} {'does' if fails == 1 else 'do'} not pass" if fails else ""
    listed = ", ".join([*told, f"{found['unchanged']} unchanged"])
    return f"{plural(found['compared'], 'node')} compared with {found['before']}: {listed}{end}"


def advice(node: NodeChange) -> str:
    """What to do about a node; nothing where nothing has to be done."""
    version, verdict = node["version"], node["verdict"]
    least = version["needed"]
    if least is None:
        if node["fails"] and verdict == "breaking":
            gone = "bring back what others rely on; what is to go is deprecated before"
            return gone if version["before"] else "keep what others rely on"
        went_back = version["before"] and version["after"] and not version["enough"]
        return "a version does not go back" if went_back and verdict != "breaking" else ""
    if version["enough"]:
        return f"version {version['after']} says so to others"
    if verdict == "breaking" and node["weight"] != "free":
        return f"give it version {least}, or keep what others rely on"
    return f"give it version {least}, so that others see it"


def _standing(node: NodeChange) -> str:
    """Stage and version in brackets, and what follows of a weighty verdict."""
    facts = [_moved(node["lifecycle"]["before"], node["lifecycle"]["after"]), _versions(node)]
    told = ", ".join(fact for fact in facts if fact)
    weighty = node["verdict"] in {"breaking", "escalating"}
    verb = {
        "free": "a draft may change",
        "warns": "a warning, under review",
        "blocks": "others rely on it",
    }
    end = f": {verb[node['weight']]}" if weighty and node["lifecycle"]["before"] else ""
    return f" ({told}{end})" if told else ""


def _versions(node: NodeChange) -> str:
    return _moved(node["version"]["before"], node["version"]["after"])


def _moved(before: str | None, after: str | None) -> str:
    if before == after or before is None or after is None:
        return after or before or ""
    return f"{before} → {after}"


def _change(change: Change) -> Iterator[str]:
    yield f"  {_place(change)}: {change['verdict']}: {change['message']}"
    if change["witness"] is not None:
        yield f"    for example {shown(change['witness'])} {fate(change['witness'])}"


def _place(change: Change) -> str:
    return f"{change['path']}:{change['line']}:{change['column']}"


def shown(witness: Witness) -> str:
    """The state that shows the harm, as JSON; a long one is cut."""
    state = json.dumps(witness["state"], ensure_ascii=False, sort_keys=True)
    return state if len(state) <= MOST_STATE else f"{state[:MOST_STATE]}…"


def fate(witness: Witness) -> str:
    """What became of the state that is shown."""
    return _FATES[witness["side"], witness["accepted_by"]]


def _code(text: str) -> str:
    """``text`` as code in Markdown, in a cell of a table or not: nothing in it ends that."""
    plain = text.replace("`", "'").replace("|", "\\|")
    return f"`{plain}`"


def _cell(text: str) -> str:
    """``text`` in a cell of a table: nothing in it is markup."""
    for character in "\\`*_{}[]<>|#":
        text = text.replace(character, f"\\{character}")
    return text
