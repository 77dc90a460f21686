"""Makes nodes of scripts: reads each, has the scaffold node make its node, and enters all at once.

Nothing of a script is executed, and no original is touched: a node holds a copy, and says where it
came from.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

from onex.adopt import again
from onex.adopt.again import Adopted
from onex.adopt.inventory import Inventory
from onex.adopt.naming import Named, name_all
from onex.core import tree
from onex.core.files import make_folder, write_atomic
from onex.core.node import Node
from onex.core.workspace import Workspace
from onex.errors import OnexError, RefusedError
from onex.infer import handover as handovers
from onex.infer.handover import Handover
from onex.infer.record import effect_record, remark_record
from onex.runtime.runtime import ONEXRuntime
from onex.scaffold.batch import Batch, batch
from onex.scaffold.publish import sweep
from onex.scaffold.request import SHIPPED, prepare
from onex_types.adoption import AdoptedScript, Adoption

VERSION = "1.0"
TEMPLATE = "script"
WORKERS = 4
"""How many nodes are made at a time."""


@dataclass(slots=True)
class _Row:
    """One script on its way."""

    named: Named
    outcome: str
    reason: str | None = None
    handover: Handover | None = None
    before: Adopted | None = field(default=None, repr=False)

    def refuse(self, error: OnexError) -> None:
        """Say why the script becomes no node, and what to do about it."""
        self.outcome = "refused"
        self.reason = f"{error.message}; {error.help}" if error.help else error.message


def adopt(
    workspace: Workspace, paths: list[str], found: Inventory, under: str | None, *, dry_run: bool
) -> Adoption:
    """Make nodes of the scripts that were found; the lock on the tree is held.

    Args:
        workspace: where the nodes come.
        paths: what was looked through.
        found: what was found there.
        under: the namespace that the nodes come under, or None.
        dry_run: whether to write nothing.

    Raises:
        UsageError: ``under`` is no namespace.
        OnexError: the workspace cannot be written.
    """
    before = again.known(workspace)
    ids = {place: adopted.node.id for place, adopted in before.items()}
    named = name_all(found.scripts, workspace.root, under, ids)
    rows = [
        _read(
            each,
            before.get(each.origin) or again.unlisted(workspace.root, each.node_id, each.origin),
        )
        for each in named
    ]
    if not dry_run:
        sweep([workspace.root])
        _make(workspace, [row for row in rows if row.outcome == "adopted"])
        tree.add_all(workspace.root, _documents(row for row in rows if row.before))
        for row in rows:
            _update(row)
    return _record(paths, found, rows, dry_run=dry_run)


def _documents(rows: Iterable[_Row]) -> dict[tuple[str, ...], str]:
    """The nodes that were there before, which a crash may have kept from being listed."""
    nodes = [row.before.node for row in rows if row.before]
    return {tuple(each.id.split(".")): os.path.basename(each.document.path) for each in nodes}


def _read(named: Named, before: Adopted | None) -> _Row:
    """What is to become of one script, as far as reading it tells."""
    row = _Row(named, "adopted", before=before)
    try:
        row.handover = handovers.of_script(named.script.path, named.origin, named.script.data)
    except OnexError as error:
        row.refuse(error)
        return row
    if before is not None:
        row.outcome, row.reason = again.outcome(before, named.script.data)
    elif named.collides is not None:
        row.reason = f"the name that it would have is that of {named.collides}"
    return row


def _make(workspace: Workspace, rows: list[_Row]) -> None:
    """Have the nodes of ``rows`` made, and put them into the tree."""
    if not rows:
        return
    maker = workspace.node(SHIPPED)
    with (
        batch(workspace) as made,
        ONEXRuntime(lambda _: None, publisher=made) as runtime,
        _folder() as folder,
        ThreadPoolExecutor(WORKERS) as pool,
    ):

        def scaffold(row: _Row) -> None:
            _scaffold(workspace, maker, runtime, row, folder)

        # Each execution is a process that this one waits for; a failed one is told in its row.
        for _ in pool.map(scaffold, rows):
            pass
        _settle(made, rows)


@contextmanager
def _folder() -> Iterator[str]:
    """A folder for the copies on their way."""
    folder = tempfile.mkdtemp(prefix="onex-")
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _scaffold(
    workspace: Workspace, maker: Node, runtime: ONEXRuntime, row: _Row, folder: str
) -> None:
    """Have one node made; why it was not stands in ``row``."""
    handover = row.handover
    if handover is None:
        return
    own = os.path.join(folder, row.named.node_id)
    copy = os.path.join(own, handover.file)
    try:
        make_folder(own)
        write_atomic(copy, handover.data, durable=False)
        request = prepare(
            workspace, row.named.node_id, template=TEMPLATE, answers=handover.answers, source=copy
        )
        result = runtime.execute(maker, request.state)
        if result["error"]:
            raise RefusedError(result["error"]["message"], help=result["error"]["hint"])
    except OnexError as error:
        row.refuse(error)
    finally:
        shutil.rmtree(own, ignore_errors=True)


def _settle(made: Batch, rows: list[_Row]) -> None:
    """Put what was made into the tree; what was refused there is so in ``rows``."""
    made.enter()
    for row in rows:
        error = made.refused.get(row.named.node_id)
        if error is not None:
            row.refuse(error)


def _update(row: _Row) -> None:
    if row.outcome != "updated" or row.before is None or row.handover is None:
        return
    try:
        again.update(row.before, row.handover)
    except OnexError as error:
        row.refuse(error)


def _record(paths: list[str], found: Inventory, rows: list[_Row], *, dry_run: bool) -> Adoption:
    counts = dict.fromkeys(("adopted", "updated", "unchanged", "kept", "refused"), 0)
    for row in rows:
        counts[row.outcome] += 1
    counts |= {"left": len(found.left), "notebooks": found.notebooks, "others": found.others}
    return {
        "schema_version": VERSION,
        "paths": paths,
        "dry_run": dry_run,
        "counts": counts,
        "scripts": [_script(row) for row in rows],
        "left": [{"path": path, "reason": why} for path, why in sorted(found.left.items())],
    }


def _script(row: _Row) -> AdoptedScript:
    script, handover = row.named.script, row.handover
    proposal = handover.proposal if handover else None
    return {
        "path": script.path,
        "sha256": hashlib.sha256(script.data).hexdigest(),
        "language": script.language,
        "node_id": row.named.node_id,
        "outcome": row.outcome,  # type: ignore[typeddict-item]
        "reason": row.reason,
        "description": proposal.description if proposal else None,
        "inputs": [each.name for each in proposal.inputs] if proposal else [],
        "changed": handover.changed if handover else [],
        "undecided": [remark_record(each) for each in proposal.undecided] if proposal else [],
        "effects": [effect_record(each) for each in proposal.effects] if proposal else [],
    }
