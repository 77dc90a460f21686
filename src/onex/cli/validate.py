"""``onex validate``: the gate."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import click

from onex.cli.common import FINDINGS, OK, find_refs, nothing_to, refuse, sharers, write_output
from onex.cli.shards import part_of, scope_of
from onex.cli.validate_means import means_of
from onex.cli.validate_options import Asked, Command, options
from onex.cli.verdicts import deliver, place, render
from onex.core import config, index
from onex.core.text import plural
from onex.core.tree import NodeRef
from onex.core.workspace import Workspace
from onex.errors import WorkspaceError
from onex.validate.engine import Verdict, merge, validate, validate_document

if TYPE_CHECKING:
    from onex.validate.history import NodePair


class Terms(NamedTuple):
    """What every verdict of one call is held to: the date of waivers, previews, the edition."""

    today: str
    preview: bool
    edition: str = config.FIRST

    def of(self, workspace: Workspace) -> "Terms":
        """The same with the edition that a workspace is held to."""
        return self._replace(edition=config.edition(workspace.root))


@click.command("validate", cls=Command)
@click.argument("nodes", nargs=-1)
@options
@click.pass_context
def command(ctx: click.Context, /, **given: object) -> None:
    """Check nodes against schema, lock, tree and contract.

    NODES are ids or paths; without any, the whole workspace is checked with its tree. The file of a
    node that stands in no tree is judged by its schema alone. Nothing of a node is imported or run,
    and without --fix nothing of it is written; verdicts are kept in the user's cache folder.
    """
    asked = Asked(**cast("dict[str, Any]", given))
    asked.check()
    part = part_of(asked.shards, asked.shard)
    terms = Terms(asked.date, asked.wants_previews)
    fixed = 0
    if asked.fix or asked.diff:
        from onex.cli import fix  # noqa: PLC0415 - most calls only look

        mended = fix.mend(lambda: _judge_asked(asked, terms), _choose, asked)
        if asked.diff:
            ctx.exit(fix.show(mended))
        fixed = mended.count
    verdict, workspace = _judge_asked(asked, terms)
    verdict = _choose(verdict, workspace, asked)
    verdict = replace(verdict, fixed=fixed, shows_unsafe=asked.unsafe_fixes and not asked.fix)
    if asked.baseline is not None:
        from onex.cli.baseline import hold  # noqa: PLC0415 - most calls have none

        root = workspace.root if workspace else os.getcwd()
        is_whole = not asked.is_part
        verdict = hold(verdict, asked.baseline, root, write=asked.write, is_whole=is_whole)
    if not part.is_whole:
        told = (scope_of(part, asked.shard), verdict.scope)
        verdict = replace(verdict, scope="; ".join(filter(None, told)))
    place(verdict, asked.form)
    if asked.export is not None:
        from onex.validate.export import node_records  # noqa: PLC0415 - most calls export nothing

        write_output(asked.export, "".join(f"{line}\n" for line in node_records(verdict)))
    text = render(verdict, asked.form, statistics=asked.statistics, junit_strict=asked.junit_strict)
    deliver(verdict, asked.form, text, asked.output, quiet=asked.quiet)
    ctx.exit(FINDINGS if verdict.fails else OK)


def _judge_asked(asked: Asked, terms: Terms) -> tuple[Verdict, Workspace | None]:
    """The verdict over what is asked for."""
    if asked.touched is None:
        return _judge(asked, terms)
    return _judge_touched(asked.touched, asked.nodes, terms)


def _judge(asked: Asked, terms: Terms) -> tuple[Verdict, Workspace | None]:
    """The verdict over what was named: nodes of the workspace, and files outside any tree."""
    names = asked.nodes
    if not names:
        return _judge_workspace(Workspace.find(), asked, terms)
    if len(names) == 1 and os.path.isdir(names[0]) and _has_index(names[0]):
        workspace = Workspace.find(names[0])
        if workspace.root == os.path.abspath(names[0]):
            return _judge_workspace(workspace, asked, terms)
    look_up = cache(sharers)  # once for many names
    loose = [name for name in names if _stands_alone(name, look_up)]
    option = "--changed" if asked.changed is not None else "--against"
    refuse(
        "validate",
        (
            bool(loose and (asked.changed is not None or asked.against is not None)),
            f"{option} takes nodes of a tree, and {loose[0] if loose else ''} stands in none",
        ),
    )
    verdicts = [validate_document(name, **terms._asdict()) for name in loose]
    listed = [name for name in names if name not in loose]
    if not listed:
        return merge(verdicts), None
    workspace = Workspace.find(listed[0] if os.path.isdir(listed[0]) else ".")
    terms = terms.of(workspace)
    refs = find_refs(workspace, listed)
    if asked.changed is not None or asked.against is not None:
        return _judge_change(workspace, refs, asked, terms), workspace
    means = means_of(asked, workspace)
    verdicts.append(validate(workspace, refs, means=means, **terms._asdict()))
    return merge(verdicts), workspace


def _judge_workspace(workspace: Workspace, asked: Asked, terms: Terms) -> tuple[Verdict, Workspace]:
    terms = terms.of(workspace)
    if asked.changed is not None or asked.against is not None:
        return _judge_change(workspace, None, asked, terms), workspace
    verdict = validate(workspace, means=means_of(asked, workspace), **terms._asdict())
    if not workspace.tree.nodes and not verdict.count("error"):
        raise nothing_to("check", workspace)
    return verdict, workspace


def _judge_change(
    workspace: Workspace, refs: list[NodeRef] | None, asked: Asked, terms: Terms
) -> Verdict:
    """The verdict over ``refs``, or all nodes, in the light of what they were.

    With `--changed`, over those of them that differ from a commit, and over the tree.
    """
    history = _history(workspace, refs, asked)
    more = {**terms._asdict(), "history": history, "means": means_of(asked, workspace)}
    if asked.changed is None:
        verdict = validate(workspace, refs, **more)
        if not (workspace.tree.nodes if refs is None else refs) and not verdict.findings:
            raise nothing_to("check", workspace)
        scope = f"{plural(len(history), 'node')} changed or gone since {asked.against}"
        return replace(verdict, scope=scope)
    from onex.validate.changed import changed  # noqa: PLC0415 - wanted for this alone

    wanted = workspace.tree.nodes if refs is None else refs
    found = changed(workspace.root, wanted, asked.changed)
    verdict = validate(workspace, found, with_tree=True, **more)
    scope = f"{plural(len(found), 'node')} of {len(wanted)} changed against {asked.changed}"
    return replace(verdict, scope=scope)


def _history(
    workspace: Workspace, refs: list[NodeRef] | None, asked: Asked
) -> "Sequence[NodePair]":
    """What became of ``refs``, or of all nodes, where changes are judged."""
    if asked.against is None:
        return ()
    from onex.validate.history import since  # noqa: PLC0415 - wanted for this alone

    folders = None if refs is None else [ref.folder for ref in refs]
    return since(workspace, asked.against, folders, asked.date)


def _judge_touched(
    folder: str, names: tuple[str, ...], terms: Terms
) -> tuple[Verdict, Workspace | None]:
    from onex.cli.touched import judge  # noqa: PLC0415 - what hooks ask for

    return judge(folder, names, today=terms.today, preview=terms.preview)


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
