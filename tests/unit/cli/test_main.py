"""The command line itself: help, names, streams, signals."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

from onex.cli.main import COMMANDS
from onex.cli.main import onex as group

BIN = Path(sys.executable).parent / "onex"
ALL = [name for commands in COMMANDS.values() for name in commands]


def start(*arguments, cwd, **options):
    return subprocess.Popen([str(BIN), *arguments], cwd=cwd, text=True, **options)


@pytest.mark.parametrize("name", ALL)
def test_every_command_says_what_it_does(name):
    """The line in the group's help is the first line of the command's own, which is loaded late."""
    command = group.get_command(click.Context(group), name)
    summary = {name: text for commands in COMMANDS.values() for name, text in commands.items()}

    assert command is not None
    first = re.sub(r"\s+", " ", (command.help or "").partition("\n\n")[0])
    words = summary[name].rstrip(".").split()
    assert first.split()[0].rstrip(".") == words[0].rstrip("s,") or first.startswith(words[0])
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.name}"


def test_a_misspelt_command_is_named(onex):
    """Did you mean: on standard error, status 2."""
    result = onex("vaildate")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "No such command 'vaildate'; did you mean 'validate'?" in result.stderr


@pytest.mark.parametrize(
    ("variable", "value", "words", "stdout"),
    [
        ("ONEX_RUN_INPUT", '{"text": " a "}', ["run", "demo.text.clean", "-q"], '{"text": "a"}\n'),
        ("ONEX_RUN_SET", "text=b", ["run", "demo.text.clean", "-q"], '{"text": "b"}\n'),
        ("ONEX_TREE_DIGEST", "1", ["tree", "--help"], "Usage: onex tree"),
        ("ONEX_SCAFFOLD_TYPE", "noop", ["scaffold", "a.b"], "made a.b in a/b\n"),
        ("ONEX_VALIDATE_OUTPUT_FORMAT", "json", ["validate"], "{"),
        ("ONEX_GEN_DOCS_OUTPUT", "-", ["gen", "docs", "."], "# Field reference"),
        ("ONEX_LIST_LIFECYCLE", "active", ["list"], ""),
    ],
)
def test_every_flag_has_a_variable(onex, workspace, monkeypatch, variable, value, words, stdout):  # noqa: PLR0913, PLR0917
    """ONEX_, the command and the flag, whatever the flag is called inside."""
    (workspace / "x.schema.json").write_text('{"title": "X", "type": "object"}')
    monkeypatch.setenv(variable, value)

    assert onex(*words).stdout.startswith(stdout)


def test_no_variable_is_forgotten():
    """Every option of every command has one, named after its long form."""
    for name in ALL:
        command = group.get_command(click.Context(group), name)
        for option in command.params:
            if isinstance(option, click.Option):
                flag = max(option.opts, key=len)[2:].replace("-", "_")
                assert option.envvar == f"ONEX_{name}_{flag}".upper()


def test_s5_a_closed_pipe_is_quiet(workspace):
    """`onex explain | head -1`: no word on standard error."""
    process = start("explain", cwd=workspace, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.close()
    stderr = process.stderr.read()
    process.stderr.close()

    assert (process.wait(10), stderr) == (128 + signal.SIGPIPE, "")


def test_s5_a_full_disk_is_an_error(workspace):
    """A report that could not be written is no success."""
    with open("/dev/full", "w") as full:
        process = start("explain", cwd=workspace, stdout=full, stderr=subprocess.PIPE)
        _, stderr = process.communicate(timeout=10)

    assert process.returncode == 2
    assert "No space left on device" in stderr
    assert "Traceback" not in stderr


def test_s6_a_terminal_is_never_waited_for(workspace):
    """`--input -` without a pipe says so at once."""
    primary, secondary = os.openpty()
    process = start(
        "run",
        "demo.text.clean",
        "--input",
        "-",
        cwd=workspace,
        stdin=secondary,
        stderr=subprocess.PIPE,
    )
    _, stderr = process.communicate(timeout=10)
    os.close(primary)
    os.close(secondary)

    assert process.returncode == 2
    assert "standard input is a terminal" in stderr


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["int", "term"]
)
def test_s1_s2_a_signal_ends_the_run_and_its_children(workspace, number, status):
    """The node is killed, the record says that it was cut off, and the status is the signal's."""
    (workspace / "demo/text/clean/node.py").write_text(
        "import os, time\n\ndef run(text: str) -> dict:\n"
        f"    open({str(workspace / 'pid')!r}, 'w').write(str(os.getpid()))\n    time.sleep(60)\n"
    )
    process = start(
        "run", "demo.text.clean", "--set", "text=x", cwd=workspace, stderr=subprocess.PIPE
    )
    deadline = time.monotonic() + 10
    while not (workspace / "pid").exists() or not (workspace / "pid").read_text():
        assert time.monotonic() < deadline
        time.sleep(0.01)
    child = int((workspace / "pid").read_text())
    process.send_signal(number)
    _, stderr = process.communicate(timeout=10)

    assert process.returncode == status
    assert "Traceback" not in stderr
    time.sleep(0.2)
    assert not os.path.exists(f"/proc/{child}")
    (journal,) = (workspace / "reports/runs").glob("*__demo-text-clean__*/journal.jsonl")
    assert '"status":"error"' in journal.read_text()


def test_s7_no_home_no_user_no_locale(workspace):
    """A bare environment, and a locale without Unicode, are enough."""
    node = workspace / "demo/text/clean/node.onex"
    node.write_text(node.read_text().replace("data platform team", "équipe données ✓"))
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    process = start(
        "show", "demo.text.clean", cwd=workspace, stdout=subprocess.PIPE, env=environment
    )
    stdout, _ = process.communicate(timeout=10)

    assert process.returncode == 0
    assert "équipe données ✓" in stdout


def test_s7_a_working_folder_that_is_gone(tmp_path):
    """One line, status 2."""
    script = f"mkdir gone; cd gone; rmdir ../gone; {BIN} validate"
    result = subprocess.run(
        ["/bin/sh", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert result.returncode == 2
    assert result.stderr.startswith("onex: ")
    assert "Traceback" not in result.stderr


def test_python_m_onex_is_the_command(workspace):
    """For when another tool has taken the name."""
    result = subprocess.run(
        [sys.executable, "-m", "onex", "tree"],
        cwd=workspace,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (result.returncode, result.stdout) == (0, "demo/\n  text/\n    clean\n")


def test_a_fault_of_onex_itself_is_one_line(onex, workspace, monkeypatch):
    """No traceback for anybody; ONEX_DEBUG=1 shows it."""
    monkeypatch.setattr("onex.core.tree.read", lambda _: 1 / 0)

    result = onex("list")

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "onex: a fault in onex itself: ZeroDivisionError: division by zero\n"
        "  help: please report it; ONEX_DEBUG=1 shows where it is\n"
    )
    monkeypatch.setenv("ONEX_DEBUG", "1")
    monkeypatch.setattr("sys.argv", ["onex", "list"])
    from onex.cli import main  # noqa: PLC0415

    with pytest.raises(ZeroDivisionError):
        main.main()
