"""Files in and out of a node: copied, digested, recorded, and never followed elsewhere."""

import hashlib
import os

import pytest
from tests.unit.runtime.nodes import bench, python_node, run_once

FILE_IN = {
    "type": "object",
    "properties": {"data": {"type": "string", "x-onex-file": "in", "contentMediaType": "text/csv"}},
}
FILE_OUT = {"type": "object", "properties": {"made": {"type": "string", "x-onex-file": "out"}}}
COPY = (
    "import os\n"
    "def run(data):\n"
    "    with open(data) as file:\n"
    "        text = file.read()\n"
    "    with open('made.txt', 'w') as file:\n"
    "        file.write(text.upper())\n"
    "    return {'made': 'made.txt', 'mode': oct(os.stat(data).st_mode), 'data': data}\n"
)


def sha(text):
    return hashlib.sha256(text.encode()).hexdigest()


def test_files_are_staged_collected_and_recorded(tmp_path, monkeypatch):
    """The node sees a read-only copy; what it made is kept under the run's artifacts."""
    (tmp_path / "rows.csv").write_text("a,b\n")
    monkeypatch.chdir(tmp_path)
    node = python_node(tmp_path / "n", COPY, state_in=FILE_IN, state_out=FILE_OUT)

    with bench(artifacts_dir=str(tmp_path / "artifacts")) as made:
        result = made.execute(node, {"data": "rows.csv"})

    assert result["input_state"] == {"data": "inputs/0/rows.csv"}
    assert result["output_state"] == {
        "made": "made.txt",
        "mode": "0o100444",
        "data": "inputs/0/rows.csv",
    }
    assert result["artifacts"] == [
        {"name": "data", "path": "inputs/0/rows.csv", "hash": sha("a,b\n"), "type": "text/csv"},
        {
            "name": "made",
            "path": "artifacts/0-t-n/made.txt",
            "hash": sha("A,B\n"),
            "type": "application/octet-stream",
        },
    ]
    assert (tmp_path / "artifacts" / "0-t-n" / "made.txt").read_text() == "A,B\n"


def test_without_a_place_files_are_digested_alone(tmp_path):
    """No artifacts folder: the record says what the file was, relative to the work folder."""
    (tmp_path / "-r f.csv").write_text("x")
    node = python_node(tmp_path / "n", COPY, state_in=FILE_IN, state_out=FILE_OUT)

    result = run_once(node, {"data": str(tmp_path / "-r f.csv")})

    assert [(a["path"], a["hash"]) for a in result["artifacts"]] == [
        ("inputs/0/r_f.csv", sha("x")),
        ("made.txt", sha("X")),
    ]


@pytest.mark.parametrize("name", ["gone", "n", "pipe", "a\0b", ""])
def test_an_input_file_that_is_none_stops_the_node(tmp_path, monkeypatch, name):
    """Not there, a folder, a pipe that would wait for ever: the node is not started."""
    monkeypatch.chdir(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    node = python_node(tmp_path / "n", COPY, state_in=FILE_IN)

    result = run_once(node, {"data": name})

    assert (result["error"]["code"], result["process"]) == ("input-file", None)


HOSTILE = [
    ("", "/etc/passwd", "output-file"),
    ("", "../../etc/passwd", "output-file"),
    ("", "gone", "output-file"),
    ("os.symlink('/etc/passwd', 'f')", "f", "output-file"),
    ("os.symlink('/etc', 'd')", "d/passwd", "output-file"),
    ("os.mkfifo('f')", "f", "output-file"),
    ("os.mkdir('f')", "f", "output-file"),
    ("open('f', 'w').truncate(2000)", "f", "output-limit"),
]


@pytest.mark.parametrize(
    ("prepare", "path", "code"), HOSTILE, ids=[f"{row[0]}-{row[1]}" for row in HOSTILE]
)
def test_an_output_file_is_one_of_the_work_folder(tmp_path, prepare, path, code):
    """Nothing outside is read, nothing is waited for, nothing too large is taken."""
    source = f"import os\ndef run():\n    {prepare or 'pass'}\n    return {{'made': {path!r}}}\n"
    node = python_node(tmp_path / "n", source, state_out=FILE_OUT, limits={"output_bytes": 1000})

    with bench(artifacts_dir=str(tmp_path / "artifacts")) as made:
        result = made.execute(node)

    assert (result["status"], result["error"]["code"]) == ("failure", code)
    assert not (tmp_path / "artifacts").exists()


def reports(artifacts):
    lines = "open('f', 'w').write('x')\n    open('g', 'w').write('y')"
    return f"def run():\n    {lines}\n    return {{'made': 'f'}}, {{'artifacts': {artifacts!r}}}\n"


def told(name, path, text):
    return {"name": name, "path": path, "hash": sha(text), "type": "text/plain"}


def test_reported_artifacts_are_collected_too(tmp_path):
    """What a node reports is looked at, and what the contract marks is not taken twice."""
    node = python_node(
        tmp_path / "n",
        reports([told("made", "f", "x"), told("more", "g", "y")]),
        state_out=FILE_OUT,
    )

    artifacts = run_once(node)["artifacts"]

    assert [(a["name"], a["path"], a["hash"]) for a in artifacts] == [
        ("made", "f", sha("x")),
        ("more", "g", sha("y")),
    ]


@pytest.mark.parametrize(
    "artifacts",
    [
        [told("more", "g", "forged")],
        [told("a", "g", "y"), told("a", "f", "x")],
        [told("made", "g", "y")],
    ],
    ids=["digest", "same name twice", "name of another"],
)
def test_forged_artifacts_are_refused(tmp_path, artifacts):
    """X8: a digest that is not the file's, or a name that stands for two files."""
    node = python_node(tmp_path / "n", reports(artifacts), state_out=FILE_OUT)

    assert run_once(node)["error"]["code"] == "bad-output"
