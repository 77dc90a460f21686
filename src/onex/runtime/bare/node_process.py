"""The process of a node: descriptors in place, then the function is called or the program executed.

Descriptor 3 holds the input state, 4 takes the result; standard input is empty, standard output
and error are logs. How the node ended goes to the supervisor on a descriptor of its own (the
*verdict*): ``returned``, ``error`` (code, message, details), or the ``errno`` of a failed exec.
"""

from __future__ import annotations

import atexit
import fcntl
import json
import os
import signal
import sys

TYPE_CHECKING = False  # what `typing` calls it; importing that would add an eighth to the memory
if TYPE_CHECKING:
    from typing import NoReturn

    from onex.runtime.bare.kernel import die_with_parent
    from onex.runtime.bare.launch import Descriptors, Job, read_all, write_all
else:
    from kernel import die_with_parent
    from launch import read_all, write_all

CODE_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-")
MESSAGE_LENGTH = 4000
BARE_MODULES = ("kernel", "launch", "node_process", "supervisor")


def become_node(job: Job, descriptors: Descriptors, verdict: int, supervisor: int) -> NoReturn:
    """Turn this process into the node's, and run it."""
    os.setsid()
    die_with_parent()
    if os.getppid() != supervisor:
        os._exit(1)
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    is_python = "function" in job
    verdict = place(descriptors, verdict, inheritable=not is_python)
    os.umask(0o022)
    os.chdir(job["work"])
    if is_python:
        call(job, verdict)
    execute(job, verdict)


def place(descriptors: Descriptors, verdict: int, *, inheritable: bool) -> int:
    """Put every descriptor where the node expects it; where the verdict went."""
    null = os.open(os.devnull, os.O_RDONLY)
    sources = (
        null,
        descriptors.stdout,
        descriptors.stderr,
        descriptors.input,
        descriptors.result,
        verdict,
    )
    high = [fcntl.fcntl(source, fcntl.F_DUPFD_CLOEXEC, 16) for source in sources]
    for source in sources:
        os.close(source)
    for number, source in enumerate(high[:-1]):
        os.dup2(source, number, inheritable=inheritable or number <= 2)  # noqa: PLR2004
        os.close(source)
    return high[-1]


def execute(job: Job, verdict: int) -> NoReturn:
    """Become the program; only an error comes back."""
    for number in (signal.SIGPIPE, signal.SIGXFSZ):  # Python ignores them, programs expect them
        signal.signal(number, signal.SIG_DFL)
    try:
        os.execve(job["program"], job["argv"], job["env"])  # noqa: S606 - a shell is what it must not be
    except OSError as error:
        say(verdict, {"errno": error.errno})
    os._exit(126)


def call(job: Job, verdict: int) -> NoReturn:
    """Call the function, write what it returns, and end as any Python program ends."""
    status = 1
    try:
        os.environ.clear()
        os.environ.update(job["env"])
        payload = encode(call_function(job), job["function"])
        end_threads_and_files()
        write_all(4, payload)
        say(verdict, {"returned": True})
        status = 0
    except BaseException as error:  # noqa: BLE001 - the end of the process is the boundary
        say(verdict, describe(error, job))
    finally:
        os._exit(status)


def call_function(job: Job) -> object:
    """Run the target as the module ``node`` and call its function with the state's properties."""
    path = job["file"]
    state = json.loads(read_all(3))
    sys.path.extend(job["paths"])
    sys.dont_write_bytecode = True
    sys.argv[:] = [path]
    for name in BARE_MODULES:  # a node may bring modules of these names
        del sys.modules[name]
    module = type(sys)("node")
    module.__file__ = path
    sys.modules["node"] = module
    with open(path, "rb") as file:
        source = file.read()
    # The name alone, for tracebacks that are the same in every folder.
    exec(compile(source, os.path.basename(path), "exec", dont_inherit=True), module.__dict__)  # noqa: S102
    function = getattr(module, job["function"], None)
    if not callable(function):
        message = f"{os.path.basename(path)} has no function {job['function']}"
        raise Fault(message, code="entrypoint-missing")
    result: object = function(**state)
    return result


class Fault(Exception):  # noqa: N818 - it never leaves this process
    """A fault of the node that is not an exception of its own."""

    def __init__(self, message: str, *, code: str = "bad-output") -> None:
        super().__init__(message)
        self.code = code


def encode(value: object, function: str) -> bytes:
    """The node result as JSON, from the state or from ``(state, report)``."""
    report: object = {}
    if isinstance(value, tuple) and len(value) == 2:  # noqa: PLR2004
        value, report = value
    if not isinstance(value, dict) or not isinstance(report, dict) or "state" in report:
        found = type(value).__name__
        message = f"{function} returned {found}; a node returns a dict, or a dict and a report"
        raise Fault(message)
    try:
        return json.dumps({"state": value, **report}, allow_nan=False).encode()
    except (TypeError, ValueError, RecursionError) as error:
        message = f"what {function} returned is not JSON: {error}"
        raise Fault(message) from None


def end_threads_and_files() -> None:
    """What the interpreter does at its end, as far as a node can notice."""
    threading = sys.modules.get("threading")
    if threading is not None:
        threading._shutdown()  # noqa: SLF001 - as multiprocessing does in its forked processes
    atexit._run_exitfuncs()  # noqa: SLF001
    sys.modules["node"].__dict__.clear()  # closes the files that the module still holds
    flush()


def flush() -> None:
    """Hand over what is buffered; a node may have closed or replaced its streams."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (AttributeError, OSError, ValueError):
            continue


def describe(error: BaseException, job: Job) -> Job:
    """The verdict about an exception; its traceback goes to the log."""
    if isinstance(error, Fault):
        flush()
        return {"error": {"code": error.code, "message": plain(str(error)), "details": {}}}
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_code.co_filename == __file__:
        trace = trace.tb_next
    sys.__excepthook__(type(error), error.with_traceback(trace), trace)
    flush()
    details: Job = {"type": plain(type(error).__name__)}
    name = os.path.basename(job["file"])
    if isinstance(error, SyntaxError) and error.filename == name:
        details["line"] = error.lineno
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == name:
            details["line"] = trace.tb_lineno
        trace = trace.tb_next
    text = plain(f"{type(error).__name__}: {error}")
    return {"error": {"code": code_of(error), "message": text, "details": details}}


def plain(text: str) -> str:
    """``text`` as a message: cut, and with escapes for what is not Unicode."""
    return text[:MESSAGE_LENGTH].encode(errors="backslashreplace").decode()


def code_of(error: BaseException) -> str:
    """The exception's own code where it is one; a ``SystemExit`` has a text there that is none."""
    code = getattr(error, "code", None)
    if not isinstance(code, str) or isinstance(error, SystemExit):
        return "exception"
    fits = code[:1].isalpha() and CODE_CHARACTERS.issuperset(code) and len(code) <= 128  # noqa: PLR2004
    return code if fits else "exception"


def say(verdict: int, message: Job) -> None:
    """Tell the supervisor; a pipe takes a message of this size at once or not at all."""
    write_all(verdict, json.dumps(message).encode())
