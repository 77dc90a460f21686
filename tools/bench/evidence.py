"""What evidence costs: each function gives one block of the table.

What a figure is to be at most, or at least, stands in its note; nothing is held to it.
"""

import os

from tools.bench import peers
from tools.bench.process import PASS, ask, measure, onex, script
from tools.bench.scale import Scale
from tools.bench.table import Block, Row

FORMATS = {
    "all": "derived and the exports; target: 10 000 units in 2 s and 300 MB",
    "derived": "the files of a run folder: the next five",
    "run_artifact": "[003] run.json, checks.json, run.log",
    "observer": "[004] report.jsonl",
    "batch": "[000] batch_result.json",
    "run_result": "[001] run_result.json",
    "manifest": "[001] manifest.json",
    "junit": "export",
    "sarif": "export",
    "github": "export: annotations and step summary",
    "gitlab": "export",
    "intoto": "export",
    "ndjson": "[000] on request: a line for each result",
    "yaml": "[000] on request: a snapshot",
    "html": "the page, which has a bound",
}
"""What is projected, by the names that ``tools.bench.formats`` has for it."""

FEW_TIMES = 3
"""How often what is only shown beside a target is measured."""

LISTED = 20
"""How many runs a list shows: these are read from their folders where no index names them."""


def project(place: str, scale: Scale) -> Block:
    """The record of a run, made into each document; a process each, which has made the record."""
    del place
    block = Block(f"project a run of {scale.units} units")
    for name, what in FORMATS.items():
        times = scale.long_times if name == "all" else FEW_TIMES
        sample, told = ask(times, "formats", scale.units, name)
        note = f"{told['size'] / 1e6:.1f} MB; {what}"
        block.rows.append(Row(name=name, sample=sample, units=scale.units, note=note))
    return block


def append(place: str, scale: Scale) -> Block:
    """The facts of a run, written one by one."""
    folder = _folder(place, "journal")
    block = Block(f"append the facts of a run of {scale.units} units")
    for work, (name, what) in {
        "bare": ("json.dumps and write", "not locked, in no canonical form"),
        "append": ("onex, append", "target: 20 000 a second"),
        "durable": ("onex, append and fsync", "in a folder for temporary files"),
    }.items():
        count = scale.units // 50 if work == "durable" else scale.units
        sample, told = ask(scale.long_times, "journals", folder, count, work)
        note = f"{1000 * told['facts'] / sample.wall_ms:.0f} facts a second; {what}"
        block.rows.append(Row(name=name, sample=sample, units=told["facts"], note=note))
    return block


def fold(place: str, scale: Scale) -> Block:
    """The facts of a run, read again."""
    folder = _folder(place, "folded")
    facts = ask(1, "journals", folder, scale.units, "append")[1]["facts"]
    block = Block(f"read the {facts} facts of a run of {scale.units} units")
    for work, name, note in (
        ("lines", "json.loads of each line", "holds them to nothing"),
        ("fold", "onex, the record of the run", "each held to the schema and to its place"),
    ):
        sample, _ = ask(scale.long_times, "journals", folder, scale.units, work)
        block.rows.append(Row(name=name, sample=sample, units=facts, note=note))
    return block


def page(place: str, scale: Scale) -> Block:
    """A run as a page, beside what others make of as many cases."""
    count, times = scale.shown, scale.long_times
    folder = _folder(place, "shown")
    script("journals", folder, count, "append")
    block = Block(f"a page of {count} units")
    sample, told = ask(times, "formats", count, "html")
    note = f"{told['size'] / 1e6:.1f} MB; of a record in memory; target: 1 000 units in 2 MB"
    block.rows.append(Row(name="onex, the page", sample=sample, units=count, note=note))
    sample = onex(place, times, "report", folder, "--html", "-o", "page.html")
    note = "whole process, of a journal"
    block.rows.append(Row(name="onex report --html", sample=sample, units=count, note=note))
    block.rows += peers.pytest_html(place, count, times)
    junit = os.path.join(_folder(place, "junit"), "junit.xml")
    onex(place, 1, "report", folder, "--output-format", "junit", "-o", junit)
    block.rows += peers.allure(place, junit, count, times)
    return block


def list_runs(place: str, scale: Scale) -> Block:
    """The newest of many runs, whole process; and what it takes to have no index."""
    root, small = os.path.join(place, "runs"), os.path.join(place, "runs-recorded")
    script("histories", root, scale.runs, LISTED)
    block = Block(f"list the newest {LISTED} of {scale.runs} runs")
    block.rows.append(Row(name="python -c pass", sample=measure(PASS, place, scale.times)))
    for name, arguments, note in (
        ("onex runs list", (), "target: 100 000 in 500 ms"),
        ("onex runs list --status error", ("--status", "error"), "none is: looks at every run"),
        ("onex runs list --all", ("--all",), ""),
    ):
        sample = onex(root, scale.long_times, "runs", "list", *arguments)
        block.rows.append(Row(name=name, sample=sample, note=note))
    os.unlink(os.path.join(root, "reports", "runs", "index.jsonl"))
    sample = onex(root, scale.long_times, "runs", "list")
    note = f"reads {LISTED} journals"
    block.rows.append(Row(name="onex runs list, no index", sample=sample, note=note))
    count = scale.runs // 100
    script("histories", small, count, count)
    sample = onex(small, scale.long_times, "runs", "list", "--rebuild-index")
    note = f"each of {count} runs of 3 units, from its journal"
    row = Row(name="onex runs list --rebuild-index", sample=sample, units=count, note=note)
    block.rows.append(row)
    return block


BLOCKS = (project, append, fold, page, list_runs)


def _folder(place: str, name: str) -> str:
    """A new folder below ``place``."""
    folder = os.path.join(place, name)
    os.mkdir(folder)
    return folder
