"""``onex validate``: the gate."""

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple, cast

import click

from onex.cli.common import FINDINGS, OK, find_refs, nothing_to, refuse, sharers, write_output
from onex.cli.validate_options import Asked, Command, options
from onex.cli.verdicts import deliver, place, render
from onex.core import config, index
from onex.core.text import plural
from onex.core.tree import NodeRef
from onex.core.workspace import Workspace
from onex.errors import WorkspaceError
from onex.validate.engine import Verdict, merge, validate, validate_document


class Terms(NamedTuple):
    """What every verdict of one call is held to: the date of waivers, and whether previews count."""

    today: str
    preview: bool


@click.command("validate", cls=Command)
@click.argument("nodes", nargs=-1)
@options
@click.pass_context
def command(ctx: click.Context, /, **given: object) -> None:
    """Check nodes against schema, lock, tree and contract.

    NODES are ids or paths; without any, the whole workspace is checked with its tree. The file of a
    node that stands in no tree is judged by its schema alone. Nothing is imported, run or written.
    """
    asked = Asked(**cast("dict[str, Any]", given))
    asked.check()
    terms = Terms(asked.date, asked.wants_previews)
    if asked.touched is None:
        verdict, workspace = _judge(asked.nodes, asked.changed, terms)
    else:
        verdict, workspace = _judge_touched(asked.touched, asked.nodes, terms)
    verdict = _choose(verdict, workspace, asked)
    if asked.baseline is not None:
        from onex.cli.baseline import hold  # noqa: PLC0415 - most calls have none

        root = workspace.root if workspace else os.getcwd()
        is_whole = not asked.is_part
        verdict = hold(verdict, asked.baseline, root, write=asked.write, is_whole=is_whole)
    place(verdict, asked.form)
    if asked.export is not None:
        from onex.validate.export import node_records  # noqa: PLC0415 - most calls export nothing

        write_output(asked.export, "".join(f"{line}\n" for line in node_records(verdict)))
    text = render(verdict, asked.form, statistics=asked.statistics, junit_strict=asked.junit_strict)
    deliver(verdict, asked.form, text, asked.output, quiet=asked.quiet)
    ctx.exit(FINDINGS if verdict.fails else OK)


def _judge(
    names: tuple[str, ...], changed: str | None, terms: Terms
) -> tuple[Verdict, Workspace | None]:
    """The verdict over what ``names`` mean: nodes of the workspace, and files outside any tree."""
    if not names:
        return _judge_workspace(Workspace.find(), changed, terms)
    if len(names) == 1 and os.path.isdir(names[0]) and _has_index(names[0]):
        workspace = Workspace.find(names[0])
        if workspace.root == os.path.abspath(names[0]):
            return _judge_workspace(workspace, changed, terms)
    look_up = cache(sharers)  # once for many names
    loose = [name for name in names if _stands_alone(name, look_up)]
    refuse(
        "validate",
        (
            bool(loose and changed is not None),
            f"--changed takes nodes of a tree, and {loose[0] if loose else ''} stands in none",
        ),
    )
    verdicts = [validate_document(name, **terms._asdict()) for name in loose]
    listed = [name for name in names if name not in loose]
    if not listed:
        return merge(verdicts), None
    workspace = Workspace.find(listed[0] if os.path.isdir(listed[0]) else ".")
    refs = find_refs(workspace, listed)
    if changed is not None:
        return _judge_changed(workspace, refs, changed, terms), workspace
    verdicts.append(validate(workspace, refs, **terms._asdict()))
    return merge(verdicts), workspace


def _judge_workspace(
    workspace: Workspace, changed: str | None, terms: Terms
) -> tuple[Verdict, Workspace]:
    if changed is not None:
        return _judge_changed(workspace, workspace.tree.nodes, changed, terms), workspace
    verdict = validate(workspace, **terms._asdict())
    if not verdict.subjects and not verdict.count("error"):
        raise nothing_to("check", workspace)
    return verdict, workspace


def _judge_changed(
    workspace: Workspace, refs: list[NodeRef], revision: str, terms: Terms
) -> Verdict:
    """The verdict over those of ``refs`` that differ from a commit, and over the tree."""
    from onex.validate.changed import changed  # noqa: PLC0415 - wanted for this alone

    found = changed(workspace.root, refs, revision)
    verdict = validate(workspace, found, with_tree=True, **terms._asdict())
    scope = f"{plural(len(found), 'node')} of {len(refs)} changed against {revision}"
    return replace(verdict, scope=scope)


def _judge_touched(
    folder: str, names: tuple[str, ...], terms: Terms
) -> tuple[Verdict, Workspace | None]:
    from onex.cli.touched import judge  # noqa: PLC0415 - what hooks ask for

    return judge(folder, names, **terms._asdict())


def _choose(verdict: Verdict, workspace: Workspace | None, asked: Asked) -> Verdict:
    """The findings of ``verdict`` that count."""
    fail_on = "never" if asked.exit_zero else asked.fail_on
    is_plain = workspace is None or not config.may_hold(workspace.root, "validate")
    if is_plain and not (asked.select or asked.ignore or fail_on):
        return verdict
    from onex.validate.select import sift  # noqa: PLC0415 - most calls take what comes
    from onex.validate.settings import choose  # noqa: PLC0415

    choice = choose(workspace, select=asked.select, ignore=asked.ignore, fail_on=fail_on)
    return sift(verdict, choice, workspace.root if workspace else None)


def _has_index(folder: str) -> bool:
    return os.path.lexists(os.path.join(folder, index.FILE_NAME))


def _stands_alone(name: str, look_up: Callable[[Workspace], Mapping[str, list[NodeRef]]]) -> bool:
    """Whether ``name`` is a file that no node of a tree holds or shares."""
    if not os.path.lexists(name) or os.path.isdir(name):
        return False
    try:
        workspace = Workspace.find(os.path.dirname(os.path.abspath(name)))
    except WorkspaceError:
        return True
    place = os.path.abspath(name)
    if any(place.startswith(ref.folder + os.sep) for ref in workspace.refs()):
        return False
    return place not in look_up(workspace)
