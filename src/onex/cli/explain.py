"""``onex explain``: the page of a rule, offline."""

import click

from onex.core.words import suggest
from onex.errors import UsageError
from onex.validate.rule import Rule
from onex.validate.rules import RULES


@click.command("explain")
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """Explain the rule CODE: why it is there, and how to mend what it finds.

    CODE is a code such as ONX202 or a name such as lock-stale; without one, the rules are listed.
    """
    if code is None:
        for rule in RULES:
            trial = f"(preview until {rule.edition}) " if rule.preview else ""
            click.echo(f"{rule.code}  {rule.name:<20} {trial}{rule.purpose}")
        return
    click.echo(_page(_find(code)))


def _find(code: str) -> Rule:
    for rule in RULES:
        if code.upper() == rule.code or code.lower().replace("_", "-") == rule.name:
            return rule
    near = suggest(code, [name for rule in RULES for name in (rule.code, rule.name)])
    raise UsageError(
        f"{code}: there is no such rule" + (f"; {near}" if near else ""),
        help="run `onex explain` to see all of them",
    )


def _page(rule: Rule) -> str:
    """The page of a rule as plain text."""
    indent = "    "

    def block(text: str) -> str:
        return "".join(f"{indent}{line}\n" for line in text.strip("\n").splitlines())

    since, trial = "", ""
    if rule.preview:
        since = "a preview until "
        trial = (
            f"\n\nA preview: with --preview it warns. It counts where onex.toml says"
            f' `edition = "{rule.edition}"`.'
        )
    return (
        f"{rule.code} {rule.name} ({rule.severity}, {since}edition {rule.edition})\n\n{rule.purpose}\n\n"
        f"Why: {rule.why}\n\nBad:\n{block(rule.bad)}\nGood:\n{block(rule.good)}\nFix: {rule.fix}{trial}"
    )
