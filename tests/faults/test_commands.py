"""Every command with hostile arguments, names and streams: refused or done, in words for people.

Whatever comes, a command ends with status 0, 1 or 2, tells no fault of its own, prints nothing that
a terminal would obey, and leaves the tree as it was unless writing is what it does.
"""

import json
import os
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from onex.cli.messages import LONGEST, row, say_json

ONEX = str(Path(sys.executable).parent / "onex")
OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]")


def call(folder, *arguments, **options):
    """A command in a process of its own; its output as text."""
    return subprocess.run(
        [ONEX, *arguments],
        cwd=folder,
        encoding="utf-8",
        check=False,
        **{"stdin": subprocess.DEVNULL, "capture_output": True, "timeout": 20, **options},
    )


def is_decent(code, words):
    """Whether a command ended as commands do, with words that only say something."""
    return (
        code in {0, 1, 2}
        and "Traceback" not in words
        and "a fault in onex itself" not in words
        and OBEYED.search(words) is None
    )


def decent(ended):
    """The same, of a process."""
    return is_decent(ended.returncode, ended.stdout + ended.stderr)


def content(folder):
    """Every file below ``folder`` and its bytes; what runs record aside."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "reports" not in path.parts
    }


HOSTILE = [
    b"../x.y",
    b"/a.b",
    b"~/a.b",
    b"a\\b.c",
    b"C:\\a",
    b"a.b\nonex: all is well",
    b"a.\x1b[31mb\x1b]0;t\x07",
    "a.\u202eb".encode(),
    "a.\u200bb".encode(),
    b"a.\xc2\x9bb",
    b"a.\xff",
    b"a..b",
    b"",
    b"a." + b"b" * 300,
    b"a.b" * 3000,
]

TAKE_A_NAME = {
    "scaffold": ["scaffold", b"NAME"],
    "template": ["scaffold", "z.y", "--type", b"NAME"],
    "maker": ["scaffold", "z.y", "--using", b"NAME"],
    "answer": ["scaffold", "z.y", "--set", b"NAME=1"],
    "function": ["scaffold", "z.y", "--from-function", b"NAME"],
    "file of a function": ["scaffold", "z.y", "--from-function", b"NAME.py:f"],
    "script": ["scaffold", "z.y", "--from-script", b"NAME"],
    "adopt": ["adopt", b"NAME"],
    "infer": ["infer", b"NAME"],
    "lock": ["lock", "--check", b"NAME"],
    "validate": ["validate", b"NAME"],
    "run": ["run", b"NAME"],
    "input": ["run", "demo.text.clean", "--input", b"NAME"],
    "input file": ["run", "demo.text.clean", "--input", b"@NAME"],
    "setting": ["run", "demo.text.clean", "--set", b"NAME=1"],
    "no setting": ["run", "demo.text.clean", "--set", b"NAME"],
    "test": ["test", b"NAME"],
    "show": ["show", b"NAME"],
    "graph": ["show", "--graph", "svg", b"NAME"],
    "lifecycle": ["lifecycle", b"NAME", "active"],
    "stage": ["lifecycle", "demo.text.clean", b"NAME"],
    "tree": ["tree", b"NAME"],
    "explain": ["explain", b"NAME"],
    "schema": ["schema", b"NAME"],
    "fmt": ["fmt", b"NAME"],
    "migrate": ["migrate", b"NAME", "--to", "1.0.0"],
    "edition": ["migrate", ".", "--to", b"NAME"],
    "namespace": ["adopt", "demo", "--under", b"NAME"],
    "models": ["gen", "models", b"NAME"],
    "diff": ["diff", b"NAME"],
    "command": [b"NAME"],
    "option": [b"--NAME"],
}


@pytest.mark.parametrize("words", TAKE_A_NAME.values(), ids=list(TAKE_A_NAME))
def test_p1_p6_a_hostile_name_is_refused_in_plain_words(onex, workspace, words):
    """P1, P6, P9: each command refuses each name, says so safely, and writes nothing."""
    before = content(workspace)

    for name in HOSTILE:
        given = [word.replace(b"NAME", name) if isinstance(word, bytes) else word for word in words]
        ended = onex(*map(os.fsdecode, given))

        assert is_decent(ended.exit_code, ended.stdout + ended.stderr), (name, ended)
        # An empty name, or one too many, may just be a call for help or the whole list.
        assert ended.exit_code != 0 or name == b"", (name, ended)
    assert content(workspace) == before


@pytest.mark.parametrize("owner", ["", "x" * 201, b"\xff", "a\x7fb\u2028\"'\\ {owner}"])
def test_p6_an_owner_makes_settings_that_can_be_read_or_none(tmp_path, owner):
    """`onex init` writes no onex.toml that the next command refuses."""
    ended = call(tmp_path, "init", ".", "--owner", owner)

    assert decent(ended)
    if ended.returncode == 0:
        assert call(tmp_path, "scaffold", "a.b").returncode == 0
    else:
        assert os.listdir(tmp_path) == []


TEXT = "\x1b[31m\u202e\x9b\x7f\n"


@pytest.mark.parametrize("command", [["list"], ["show", "demo.text.clean"]], ids=["list", "show"])
@pytest.mark.parametrize("form", ["text", "json"])
def test_p6_the_words_of_a_node_are_shown_escaped(workspace, command, form):
    """What a document says cannot command a terminal; as JSON it stays the same value."""
    path = workspace / "demo/text/clean/node.onex"
    text = re.sub(r"(?m)^owner:.*", lambda _: f"owner: {json.dumps(TEXT)}", path.read_text())
    path.write_text(text)

    ended = call(workspace, *command, "--output-format", form)

    assert decent(ended)
    assert ended.returncode == 0
    if form == "json":
        value = json.loads(ended.stdout)
        assert (value[0] if isinstance(value, list) else value)["owner"] == TEXT


def test_p6_a_row_is_one_row_and_keeps_both_ends():
    """However long a message is, its beginning (the place) and its end (the reason) are shown."""
    shown = row(f"file:1:1: {'x' * 1_000_000}\n because \x1b")

    assert shown.startswith("file:1:1: xxx")
    assert shown.endswith("xxx\\n because \\x1b")
    assert len(shown) < LONGEST + 100


@pytest.mark.parametrize("text", ["\u202e", "\x7f\x9b", "\U000e0001", "\u00a0é日", "a\\u202e"])
def test_p6_escaped_json_is_the_same_value(capsys, text):
    """Escapes change the spelling of JSON alone."""
    say_json(json.dumps({text: [text]}, ensure_ascii=False, indent=2) + "\n")

    shown = capsys.readouterr().out
    assert json.loads(shown) == {text: [text]}
    assert all(line.isprintable() for line in shown.split("\n"))


RAISED = {
    "controls": (r"raise ValueError('\x1b[31m\n::error::x \u202e\x9b')", r"\x1b[31m\n::error::x"),
    "a megabyte": ("raise ValueError('x' * 1_000_000)", "xxx ... ("),
    "no Unicode": (r"raise ValueError('\udcff')", r"ValueError: \udcff"),
    "a name": (r"raise type('E\x1b', (Exception,), {})('x')", r"E\x1b: x"),
    "no words": ("raise type('E', (Exception,), {'__str__': lambda s: 1 / 0})()", "status 1"),
    "exit": (r"raise SystemExit('\x1b[31m')", r"SystemExit: \x1b[31m"),
    "a class": ("return type('x' * 100_000, (), {})()", "run returned xxx"),
    "a key": (r"return {'\x1b\u202e': 1}", r"\x1b\u202e"),
    "half a pair": (r"return {'text': '\udcff'}", "half of a surrogate pair"),
    "depth": (
        "import functools; return {'text': functools.reduce(lambda a, _: [a], [0] * 9999)}",
        "is not JSON: ",
    ),
}


@pytest.mark.parametrize(("body", "said"), RAISED.values(), ids=list(RAISED))
def test_p6_what_a_node_says_is_one_safe_line(workspace, body, said):
    """A node's own words reach the terminal escaped and cut, and its failure is its own."""
    (workspace / "demo/text/clean/node.py").write_text(f"def run(text):\n    {body}\n")
    assert call(workspace, "lock").returncode == 0

    ended = call(workspace, "run", "demo.text.clean", "--set", "text=a")

    assert decent(ended)
    assert ended.returncode == 1
    lines = ended.stderr.splitlines()
    assert [line.partition(" ")[0] for line in lines] == ["demo.text.clean:", "", "recorded"]
    assert said in lines[0]
    assert len(lines[0]) < LONGEST + 100


