"""D1, D5: equal runs give equal golden reports, whatever the machine is set to (OBS-21)."""

import itertools
import os
import shutil
import subprocess
import sys

import pytest

from onex.projections import observer
from onex.report.html import page
from onex.runs.load import load_run

SEEDS = ["0", "1", "7", "42"]
LOCALES = ["C", "C.UTF-8", "tr_TR.UTF-8", "de_DE"]
ZONES = ["UTC", "Asia/Tokyo", "America/St_Johns", "Pacific/Apia"]
MASKS = [0o022, 0o077, 0o000]
FOLDERS = ["plain", "with space/and ü", "a" * 60]
BROKEN = "def run(text: str) -> dict:\n    print('näh', flush=True)\n    raise KeyError(text)\n"

MATRIX = [
    (
        seed,
        LOCALES[(place + turn) % 4],
        ZONES[(place * 3 + turn) % 4],
        MASKS[turn],
        FOLDERS[(place + turn) % 3],
    )
    for (place, seed), turn in itertools.product(enumerate(SEEDS), range(3))
]
"""Every seed with every file mask, and each locale, zone and folder with most of the others."""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A workspace with a node that works, one that fails, one whose lock is stale, and a command."""
    root = tmp_path_factory.mktemp("prepared")
    call(root, "init", ".", "--owner", "data platform team")
    for name, kind in (("clean", "python"), ("bad", "python"), ("stale", "python"), ("sh", "cli")):
        call(root, "scaffold", f"demo.text.{name}", "--type", kind)
    (root / "demo/text/bad/node.py").write_text(BROKEN, encoding="utf-8")
    call(root, "lock")
    for name in ("clean", "bad", "stale", "sh"):
        call(root, "lifecycle", f"demo.text.{name}", "active")
    (root / "demo/text/stale/node.py").write_text("# changed\n", encoding="utf-8")
    shutil.rmtree(root / "reports")
    return root


def call(root, *arguments, mask=0o022, **settings):
    """Call onex in a process of its own, with the environment that the settings change."""
    done = subprocess.run(
        [sys.executable, "-m", "onex", *arguments],
        cwd=root,
        env={**os.environ, **settings},
        capture_output=True,
        check=False,
        umask=mask,
    )
    assert b"Traceback" not in done.stderr
    return done.returncode


def golden(place, mask, settings):
    """The golden reports of a test and of a run in the workspace at ``place``, and their pages."""
    statuses = [
        call(place, *command, mask=mask, **settings)
        for command in (("test",), ("run", "--minimum-coverage", "90"))
    ]
    runs = [load_run(str(path)) for path in (place / "reports/runs").iterdir() if path.is_dir()]
    runs.sort(key=lambda run: run["pipeline_id"])
    texts = [observer.to_jsonl(run, golden=True) for run in runs]
    return statuses, texts, [page(run, golden=True) for run in runs]


def test_d1_equal_runs_give_equal_golden_reports(prepared, tmp_path):
    """Seed, locale, zone, file mask and folder change no byte; nor does a text that is not ASCII (D5)."""
    found = []
    for number, (seed, locale, zone, mask, folder) in enumerate(MATRIX):
        place = tmp_path / str(number) / folder
        shutil.copytree(prepared, place)
        settings = {"PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone}
        found.append(golden(place, mask, settings))

    first = found[0]
    assert first[0] == [2, 2]
    assert [len(text.splitlines()) > 10 for text in first[1]] == [True, True]
    assert [place for place, other in enumerate(found) if other != first] == []
