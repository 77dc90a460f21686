"""Models made of contracts judge like the contracts, are typed, and hold nothing that a contract smuggles in."""

import ast
import importlib.util
import json
import os
import subprocess
import sys

import pytest
from pydantic import ValidationError
from tests.contracts import NAMES, SCHEMAS, states
from tools.codegen.judges import same

from onex.codegen import generator
from onex.codegen.harmless import require_harmless
from onex.codegen.models import generate
from onex.core import node
from onex.core.contract import StateSchema
from onex.errors import DocumentError, MissingExtraError, RefusedError

DOCUMENT = """\
metadata_version: "1.0.0"
name: {name}
namespace: {namespace}
version: "0.1.0"
uuid: "2a7b9f0e-6c1d-5e43-9b8a-1f2e3d4c5b6a"
description: One.
owner: us
lifecycle: draft
entrypoint: {{type: noop}}
state_contract: contract.json
effects: {{network: false, writes: none, idempotent: true}}
trust: {{policy: default, minimum: null, snapshot: {{score: null, lower: null, samples: 0, level: unrated, as_of: null, head: null}}}}
"""


def make_node(folder, node_id, given, gives):
    """A node of that id and contract."""
    namespace, _, name = node_id.rpartition(".")
    os.makedirs(folder)
    (folder / "node.onex").write_text(DOCUMENT.format(name=name, namespace=namespace))
    contract = {"contract_version": "1.0.0", "input": given, "output": gives}
    (folder / "contract.json").write_text(json.dumps(contract))
    return node.load(os.fspath(folder))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The folder of the modules of all schemas, each as input and as output, made in one go."""
    folder = tmp_path_factory.mktemp("models")
    names = [*SCHEMAS]
    nodes = [
        make_node(folder / f"n{n}", f"demo.n{n}", SCHEMAS[name], SCHEMAS[names[n - 1]])
        for n, name in enumerate(names)
    ]
    os.makedirs(folder / "out/demo")
    for path, data in generate(nodes).items():
        (folder / "out" / path).write_bytes(data)
    return folder / "out"


def test_a_module_does_not_depend_on_those_made_with_it(made, tmp_path):
    """Made alone, it is the same bytes."""
    for name in ("hostile names", "defaults"):
        number = [*SCHEMAS].index(name)
        gives = SCHEMAS[[*SCHEMAS][number - 1]]
        alone = generate([make_node(tmp_path / name, f"demo.n{number}", SCHEMAS[name], gives)])
        assert alone == {f"demo/n{number}.py": (made / f"demo/n{number}.py").read_bytes()}


def module(folder, number):
    """The module of the node of that number, imported."""
    spec = importlib.util.spec_from_file_location(f"made_{number}", folder / f"demo/n{number}.py")
    found = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = found
    spec.loader.exec_module(found)
    return found


def accepted(model, state):
    """The state as the model gives it back; None when it refuses it."""
    try:
        return model.model_validate(state).state()
    except ValidationError:
        return None


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_model_judges_like_the_contract(made, name, monkeypatch, tmp_path):
    """The same states pass, and come back as they were; nothing of the contract is executed (V8)."""
    monkeypatch.chdir(tmp_path)
    number = [*SCHEMAS].index(name)
    found = module(made, number), module(made, (number + 1) % len(SCHEMAS))
    judge = StateSchema(SCHEMAS[name])

    verdicts = set()
    for state in states():
        verdict = judge.is_valid(state)
        verdicts.add(verdict)
        for model in (found[0].Input, found[1].Output):
            back = accepted(model, state)
            assert (back is not None) == verdict, state
            assert back is None or same(back, state)
    assert True in verdicts
    assert os.listdir(tmp_path) == []


def test_the_modules_are_typed(made):
    """They pass mypy in its strict mode, without any plug-in."""
    call = ["--strict", "--config-file", os.devnull, "--cache-dir", os.fspath(made / "cache")]
    ended = subprocess.run(
        [sys.executable, "-m", "mypy", *call, *map(os.fspath, sorted(made.glob("demo/*.py")))],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "MYPYPATH": os.pathsep.join(["src", "generated"])},
    )
    assert ended.stdout.splitlines()[-1].startswith("Success"), ended.stdout


def test_names_that_code_can_have_are_fields(made):
    """A keyword or what Pydantic has taken gets a `_`; what can be no name stays among the others."""
    model = module(made, [*SCHEMAS].index("hostile names")).Input
    found = {field.alias or name: name for name, field in model.model_fields.items()}

    assert {name: found.get(name) for name in ("class", "model_config", "json", "str", "type")} == {
        "class": "class_",
        "model_config": "model_config_",
        "json": "json_",
        "str": "str_",
        "type": "type",
    }
    assert (found["a-b"], found["a_b"], found["a b"]) == ("a_b", "a_b_", "a_b__")
    state = model.model_validate(dict.fromkeys(NAMES, "v"))
    assert state.class_ == "v"
    assert state.model_extra["日本"] == "v"


def test_the_text_of_a_module(tmp_path):
    """Whole, with neither a time nor a version in it, and the same each time."""
    given = SCHEMAS["inside"]["properties"]["a"]
    subject = make_node(tmp_path / "n", "demo.my-text.class", given, {"type": "object"})
    modules = generate([subject])

    assert modules == generate([subject])
    assert {path: data.decode() for path, data in modules.items()} == {
        "demo/my_text/class_.py": '''\
# Generated by `onex gen models demo.my-text.class`: change its state contract, then generate again.
"""The states that demo.my-text.class takes and gives."""


from __future__ import annotations

from onex_contract.state import StateModel
from pydantic import ConfigDict


class Input(StateModel):
    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    x: str


class Output(StateModel):
    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )


Input.contract = '{"properties":{"x":{"type":"string"}},"required":["x"],"type":"object"}'
Output.contract = '{"type":"object"}'
'''
    }


@pytest.mark.parametrize(
    "key", ["customTypePath", "customBasePath", "x-python-type", "x-python-import"]
)
def test_a_contract_that_names_code_is_refused(tmp_path, key):
    """V8: never stripped, never generated from (rule contract-injection)."""
    subject = make_node(
        tmp_path / "n", "demo.n", {"type": "object"}, {"type": "object", key: "os.system"}
    )
    with pytest.raises(DocumentError) as caught:
        generate([subject])
    assert key in caught.value.problem


def test_two_nodes_with_one_module_are_refused(tmp_path):
    """One would take the place of the other."""
    nodes = [make_node(tmp_path / n, f"demo.{n}", {}, {}) for n in ("a-b", "a_b")]
    with pytest.raises(RefusedError, match=r"both have the module demo/a_b\.py"):
        generate(nodes)


@pytest.mark.parametrize("version", [None, "0.1.0"])
def test_without_the_extra_it_is_said_which(monkeypatch, version):
    """ONEX: exit 2 with the command that mends it; another version would write other bytes."""
    if version is None:
        monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    monkeypatch.setattr("importlib.metadata.version", lambda _: version)
    with pytest.raises(MissingExtraError) as caught:
        generate([])
    assert caught.value.help == "pip install 'onex-contracts[gen]'"


def test_the_version_of_the_generator_is_the_one_that_is_pinned():
    """Here and in pyproject.toml, twice."""
    with open("pyproject.toml", encoding="utf-8") as file:
        assert file.read().count(f"datamodel-code-generator=={generator.PINNED}") == 2


def test_what_the_generator_makes_is_looked_at(tmp_path, monkeypatch):
    """Whatever it makes, and why ever."""
    monkeypatch.setattr("onex.codegen.models._read", lambda _: "# onex\nimport os\n")
    with pytest.raises(RefusedError, match="more than name types"):
        generate([make_node(tmp_path / "n", "demo.n", {}, {})])


@pytest.mark.parametrize(
    "code",
    [
        "import os",
        "from os import system",
        "from .x import y",
        "class A:\n    x = print(1)",
        "class A:\n    x = a.b.c()",
        "Input.contract.x",
        "x = [i for i in y]",
        "x = lambda: 1",
        "@a\nclass A: pass",
        "def f(): pass",
        "x = f'{y}'",
        "x = 1 + 1",
        "A.model_rebuild(x)",
        "assert 1",
        "del x",
        "x = a[b:=c]",
    ],
)
def test_code_that_does_more_than_name_types_is_refused(code):
    """The last gate, whatever went wrong before it."""
    with pytest.raises(RefusedError, match="more than name types"):
        require_harmless("demo.n", ast.parse(code))