FORGED = [
    '{"error": {"code": "x", "message": "m", "details": {"a": NaN}}}',
    '{"error": {"code": "x", "message": "\\\\udcff"}}',
    '{"error": {"code": "x", "message": "\\\\u001b[31m"}}',
    '{"errno": 99999999999999999999}',
    '{"errno": [-5]}',
]


@pytest.mark.parametrize("forged", FORGED)
def test_p6_a_forged_verdict_is_a_failure_of_the_node(workspace, forged):
    """A node may write where its process tells how it ended; onex stays whole."""
    body = f"""import os
def run(text):
    for descriptor in range(3, 30):
        try:
            os.write(descriptor, b'''{forged}''')
        except OSError:
            pass
    os._exit(1)
"""
    (workspace / "demo/text/clean/node.py").write_text(body)
    assert call(workspace, "lock").returncode == 0

    ended = call(workspace, "run", "demo.text.clean", "--set", "text=a")

    assert decent(ended)
    assert ended.returncode == 1


SETTINGS = {
    "deep": b"a = " + b"[" * 5000 + b"]" * 5000,
    "a date": b"owner = 2020-01-01",
    "infinite": b"owner = inf",
    "many digits": b"owner = " + b"9" * 5000,
    "bytes": b"owner = '\xe9'",
    "no end": b"\n\nowner = 'a",
    "large": b"#" * (2 << 20),
    "escapes": b'"\\u001b[31m\\u202e" = 1',
}


