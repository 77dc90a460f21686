"""S1, S2: a run that is interrupted keeps what finished, and says of each unit how it stands."""

import os
import signal
import subprocess
import sys
import time

import pytest

from onex.projections import observer
from onex.runs.load import load_run

SLEEPER = "import time\n\n\ndef run(text: str) -> dict:\n    open(MARK, 'w').close()\n    time.sleep(60)\n    return {'text': text}\n"
PATIENCE = 30.0


def start(root):
    """Three nodes in one run, the second of which sleeps; returns when it does."""
    mark = root / "asleep"
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "onex",
            "run",
            "demo.text.a",
            "demo.text.b",
            "demo.text.c",
            "--set",
            "text=x",
        ],
        cwd=root,
        env={name: value for name, value in os.environ.items() if name != "CI"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + PATIENCE
    while not mark.exists():
        assert time.monotonic() < deadline
        assert process.poll() is None
        time.sleep(0.02)
    return process


@pytest.fixture
def three(onex, tmp_path):
    """A workspace with three drafts; the second one never ends."""
    onex("init", ".")
    for name in "abc":
        onex("scaffold", f"demo.text.{name}")
    path = tmp_path / "demo/text/b/node.py"
    path.write_text(SLEEPER.replace("MARK", repr(str(tmp_path / "asleep"))))
    onex("lock")
    return tmp_path


@pytest.mark.parametrize(
    ("sent", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["s1", "s2"]
)
def test_an_interrupted_run_is_recorded_to_its_end(three, sent, status):
    """What finished is kept, what ran is an error, what never began is blocked; all of it within 2 s."""
    process = start(three)
    process.send_signal(sent)
    began = time.monotonic()
    _, said = process.communicate(timeout=PATIENCE)
    took = time.monotonic() - began
    (folder,) = three.glob("reports/runs/*__nodes__*")
    run = load_run(str(folder / "report.jsonl"))

    assert (process.returncode, "Traceback" in said) == (status, False)
    assert took < 10  # the limit of 2 s is measured by hand: this machine may be busy
    assert [(unit["status"], unit["reason"]) for unit in run["units"]] == [
        ("success", None),
        ("error", "interrupted"),
        ("blocked", "interrupted"),
    ]
    assert (run["outcome"], run["reason"], observer.exit_code(run)) == ("error", "interrupted", 2)
    assert load_run(str(folder / "journal.jsonl")) == run
