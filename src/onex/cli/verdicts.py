"""The forms of a verdict of `onex validate`, and where they go: to a terminal, a pipe or a file."""

import os

import click

from onex.cli.common import append_step_summary, write_output
from onex.cli.messages import relative, row, say, say_json
from onex.core.text import printable
from onex.validate.engine import Verdict
from onex.validate.text import (
    count_line,
    render_concise,
    render_json,
    render_ndjson,
    render_statistics,
    render_text,
)

FORMS = (
    *("text", "concise", "json", "ndjson", "md"),
    *("github", "gitlab", "sarif", "junit", "rdjson"),
)

FOR_PEOPLE = frozenset({"text", "concise"})
"""The forms of which nothing is left when there is nothing to say."""

ROOTS = {
    "github": "GITHUB_WORKSPACE",
    "sarif": "GITHUB_WORKSPACE",
    "gitlab": "CI_PROJECT_DIR",
    "junit": "CI_PROJECT_DIR",
}
"""The variable with the folder that the paths of a form begin at, in the CI that reads it."""


def place(verdict: Verdict, form: str) -> None:
    """Turn the paths of findings and nodes into those that the readers of the form expect."""
    root = os.environ.get(ROOTS.get(form, ""), "")
    for finding in [*verdict.findings, *(waived.finding for waived in verdict.waived)]:
        finding["path"] = _seen(finding["path"], root)
    # Only what has no id of its own is called by its path, but in the form that names all files.
    for subject in verdict.subjects:
        if form == "junit" or not subject.segments:
            subject.path = _seen(subject.path, root)


def _seen(path: str, root: str) -> str:
    """``path`` as seen from ``root`` if there is one and it lies below; else as seen from here."""
    if root:
        inside, place = os.path.join(os.path.abspath(root), ""), os.path.abspath(path)
        if place.startswith(inside):
            return place.removeprefix(inside).replace(os.sep, "/")
    return relative(path)


def render(verdict: Verdict, form: str, *, statistics: bool, junit_strict: bool) -> str:
    """The verdict in a form, as text."""
    if form == "json":
        return render_json(verdict) + "\n"
    if form == "ndjson":
        return "".join(f"{line}\n" for line in render_ndjson(verdict.findings))
    if form in FOR_PEOPLE:
        lines = render_concise if form == "concise" else render_text
        return "".join(
            f"{row(line)}\n" for line in (render_statistics if statistics else lines)(verdict)
        )
    return _export(verdict, form, junit_strict=junit_strict)


def _export(verdict: Verdict, form: str, *, junit_strict: bool) -> str:
    """The verdict in a form of other tools, each imported by itself."""
    if form == "junit":
        from onex.validate.forms.junit import junit  # noqa: PLC0415

        return junit(verdict, strict=junit_strict)
    if form == "sarif":
        from onex import __version__  # noqa: PLC0415
        from onex.validate.forms.sarif import sarif  # noqa: PLC0415

        return sarif(verdict, __version__)
    if form == "gitlab":
        from onex.validate.forms.gitlab import code_quality  # noqa: PLC0415

        return code_quality(verdict)
    if form == "rdjson":
        from onex.validate.forms.rdjson import rdjson  # noqa: PLC0415

        return rdjson(verdict)
    if form == "md":
        from onex.validate.forms.markdown import markdown  # noqa: PLC0415

        return markdown(verdict)
    from onex.validate.forms.github import annotations, step_summary  # noqa: PLC0415

    append_step_summary(step_summary(verdict))
    return annotations(verdict)


def deliver(verdict: Verdict, form: str, text: str, output: str | None, *, quiet: bool) -> None:
    """Print ``text``, or write it to ``output`` and print the count.

    Raises:
        OnexError: it could not be written.
    """
    if output is not None:
        write_output(output, text)
        say(count_line(verdict))
    elif form in FOR_PEOPLE:
        if verdict.findings or not quiet:
            click.echo(text, nl=False)
    elif form in {"md", "github", "junit"}:
        # These hold printable lines; one that does not is to move nobody's cursor.
        click.echo("\n".join(map(printable, text.split("\n"))), nl=False)
    else:
        say_json(text)
