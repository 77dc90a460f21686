"""``onex report``: runs, as people and programs read them."""

import os
from collections.abc import Mapping, Sequence

import click

from onex.cli.common import FINDINGS, OK, refuse
from onex.cli.forms import EXPORTS, FORMS, GOLDEN, deliver, deliver_page, render
from onex.core.workspace import Workspace, find_root
from onex.errors import OnexError, UsageError
from onex.report.compare import baseline
from onex.report.look import Look
from onex.runs.contents import PAGE
from onex_types.run import Run, Unit


@click.command("report")
@click.argument("runs", metavar="[RUN]...", nargs=-1)
@click.option(
    "--summary", is_flag=True, help="The verdict, the failures, and what a filter asks for."
)
@click.option("--only-failed", "failed", is_flag=True, help="Only units that did not succeed.")
@click.option(
    "--only-regression",
    "regressed",
    is_flag=True,
    help="Only units that are worse than in the baseline; exit 1 when there are any.",
)
@click.option("--strict", is_flag=True, help="Another output for the same input is worse, too.")
@click.option(
    "--include-coverage",
    "coverage",
    is_flag=True,
    help="How many of the active nodes were executed.",
)
@click.option(
    "--since", metavar="WHEN", help="Every run since then: 12h, 7d, 2026-01-17, or RFC 3339."
)
@click.option("--compare", metavar="RUN", help="Say what is not as it was in RUN.")
@click.option(
    "--baseline",
    "baselines",
    metavar="RUN",
    multiple=True,
    help="A run to hold units to; of several, the last that ran the unit. --compare's RUN without it.",
)
@click.option(
    "--output-format", "form", type=click.Choice(FORMS), default="text", help="The report's form."
)
@click.option(
    "-o", "--output", metavar="FILE", help="Write the report to FILE and print the verdict only."
)
@click.option("--html", is_flag=True, help=f"Write a page, {PAGE} in the run's folder, or FILE.")
@click.option("--open", "open_page", is_flag=True, help="Show the page in a browser.")
@click.option("--golden", is_flag=True, help="Leave out what differs between two equal runs.")
@click.option("--junit-strict", is_flag=True, help="JUnit without what GitLab adds to it.")
@click.pass_context
def command(
    ctx: click.Context,
    runs: tuple[str, ...],
    summary: bool,
    failed: bool,
    regressed: bool,
    strict: bool,
    coverage: bool,
    since: str | None,
    compare: str | None,
    baselines: tuple[str, ...],
    form: str,
    output: str | None,
    html: bool,
    open_page: bool,
    golden: bool,
    junit_strict: bool,
) -> None:
    """Report on runs: the verdict, failures first, and what reproduces them.

    RUN is the id of a run or its beginning, a run's folder, or a file: a journal, or a document of
    any format that onex reads. Without RUN it is the latest run of the workspace.

    A filter says which units are shown; the verdict and the counts are always those of the whole
    run. Exit status: 0 when there was something to report, whatever the run came to; 1 when
    --only-regression found something; 2 when a run or a baseline cannot be read or is not there.
    """
    form = _form(form, html=html, open_page=open_page, golden=golden, junit_strict=junit_strict)
    refuse(
        "report",
        (strict and not regressed, "--strict goes with --only-regression"),
        (bool(since and runs), "--since takes every run since then; name runs, or say since when"),
        (
            form in {*EXPORTS, "html"} and (summary or failed),
            f"the form {form} tells of every unit; --summary and --only-failed go with text, md and json",
        ),
        (form in EXPORTS and regressed, "--only-regression goes with text, md, json and --html"),
    )
    found = _find(runs, since)
    if len(found) != 1 and form in {*EXPORTS, "html"}:
        raise UsageError(f"the form {form} tells of one run, and here are {len(found)}; name one")
    earlier = _baseline(baselines, compare if html or regressed else None, wanted=regressed)
    look = Look(
        failed=failed,
        regressed=regressed,
        strict=strict,
        summary=summary,
        coverage=coverage,
        baseline=earlier,
        other=None if compare is None else _load(compare),
    )
    views = [look.at(run, alone=len(found) == 1) for run in found]
    if html:
        path = output or _page_path(runs[0] if runs else None, found[0])
        deliver_page(views[0], path, golden=golden, open_page=open_page)
    else:
        text = render(views, form, golden=golden, junit_strict=junit_strict)
        deliver(views, form, text, output)
    ctx.exit(FINDINGS if regressed and any(view.regressions for view in views) else OK)


def _form(form: str, *, html: bool, open_page: bool, golden: bool, junit_strict: bool) -> str:
    """The form of the report; options that it does not have are refused."""
    refuse(
        "report",
        (html and form != "text", "--html is a form of its own; leave --output-format out"),
    )
    form = "html" if html else form
    refuse(
        "report",
        (open_page and not html, "--open goes with --html"),
        (golden and form not in GOLDEN, "--golden goes with --html, json and observer"),
        (junit_strict and form != "junit", "--junit-strict goes with --output-format junit"),
    )
    return form


def _load(name: str) -> Run:
    from onex.runs.load import load_run  # noqa: PLC0415 - not for --help

    # Documents are reported without a workspace, too.
    return load_run(name, find_root())


def _find(names: Sequence[str], since: str | None) -> list[Run]:
    """The runs to report on, at least one."""
    if names:
        return [_load(name) for name in names]
    from onex.runs.load import latest_run, runs_since  # noqa: PLC0415 - not for --help

    root = Workspace.find().root
    if since is None:
        return [latest_run(root)]
    from onex.report.since import since as moment  # noqa: PLC0415 - wanted with --since alone
    from onex.results.clock import SystemClock  # noqa: PLC0415

    found = runs_since(root, moment(since, SystemClock().wall_us()))
    if not found:
        raise OnexError(
            f"{root}: no runs since {since}; a report on nothing says nothing",
            help="run `onex runs list` to see the runs",
        )
    return found


def _baseline(
    names: Sequence[str], compare: str | None, *, wanted: bool
) -> Mapping[str, Unit] | None:
    """The units that others are held to; None when nobody asked for it."""
    names = names or ([compare] if compare is not None else [])
    return baseline([_load(name) for name in names]) if names or wanted else None


def _page_path(name: str | None, run: Run) -> str:
    """Where the page of a run goes: into its folder."""
    folder = _folder(name, run)
    if folder is None:
        raise UsageError(
            f"{name or run['run_id']}: no run folder to put the page into",
            help="say where it goes: `onex report --html -o report.html`",
        )
    path = os.path.join(folder, PAGE)
    if os.path.islink(path):
        problem = f"{path}: a link, which is not followed"
        raise OnexError(problem, help="remove it, or say where the page goes: -o FILE")
    return path


def _folder(name: str | None, run: Run) -> str | None:
    """The folder of a run, or None when it was read from a file."""
    if name is not None and os.path.lexists(name):
        return name if os.path.isdir(name) else None
    from onex.runs.index import folder_of, run_ids  # noqa: PLC0415 - wanted for a page alone
    from onex.runs.load import find_run  # noqa: PLC0415

    root = Workspace.find().root
    if name is not None:
        return find_run(name, root)
    # A journal may call its run anything: only the name of a folder of runs is one.
    run_id = run["run_id"]
    return folder_of(root, run_id) if run_id in run_ids(root) else None