@pytest.mark.parametrize("data", SETTINGS.values(), ids=list(SETTINGS))
def test_p6_settings_that_are_none_are_refused_at_their_place(workspace, data):
    """A message names onex.toml and the line."""
    (workspace / "onex.toml").write_bytes(data)

    ended = call(workspace, "scaffold", "a.b")

    assert decent(ended)
    assert ended.returncode == 2
    assert re.match(r"onex: onex\.toml:\d+:\d+: ", ended.stderr)


WRITERS = {
    "run": ["run", "demo.text.clean", "--set", "text=a", "-o"],
    "validate": ["validate", "-o"],
    "export": ["validate", "--export"],
    "docs": ["gen", "docs", "-o"],
}


@pytest.mark.parametrize("command", WRITERS.values(), ids=list(WRITERS))
def test_p4_an_output_replaces_files_alone(workspace, command):
    """A pipe, a folder, a link and a document of onex are what they were."""
    target = workspace / "target"
    target.write_text("old")
    os.mkfifo(workspace / "pipe")
    (workspace / "loop").symlink_to("loop")
    (workspace / "link").symlink_to("target")
    (workspace / "nowhere").symlink_to("missing/x")
    before = content(workspace / "demo")
    bad = ["", "pipe", "loop", "nowhere", "demo", "missing/x", ".tree", "onex.toml"]

    ends = {name: call(workspace, *command, name) for name in [*bad, "demo/text/clean/node.onex"]}

    assert all(map(decent, ends.values()))
    assert {name: ended.returncode for name, ended in ends.items()} == dict.fromkeys(ends, 2)
    assert (workspace / "pipe").is_fifo()
    assert content(workspace / "demo") == before

    assert call(workspace, *command, "link").returncode == 0
    assert (workspace / "link").is_symlink()
    assert target.read_text() != "old"


