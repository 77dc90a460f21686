"""The forms of a report, and where they go: to a terminal, a pipe or a file."""

import os
import shutil
import sys
from collections.abc import Sequence

import click

from onex.cli.common import write_output
from onex.cli.messages import relative, row, say, say_json
from onex.core.text import printable
from onex.errors import OnexError
from onex.report.verdict import verdict
from onex.report.view import View
from onex_types.run import Run

DOCUMENTS = {"observer": "report.jsonl", "batch": ".json", "ndjson": ".ndjson", "yaml": ".yaml"}
"""The forms that are documents of a run, with the ending by which `batch` knows its own."""

FORMS = ("text", "md", "json", "junit", "sarif", "github", "gitlab", *DOCUMENTS)
EXPORTS = frozenset({"junit", "sarif", "github", "gitlab", *DOCUMENTS})
"""The forms that always tell of one whole run."""

GOLDEN = frozenset({"html", "json", "observer"})
"""The forms that can leave out what differs between two equal runs."""


def render(views: Sequence[View], form: str, *, golden: bool, junit_strict: bool) -> str:
    """The report in a form, as text."""
    if form in EXPORTS:
        return _export(views[0].run, form, golden=golden, junit_strict=junit_strict)
    if form == "json":
        import json  # noqa: PLC0415 - wanted for this form alone

        from onex.report.document import document  # noqa: PLC0415

        value = document(views, golden=golden)
        return json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    if form == "md":
        from onex.report.markdown import markdown  # noqa: PLC0415 - wanted for this form alone

        return markdown(views)
    from onex.report.text import lines  # noqa: PLC0415 - wanted for this form alone

    return "".join(f"{row(line)}\n" for line in lines(views))


def _export(run: Run, form: str, *, golden: bool, junit_strict: bool) -> str:
    if form in DOCUMENTS:
        from onex.projections import batch, observer  # noqa: PLC0415 - as below, each form its own

        if form == "observer":
            return observer.to_jsonl(run, golden=golden)
        return batch.to_text(run, DOCUMENTS[form])
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
        _append_summary(views[0].run)
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


def _append_summary(run: Run) -> None:
    """Put the step summary where GitHub reads it, when this is a step of a workflow."""
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if not path:
        return
    from onex.projections.github import step_summary  # noqa: PLC0415 - wanted in a workflow alone

    try:
        with open(path, "a", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.write(step_summary(run))
    except (OSError, ValueError) as error:
        problem = f"{path}: the step summary cannot be written: {error}"
        raise OnexError(problem, help="see GITHUB_STEP_SUMMARY") from error


def deliver_page(view: View, path: str, *, golden: bool, open_page: bool) -> None:
    """Write the report as a page to ``path``, and show it in a browser when asked to.

    Raises:
        OnexError: it could not be written.
    """
    from onex.report.html import page  # noqa: PLC0415 - wanted for this form alone

    found = view.regressions
    comparison = None if found is None else [change._asdict() for change in found]
    write_output(path, page(view.run, comparison=comparison, golden=golden))
    say(verdict(view.run, coverage=view.coverage))
    say(f"wrote {relative(path)}")
    if open_page:
        import webbrowser  # noqa: PLC0415 - wanted for this alone
        from urllib.parse import quote  # noqa: PLC0415

        if not webbrowser.open(f"file://{quote(os.path.abspath(path))}"):
            say(f"no browser could be started; open {relative(path)} in one", err=True)
