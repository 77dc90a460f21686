"""The options of ``onex validate``, and which of them go together.

An option stands here twice: as a person gives it, and as the field that the command reads.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from onex.cli.common import refuse
from onex.cli.verdicts import FOR_PEOPLE, FORMS

if TYPE_CHECKING:
    from onex.validate.rule import Rule

HEAD = "HEAD"

BARE = {"--changed": HEAD, "--touched": "."}
"""The options whose value, if they have one, stands behind ``=``, and what they mean without it."""

OPTIONS = (
    click.option(
        "--output-format",
        "form",
        type=click.Choice(FORMS),
        default="text",
        help="How findings are printed.",
    ),
    click.option(
        "-o",
        "--output",
        metavar="FILE",
        help="Write the findings to FILE and print only the count.",
    ),
    click.option(
        "--export", metavar="FILE.ndjson", help="Write one result record per node to FILE."
    ),
    click.option(
        "--select",
        metavar="RULE,...",
        multiple=True,
        help="Only findings of these rules: a code, the beginning of codes, or a name.",
    ),
    click.option("--preview", is_flag=True, help="Apply the rules of the coming edition, too."),
    click.option("--ignore", metavar="RULE,...", multiple=True, help="No findings of these rules."),
    click.option(
        "--fail-on",
        type=click.Choice(["error", "warning", "never"]),
        help="The least severity that gives exit status 1; error without it.",
    ),
    click.option("--fix", is_flag=True, help="Mend what has a safe fix, and show what is left."),
    click.option(
        "--unsafe-fixes",
        is_flag=True,
        help="With --fix, mend what a person ought to look at, too; without it, say how.",
    ),
    click.option("--diff", is_flag=True, help="Show what --fix would change, and write nothing."),
    click.option("--exit-zero", is_flag=True, help="The same as --fail-on never."),
    click.option("--statistics", is_flag=True, help="Count the findings of each rule."),
    click.option(
        "--changed",
        metavar="[=REF]",
        help="Only nodes with a file that is not as in the commit REF, HEAD without one; and the tree.",
    ),
    click.option(
        "--touched",
        metavar="[=FOLDER]",
        help="NODES are names of files, behind `--`, as a hook gives them: only the nodes that hold one, "
        "or lost one since HEAD, of the workspace FOLDER; and the tree.",
    ),
    click.option(
        "--against",
        metavar="REF|DIR",
        help="Judge what changed since REF, too: lifecycle, versions, what is gone.",
    ),
    click.option(
        "--baseline",
        metavar="FILE",
        help="Findings that FILE holds do not count; see --write-baseline.",
    ),
    click.option(
        "--write-baseline",
        "write",
        is_flag=True,
        help="Make the baseline, or take out of it what is mended; nothing is ever added.",
    ),
    click.option("--junit-strict", is_flag=True, help="JUnit without what GitLab adds to it."),
    click.option(
        "-q", "--quiet", is_flag=True, help="Print nothing when there is nothing to find."
    ),
    click.option(
        "-j",
        "--jobs",
        type=click.IntRange(min=1),
        metavar="N",
        help="Use up to N processes; as many as there are cores without it.",
    ),
    click.option(
        "--shards",
        metavar="N",
        help="Cut the nodes into N parts, and check one; `ci` takes N and K from GitLab's variables.",
    ),
    click.option(
        "--shard",
        type=click.IntRange(min=1),
        metavar="K",
        help="The part that is checked, from 1; the tree is checked with the first.",
    ),
    click.option(
        "--no-cache",
        is_flag=True,
        help="Judge every node anew, and keep no verdict for another time.",
    ),
    click.option("--today", hidden=True, help="The date that waivers are held to: 2026-01-31."),
)
"""As people give them, in the order of the help."""

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}").fullmatch


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What one call of the command asks for; the fields are the options."""

    nodes: tuple[str, ...] = ()
    form: str = "text"
    output: str | None = None
    export: str | None = None
    select: tuple[str, ...] = ()
    preview: bool = False
    ignore: tuple[str, ...] = ()
    fail_on: str | None = None
    fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False
    exit_zero: bool = False
    statistics: bool = False
    changed: str | None = None
    touched: str | None = None
    against: str | None = None
    baseline: str | None = None
    write: bool = False
    junit_strict: bool = False
    quiet: bool = False
    jobs: int | None = None
    no_cache: bool = False
    shards: str | None = None
    shard: int | None = None
    today: str | None = None

    @property
    def is_part(self) -> bool:
        """Whether a part of the workspace is looked at, or for a part of the rules."""
        narrowed = (self.changed, self.touched, self.against, self.shards)
        given = any(value is not None for value in narrowed)
        return bool(self.nodes or self.select or self.ignore or given)

    @property
    def date(self) -> str:
        """The date that waivers are held to."""
        return self.today or time.strftime("%Y-%m-%d", time.gmtime())

    @property
    def wants_previews(self) -> bool:
        """Whether rules of the coming edition count: all of them, or one that is asked for."""
        return self.preview or any(rule.preview for rule in _named(self.select))

    def check(self) -> None:
        """Refuse options that do not go together.

        Raises:
            UsageError: two do not.
        """
        of_changes = [rule for rule in _named(self.select) if rule.history]
        refuse(
            "validate",
            (
                bool(of_changes) and self.against is None,
                f"{of_changes[0].code if of_changes else ''} judges a change; say since when with --against REF",
            ),
            (
                self.statistics and self.form not in FOR_PEOPLE,
                "--statistics goes with the forms text and concise",
            ),
            (
                self.junit_strict and self.form != "junit",
                "--junit-strict goes with --output-format junit",
            ),
            (
                self.write and self.baseline is None,
                "--write-baseline goes with --baseline FILE",
            ),
            (
                self.write and self.is_part,
                "--write-baseline takes the whole workspace; leave NODES, --select, --ignore, --changed, --touched, --against and --shards out",
            ),
            (
                self.touched is not None and (self.changed is not None or self.against is not None),
                "--touched goes without --changed and --against: it asks git by itself what is gone",
            ),
            (
                self.diff and (self.form != "text" or self.output is not None or self.write),
                "--diff prints a diff; leave --output-format, --output and --write-baseline out",
            ),
            (
                self.shards is not None and self.touched is not None,
                "--touched goes without --shards: a hook looks at few nodes",
            ),
            (
                bool(self.today) and not _DATE(self.today or ""),
                "--today: expected a date such as 2026-01-31",
            ),
        )


def options(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command all of ``OPTIONS``."""
    for option in reversed(OPTIONS):
        function = option(function)
    return function


class Command(click.Command):
    """A command some of whose options take a value behind ``=`` alone: a node may follow them."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Write out what the options of ``BARE`` mean without a value.

        Raises:
            UsageError: names of files stand where one of them could pass for an option.
        """
        end = args.index("--") if "--" in args else len(args)
        given = [f"{a}={BARE[a]}" if a in BARE else a for a in args[:end]]
        rest = super().parse_args(ctx, given + args[end:])
        # A hook hands over what a commit calls its files, such as `--exit-zero`.
        unguarded = "--" not in args and not ctx.resilient_parsing
        unguarded = unguarded and ctx.params["touched"] is not None
        refuse("validate", (unguarded, "--touched takes names of files behind `--` alone"))
        return rest


def _named(selectors: tuple[str, ...]) -> "list[Rule]":
    """The rules that are asked for by their codes or their names."""
    if not selectors:
        return []
    from onex.validate.rules import RULES  # noqa: PLC0415 - most calls name none

    asked = {part.strip().lower() for selector in selectors for part in selector.split(",")}
    return [rule for rule in RULES if {rule.code.lower(), rule.name} & asked]
