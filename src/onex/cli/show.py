"""``onex show``: one node for a person, or the graph of nodes as a picture."""

from functools import partial
from typing import TYPE_CHECKING, Literal, cast

import click

from onex.cli.common import (
    COULD_NOT,
    find_refs,
    nothing_to,
    print_gaps,
    print_json,
    refuse,
    write_output,
)
from onex.cli.messages import print_error, say
from onex.core import lock, node, snapshot
from onex.core.contract import Contract, follow
from onex.core.document import JSON
from onex.core.node import Node
from onex.core.text import printable
from onex.core.workspace import Workspace
from onex.errors import DocumentError, UsageError

if TYPE_CHECKING:
    from onex.core.graph import Graph


FORMS = ("mermaid", "dot", "svg")
MOST_MERMAID_EDGES = 500
"""How many edges Mermaid draws unless it is told to draw more."""


@click.command("show")
@click.argument("names", metavar="[NODE]...", nargs=-1)
@click.option(
    "--output-format",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How the node is printed.",
)
@click.option(
    "--graph",
    "form",
    type=click.Choice(FORMS),
    help="Draw which nodes rely on which, and which start which, instead.",
)
@click.option(
    "--depth",
    type=click.IntRange(0),
    metavar="STEPS",
    help="How far from the NODEs named the graph goes; 1 when left out.",
)
@click.option("-o", "--output", metavar="FILE", help="Where the graph is written.")
@click.pass_context
def command(
    ctx: click.Context,
    names: tuple[str, ...],
    output_format: str,
    form: str | None,
    depth: int | None,
    output: str | None,
) -> None:
    """Show what NODE takes, gives and may touch, or draw the graph of nodes.

    With --graph, draw the NODEs, or the whole workspace: an arrow leads from a node to those that
    rely on it, and to those that it starts.
    """
    refuse(
        "show",
        (form is None and depth is not None, "--depth goes with --graph"),
        (form is None and output is not None, "-o goes with --graph"),
        (form is not None and output_format != "text", "--output-format goes without --graph"),
        (form is None and not names, "name a node, or ask for --graph"),
        (depth is not None and not names, "--depth goes with the NODEs that it is counted from"),
    )
    workspace = Workspace.find()
    if form is not None:
        ctx.exit(_draw(workspace, names, form, 1 if depth is None else depth, output))
    refs = find_refs(workspace, names)
    if len(refs) != 1:
        raise UsageError(f"{', '.join(names)}: means {len(refs)} nodes; name one")
    subject = node.load(refs[0].folder)
    if output_format == "json":
        print_json({**subject.value, "state_contract": subject.contract.value})  # type: ignore[dict-item]
        return
    for label, text in _rows(subject):
        say(f"{label:<12} {text}")


def _draw(
    workspace: Workspace, names: tuple[str, ...], form: str, depth: int, output: str | None
) -> int:
    """Print or write the graph; the exit status."""
    from onex.core import graph as graphs  # noqa: PLC0415 - wanted for graphs alone

    named = find_refs(workspace, names)
    refs = list(workspace.refs())
    whole, ids, errors = graphs.read([*refs, *(ref for ref in named if ref not in refs)])
    if not whole.vertices:
        raise nothing_to("draw", workspace)
    wanted = [ids[ref.folder] for ref in named]
    graph = graphs.around(whole, wanted, depth) if names else graphs.tied(whole)
    text = _render(graph, form)
    if output is None:
        click.echo("\n".join(map(printable, text.split("\n"))), nl=False)
    else:
        write_output(output, text)
    for error in errors:
        print_error(error)
    if form == "mermaid" and len(graph.edges) > MOST_MERMAID_EDGES:
        say(
            f"{len(graph.edges)} edges: Mermaid draws {MOST_MERMAID_EDGES} unless its `maxEdges` says more",
            err=True,
        )
    return COULD_NOT if errors else print_gaps(workspace)


def _render(graph: "Graph", form: str) -> str:
    """The graph in one of ``FORMS``, each imported by itself."""
    if form == "mermaid":
        from onex.report.graphs.mermaid import mermaid  # noqa: PLC0415

        return mermaid(graph)
    if form == "dot":
        from onex.report.graphs.dot import dot  # noqa: PLC0415

        return dot(graph)
    from onex.report.graphs.svg import svg  # noqa: PLC0415

    return svg(graph)


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
