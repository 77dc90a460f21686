"""Command nodes: arguments from the state, results from three places, never a shell."""

import pytest
from tests.unit.runtime.nodes import make_node, run_once, script_node

from onex.runtime.arguments import arguments
from onex.runtime.executor import FaultError

STDOUT_TEXT = {"from": "stdout", "as": "text", "key": "out"}


@pytest.mark.parametrize(
    ("args", "state", "expected"),
    [
        (["-n", "a b"], {}, ["-n", "a b"]),
        ([{"input": "a"}], {"a": "x y"}, ["x y"]),
        ([{"input": "a"}], {}, []),
        ([{"input": "a"}], {"a": None}, []),
        ([{"input": "a"}], {"a": ["x", "y"]}, ["x", "y"]),
        ([{"input": "a"}], {"a": []}, []),
        ([{"input": "a"}], {"a": ""}, [""]),
        ([{"input": "a"}], {"a": 3}, ["3"]),
        ([{"input": "a"}], {"a": 0.5}, ["0.5"]),
        ([{"input": "a"}], {"a": False}, ["false"]),
        ([{"input": "a"}], {"a": {"k": "é"}}, ['{"k":"é"}']),
        ([{"input": "a", "flag": "--min"}], {"a": 3}, ["--min", "3"]),
        ([{"input": "a", "flag": "--min"}], {"a": [1, 2]}, ["--min", "1", "--min", "2"]),
        ([{"input": "a", "flag": "--min"}], {}, []),
        ([{"input": "a", "switch": "--dry"}], {"a": True}, ["--dry"]),
        ([{"input": "a", "switch": "--dry"}], {"a": False}, []),
        ([{"input": "a", "switch": "--dry"}], {"a": "yes"}, []),
        (["x", {"input": "a"}, "y"], {"a": "--z"}, ["x", "--z", "y"]),
    ],
)
def test_arguments(args, state, expected):
    """Every value is an argument of its own; what is absent gives none."""
    assert arguments(args, state) == expected


@pytest.mark.parametrize("text", ["a\0b", "\ud800"])
def test_texts_that_cannot_be_arguments(text):
    """A NUL ends an argument in C, and half a surrogate pair has no bytes."""
    with pytest.raises(FaultError) as caught:
        arguments([{"input": "a"}], {"a": text})

    assert caught.value.problem["code"] == "bad-argument"


OUTPUTS = [
    ('echo \'{"state": {"a": 1}, "summary": "s"}\' >&4', None, {"a": 1}),
    ('echo \'{"state": {"a": 1}}\' >&$ONEX_RESULT', {"from": "result"}, {"a": 1}),
    ("echo one >&4", {"from": "result", "as": "text", "key": "out"}, {"out": "one"}),
    ("echo '{\"a\": 1}'", {"from": "stdout"}, {"a": 1}),
    ("echo '[1, 2]'", {"from": "stdout", "as": "json", "key": "out"}, {"out": [1, 2]}),
    ("printf 'one\\n\\n'", STDOUT_TEXT, {"out": "one\n"}),
    ("printf one", STDOUT_TEXT, {"out": "one"}),
    ("true", STDOUT_TEXT, {"out": ""}),
    ("printf 'a\\nb\\n'", {"from": "stdout", "as": "lines", "key": "out"}, {"out": ["a", "b"]}),
    ("printf 'a\\n\\n'", {"from": "stdout", "as": "lines", "key": "out"}, {"out": ["a", ""]}),
    ("true", {"from": "stdout", "as": "lines", "key": "out"}, {"out": []}),
    ("mkdir d; echo '{}' > d/f", {"from": "file", "path": "d/f"}, {}),
    ("cat <&3", {"from": "stdout"}, {"word": "in"}),
    ("cat /dev/fd/$ONEX_INPUT", {"from": "stdout"}, {"word": "in"}),
    ("cat; pwd -P | grep -c /onex-run-", STDOUT_TEXT, {"out": "1"}),
]


