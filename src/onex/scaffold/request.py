"""A request for a new node: what is handed to the scaffold node, checked before anything runs."""

from collections.abc import Mapping
from dataclasses import dataclass

from onex.core.document import JSON
from onex.core.node import Node
from onex.core.workspace import Workspace
from onex.errors import RefusedError, UsageError
from onex.results.facts import Sink
from onex.runtime.runtime import ONEXRuntime
from onex.scaffold import template as templates
from onex.scaffold.publish import NodePublisher
from onex.scaffold.target import find_target
from onex_types.execution_result import ExecutionResult

SHIPPED = "onex.scaffold"
"""The scaffold node that onex ships."""

DEFAULT_TEMPLATE = "python"


@dataclass(frozen=True, slots=True)
class Request:
    """A scaffold node, and the input state that makes it make what was asked for."""

    node: Node
    state: dict[str, JSON]


def prepare(  # noqa: PLR0913
    workspace: Workspace,
    node_id: str,
    *,
    template: str = DEFAULT_TEMPLATE,
    using: str = SHIPPED,
    answers: Mapping[str, JSON] | None = None,
    source: str | None = None,
) -> Request:
    """The request for the node ``node_id``.

    Args:
        workspace: where the new node will lie; its settings name the owner.
        node_id: the id of the new node.
        template: the template of the scaffold node.
        using: the id of the scaffold node.
        answers: what the template asks for; its defaults fill in the rest.
        source: a file that the new node gets as it is.

    Raises:
        UsageError: no id of a node, no such template, or an answer or a file that it does not take.
        NodeNotFoundError: no `.tree` leads to the scaffold node.
        RefusedError: the place is taken or reserved, or ``using`` is a node that makes no nodes.
        DocumentError: the scaffold node or its template is not one that onex can work with.
    """
    find_target(workspace.root, node_id)
    node = workspace.node(using)
    if node.value.get("effects", {}).get("writes") != "nodes":
        message = f"{using} makes no nodes: its `effects.writes` is not `nodes`"
        hint = f"use {SHIPPED}, or a node that `onex scaffold ID --type scaffold` made"
        raise RefusedError(message, help=hint)
    given = dict(answers or {})
    # A node may make nodes without templates; then its input contract alone says what it takes.
    if templates.names(node):
        given = templates.complete(node, template, given, owner=workspace.config.get("owner"))
        _require_source(node, template, source)
    state: dict[str, JSON] = {"template": template, "node_id": node_id, "answers": given}
    return Request(node, state if source is None else {**state, "source": source})


def _require_source(node: Node, template: str, source: str | None) -> None:
    """Refuse a file that the template does not take, and the lack of one that it does."""
    if templates.takes(node, template) is (source is not None):
        return
    if source is None:
        message = f"the template {template} of {node.id} is made around a file"
        hint = "name it: `--from-function path.py:fn`, or `--from-script FILE`"
    else:
        message = f"the template {template} of {node.id} takes no file"
        hint = "leave `--type` out: the file tells which template it is"
    raise UsageError(message, help=hint)


def scaffold(  # noqa: PLR0913
    workspace: Workspace,
    node_id: str,
    *,
    sink: Sink,
    template: str = DEFAULT_TEMPLATE,
    using: str = SHIPPED,
    answers: Mapping[str, JSON] | None = None,
) -> ExecutionResult:
    """Make the node ``node_id`` and put it into the tree; see ``prepare`` for arguments and errors.

    Returns:
        The execution of the scaffold node. The new node is in the tree when its status is
        `success`; else nothing was left behind.
    """
    request = prepare(workspace, node_id, template=template, using=using, answers=answers)
    with ONEXRuntime(sink, publisher=NodePublisher(workspace)) as runtime:
        return runtime.execute(request.node, request.state)