def test_p4_an_output_into_a_pipe_reaches_its_reader(workspace):
    """`-o` may name a pipe that somebody reads, as a shell makes for `>(...)`."""
    path = workspace / "pipe"
    os.mkfifo(path)
    read = []
    reader = threading.Thread(target=lambda: read.append(path.read_text()))
    reader.start()

    ended = call(workspace, "validate", "--output-format", "json", "-o", "pipe")
    if ended.returncode:  # nobody wrote: let the reader go
        os.close(os.open(path, os.O_RDWR | os.O_NONBLOCK))
    reader.join(10)

    assert ended.returncode == 0
    assert json.loads(read[0])["nodes_checked"] == 1


COMMANDS = {
    "validate": ["validate"],
    "lock": ["lock"],
    "tree": ["tree"],
    "write": ["tree", "--write"],
    "list": ["list"],
    "show": ["show", "demo.text.clean"],
    "graph": ["show", "--graph", "svg"],
    "run": ["run", "demo.text.clean", "--set", "text=a"],
    "test": ["test", "demo.text.clean"],
    "scaffold": ["scaffold", "a.b"],
    "init": ["init"],
}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=list(COMMANDS))
def test_commands_survive_closed_streams(workspace, command):
    """Without stdin or stderr a command works; without stdout it says that nobody sees it."""
    for closed in (0, 1, 2):
        words = [word.replace("a.b", f"a.b{closed}") for word in command]
        ended = call(workspace, *words, preexec_fn=lambda n=closed: os.close(n), stdin=None)

        assert decent(ended)
        assert (ended.returncode == 2) == (closed == 1)


@pytest.mark.parametrize("command", COMMANDS.values(), ids=list(COMMANDS))
def test_commands_say_that_the_working_folder_is_gone(tmp_path, command):
    """No path can be told from there; the message says why."""
    place = tmp_path / "gone"
    place.mkdir()
    ended = call(place, *command, preexec_fn=lambda: os.rmdir(place))

    assert decent(ended)
    assert ended.returncode == 2
    assert ended.stderr.startswith("onex: the working folder is gone\n")


def test_a_path_loses_the_working_folder_at_its_beginning_only(tmp_path):
    """From `/a`, the path `/b/a/c` is not `/bc`; and from `/`, slashes stay."""
    inner = Path(f"{tmp_path}/deep{tmp_path}/inner")
    inner.mkdir(parents=True)
    wanted = f"onex: {inner}: no .tree here or in any folder above; a workspace needs an index"

    for folder in (tmp_path, Path("/")):
        ended = call(folder, "tree", inner)
        here = f"{folder}/" if folder != Path("/") else ""
        assert ended.stderr.startswith(wanted.replace(f" {here}", " ", 1) if here else wanted)


@pytest.mark.parametrize("kind", ["pipe", "zero"])
def test_p4_git_files_that_are_none_do_not_hold_up_a_run(workspace, kind):
    """The commit is looked up in plain files; a pipe for `.git` would wait for ever."""
    if kind == "pipe":
        os.mkfifo(workspace / ".git")
    else:
        (workspace / ".git").symlink_to("/dev/zero")

    ended = call(workspace, "run", "demo.text.clean", "--set", "text=a")

    assert ended.returncode == 0
    assert "__0000000\n" in ended.stderr


ODD = {
    "C locale": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "no home": {"HOME": ""},
    "no path": {"PATH": ""},
    "bytes": {"ONEX_X": "\udcff", "\udcfe": "\udcff"},
}


@pytest.mark.parametrize("environment", ODD.values(), ids=list(ODD))
def test_commands_work_in_an_odd_environment(workspace, environment):
    """Output is UTF-8 whatever the locale is, and nothing of the environment is needed."""
    path = workspace / "demo/text/clean/node.onex"
    path.write_text(re.sub(r"(?m)^owner:.*", "owner: Müller 日本", path.read_text()))

    ended = call(workspace, "show", "demo.text.clean", env={**os.environ, **environment})

    assert decent(ended)
    assert "owner        Müller 日本\n" in ended.stdout
