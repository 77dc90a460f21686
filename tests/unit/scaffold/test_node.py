"""The scaffold node as a program: an answer in, files and their digests out."""

import hashlib
import json
import os
import runpy
import uuid
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onex.core import json as json_reader
from onex.core import lock, node, snapshot, yaml
from onex.core.contract import StateSchema
from onex.core.workspace import SHIPPED

GOLDEN = Path(__file__).parents[2] / "golden" / "scaffold"
TEMPLATES = ("python", "cli", "noop", "scaffold")
ANSWERS = {"owner": "data team", "description": "Cleans a text."}
READ = {
    **ANSWERS,
    "contract": {
        "contract_version": "1.0.0",
        "input": {"type": "object", "properties": {"text": {"type": "string"}}},
        "output": {"type": "object"},
        "cases": [],
    },
    "origin": {"path": "old/clean", "sha256": "0" * 64},
    "network": "line 3 imports requests",
    "required_env": [{"name": "TOKEN", "why": "line 4 reads TOKEN"}],
}
AROUND = {
    "function": {**READ, "file": "clean.py", "function": "clean"},
    "script": {**READ, "file": "clean.sh", "args": ["-x", {"input": "text", "flag": "--text"}]},
}
"""Answers to the templates that are made around a file."""

YAML_TEXTS = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(
    [
        "\x85",
        "\u2028",
        "\ufeff",
        "null",
        "true",
        "no",
        "y",
        "1",
        "1.0",
        "0x1F",
        "~",
        "",
        " a",
        "- a",
        "a: b",
        "#",
        'x"\n- y: 1',
    ]
)


def _made(work: Path) -> dict[str, str]:
    return {str(p.relative_to(work)): p.read_text() for p in work.rglob("*") if p.is_file()}


@pytest.mark.parametrize("template", TEMPLATES)
def test_each_template_makes_what_its_golden_files_show(template, program, work):
    """A change of a template is seen in full; the copies of the maker are not repeated."""
    # ONEX-M2-05
    program["run"](template, "demo.text.clean", ANSWERS)
    copies = {"README.md", "node.py", "state_contract.json"} if template == "scaffold" else set()
    made = {
        path: text
        for path, text in _made(work).items()
        if path not in copies and not path.startswith("templates/")
    }

    folder = GOLDEN / template
    assert made == {
        path.name.removesuffix(".golden"): path.read_text() for path in folder.glob("*.golden")
    }


@pytest.mark.parametrize("template", AROUND)
def test_a_file_is_copied_as_it_is(template, program, work):
    """To the byte, whatever it holds; what was read of it stands around it."""
    data = b"\xff {{ not a template }} \r\n"
    source = work.parent / "source"
    source.write_bytes(data)
    output = program["run"](template, "demo.text.clean", AROUND[template], str(source))

    name = AROUND[template]["file"]
    assert (work / name).read_bytes() == data
    modes = {entry["path"]: entry["mode"] for entry in output["files"]}
    assert modes[name] == ("0755" if template == "script" else "0644")
    made = {p.name: p.read_text() for p in work.iterdir() if p.name != name}
    folder = GOLDEN / template
    assert made == {
        path.name.removesuffix(".golden"): path.read_text() for path in folder.glob("*.golden")
    }


SOURCES = {
    "script": (None, "the template script takes a file: give its `source`"),
    "python": ("x", "the template python takes no file, but one was given"),
}


@pytest.mark.parametrize(("template", "told"), SOURCES.items(), ids=SOURCES)
def test_a_file_goes_with_a_template_that_takes_one(template, told, program, work):
    """Neither is forgotten silently."""
    source, message = told
    with pytest.raises(Exception, match="file") as refused:
        program["run"](template, "demo.text.clean", AROUND.get(template, ANSWERS), source)
    assert (str(refused.value), refused.value.code) == (message, "bad-answer")


