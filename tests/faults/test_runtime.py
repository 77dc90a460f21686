"""Faults of group X: nodes that misbehave. Each gives a typed failure, and leaves nothing behind."""

import base64
import json
import os
import signal
import subprocess
import sys
import time

import pytest
from tests.unit.runtime.nodes import (
    alive,
    bench,
    children,
    make_node,
    python_node,
    run_once,
    script_node,
)

OUT = {"from": "stdout", "as": "text", "key": "out"}


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """The place for temporary files, of this test alone."""
    place = tmp_path / "tmp"
    place.mkdir()
    monkeypatch.setenv("TMPDIR", str(place))
    return place


def wait_until(condition, seconds=5.0):
    """Whether ``condition`` comes true in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


@pytest.mark.parametrize(
    "text",
    [
        "; touch MARK",
        "$(touch MARK)",
        "`touch MARK`",
        "| touch MARK",
        "\n touch MARK",
        "&& touch MARK",
        "' \" * ~ $HOME",
    ],
)
def test_x1_no_shell_sees_an_argument(tmp_path, text):
    """X1: metacharacters arrive as they are, and nothing obeys them."""
    mark = tmp_path / "mark"
    value = text.replace("MARK", str(mark))
    entrypoint = {"type": "cli", "target": "printf", "args": ["%s", {"input": "a"}], "output": OUT}

    result = run_once(make_node(tmp_path / "n", entrypoint=entrypoint), {"a": value})

    assert result["output_state"] == {"out": value}
    assert not mark.exists()


STUBBORN = {
    "sleeps": "sleep 60",
    "ignores TERM": "trap '' TERM; while :; do sleep 0.1; done",
    "busy": "while :; do :; done",
    "has stopped itself": "kill -STOP $$",
    "closed its output": "exec >&- 2>&- 4>&-; sleep 60",
}


@pytest.mark.parametrize("script", STUBBORN.values(), ids=list(STUBBORN))
def test_x2_the_time_limit_ends_everything(tmp_path, script):
    """X2: over within the limit, the grace and a second, whatever the node does about it."""
    node = script_node(tmp_path / "n", script, limits={"timeout_ms": 300})
    began = time.monotonic()

    result = run_once(node)

    assert time.monotonic() - began < 0.3 + 1.0 + 1.0
    assert (result["status"], result["error"]["code"]) == ("failure", "timeout")
    assert result["process"]["timed_out"] is True
    assert result["output_state"] is None


def test_x2_a_python_node_that_hangs_is_ended(tmp_path):
    """X2: also where every signal is ignored and threads are busy."""
    source = (
        "import signal, threading\n"
        "def spin():\n    while True: pass\n"
        "def run():\n"
        "    signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "    threading.Thread(target=spin).start()\n"
        "    return {}\n"
    )

    result = run_once(python_node(tmp_path / "n", source, limits={"timeout_ms": 200}))

    assert (result["error"]["code"], result["process"]["signal"]) == ("timeout", signal.SIGKILL)


def test_x2_a_node_that_tidies_up_on_term_gets_its_grace(tmp_path):
    """X2: TERM comes first, and what the node logs then is kept."""
    script = "trap 'echo tidy; exit 0' TERM; sleep 60 & wait"

    result = run_once(script_node(tmp_path / "n", script, limits={"timeout_ms": 300}))

    assert (result["error"]["code"], result["process"]["signal"]) == ("timeout", None)
    assert result["process"]["stdout"]["text"] == "tidy\n"


DAEMON = (
    "import os, time\n"
    "def run(mark):\n"
    "    if os.fork() == 0:\n"
    "        os.setsid()\n"
    "        for _ in range(3):\n"
    "            if os.fork() == 0:\n"
    "                os.execve('/bin/sleep', ['sleep', '61'], {'MARK': mark})\n"
    "        os._exit(0)\n"
    "    time.sleep(0.1)\n"
    "    ENDING\n"
)


@pytest.mark.parametrize(
    ("ending", "status"),
    [("return {}", "success"), ("os._exit(3)", "failure"), ("time.sleep(60)", "failure")],
)
def test_x3_daemons_die_with_their_node(tmp_path, ending, status):
    """X3: a double fork into a session of its own does not outlive the execution."""
    source = DAEMON.replace("ENDING", ending)
    node = python_node(tmp_path / "n", source, limits={"timeout_ms": 500})
    mark = f"daemon-{tmp_path}"

    with bench() as made:
        result = made.execute(node, {"mark": mark})
        assert alive(mark) == []  # at once, with the runtime still open
        assert made.execute(node, {"mark": mark})["status"] == status

    assert result["status"] == status


def test_x3_a_node_that_kills_its_watcher_is_an_error_and_leaves_nothing(tmp_path):
    """X3: without its supervisor the result is unknown; the next execution goes well."""
    source = DAEMON.replace("ENDING", "os.kill(os.getppid(), 9); time.sleep(60)")
    killer = python_node(tmp_path / "killer", source)
    good = python_node(tmp_path / "good", "def run():\n    return {}\n")
    mark = f"watcher-{tmp_path}"

    with bench() as made:
        result = made.execute(killer, {"mark": mark})
        assert (result["status"], result["error"]["code"]) == ("error", "worker-lost")
        assert result["trust"]["counted"] is False
        assert wait_until(lambda: alive(mark) == [], 1)
        assert made.execute(good)["status"] == "success"


def test_x3_a_zygote_that_was_killed_is_replaced(tmp_path):
    """X3: killed between two executions, it costs nothing but a new start."""
    killer = script_node(
        tmp_path / "killer", "kill -9 $(cut -d' ' -f4 /proc/$PPID/stat); echo ok", output=OUT
    )

    with bench() as made:
        results = [made.execute(killer) for _ in range(3)]

    assert [result["output_state"] for result in results] == [{"out": "ok"}] * 3


def test_x3_nothing_outlives_an_orchestrator_that_was_killed(tmp_path, temporary):
    """X3, X17: SIGKILL to onex itself: no process goes on, and its folder goes with the next run."""
    mark = f"orphan-{tmp_path}"
    source = DAEMON.replace("ENDING", "time.sleep(60)")
    node = python_node(tmp_path / "n", source)
    program = (
        "import sys\n"
        "from onex.core import node\n"
        "from onex.runtime.runtime import ONEXRuntime\n"
        "ONEXRuntime(print).execute(node.load(sys.argv[1]), {'mark': sys.argv[2]})\n"
    )
    command = [sys.executable, "-c", program, str(node.folder), mark]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment) as host:
        assert wait_until(lambda: len(alive(mark)) >= 4)
        host.kill()

    assert wait_until(lambda: alive(mark) == [], 1)
    assert wait_until(lambda: alive(str(temporary)) == [], 1)
    assert len(os.listdir(temporary)) == 1
    run_once(python_node(tmp_path / "good", "def run():\n    return {}\n"))
    assert os.listdir(temporary) == []


@pytest.mark.parametrize("stream", ["1", "2"])
def test_x5_a_gigabyte_of_log_is_drained_in_little_memory(tmp_path, stream):
    """X5: all of it is read, its end and its true length are kept."""
    node = script_node(
        tmp_path / "n",
        f"head -c 1000000000 /dev/zero >&{stream}; echo end >&{stream}; echo '{{\"state\": {{}}}}' >&4",
    )
    program = (
        "import resource, sys, json\n"
        "from onex.core import node\n"
        "from onex.runtime.runtime import ONEXRuntime\n"
        "with ONEXRuntime(lambda fact: None) as runtime:\n"
        "    loaded = node.load(sys.argv[1])\n"
        "    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "    result = runtime.execute(loaded, {})\n"
        "grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before\n"
        "print(json.dumps([result, grown]))\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}

    done = subprocess.run(
        [sys.executable, "-c", program, str(node.folder)],
        capture_output=True,
        check=True,
        env=environment,
    )
    result, grown = json.loads(done.stdout)

    log = result["process"]["stdout" if stream == "1" else "stderr"]
    assert result["status"] == "success"
    assert (log["bytes"], log["truncated"]) == (1_000_000_004, True)
    assert log["text"] == "\0" * 4092 + "end\n"
    assert grown < 30 * 1024  # KiB: modules that the first execution imports


@pytest.mark.parametrize(
    ("script", "output"),
    [
        ("head -c 5000000 /dev/zero >&4; sleep 60", None),
        ("cat /dev/zero", OUT),
        ("head -c 1001 /dev/zero > f", {"from": "file", "path": "f"}),
    ],
    ids=["result", "stdout", "file"],
)
def test_x5_a_result_that_is_too_large_is_not_taken(tmp_path, script, output):
    """X5: one byte more than `limits.output_bytes`, and the node is ended."""
    node = script_node(tmp_path / "n", script, output=output, limits={"output_bytes": 1000})

    result = run_once(node)

    assert (result["status"], result["error"]["code"]) == ("failure", "output-limit")


def test_x5_a_result_that_just_fits_is_taken(tmp_path):
    """X5: the limit itself is allowed."""
    limits = {"output_bytes": 1000}
    node = script_node(
        tmp_path / "n", "head -c 1000 /dev/zero | tr '\\0' a", output=OUT, limits=limits
    )

    assert run_once(node)["output_state"] == {"out": "a" * 1000}


GARBAGE = {
    "nothing": b"",
    "partial": b'{"state": {"a": ',
    "two": b'{"state": {}}{"state": {}}',
    "binary": b"\x00\xff\xfe" * 200,
    "nan": b'{"state": {"a": NaN}}',
    "infinity": b'{"state": {"a": 1e999}}',
    "duplicate": b'{"state": {}, "state": {}}',
    "deep": b'{"state": {"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}}",
    "ansi": b'\x1b[31m{"state": {}}\x1b[0m',
    "log before": b'starting\n{"state": {}}\n',
    "surrogate": b'{"state": {"a": "\\ud800"}}',
    "bom": b'\xef\xbb\xbf{"state": {}}',
    "array": b"[]",
    "no state": b"{}",
    "state of a list": b'{"state": []}',
}


@pytest.mark.parametrize("data", GARBAGE.values(), ids=list(GARBAGE))
def test_x6_what_is_not_one_json_document_is_refused(tmp_path, data):
    """X6: a stable code, and a preview that is bounded and safe to print."""
    folder = tmp_path / "n"
    files = {"tool": '#!/bin/sh\ncat "${0%/*}/data" >&4\n', "data": data}
    node = make_node(folder, files, entrypoint={"type": "cli", "target": "tool"})

    result = run_once(node)

    assert (result["status"], result["error"]["code"]) == ("failure", "bad-output")
    assert result["error"]["message"].isprintable()
    details = result["error"]["details"]
    if data:
        assert details["bytes"] == len(data)
        assert base64.b64decode(details["preview"]) == data[:192]


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ('echo \'{"state": {"a": "x"}}\' >&4', "output-contract"),
        ('echo \'{"state": {"a": 1}}\' >&4; exit 3', "exit-status"),
        ('echo \'{"state": {"a": 1}}\' >&4; kill -SEGV $$', "signal"),
        ('echo \'{"state": {"a": 1}}\' >&4; kill -KILL $$', "signal"),
        ('echo \'{"state": {"a": 1}}\' >&4; exit 137', "exit-status"),
    ],
)
def test_x7_never_a_success(tmp_path, script, code):
    """X7: a broken contract with status 0, and a kept one with a bad end, are failures."""
    contract = {"type": "object", "properties": {"a": {"type": "integer"}}}

    result = run_once(script_node(tmp_path / "n", script, state_out=contract))

    assert (result["status"], result["reason"]) == ("failure", code)
    assert (result["process"]["signal"] is not None) == (code == "signal")


@pytest.mark.parametrize(
    "forged",
    [
        {"trust": {"level": "high"}},
        {"status": "success"},
        {"locked": True},
        {"error": None},
        {"run_id": "x"},
    ],
    ids=lambda forged: next(iter(forged)),
)
def test_x8_forged_records_are_refused(tmp_path, forged):
    """X8: what onex itself records is no part of what a node may hand back."""
    text = json.dumps({"state": {}, **forged})

    result = run_once(script_node(tmp_path / "n", f"echo '{text}' >&4"))

    assert (result["status"], result["error"]["code"]) == ("failure", "bad-output")
    assert result["trust"]["level"] == "unrated"


SHADOWS = {
    "json.py": "raise SystemExit('shadowed')\n",
    "click.py": "raise SystemExit('shadowed')\n",
    "sitecustomize.py": "raise SystemExit('customised')\n",
    "usercustomize.py": "raise SystemExit('customised')\n",
    "evil.pth": "import os; os._exit(9)\n",
    "node.py": (
        "import json, click, sys\n"
        "def run():\n"
        "    there = [m for m in ('sitecustomize', 'usercustomize', 'site') if m in sys.modules]\n"
        "    return {'there': there, 'hash': sys.flags.ignore_environment}\n"
    ),
}


def test_x12_nothing_of_the_node_or_the_environment_shadows_the_library(tmp_path, monkeypatch):
    """X12: modules of the library and of packages win; start-up hooks and PYTHON* do nothing."""
    for name, value in (
        ("PYTHONPATH", str(tmp_path / "n")),
        ("PYTHONSTARTUP", str(tmp_path / "n" / "json.py")),
        ("PYTHONINSPECT", "1"),
        ("PYTHONWARNINGS", "error"),
    ):
        monkeypatch.setenv(name, value)

    result = run_once(make_node(tmp_path / "n", SHADOWS))

    assert (result["error"], result["output_state"]) == (None, {"there": [], "hash": 1})


def test_x12_a_stale_cache_is_never_what_runs(tmp_path):
    """X12: compiled files beside the source are not staged, and none are written."""
    source = "from helper import V\ndef run():\n    return {'v': V}\n"
    node = make_node(tmp_path / "n", {"node.py": source, "helper.py": "V = 'true'\n"})
    subprocess.run(
        [
            sys.executable,
            "-c",
            "import py_compile; py_compile.compile('helper.py', invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)",
        ],
        cwd=node.folder,
        check=True,
    )
    (tmp_path / "n" / "helper.py").write_text("V = 'true'\n")
    cache = next((tmp_path / "n" / "__pycache__").iterdir())
    cache.write_bytes(cache.read_bytes().replace(b"true", b"evil"))
    before = sorted(os.listdir(tmp_path / "n"))

    assert run_once(node)["output_state"] == {"v": "true"}
    assert sorted(os.listdir(tmp_path / "n")) == before


def test_x13_executions_do_not_see_each_other(tmp_path):
    """X13: two nodes with modules of the same names, in one runtime, each with its own state."""
    source = (
        "import os, builtins, helper\n"
        "seen = []\n"
        "def run():\n"
        "    seen.append(1); helper.N += 1; os.environ['X'] = os.environ.get('X', '') + 'x'\n"
        "    builtins.LEAK = getattr(builtins, 'LEAK', 0) + 1\n"
        "    return {'who': helper.WHO, 'n': helper.N, 'seen': len(seen), 'x': os.environ['X'], 'leak': LEAK}\n"
    )
    one = make_node(tmp_path / "one", {"node.py": source, "helper.py": "WHO = 'one'\nN = 0\n"})
    two = make_node(tmp_path / "two", {"node.py": source, "helper.py": "WHO = 'two'\nN = 0\n"})

    with bench() as made:
        states = [made.execute(node)["output_state"] for node in (one, two, one)]

    fresh = {"n": 1, "seen": 1, "x": "x", "leak": 1}
    assert states == [{"who": who, **fresh} for who in ("one", "two", "one")]
    assert "helper" not in sys.modules
    assert "X" not in os.environ


PROGRAMS = [
    ({}, "no-such-program", "entrypoint-missing", "no-such-program is neither a file of the node nor a program"),
    ({}, "/bin/true", "entrypoint-missing", "/bin/true is not a file of the node"),
    ({}, "../n/tool", "entrypoint-missing", "../n/tool is not a file of the node"),
    ({"d/f": "x"}, "d", "entrypoint-missing", "d is neither a file of the node nor a program"),
    ({"tool": "echo\n"}, "tool", "not-executable", "tool is a file of the node, but is not executable"),
    ({"tool": "#!/no/such/shell\n"}, "tool", "not-executable", "the program, or the interpreter that its first line names"),
    ({"tool": "#!/bin/sh\r\ntrue\r\n"}, "tool", "not-executable", "the program, or the interpreter that its first line names"),
    ({"tool": "#!\n"}, "tool", "not-executable", "the program has no form that can be executed"),
    ({"tool": "#! /\n"}, "tool", "not-executable", "the program cannot be executed: Permission denied"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("files", "target", "code", "message"),
    PROGRAMS,
    ids=[f"{n} {row[1]}" for n, row in enumerate(PROGRAMS)],
)
def test_x14_a_program_that_cannot_be_executed_is_a_typed_failure(
    tmp_path, files, target, code, message
):
    """X14: missing, a folder, not executable, a bad first line."""
    result = run_once(
        make_node(tmp_path / "n", files, entrypoint={"type": "cli", "target": target})
    )

    assert (result["status"], result["error"]["code"]) == ("failure", code)
    assert result["error"]["message"].startswith(message)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("a\0b", "an argument holds a NUL character"),
        ("x" * 200_000, "the arguments are longer than the system allows"),
        (["x" * 1000] * 9000, "the arguments are longer than the system allows"),
    ],
    ids=["nul", "one too long", "too long together"],
)
def test_x14_arguments_that_cannot_be_passed_are_a_typed_failure(tmp_path, value, message):
    """X14: NUL and E2BIG."""
    node = script_node(tmp_path / "n", "true", args=[{"input": "a"}])

    error = run_once(node, {"a": value})["error"]

    assert (error["code"], error["message"]) == ("bad-argument", message)


MESS = {
    "plain": "return {}",
    "files": "os.makedirs('a/b'); open('a/b/c', 'w').close(); return {}",
    "locked folder": "os.makedirs('a/b'); open('a/b/c', 'w').close(); os.chmod('a/b', 0); os.chmod('a', 0); return {}",
    "locked work folder": "os.mkdir('a'); os.chmod('.', 0); return {}",
    "removed work folder": "os.rmdir(os.getcwd()); return {}",
    "killed": "open('f', 'w').close(); os.kill(os.getpid(), 9)",
    "time": "open('f', 'w').close(); time.sleep(60)",
    "daemon": "subprocess.Popen(['sleep', '60'], start_new_session=True); return {}",
}


def test_x17_nothing_is_left_over(tmp_path, temporary):
    """X17: 56 executions of every kind, and no folder, process or descriptor more than before."""
    nodes = [
        python_node(
            tmp_path / f"n{number}",
            f"import os, subprocess, time\ndef run():\n    {code}\n",
            limits={"timeout_ms": 400} if name == "time" else {},
        )
        for number, (name, code) in enumerate(MESS.items())
    ]
    descriptors, processes = len(os.listdir("/proc/self/fd")), children()

    with bench() as made:
        for _ in range(7):
            for node in nodes:
                made.execute(node)
            (root,) = os.listdir(temporary)
            work = [name for name in os.listdir(temporary / root) if name.startswith("work")]
            assert work == []

    assert os.listdir(temporary) == []
    assert children() == processes
    assert len(os.listdir("/proc/self/fd")) == descriptors
