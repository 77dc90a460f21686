"""The forms of a report, and where they go: to a terminal, a pipe or a file."""

import os
import shutil
import sys
from collections.abc import Sequence

import click

from onex.cli.common import append_step_summary, write_output
from onex.cli.messages import relative, row, say, say_json
from onex.core.text import printable
from onex.report.verdict import verdict
from onex.report.view import View
from onex_types.run import Run

BATCHES = {"batch": ".json", "ndjson": ".ndjson", "yaml": ".yaml"}
"""The forms of a batch, with the endings by which ``batch.to_text`` knows them."""

FORMS = ("text", "md", "json", "junit", "sarif", "github", "gitlab", "observer", *BATCHES)
EXPORTS = frozenset({"junit", "sarif", "github", "gitlab", "observer", *BATCHES})
"""The forms that always tell of one whole run."""

GOLDEN = frozenset({"html", "json", "observer"})
"""The forms that can leave out what differs between two equal runs."""


def render(views: Sequence[View], form: str, *, golden: bool, junit_strict: bool) -> str:
    """The report in a form, as text."""
    if form in EXPORTS:
        return _export(views[0].run, form, golden=golden, junit_strict=junit_strict)
    if form == "json":
        from onex.core.layout import pretty  # noqa: PLC0415 - wanted for this form alone
        from onex.report.document import document  # noqa: PLC0415

        return pretty(document(views, golden=golden))
    if form == "md":
        from onex.report.markdown import markdown  # noqa: PLC0415 - wanted for this form alone

        return markdown(views)
    from onex.report.text import lines  # noqa: PLC0415 - wanted for this form alone

    return "".join(f"{row(line)}\n" for line in lines(views))


def _export(run: Run, form: str, *, golden: bool, junit_strict: bool) -> str:
    if form in BATCHES:
        from onex.projections import batch  # noqa: PLC0415 - as below, each form its own

        return batch.to_text(run, BATCHES[form])
    if form == "observer":
        from onex.projections import observer  # noqa: PLC0415

        return observer.to_jsonl(run, golden=golden)
    if form == "junit":
        from onex.projections.junit import junit  # noqa: PLC0415

        return junit(run, strict=junit_strict)
    if form == "sarif":
        from onex.projections.sarif import sarif  # noqa: PLC0415

        return sarif(run)
    if form == "gitlab":
        from onex.projections.gitlab import code_quality  # noqa: PLC0415

        return code_quality(run)
    from onex.projections.github import annotations  # noqa: PLC0415

    return annotations(run)


def deliver(views: Sequence[View], form: str, text: str, output: str | None) -> None:
    """Print ``text``, or write it to ``output`` and print the verdicts.

    Raises:
        OnexError: it could not be written.
    """
    if form == "github":
        from onex.projections.github import step_summary  # noqa: PLC0415 - for this form alone

        append_step_summary(step_summary(views[0].run))
    if output is not None:
        write_output(output, text)
        for view in views:
            say(verdict(view.run, coverage=view.coverage))
    elif form in {"json", "sarif", "gitlab", "batch"}:
        say_json(text)
    elif form == "text":
        click.echo(_coloured(views) or text, nl=False, color=True)
    else:
        # An export holds printable lines; one that does not is to move nobody's cursor.
        click.echo("\n".join(map(printable, text.split("\n"))), nl=False)


def _coloured(views: Sequence[View]) -> str:
    """The report in colours, where they are wanted and can be had; else nothing."""
    wanted = os.environ.get("FORCE_COLOR") or sys.stdout.isatty()
    if os.environ.get("NO_COLOR") or not wanted:
        return ""
    from onex.report.terminal import coloured  # noqa: PLC0415 - most reports are read by programs

    try:
        return coloured(views, shutil.get_terminal_size().columns)
    except ImportError:
        return ""


def deliver_page(view: View, path: str, *, golden: bool, open_page: bool) -> None:
    """Write the report as a page to ``path``, and show it in a browser when asked to.

    Raises:
        OnexError: it could not be written.
    """
    from onex.report.html import page  # noqa: PLC0415 - wanted for this form alone

    write_output(path, page(view.run, comparison=view.regressions, golden=golden))
    say(verdict(view.run, coverage=view.coverage))
    say(f"wrote {relative(path)}")
    if open_page:
        import webbrowser  # noqa: PLC0415 - wanted for this alone
        from urllib.parse import quote  # noqa: PLC0415

        if not webbrowser.open(f"file://{quote(os.path.abspath(path))}"):
            say(f"no browser could be started; open {relative(path)} in one", err=True)
