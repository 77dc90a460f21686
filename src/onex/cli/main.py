"""The command group: which commands there are, and how errors become exit statuses.

Commands are imported when they are called; the help text stands here, so that ``onex --help``
imports none of them.
"""

import errno
import gc
import os
import signal
import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, NoReturn

import click

from onex import __version__
from onex.cli.messages import print_error
from onex.errors import OnexError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

COMMANDS: dict[str, dict[str, str]] = {
    "Author": {
        "init": "Make a workspace in a folder.",
        "scaffold": "Make a new node with a scaffold node.",
        "adopt": "Make nodes of the scripts in a folder.",
        "infer": "Read the contract of a node out of its code, and say where the two differ.",
        "fmt": "Bring documents into house form, with every value and comment kept.",
        "migrate": "Lift documents of published editions to the present one.",
        "lifecycle": "Move a node to another stage of its life, and lock it again.",
    },
    "Gate": {
        "validate": "Check nodes against schema, lock, tree and contract.",
        "lock": "Record the digests of nodes and refresh the tree.",
        "diff": "Say what changed in nodes, and who is let down by it.",
        "tree": "Check, write or digest the `.tree` files.",
        "explain": "Explain a rule: why it is there, and how to mend what it finds.",
        "gen": "Generate documents from schemas, and typed models from contracts.",
    },
    "Look": {
        "list": "List the nodes of the workspace.",
        "show": "Show what a node takes, gives and may touch, or draw the graph of nodes.",
        "schema": "Print one of the canonical schemas.",
        "report": "Report on runs: the verdict, failures first, and what reproduces them.",
        "runs": "List, show, check, recover, remove and compare runs.",
        "doctor": "Look at the surroundings: environment, workspace, git, editor, settings.",
        "badge": "Make badges for a README: pictures, or JSON for shields.io.",
    },
    "Run": {
        "run": "Run nodes, with their contracts checked before and after.",
        "test": "Run the cases of nodes and compare what comes out.",
        "wrap": "Run any command, and record the run.",
    },
    "Trust": {
        "attest": "State what a run came to, as an in-toto statement.",
    },
}
"""The commands by group; the text is the first line of each command's help."""

COMPLETION = "_ONEX_COMPLETE"
"""The variable with which a shell asks for what it could offer."""

USAGE = 2
INTERRUPTED = 130
TERMINATED = 143
BROKEN_PIPE = 141

_WRITING = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
"""What can only go wrong when something is written."""


class OnexGroup(click.Group):
    """The group ``onex``: loads commands when they are called, and suggests near names."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names of the commands, group by group."""
        return [name for commands in COMMANDS.values() for name in commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now, or None."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = _import(f"onex.cli.{cmd_name}").command
        name_variables(command, f"ONEX_{cmd_name}")
        if COMPLETION in os.environ:
            from onex.cli.completion import furnish  # noqa: PLC0415 - when a person presses Tab

            furnish(command, cmd_name)
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "list[CompletionItem]":
        """What a shell offers where a command or an option is begun; no command is imported."""
        from onex.cli.completion import offer_commands  # noqa: PLC0415 - as above

        offered = offer_commands(COMMANDS.values(), incomplete)
        return [*offered, *click.Command.shell_complete(self, ctx, incomplete)]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that ``args`` call, or an error with the nearest name."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from onex.core.words import suggest  # noqa: PLC0415 - wanted for misspelt commands

            near = suggest(args[0], self.list_commands(ctx)) if args else None
            raise click.UsageError(
                f"{error.message.rstrip('.')}{f'; {near}' if near else ''}", ctx
            ) from error

    def invoke(self, ctx: click.Context) -> None:
        """Run the command that was called; here, and only here, errors become exit statuses."""
        try:
            super().invoke(ctx)
            sys.stdout.flush()
        except (click.exceptions.Exit, click.ClickException):
            raise
        except KeyboardInterrupt:
            print_error(OnexError("interrupted"))
            ctx.exit(INTERRUPTED)
        except OSError as error:
            ctx.exit(_report_system_error(error))
        except Exception as error:  # noqa: BLE001 - the last boundary: nobody is to meet a traceback
            ctx.exit(_report(error))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The commands in their groups."""
        for group, commands in COMMANDS.items():
            with formatter.section(group):
                formatter.write_dl(list(commands.items()))


@click.group(
    cls=OnexGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit status: 0 passed, 1 findings or failures, 2 could not or would not, 130 interrupted.",
)
@click.version_option(__version__, message="onex %(version)s")
def onex() -> None:
    """Contracts you can run: make, check, lock and run nodes."""


def name_variables(command: click.Command, prefix: str) -> None:
    """Give every flag of ``command`` the variable that bears its name: ONEX_RUN_INPUT for --input."""
    for option in command.params:
        if isinstance(option, click.Option):
            flag = max(option.opts, key=len).lstrip("-").replace("-", "_")
            option.envvar = f"{prefix}_{flag}".upper()
    if isinstance(command, click.Group):
        for name, child in command.commands.items():
            name_variables(child, f"{prefix}_{name}")


def main() -> None:
    """Run the command line and end the program.

    An ``OnexError`` is one line on standard error, a hint, and status 2; ``ONEX_DEBUG=1`` shows
    where it came from. A reader that closed the pipe ends onex quietly.
    """
    signal.signal(signal.SIGTERM, _terminate)
    _fill_descriptors()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A surrogate, or a locale without Unicode, must not end a report half-way; and a report
            # is the same bytes on every platform.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    try:
        onex.main(prog_name="onex")
    except OSError as error:  # of the help and the version, which end before a command begins
        sys.exit(_report_system_error(error))
    finally:
        # Python would look through all that is left before it gives it back: a seventh of a start.
        gc.freeze()


def _import(name: str) -> ModuleType:
    """The module of that name; what comes with it stays, and holds no garbage to look for."""
    gc.disable()
    try:
        return import_module(name)
    finally:
        gc.enable()


def _report_system_error(error: OSError) -> int:
    """What the system refused; a reader that closed the pipe is no error worth a word."""
    _abandon_output()
    if error.errno == errno.EPIPE:
        return BROKEN_PIPE
    if not error.filename and _is_homeless():
        return _report(OnexError("the working folder is gone", help="go to one that is there"))
    # Whatever writes files names them; what fails without a name was to be printed.
    place = "standard output" if error.errno in _WRITING else "a file"
    if isinstance(error.filename, (str, bytes)):  # it may be a descriptor, too
        place = os.fsdecode(error.filename)
    return _report(OnexError(f"{place}: {error.strerror}"))


def _report(error: Exception) -> int:
    """One line for people, and the next step."""
    if os.environ.get("ONEX_DEBUG") == "1":
        raise error
    if not isinstance(error, OnexError):
        message = f"a fault in onex itself: {type(error).__name__}: {error}"
        error = OnexError(message, help="please report it; ONEX_DEBUG=1 shows where it is")
    print_error(error)
    return USAGE


def _is_homeless() -> bool:
    """Whether the working folder is gone."""
    try:
        os.getcwd()
    except FileNotFoundError:
        return True
    return False


def _fill_descriptors() -> None:
    """Keep files that onex opens off the places of standard streams that are closed.

    What a node prints would end in such a file. Results that nobody can see are no success.
    """
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest free place: this one
    if sys.stdout is None:
        print_error(OnexError("standard output is closed", help="send it to /dev/null instead"))
        sys.exit(USAGE)


def _abandon_output() -> None:
    """Let the interpreter not try again, at its end, to write what could not be written."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _terminate(*_: object) -> NoReturn:
    sys.exit(TERMINATED)
