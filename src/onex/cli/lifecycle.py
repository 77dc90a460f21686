"""``onex lifecycle``: a node moves on."""

import time

import click

from onex.cli.common import FINDINGS, find_refs
from onex.cli.messages import relative, say
from onex.core import config, lifecycle, lock, node, snapshot
from onex.core.files import tree_lock
from onex.core.node import Node
from onex.core.workspace import Workspace
from onex.errors import LockMismatchError, UsageError
from onex.validate.engine import Verdict, validate_change
from onex.validate.text import render_text


@click.command("lifecycle")
@click.argument("name", metavar="NODE")
@click.argument("stage", type=click.Choice(list(lifecycle.MOVES)))
@click.pass_context
def command(ctx: click.Context, name: str, stage: str) -> None:
    """Move NODE to another stage of its life, and lock it again.

    A node whose lock is stale does not move: what was not locked was not looked at. A node that has
    errors does not become active.
    """
    workspace = Workspace.find()
    refs = find_refs(workspace, [name])
    if len(refs) != 1:
        raise UsageError(f"{name}: means {len(refs)} nodes; move them one at a time")
    with tree_lock(workspace.root):
        subject = node.load(refs[0].folder)
        lifecycle.require_move(subject.id, subject.lifecycle, stage)
        _require_fresh_lock(subject)
        data = lock.locked_bytes(subject, {"lifecycle": stage})
        today = time.strftime("%Y-%m-%d", time.gmtime())
        edition = config.edition(workspace.root)
        verdict = validate_change(refs[0], data, today=today, edition=edition)
        if verdict.count("error"):
            _refuse(subject, verdict)
            ctx.exit(FINDINGS)
        lock.replace(subject, data)
    say(f"{subject.id}: {subject.lifecycle} -> {stage}, locked")


def _require_fresh_lock(subject: Node) -> None:
    problems = lock.compare(subject, snapshot.take(subject))
    if problems:
        line, column = subject.document.locate(problems[0].pointer)
        raise LockMismatchError(
            subject.document.path,
            problems[0].message,
            line=line,
            column=column,
            help=f"run `onex lock {subject.id}` if the change is intended, then try again",
        )


def _refuse(subject: Node, verdict: Verdict) -> None:
    """Print what keeps the node where it is."""
    for finding in verdict.findings:
        finding["path"] = relative(finding["path"])
    for line in render_text(verdict):
        say(line)
    say(f"{subject.id} stays {subject.lifecycle}; mend the errors, then try again", err=True)