@pytest.mark.parametrize("hostile", ["x\nlifecycle: active", "x # y", "\u2028\x85", "{{ 7 * 7 }}"])
def test_p6_what_was_read_out_of_code_stays_a_text(hostile, program, work):
    """A name or a comment in code can neither add a key nor end a comment."""
    source = work.parent / "source"
    source.write_text("")
    answers = AROUND["script"] | {
        "network": hostile,
        "required_env": [{"name": "A", "why": hostile}],
        "args": [hostile],
        "origin": {"path": hostile, "sha256": "0" * 64},
    }
    program["run"]("script", "demo.text.clean", answers, str(source))

    value = yaml.parse((work / "node.onex").read_bytes(), "node.onex")
    assert (value["lifecycle"], value["effects"]["network"]) == ("draft", True)
    assert (value["entrypoint"]["args"], value["x-adopted-from"]["path"]) == ([hostile], hostile)
    assert value["required_env"] == ["A"]


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_output_names_exactly_the_files_with_digest_and_mode(template, program, work):
    """What the output state says is what lies in the work folder."""
    output = program["run"](template, "demo.text.clean", ANSWERS)

    found = [
        {
            "path": str(path.relative_to(work)),
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "mode": "0755" if path.name == "run.sh" else "0644",
        }
        for path in work.rglob("*")
        if path.is_file()
    ]
    assert output["files"] == sorted(found, key=lambda entry: entry["path"])


def test_a_scaffold_node_carries_itself_on(program, work):
    """Program, contract, README and all templates of the maker are the new node's own."""
    # ONEX-MVP-02
    program["run"]("scaffold", "gen.one", {})

    origin = Path(SHIPPED, "onex", "scaffold")
    assert {p: t for p, t in _made(work).items() if p != "node.onex"} == {
        p: t for p, t in _made(origin).items() if p != "node.onex" and "__pycache__" not in p
    }


def test_the_uuid_is_made_from_the_id(program, work):
    """A node made twice from the same id has the same UUID."""
    program["run"]("noop", "demo.text.same", {})

    value = yaml.parse((work / "node.onex").read_bytes(), "node.onex")
    assert value["uuid"] == str(uuid.uuid5(uuid.NAMESPACE_URL, "urn:onex:node:demo.text.same"))


@given(YAML_TEXTS)
def test_a_text_stays_one_yaml_scalar(program, text):
    """Whatever an answer holds, it is read back as that text and nothing else."""
    document = f"before: 1\nvalue: {program['to_yaml'](text)} # comment\nafter: 2\n"

    assert yaml.parse(document.encode(), "x.yaml") == {"before": 1, "value": text, "after": 2}


@given(YAML_TEXTS)
def test_a_text_stays_one_json_text(program, text):
    """Whatever was read out of code, its contract can be read: NEL and LS need escapes."""
    written = program["to_json"]({"default": text})

    assert json_reader.parse(written.encode(), "x.json") == {"default": text}


@pytest.mark.parametrize(
    "hostile",
    [
        'x"\n- evil: 1',
        "x\nlifecycle: active",
        "{{ 7 * 7 }}",
        "{% raw %}",
        "a\u2028b\x85\x00\u202e",
        "'",
    ],
)
def test_p6_a_hostile_answer_stays_a_text(hostile, program, work):
    """An answer can neither add a key nor be a template."""
    # P1, P6
    program["run"]("python", "demo.text.clean", {"owner": hostile, "description": hostile})

    value = yaml.parse((work / "node.onex").read_bytes(), "node.onex")
    assert (value["owner"], value["description"], value["lifecycle"]) == (hostile, hostile, "draft")


@pytest.mark.parametrize("name", ["null", "true", "no", "y"])
def test_a_name_that_yaml_takes_for_something_else_is_quoted(name, program, work):
    """A node may be called like a word of YAML."""
    program["run"]("noop", f"{name}.{name}", {})

    value = yaml.parse((work / "node.onex").read_bytes(), "node.onex")
    assert (value["namespace"], value["name"]) == (name, name)


THERE_ARE = "there are cli, function, noop, python, scaffold, script"
NO_ID = "is no node id: two or more names of a-z, 0-9, _ and -, joined by dots"
ILL_IDS = ("demo", "../x.y", "/a.b", "a..b", "A.b", "a.b\n", "a.b ", "a\\.b", "é.b", "a.b\0")
REFUSALS = {
    ("pyhton", "demo.x"): (
        "unknown-template",
        f"no template 'pyhton'; did you mean 'python'?; {THERE_ARE}",
    ),
    ("../python", "demo.x"): (
        "unknown-template",
        f"no template '../python'; did you mean 'python'?; {THERE_ARE}",
    ),
    ("zzz", "demo.x"): ("unknown-template", f"no template 'zzz'; {THERE_ARE}"),
    ("python", "demo.x", "owner"): ("bad-answer", "the answer 'owner' must be of type string"),
    ("python", "demo.x", "ownr"): (
        "bad-answer",
        "no answer 'ownr' is asked for; did you mean 'owner'?; there are description, owner",
    ),
    ("python", "demo.con"): (
        "bad-node-id",
        "'demo.con': 'con' is the name of a device on Windows",
    ),
    **{("python", node_id): ("bad-node-id", f"{node_id!r} {NO_ID}") for node_id in ILL_IDS},
}
"""Template, id and the name of an answer that is a number; the code and message of the refusal."""


