"""What every test may use: the command line in a folder of its own, and Hypothesis' profiles."""

import json
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from tests.faults.rows import Score

from onex.cli import main as command_line

settings.register_profile("dev", max_examples=50, deadline=None)
settings.register_profile(
    "ci",
    max_examples=300,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("ci" if os.environ.get("CI") else "dev")

# A job in the background of a shell starts with SIGINT and SIGQUIT ignored, one under nohup with
# SIGHUP, and so would all that it starts.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGQUIT, signal.SIG_DFL)
signal.signal(signal.SIGHUP, signal.SIG_DFL)

# What a user's shell does not set: it would hide what happens to output that was not flushed.
os.environ.pop("PYTHONUNBUFFERED", None)


def pytest_configure(config: pytest.Config) -> None:
    """The rows of faults are counted here: with workers, only this file is loaded by who counts."""
    config.pluginmanager.register(Score())


@dataclass(frozen=True)
class Result:
    """What a command printed and how it ended."""

    exit_code: int
    stdout: str
    stderr: str

    @property
    def json(self) -> object:
        """What it printed, as JSON."""
        return json.loads(self.stdout)


Onex = Callable[..., Result]


@pytest.fixture(autouse=True, scope="session")
def _own_caches(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep verdicts out of the home of whoever runs the tests."""
    os.environ["XDG_CACHE_HOME"] = os.fspath(tmp_path_factory.mktemp("caches"))


@pytest.fixture
def onex(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Onex:
    """The command ``onex``, called in ``tmp_path`` as a shell would, in this process."""
    monkeypatch.chdir(tmp_path)
    # A gate that runs in CI refuses `--unlocked`; a test says so where it wants that.
    monkeypatch.delenv("CI", raising=False)

    def call(*arguments: object) -> Result:
        monkeypatch.setattr("sys.argv", ["onex", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            command_line.main()
        printed = capsys.readouterr()
        code = ended.value.code
        return Result(code if isinstance(code, int) else 0, printed.out, printed.err)

    return call


@pytest.fixture
def workspace(onex: Onex, tmp_path: Path) -> Path:
    """A workspace with one draft, demo.text.clean, made by the shipped scaffold node."""
    assert onex("init", ".", "--owner", "data platform team").exit_code == 0
    assert onex("scaffold", "demo.text.clean").exit_code == 0
    return tmp_path
