"""``onex validate``: the gate."""

import os
import re
import time
from dataclasses import replace
from typing import NamedTuple

import click

from onex.cli.common import FINDINGS, OK, find_refs, nothing_to, refuse, write_output
from onex.cli.verdicts import FOR_PEOPLE, FORMS, deliver, place, render
from onex.core import config, index
from onex.core.text import plural
from onex.core.tree import NodeRef
from onex.core.workspace import Workspace
from onex.errors import WorkspaceError
from onex.validate.engine import Verdict, merge, validate, validate_document

HEAD = "HEAD"

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}").fullmatch


class Terms(NamedTuple):
    """What every verdict of one call is held to: the date of waivers, and whether previews count."""

    today: str
    preview: bool


class _Validate(click.Command):
    """The command, whose ``--changed`` takes a value behind ``=`` alone: a node may follow it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Write out what ``--changed`` without a value means."""
        end = args.index("--") if "--" in args else len(args)
        options = [f"--changed={HEAD}" if a == "--changed" else a for a in args[:end]]
        return super().parse_args(ctx, options + args[end:])


@click.command("validate", cls=_Validate)
@click.argument("nodes", nargs=-1)
@click.option(
    "--output-format",
    "form",
    type=click.Choice(FORMS),
    default="text",
    help="How findings are printed.",
)
@click.option(
    "-o", "--output", metavar="FILE", help="Write the findings to FILE and print only the count."
)
@click.option("--export", metavar="FILE.ndjson", help="Write one result record per node to FILE.")
@click.option(
    "--select",
    metavar="RULE,...",
    multiple=True,
    help="Only findings of these rules: a code, the beginning of codes, or a name.",
)
@click.option("--preview", is_flag=True, help="Apply the rules of the coming edition, too.")
@click.option("--ignore", metavar="RULE,...", multiple=True, help="No findings of these rules.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "never"]),
    help="The least severity that gives exit status 1; error without it.",
)
@click.option("--exit-zero", is_flag=True, help="The same as --fail-on never.")
@click.option("--statistics", is_flag=True, help="Count the findings of each rule.")
@click.option(
    "--changed",
    metavar="[=REF]",
    help="Only nodes with a file that is not as in the commit REF, HEAD without one; and the tree.",
)
@click.option(
    "--baseline",
    metavar="FILE",
    help="Findings that FILE holds do not count; see --write-baseline.",
)
@click.option(
    "--write-baseline",
    "write",
    is_flag=True,
    help="Make the baseline, or take out of it what is mended; nothing is ever added.",
)
@click.option("--junit-strict", is_flag=True, help="JUnit without what GitLab adds to it.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing when there is nothing to find.")
@click.option("--today", hidden=True, help="The date that waivers are held to: 2026-01-31.")
@click.pass_context
def command(
    ctx: click.Context,
    nodes: tuple[str, ...],
    form: str,
    output: str | None,
    export: str | None,
    select: tuple[str, ...],
    preview: bool,
    ignore: tuple[str, ...],
    fail_on: str | None,
    exit_zero: bool,
    statistics: bool,
    changed: str | None,
    baseline: str | None,
    write: bool,
    junit_strict: bool,
    quiet: bool,
    today: str | None,
) -> None:
    """Check nodes against schema, lock, tree and contract.

    NODES are ids or paths; without any, the whole workspace is checked with its tree. The file of a
    node that stands in no tree is judged by its schema alone. Nothing is imported, run or written.
    """
    is_part = bool(nodes or select or ignore or changed is not None)
    _check_options(
        form,
        baseline,
        today,
        is_part,
        statistics=statistics,
        write=write,
        junit_strict=junit_strict,
    )
    terms = Terms(today or time.strftime("%Y-%m-%d", time.gmtime()), preview or _previews(select))
    verdict, workspace = _judge(nodes, changed, terms)
    fail_on = "never" if exit_zero else fail_on
    verdict = _choose(verdict, workspace, select, ignore, fail_on)
    if baseline is not None:
        from onex.cli.baseline import hold  # noqa: PLC0415 - most calls have none

        root = workspace.root if workspace else os.getcwd()
        verdict = hold(verdict, baseline, root, write=write, is_whole=not is_part)
    place(verdict, form)
    if export is not None:
        from onex.validate.export import node_records  # noqa: PLC0415 - most calls export nothing

        write_output(export, "".join(f"{line}\n" for line in node_records(verdict)))
    text = render(verdict, form, statistics=statistics, junit_strict=junit_strict)
    deliver(verdict, form, text, output, quiet=quiet)
    ctx.exit(FINDINGS if verdict.fails else OK)


def _check_options(
    form: str,
    baseline: str | None,
    today: str | None,
    is_part: bool,
    *,
    statistics: bool,
    write: bool,
    junit_strict: bool,
) -> None:
    """Refuse options that do not go together; ``is_part``: not all of the workspace is looked at."""
    refuse(
        "validate",
        (
            statistics and form not in FOR_PEOPLE,
            "--statistics goes with the forms text and concise",
        ),
        (junit_strict and form != "junit", "--junit-strict goes with --output-format junit"),
        (write and baseline is None, "--write-baseline goes with --baseline FILE"),
        (
            write and is_part,
            "--write-baseline takes the whole workspace; leave NODES, --select, --ignore and --changed out",
        ),
        (bool(today) and not _DATE(today or ""), "--today: expected a date such as 2026-01-31"),
    )


def _previews(selectors: tuple[str, ...]) -> bool:
    """Whether a rule of the coming edition is asked for by its code or its name."""
    if not selectors:
        return False
    from onex.validate.rules import RULES  # noqa: PLC0415 - most calls name none

    asked = {part.strip().lower() for selector in selectors for part in selector.split(",")}
    return any(rule.preview and {rule.code.lower(), rule.name} & asked for rule in RULES)


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
    loose = [name for name in names if _stands_alone(name)]
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


def _choose(
    verdict: Verdict,
    workspace: Workspace | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str | None,
) -> Verdict:
    """The findings of ``verdict`` that count."""
    is_plain = workspace is None or not config.may_hold(workspace.root, "validate")
    if is_plain and not (select or ignore or fail_on):
        return verdict
    from onex.validate.select import sift  # noqa: PLC0415 - most calls take what comes
    from onex.validate.settings import choose  # noqa: PLC0415

    choice = choose(workspace, select=select, ignore=ignore, fail_on=fail_on)
    return sift(verdict, choice, workspace.root if workspace else None)


def _has_index(folder: str) -> bool:
    return os.path.lexists(os.path.join(folder, index.FILE_NAME))


def _stands_alone(name: str) -> bool:
    """Whether ``name`` is a file that no node of a tree holds."""
    if not os.path.lexists(name) or os.path.isdir(name):
        return False
    try:
        workspace = Workspace.find(os.path.dirname(os.path.abspath(name)))
    except WorkspaceError:
        return True
    place = os.path.abspath(name)
    return not any(place.startswith(ref.folder + os.sep) for ref in workspace.refs())