@pytest.mark.parametrize(
    ("script", "output", "state"), OUTPUTS, ids=[f"{n} {row[0]}" for n, row in enumerate(OUTPUTS)]
)
def test_where_the_output_comes_from(tmp_path, script, output, state):
    """Descriptor 4, standard output or a file; as JSON, text or lines."""
    result = run_once(script_node(tmp_path / "n", script, output=output), {"word": "in"})

    assert (result["error"], result["output_state"]) == (None, state)


REFUSED = [
    ("true", None, "bad-output", "the node ended well, but handed back nothing"),
    ("echo 1 >&4", None, "bad-output", "what the node handed back is not a node result"),
    ("echo '{}'", None, "bad-output", "the node ended well, but handed back nothing"),
    ("echo '[]'", {"from": "stdout"}, "bad-output", "what the node handed back is not a node result"),
    ("printf '\\377'", STDOUT_TEXT, "bad-output", "what the node handed back is not UTF-8: byte 0"),
    ("echo a", {"from": "stdout", "as": "text"}, "bad-output", "entrypoint.output.key must name"),
    ("true", {"from": "file"}, "bad-output", "entrypoint.output.path names no file"),
    ("true", {"from": "file", "path": "f"}, "bad-output", "the node left no file f in its work folder"),
    ("mkdir f", {"from": "file", "path": "f"}, "bad-output", "f in the work folder is not a regular file"),
    ("mkfifo f", {"from": "file", "path": "f"}, "bad-output", "f in the work folder is not a regular file"),
    ("ln -s /etc/passwd f", {"from": "file", "path": "f"}, "bad-output", "the node left no file f"),
    ("ln -s /etc d", {"from": "file", "path": "d/passwd"}, "bad-output", "the node left no file d/passwd"),
    ("exit 3", None, "exit-status", "the process ended with status 3"),
    ("echo '{\"state\": {}}' >&4; exit 3", None, "exit-status", "the process ended with status 3"),
    ("kill -9 $$", None, "signal", "signal 9 (Killed) ended the process"),
    ("echo '{\"state\": {}}' >&4; kill -11 $$", None, "signal", "signal 11 (Segmentation fault)"),
    ("exit 137", None, "exit-status", "the process ended with status 137"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("script", "output", "code", "message"),
    REFUSED,
    ids=[f"{n} {row[0]}" for n, row in enumerate(REFUSED)],
)
def test_what_is_no_output(tmp_path, script, output, code, message):
    """A result that is not there or not well-formed, and an end that is not a good one."""
    result = run_once(script_node(tmp_path / "n", script, output=output))

    assert (result["status"], result["error"]["code"]) == ("failure", code)
    assert result["error"]["message"].startswith(message)


def test_a_program_of_the_search_path(tmp_path):
    """A target that is no file of the node is looked up; its name is its first argument."""
    entrypoint = {
        "type": "cli",
        "target": "printf",
        "args": ["%s", {"input": "a"}],
        "output": STDOUT_TEXT,
    }

    result = run_once(make_node(tmp_path / "n", entrypoint=entrypoint), {"a": "x"})

    assert result["output_state"] == {"out": "x"}


def test_a_program_of_the_node_comes_before_the_search_path(tmp_path):
    """The node's own `printf` is what its lock covers."""
    entrypoint = {"type": "cli", "target": "./printf", "output": STDOUT_TEXT}

    result = run_once(
        make_node(tmp_path / "n", {"printf": "#!/bin/sh\necho own\n"}, entrypoint=entrypoint)
    )

    assert result["output_state"] == {"out": "own"}


def test_a_program_meets_the_signals_that_it_expects(tmp_path):
    """A reader that goes away ends a writer silently, as in any shell."""
    node = script_node(tmp_path / "n", "yes | head -1", output=STDOUT_TEXT)

    result = run_once(node)

    assert result["output_state"] == {"out": "y"}
    assert result["process"]["stderr"]["text"] == ""
