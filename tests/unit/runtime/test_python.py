"""Python nodes: what they are given, what they may hand back, how they may end."""

import json
import os
import subprocess
import sys

import pytest
from tests.unit.runtime.nodes import bench, python_node, run_once


def body(code):
    """A node whose function is ``code``."""
    lines = "\n".join(f"    {line}" for line in code.splitlines())
    return f"import os, sys\ndef run(**state):\n{lines}\n"


REPORT = {
    "summary": "two rows",
    "metrics": {"rows": 2, "share": 0.5, "full": True},
    "warnings": ["one is empty"],
    "actions": [{"action": "proc", "status": "ok"}],
    "extracts": [{"source_artifact": "a", "format": "json", "status": "ok"}],
}


def test_a_report_beside_the_state_comes_into_the_record(tmp_path):
    """``(state, report)`` gives every part of a node result."""
    node = python_node(tmp_path / "n", body(f"return {{'a': 1}}, {REPORT!r}"))

    result = run_once(node)

    assert result["output_state"] == {"a": 1}
    assert {key: result[key] for key in REPORT} == REPORT


ENDINGS = [
    ("raise ValueError('no')", "exception", "ValueError: no", {"type": "ValueError", "line": 3}),
    ("sys.exit(0)", "exception", "SystemExit: 0", {"type": "SystemExit", "line": 3}),
    ("sys.exit('text')", "exception", "SystemExit: text", {"type": "SystemExit", "line": 3}),
    ("raise KeyboardInterrupt", "exception", "KeyboardInterrupt: ", {"type": "KeyboardInterrupt", "line": 3}),
    ("e = OSError('x'); e.code = 'quota'\nraise e", "quota", "OSError: x", {"type": "OSError", "line": 4}),
    ("e = OSError('x'); e.code = 'a b'\nraise e", "exception", "OSError: x", {"type": "OSError", "line": 4}),
    ("e = OSError('x'); e.code = 'é'\nraise e", "exception", "OSError: x", {"type": "OSError", "line": 4}),
    ("os._exit(0)", "bad-output", "the process ended before the function returned", {}),
    ("os._exit(7)", "exit-status", "the process ended with status 7", {"exit": 7}),
    ("os.write(4, b'{\"state\": {}}'); os._exit(0)", "bad-output", "the process ended before the function returned", {}),
    ("os.execv('/bin/true', ['true'])", "bad-output", "the process ended before the function returned", {}),
    ("os.close(4); return {}", "exception", "OSError: [Errno 9] Bad file descriptor", {"type": "OSError"}),
    ("return None", "bad-output", "run returned NoneType; a node returns a dict, or a dict and a report", {}),
    ("return [1]", "bad-output", "run returned list; a node returns a dict, or a dict and a report", {}),
    ("return {}, {'state': {}}", "bad-output", "run returned dict; a node returns a dict, or a dict and a report", {}),
    ("return {'a': object}", "bad-output", "what run returned is not JSON: Object of type type is not JSON serializable", {}),
    ("return {'a': float('nan')}", "bad-output", "what run returned is not JSON: Out of range float values are not JSON compliant", {}),
    ("a = {}; a['a'] = a; return a", "bad-output", "what run returned is not JSON: Circular reference detected", {}),
    ("return {}, {'trust': 1}", "bad-output", "what the node handed back is not a node result: unknown key 'trust'", None),
    ("os.write(4, b'junk'); return {}", "bad-output", "what the node handed back is not one JSON document: ", None),
    ("os.kill(os.getpid(), 11)", "signal", "signal 11 (Segmentation fault) ended the process", {"signal": 11}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "error", "message", "details"), ENDINGS, ids=[row[0] for row in ENDINGS]
)
def test_an_end_that_is_no_result_is_a_failure(tmp_path, code, error, message, details):
    """However the function ends, it is never a success, never a hang, and has a stable code."""
    result = run_once(python_node(tmp_path / "n", body(code)))

    assert (result["status"], result["reason"], result["error"]["code"]) == (
        "failure",
        error,
        error,
    )
    assert result["error"]["message"].startswith(message)
    assert details is None or result["error"]["details"] == details
    assert result["output_state"] is None


def test_a_traceback_goes_to_the_log_and_shows_the_node_alone(tmp_path):
    """The message is one line; frames of onex and temporary folders are not shown."""
    result = run_once(python_node(tmp_path / "n", body("raise ValueError('no')")))

    assert result["process"]["stderr"]["text"] == (
        "Traceback (most recent call last):\n"
        '  File "node.py", line 3, in run\n'
        "    raise ValueError('no')\n"
        "ValueError: no\n"
    )