@pytest.mark.parametrize(("request_", "refusal"), REFUSALS.items(), ids=map(ascii, REFUSALS))
def test_p1_what_cannot_be_made_is_named(request_, refusal, program, work):
    """Each refusal has a stable code and says what there is instead; nothing is written."""
    # P1, P8
    template, node_id, *answers = request_
    with pytest.raises(program["ScaffoldError"]) as caught:
        program["run"](template, node_id, dict.fromkeys(answers, 1))

    assert (caught.value.code, str(caught.value)) == refusal
    assert _made(work) == {}


def _template(folder: Path, **recipe: object) -> None:
    """A scaffold node in ``folder`` with one template, `odd`."""
    (folder / "templates" / "odd").mkdir(parents=True)
    full = {"version": "1.0.0", "description": "Odd.", "answers": {}, "files": {}, **recipe}
    (folder / "templates" / "odd" / "template.json").write_text(json.dumps(full))
    (folder / "templates" / "odd" / "a.j2").write_text("{{ answers.shout }}")
    (folder / "node.py").write_bytes(Path(SHIPPED, "onex", "scaffold", "node.py").read_bytes())


@pytest.mark.parametrize(
    ("recipe", "code", "message"),
    [
        ({"files": {"a": {"source": "a.j2"}}}, "bad-template",
         "a.j2: UndefinedError: 'dict object' has no attribute 'shout'"),
        ({"files": {"a": {"source": "b.j2"}}}, "bad-template", "b.j2: TemplateNotFound: "),
        ({"files": {"a": {"source": "../../node.py"}}}, "bad-template",
         "../../node.py: TemplateNotFound: "),
        ({"copies": ["gone"]}, "bad-template", "'copies' names gone, which is not there"),
        ({"copies": ["node.py", "node.py"]}, "bad-template", "node.py is made twice"),
        ({"files": []}, "bad-template", "template.json names no files"),
        ({"answers": {"required": ["shout"], "properties": {"shout": {"type": "boolean"}}}},
         "bad-answer", "the answer 'shout' is missing"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("work")
def test_a_template_that_does_not_work_is_named(recipe, code, message, tmp_path):
    """The author of a template is told which file and why."""
    _template(tmp_path / "node", **recipe)
    program = _load(tmp_path / "node" / "node.py")

    with pytest.raises(program["ScaffoldError"]) as caught:
        program["run"]("odd", "demo.x", {})

    assert caught.value.code == code
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [("string", "a", 1), ("boolean", True, 1), ("integer", 1, True), ("integer", 0, False)],
)
def test_answers_have_the_type_that_is_asked_for(kind, good, bad, program):
    """A truth value is no number, and a number no truth value."""
    schema = {"properties": {"x": {"type": kind}}}
    assert program["complete"](schema, {"x": good}) == {"x": good}
    with pytest.raises(program["ScaffoldError"], match=f"must be of type {kind}"):
        program["complete"](schema, {"x": bad})


def test_equal_requests_make_equal_files(program, work, tmp_path, monkeypatch):
    """The time, the folder and the user leave no trace in what is made."""
    first = program["run"]("python", "demo.text.clean", {})
    other = tmp_path / "other"
    other.mkdir()
    monkeypatch.chdir(other)

    assert program["run"]("python", "demo.text.clean", {}) == first
    assert _made(other) == _made(work)


def test_the_shipped_cases_are_what_the_node_gives(program, shipped, work):
    """The digests in the cases are those of what the node makes."""
    judge: StateSchema = shipped.contract.input
    for number, case in enumerate(shipped.contract.cases):
        os.mkdir(work / str(number))
        os.chdir(work / str(number))
        state = judge.with_defaults(case["input"])
        if case.get("error") == "input-contract":
            assert not judge.is_valid(state)
        elif "error" in case:
            with pytest.raises(program["ScaffoldError"]) as caught:
                program["run"](**state)
            assert caught.value.code == case["error"]
        else:
            assert program["run"](**state) == case["output"]


def _load(path: Path) -> dict:
    return runpy.run_path(str(path))


def test_the_shipped_node_is_locked(shipped: node.Node):
    """The digests of the shipped node are those of its files."""
    assert lock.compare(shipped, snapshot.take(shipped)) == []
