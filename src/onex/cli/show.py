"""``onex show``: one node, for a person."""

from functools import partial
from typing import Literal, cast

import click

from onex.cli.common import find_refs, print_json
from onex.cli.messages import say
from onex.core import lock, node, snapshot
from onex.core.contract import Contract, follow
from onex.core.document import JSON
from onex.core.node import Node
from onex.core.workspace import Workspace
from onex.errors import DocumentError, UsageError


@click.command("show")
@click.argument("name", metavar="NODE")
@click.option(
    "--output-format",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How the node is printed.",
)
def command(name: str, output_format: str) -> None:
    """Show what NODE takes, gives, may touch and who owns it."""
    workspace = Workspace.find()
    refs = find_refs(workspace, [name])
    if len(refs) != 1:
        raise UsageError(f"{name}: means {len(refs)} nodes; name one")
    subject = node.load(refs[0].folder)
    if output_format == "json":
        print_json({**subject.value, "state_contract": subject.contract.value})  # type: ignore[dict-item]
        return
    for label, text in _rows(subject):
        say(f"{label:<12} {text}")


def _rows(subject: Node) -> list[tuple[str, str]]:
    value, contract = subject.value, subject.contract
    problems = lock.compare(subject, snapshot.take(subject))
    entry, effects = value["entrypoint"], value.get("effects", {})
    limits = subject.limits
    rows = [
        ("node", f"{subject.id} {value['version']}"),
        ("", value["description"]),
        ("owner", value["owner"]),
        ("lifecycle", value["lifecycle"]),
        ("lock", problems[0].message if problems else f"fresh, {value.get('hash')}"),
        ("executes", f"{entry['type']} {entry.get('target', '')}".rstrip()),
        ("takes", _properties(contract, "input")),
        ("gives", _properties(contract, "output")),
        ("shares", ", ".join(value.get("shared", []))),
        ("cases", ", ".join(case["name"] for case in contract.cases) or "none"),
        ("network", "yes" if effects.get("network") else "no"),
        ("writes", _writes(effects.get("writes", "none"))),
        (
            "limits",
            f"{limits.wall_ms} ms, {limits.ram_mb} MiB, {limits.result_bytes} bytes of output",
        ),
        ("trust", value["trust"]["snapshot"]["level"]),
        ("folder", subject.folder),
    ]
    return [row for row in rows if row[1]]


def _writes(writes: str | list[str]) -> str:
    return writes if isinstance(writes, str) else ", ".join(writes)


def _properties(contract: Contract, side: Literal["input", "output"]) -> str:
    """The properties of a side of a contract, as `name: type`; optional ones in brackets."""
    try:
        whole = (contract.input if side == "input" else contract.output).schema
        schema, followed = follow(whole, whole), partial(follow, whole)
    except DocumentError:  # its references may lead in a circle
        schema, followed = cast("JSON", contract.value[side]), None
    known = schema if isinstance(schema, dict) else {}
    properties, required = known.get("properties"), known.get("required")
    if not isinstance(properties, dict):
        return "any object"
    words = []
    for name, raw in properties.items():
        child = followed(raw) if followed else raw
        kind = child.get("type", "any") if isinstance(child, dict) else "any"
        text = f"{name}: {'|'.join(map(str, kind)) if isinstance(kind, list) else kind}"
        words.append(text if isinstance(required, list) and name in required else f"[{text}]")
    return ", ".join(words) or "an empty object"