@pytest.mark.parametrize(
    ("files", "target", "code", "message"),
    [
        ("def go(): pass", "node.py:run", "entrypoint-missing", "node.py has no function run"),
        ("run = 3", "node.py:run", "entrypoint-missing", "node.py has no function run"),
        ("", "other.py:run", "entrypoint-missing", "other.py is not a file of the node"),
        ("", "../n/node.py:run", "entrypoint-missing", "../n/node.py is not a file of the node"),
        ("", "node.py", "entrypoint-missing", "the target of a python node is FILE:FUNCTION, not 'node.py'"),
        ("def run(:", "node.py:run", "exception", "SyntaxError: invalid syntax (node.py, line 1)"),
        ("import nothing_at_all", "node.py:run", "exception", "ModuleNotFoundError: No module named 'nothing_at_all'"),
    ],
    ids=["no function", "no callable", "no file", "outside", "no colon", "syntax", "import"],
)  # fmt: skip
def test_an_entrypoint_that_is_not_there_is_a_failure(tmp_path, files, target, code, message):
    """The message names what is missing."""
    node = python_node(tmp_path / "n", files, entrypoint={"type": "python", "target": target})

    error = run_once(node)["error"]

    assert (error["code"], error["message"]) == (code, message)


def test_the_process_sees_a_small_clean_world(tmp_path, monkeypatch):
    """Work folder, environment, standard input, descriptors: only what the design lists."""
    monkeypatch.setenv("SECRET", "canary")
    monkeypatch.setenv("WANTED", "value")
    monkeypatch.setenv("PATH", "/usr/bin:/bin:relative")
    inherited = os.umask(0o077)
    node = python_node(
        tmp_path / "n",
        body(
            "cwd = os.getcwd()\n"
            "env = {k: v.replace(cwd, 'WORK') for k, v in os.environ.items()}\n"
            "fds = sorted(map(int, os.listdir('/proc/self/fd')))\n"
            "mode = oct(os.stat('.').st_mode)\n"
            "return {'env': env, 'fds': [fd for fd in fds if fd < 5], 'stdin': sys.stdin.read(),\n"
            "        'mode': mode, 'files': os.listdir('.'), 'argv': [os.path.basename(a) for a in sys.argv],\n"
            "        'name': __name__, 'file': os.path.basename(__file__), 'umask': os.umask(0)}"
        ),
        required_env=["WANTED"],
    )

    try:
        state = run_once(node)["output_state"]
    finally:
        os.umask(inherited)

    assert state == {
        "env": {
            "HOME": "WORK",
            "LANG": "C.UTF-8",
            "ONEX_INPUT": "3",
            "ONEX_RESULT": "4",
            "PATH": "/usr/bin:/bin",
            "TMPDIR": "WORK",
            "WANTED": "value",
        },
        "fds": [0, 1, 2, 3, 4],
        "stdin": "",
        "mode": "0o40700",
        "files": [],
        "argv": ["node.py"],
        "name": "node",
        "file": "node.py",
        "umask": 0o022,
    }


def test_no_descriptor_of_the_host_reaches_a_node(tmp_path):
    """Beside the five of its own, a node holds only the verdict's, which is no host's."""
    node = python_node(tmp_path / "n", body("return {'n': len(os.listdir('/proc/self/fd'))}"))

    with open(tmp_path / "held", "w", encoding="utf-8"):
        # Five, the verdict, and the one that lists the folder.
        assert run_once(node)["output_state"] == {"n": 7}


def test_a_program_that_a_python_node_starts_cannot_answer_for_it(tmp_path):
    """Input and result are the function's own: what it starts does not inherit them."""
    code = "import subprocess\nsubprocess.run(['sh', '-c', 'cat <&3; echo junk >&4'], close_fds=False)\nreturn {}"

    result = run_once(python_node(tmp_path / "n", body(code)), {"a": 1})

    assert (result["status"], result["process"]["stdout"]["text"]) == ("success", "")


def test_threads_and_exit_handlers_are_waited_for(tmp_path):
    """A node ends like any Python program: nothing that it still writes is lost."""
    node = python_node(
        tmp_path / "n",
        body(
            "import atexit, threading, time\n"
            "threading.Thread(target=lambda: (time.sleep(0.2), print('thread'))).start()\n"
            "atexit.register(print, 'exit')\n"
            "return {}"
        ),
    )

    assert run_once(node)["process"]["stdout"]["text"] == "thread\nexit\n"


