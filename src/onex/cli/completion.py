"""What a shell offers when a person presses Tab: ids of nodes, codes of rules, ids of runs, schemas.

A shell calls onex for each press, with `_ONEX_COMPLETE` set; nothing else imports this module but
`onex init --completion`, which prints what a shell needs to do so. Where something cannot be
looked up, nothing is offered and nothing is said: a person is in the middle of a line.
"""

import re
from collections.abc import Callable, Iterable, Iterator

import click
from click.shell_completion import BashComplete, CompletionItem, FishComplete, ZshComplete

from onex.core.workspace import Workspace, find_root
from onex.errors import OnexError

ASKERS = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}

FILE = CompletionItem("", type="file")
"""What makes the shell offer names of files."""


def script(group: click.Command, shell: str, variable: str) -> str:
    """What ``shell``, one of ``ASKERS``, has to read so that it asks ``group`` with ``variable``."""
    return ASKERS[shell](group, {}, "onex", variable).source()


def offer_commands(groups: Iterable[dict[str, str]], incomplete: str) -> list[CompletionItem]:
    """The commands that begin with ``incomplete``, none of them imported."""
    return [
        CompletionItem(name, help=text)
        for commands in groups
        for name, text in commands.items()
        if name.startswith(incomplete)
    ]


def furnish(command: click.Command, path: str) -> None:
    """Let the arguments and options of the command ``path`` offer what they take."""
    for parameter in command.params:
        offer = OFFERS.get((path, parameter.name)) or OFFERS.get(("", parameter.name))
        if offer is None and "FILE" in (getattr(parameter, "metavar", None) or ""):
            offer = _files
        if offer:
            parameter.type = _Offered(offer)
    if isinstance(command, click.Group):
        for name, child in command.commands.items():
            furnish(child, f"{path} {name}")


_PLAIN = re.compile(r"[A-Za-z0-9_.,:/+-]*").fullmatch
"""Bash puts what is offered into the line without quotes: a folder called `$(rm x)` would be run."""

Offer = Callable[[str], Iterable[CompletionItem]]


class _Offered(click.ParamType[str]):
    """Text of which some is known beforehand."""

    name = "text"

    def __init__(self, offer: Offer) -> None:
        self.offer = offer

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002 - click hands it over
        param: click.Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> list[CompletionItem]:
        """What is known and begins with ``incomplete``, and what a shell takes as it stands."""
        try:
            return [item for item in self.offer(incomplete) if _PLAIN(item.value)]
        except (OnexError, OSError):
            return []


def _nodes(incomplete: str) -> Iterator[CompletionItem]:
    """The ids of the workspace, and files where a path is begun."""
    if incomplete.startswith((".", "/", "~")) or "/" in incomplete:
        yield FILE
        return
    for ref in Workspace.find().refs():
        name = ".".join(ref.segments)
        if name.startswith(incomplete):
            yield CompletionItem(name)


def _files(_: str) -> Iterator[CompletionItem]:
    yield FILE


def _rules(incomplete: str) -> Iterator[CompletionItem]:
    """Codes and names of rules, behind the last comma of a list of them."""
    from onex.validate.rules import RULES  # noqa: PLC0415 - for few options

    before, comma, word = incomplete.rpartition(",")
    for rule in RULES:
        for text in (rule.code, rule.name):
            if text.lower().startswith(word.lower()):
                yield CompletionItem(f"{before}{comma}{text}", help=rule.purpose)


def _runs(incomplete: str) -> Iterator[CompletionItem]:
    """The ids of the runs of the workspace, the newest first, and files where a path is begun."""
    from onex.runs import index  # noqa: PLC0415 - for few commands

    root = find_root()
    if root is None or "/" in incomplete:
        yield FILE
        return
    for name in index.run_ids(root):
        if name.startswith(incomplete):
            yield CompletionItem(name)


def _schemas(incomplete: str) -> Iterator[CompletionItem]:
    from onex_contract import registry  # noqa: PLC0415 - for one command

    for name in registry.names():
        if name.startswith(incomplete):
            yield CompletionItem(name)


OFFERS: dict[tuple[str, str | None], Offer] = {
    ("", "nodes"): _nodes,
    ("show", "name"): _nodes,
    ("lifecycle", "name"): _nodes,
    ("scaffold", "using"): _nodes,
    ("scaffold", "from_function"): _files,
    ("scaffold", "from_script"): _files,
    ("adopt", "paths"): _files,
    ("adopt", "report"): _files,
    ("infer", "name"): _nodes,
    ("explain", "code"): _rules,
    ("validate", "select"): _rules,
    ("validate", "ignore"): _rules,
    ("validate", "changed"): _nodes,
    ("validate", "touched"): _files,
    ("schema", "name"): _schemas,
    ("", "run"): _runs,
    ("", "runs"): _runs,
    ("", "before"): _runs,
    ("", "after"): _runs,
    ("report", "compare"): _runs,
    ("report", "baselines"): _files,
}
"""What is offered, by command and parameter; without a command, for every one."""