def test_packages_of_the_environment_can_be_imported(tmp_path):
    """Without `site`, the environment's packages are on the path, and before the node's folder."""
    node = python_node(
        tmp_path / "n",
        body(
            "import click\n"
            "node = os.path.dirname(sys.modules['node'].__file__)\n"
            "return {'last': sys.path[-1] == node, 'site': 'site' in sys.modules, 'flags': sys.flags.isolated}"
        ),
    )

    assert run_once(node)["output_state"] == {"last": True, "site": False, "flags": 1}


def test_modules_of_the_node_may_have_any_name(tmp_path):
    """A node's own `launch` or `helper/part.py` is not taken for one of onex's."""
    from tests.unit.runtime.nodes import make_node  # noqa: PLC0415 - used here alone

    node = make_node(
        tmp_path / "n",
        {
            "node.py": "import launch\nfrom helper import part\ndef run():\n    return {'v': [launch.V, part.V]}\n",
            "launch.py": "V = 1\n",
            "helper/part.py": "V = 2\n",
        },
    )

    assert run_once(node)["output_state"] == {"v": [1, 2]}


def test_another_interpreter_brings_its_own_packages(tmp_path):
    """A node may name a virtual environment; it sees that one's packages and not ours."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv"], check=True)
    query = "import sysconfig; print(sysconfig.get_path('purelib'))"
    python = tmp_path / "venv" / "bin" / "python"
    site = subprocess.run([python, "-c", query], capture_output=True, text=True, check=True)
    with open(f"{site.stdout.strip()}/only_there.py", "w", encoding="utf-8") as file:
        file.write("V = 'there'\n")
    source = (
        "import only_there, sys\ndef run():\n    return {'v': only_there.V, 'paths': sys.path}\n"
    )
    entrypoint = {"type": "python", "target": "node.py:run", "interpreter": "../venv/bin/python"}

    state = run_once(python_node(tmp_path / "n", source, entrypoint=entrypoint))["output_state"]

    assert state["v"] == "there"
    assert str(tmp_path / "venv") in json.dumps(state["paths"])


@pytest.mark.parametrize(
    ("interpreter", "code"),
    [("no-such-python", "entrypoint-missing"), ("/bin/true", "not-executable")],
)
def test_an_interpreter_that_is_none_is_a_failure(tmp_path, interpreter, code):
    """A name that is not there, and a program that is no Python."""
    entrypoint = {"type": "python", "target": "node.py:run", "interpreter": interpreter}

    result = run_once(python_node(tmp_path / "n", body("return {}"), entrypoint=entrypoint))

    assert result["error"]["code"] == code


def test_integers_and_texts_survive_unchanged(tmp_path):
    """A state is carried exactly: big integers, floats, every kind of text."""
    state = {
        "big": 2**200,
        "less": -0.1,
        "text": "\u2028 é \U0001f600 \x7f",
        "none": None,
        "list": [True, [], {}],
    }

    assert (
        run_once(python_node(tmp_path / "n", body("return state")), state)["output_state"] == state
    )


RESIDENT = "print(next(s.split()[1] for s in open('/proc/self/status') if s.startswith('VmRSS')))"


def test_one_interpreter_start_serves_many_executions(tmp_path):
    """Nodes are forked from one process that stays nearly as small as an interpreter can be."""
    code = "return {'stat': open(f'/proc/{os.getppid()}/stat').read()}"
    node = python_node(tmp_path / "n", body(code))
    bare = subprocess.run(
        [sys.executable, "-I", "-S", "-c", RESIDENT], capture_output=True, check=True
    )

    run_once(node)  # whoever comes first compiles the modules, and keeps some of the memory
    with bench() as made:
        states = [made.execute(node)["output_state"]["stat"] for _ in range(20)]
        (worker,) = made.runtime._host._workers.values()  # noqa: SLF001 - what the user cannot see
        zygote = worker._process.pid  # noqa: SLF001
        with open(f"/proc/{zygote}/status", encoding="utf-8") as file:
            memory = next(int(line.split()[1]) for line in file if line.startswith("VmRSS"))

    assert {int(stat.rpartition(")")[2].split()[1]) for stat in states} == {zygote}
    assert memory <= int(bare.stdout) + 4 * 1024  # KiB; DESIGN 6: 12 MiB where a bare one has 8.5
