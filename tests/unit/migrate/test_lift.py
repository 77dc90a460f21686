"""Lifting: each member of a published document by example, and what is left to a person."""

import json
import re

import pytest

from onex.core.house import house_form
from onex.core.node import node_problems
from onex.core.tidy import CONTRACT_KEYS, NODE_KEYS, TREE_KEYS
from onex.core.yaml import parse
from onex.migrate.lift import lift

NODE = """\
---
# What it is.
metadata_version: 0.1.0
name: clean
version: 1.2.0
uuid: 3b9d21c4-0f6e-4c7b-8a0d-5e1f2a3b4c5d
description: Trims white space.
owner: data team  # since May
state_contract: state_contract://contract.yaml
lifecycle: draft
hash: "0000000000000000000000000000000000000000000000000000000000000000"
entrypoint: python@node.py
namespace: demo.text.clean
meta_type: tool
"""
CONTRACT = """\
contract_version: 1.0.0
input_state:
  type: object
output_state:
  type: object
"""
TREE = """\
name: demo
type: directory
children:
- name: text
  type: directory
  metadata: null
  children:
  - {name: clean, type: directory, children: [{name: node.onex.yaml, type: file}]}
- {name: top, type: directory, children: [{name: node.onex, type: file}]}
- {name: top, type: directory, children: [{name: node.onex.yaml, type: file}]}
- {name: Top, type: directory, children: [{name: node.onex, type: file}]}
- {name: docs, type: directory, children: [{name: a.md, type: file}]}
- {name: README.md, type: file}
"""


@pytest.fixture
def folder(tmp_path):
    """The folder of a published node, with the files that its document names."""
    place = tmp_path / "clean"
    place.mkdir()
    (place / "node.py").write_text("def run(text):\n    return {'text': text}\n")
    (place / "contract.yaml").write_text(CONTRACT)
    return place


def lifted(folder, text, name="node.onex.yaml"):
    """What becomes of ``text``; whatever is lifted is in house form, and no comment is lost."""
    path = folder / name
    path.write_text(text)
    found = lift(str(path))
    if found.is_new:
        is_tree = found.after.startswith(b"entries:")
        keys = TREE_KEYS if is_tree else CONTRACT_KEYS if b"\ninput:" in found.after else NODE_KEYS
        assert (
            house_form(found.after, found.new_path, keys, indents_lists=not is_tree) == found.after
        )
        assert set(re.findall("# .*", text)) <= set(re.findall("# .*", found.after.decode()))
    return found


def node_with(**members):
    """The published node with other lines for some members; None takes one out."""
    text = NODE
    for name, line in members.items():
        text = re.sub(rf"^{name}: .*\n", "", text, flags=re.MULTILINE)
        text += f"{name}: {line}\n" if line is not None else ""
    return text


def asked(found):
    """The pointers in the lifted document that a person must look at."""
    return [question.now for question in found.questions]


def test_published_node_is_lifted(folder):
    """Values that are known are kept; the old digest goes, and the stub of trust comes (CF-11)."""
    found = lifted(folder, NODE)

    assert (found.verdict, found.questions) == ("lifted", [])
    assert found.new_path == str(folder / "node.onex")
    assert found.after.decode() == (
        "# What it is.\n"
        'metadata_version: "1.0.0"\n'
        "name: clean\n"
        "namespace: demo.text\n"
        'version: "1.2.0"\n'
        'uuid: "3b9d21c4-0f6e-4c7b-8a0d-5e1f2a3b4c5d"\n'
        "description: Trims white space.\n"
        "owner: data team  # since May\n"
        "meta_type: tool\n"
        "lifecycle: draft\n"
        'entrypoint:\n  type: python\n  target: "node.py:run"\n'
        "state_contract: contract.yaml\n"
        "trust:\n  policy: default\n  minimum: null\n"
        "  snapshot: {score: null, lower: null, samples: 0, level: unrated, as_of: null, head: null}\n"
    )


@pytest.mark.parametrize(
    ("name", "line", "value"),
    [
        ("namespace", "yaml://demo.text.clean.v1_0_0.node_onex", "demo.text"),
        ("namespace", "{value: 'python://demo.text.clean.v1_0_0.node'}", "demo.text"),
        ("namespace", "demo", "demo"),
        ("version", "v1_2_3", "1.2.3"),
        ("version", '"1.0.0-rc.1"', "1.0.0-rc.1"),
        ("uuid", "3B9D21C4-0F6E-4C7B-8A0D-5E1F2A3B4C5D", "3b9d21c4-0f6e-4c7b-8a0d-5e1f2a3b4c5d"),
        ("created_at", "'2025-05-27T19:00:00+02:00'", "2025-05-27T17:00:00Z"),
        ("created_at", "2025-05-27 17:00:00.5Z", "2025-05-27T17:00:00.500000Z"),
        ("lifecycle", "template", "draft"),
        ("lifecycle", "archived", "deprecated"),
        ("tags", "[A, b c, O.N.E]", ["a", "b-c", "o-n-e"]),
        ("entrypoint", "python://node.py", {"type": "python", "target": "node.py:run"}),
        ("entrypoint", "python://src/nodes/clean/v1_0_0/node.py", {"type": "python", "target": "node.py:run"}),
        ("entrypoint", "python://nodes.clean.v1_0_0.node", {"type": "python", "target": "node.py:run"}),
        ("entrypoint", "{type: python, target: node.py}", {"type": "python", "target": "node.py:run"}),
        ("entrypoint", "cli@sort", {"type": "cli", "target": "sort"}),
        ("entrypoint", "{type: cli, target: sort, args: [-n]}", {"type": "cli", "target": "sort", "args": ["-n"]}),
        ("entrypoint", "{type: noop}", {"type": "noop"}),
        ("schema_version", "0.1.0", "0.1.0"),
    ],
)  # fmt: skip
def test_member_is_spelled_anew(folder, name, line, value):
    """What a member means is plain, so it is said in the words of the present edition."""
    found = lifted(folder, node_with(**{name: line}))

    assert found.verdict == "lifted"
    assert parse(found.after, "")[name] == value


@pytest.mark.parametrize(
    ("name", "line", "pointer", "words"),
    [
        ("name", None, "/name", "name: nothing stands here; write the name of the node's folder"),
        ("name", "Clean.py", "/name", "name: 'Clean.py' stands here"),
        ("name", "other", "/name", "the folder is called 'clean', and both must be the same"),
        ("namespace", "yaml://clean", "/namespace", "write the names of the folders above the node"),
        ("version", "1.0", "/version", "version: 1.0 stands here"),
        ("version", "{VERSION}", "/version", 'version: {"VERSION": null} stands here'),
        ("uuid", "none", "/uuid", "a new one of it is 24577c53-9477-50dd-8f96-014ea29448f5"),
        ("description", "''", "/description", "write in a sentence what the node does"),
        ("owner", None, "/owner", "write the person or team that answers for the node"),
        ("lifecycle", "frozen", "/lifecycle", "write draft, review, active or deprecated"),
        ("lifecycle", "active", "/lifecycle", "an active node has a case"),
        ("tags", "['#']", "/tags", "write words of lower-case letters"),
        ("entrypoint", "python@main.py", "/entrypoint/target", "put the file into this folder"),
        ("entrypoint", "python@node.py:go", "/entrypoint/target", "it defines run"),
        ("entrypoint", "yaml://a", "/entrypoint/type", "write an executor (cli, noop, python)"),
        ("state_contract", "state_contract://default", "/state_contract", "here is 'contract.yaml'"),
        ("state_contract", "../contract.yaml", "/state_contract", "in this folder"),
        ("group", "[a]", "/group", "group must be a string"),
    ],
)  # fmt: skip
def test_what_cannot_be_decided_is_asked(folder, name, line, pointer, words):
    """With what stands there and what must be written; a value that says nothing becomes a TODO."""
    found = lifted(folder, node_with(**{name: line}))

    assert found.verdict == "lifted with questions"
    assert asked(found) == [pointer]
    assert words in found.questions[0].message
    at_fault = [problem.pointer for problem in node_problems(parse(found.after, ""))]
    assert all(place.startswith(pointer) for place in at_fault)


def test_what_is_not_read_is_kept(folder):
    """Members without a place stay under names of their own; empty ones go; fractions are texts."""
    found = lifted(
        folder,
        node_with(
            license="MIT", tools="null", test_coverage="57.5", dependencies="[a.b]",
            created_at="2025-05-27T17:00:00", x_extensions="{a: 1}", base_class="[]",
        ),
    )  # fmt: skip

    value = parse(found.after, "")
    assert found.verdict == "lifted"
    assert {key: value[key] for key in value if key.startswith("x-")} == {
        "x-license": "MIT",
        "x-test_coverage": "57.5",
        "x-dependencies": ["a.b"],
        "x-created_at": "2025-05-27T17:00:00",
        "x-extensions": {"a": 1},
    }
    assert found.notes[-2:] == [
        "kept, and not read by onex: x-license, x-test_coverage, x-extensions",
        "left out, for they said nothing: tools, base_class",
    ]


def test_comments_inside_what_is_replaced_stay(folder):
    """They stand above what took its place, or above what follows."""
    text = "entrypoint:\n  # code\n  type: python  # 3.11\n  target: node.py\n"

    after = lifted(folder, node_with(entrypoint=None) + text).after.decode()

    assert "# code\n# 3.11\nentrypoint:\n" in after


def test_what_is_left_out_leaves_no_gap(folder):
    """The comment of an empty member stays at the end, and no empty line behind it."""
    text = f"{CONTRACT}\n# why\nhash: abc\n\ntools: [ # none\n]\n\nbase_class: []\n"

    after = lifted(folder, text, "contract.yaml").after.decode()

    assert after.endswith("output:\n  type: object\n\n# why\n\n# none\n")


def test_document_in_json_becomes_a_node_document(folder):
    """JSON is YAML; the brackets stay."""
    value = parse(NODE.encode(), "")

    found = lifted(folder, json.dumps(value), "node.onex.json")

    assert (found.verdict, found.new_path) == ("lifted", str(folder / "node.onex"))
    assert found.after.startswith(b'{\n  "metadata_version": "1.0.0",\n  "name": "clean",\n')


def test_archived_node_says_why_it_is_deprecated(folder):
    """The reason is what is known, and no more (CF-11)."""
    value = parse(lifted(folder, node_with(lifecycle="archived")).after, "")

    assert value["deprecated"] == {"reason": "was archived before edition 1.0.0"}


def test_first_blocks_are_lifted_step_by_step(folder):
    """Edition 0.1 named a file alone; what it did not have is asked."""
    text = 'metadata_version: "0.1"\nname: clean\nnamespace: demo.text.clean\nversion: 0.1.0\n'
    text += "schema_version: 1.0.0\nowner: a\nentrypoint: node.py\n"

    found = lifted(folder, text)

    assert parse(found.after, "")["entrypoint"] == {"type": "python", "target": "node.py:run"}
    assert asked(found) == ["/uuid", "/description", "/lifecycle", "/state_contract"]


def test_contract_is_said_in_json_schema(folder):
    """Definitions go where they are used; `nullable` becomes a type; comments stay with both."""
    text = """\
# Texts.
contract_version: 0.3.0
node_name: clean
input_state:
  type: object
  properties:
    text: {$ref: '#/definitions/Text'}  # any
    mode:
      type: string
      nullable: true  # none is plain
    size: {type: integer, default: null}
output_state:
  $ref: '#/definitions/Out'
definitions:
  Out: {properties: {text: {$ref: '#/definitions/Text'}}}
  # A text.
  Text: {type: string, nullable: false}
  Unused: {type: string}
examples: {valid_input: {text: a}}
hash: abc
"""
    found = lifted(folder, text, "contract.yaml")

    assert (found.verdict, found.questions, found.new_path) == ("lifted", [], found.path)
    assert (
        found.after.decode()
        == """\
# Texts.
contract_version: "1.0.0"
input:
  type: object
  properties:
    text: {$ref: "#/$defs/Text"}  # any
    mode:
      type: [string, "null"]  # none is plain
    size: {type: [integer, "null"], default: null}
  $defs:
    # A text.
    Text: {type: string}
output:
  $ref: "#/$defs/Out"
  $defs:
    Out: {properties: {text: {$ref: "#/$defs/Text"}}}
    # A text.
    Text: {type: string}
x-node_name: clean
x-definitions:
  Unused: {type: string}
x-examples: {valid_input: {text: a}}
"""
    )


def test_lists_of_names_become_properties(folder):
    """Of what has only a name nothing more is said."""
    text = "contract_name: c\ninput_state:\n  type: In\n  required_fields: [a]\n  optional_fields: [b]\n"
    value = parse(lifted(folder, text + "output_state: {}\n", "contract.yaml").after, "")

    assert value["input"] == {
        "title": "In",
        "type": "object",
        "required": ["a"],
        "properties": {"a": {}, "b": {}},
    }


@pytest.mark.parametrize(
    ("text", "pointers"),
    [
        ("contract_version: 1\ninput_state: {}\n", ["/output"]),
        ("input_state: [a]\noutput_state: {}\n", ["/input"]),
        ("input_state: {tpye: object}\noutput_state: {}\n", ["/input/tpye"]),
    ],
)
def test_contract_with_gaps_is_asked_about(folder, text, pointers):
    """A side that is missing, is no schema, or is one that the lint refuses."""
    found = lifted(folder, text, "contract.yaml")

    assert (found.verdict, asked(found)) == ("lifted with questions", pointers)


@pytest.mark.parametrize("name", [".tree", ".onextree", "x.tree.json"])
def test_published_tree_keeps_what_leads_to_nodes(folder, name):
    """Its first level alone, sorted, without metadata (CF-12)."""
    text = TREE if name != "x.tree.json" else json.dumps(parse(TREE.encode(), ""))

    found = lifted(folder, text, name)

    assert found.new_path == str(folder / ".tree")
    assert found.after == b"entries:\n- text/\n- top/node.onex\n"
    assert "left out: the folder 'Top', whose name no node id can have" in found.notes


@pytest.mark.parametrize(
    ("name", "text", "verdict", "words"),
    [
        ("a.yaml", "a: 1\n", "not a node", "no node, contract or tree of a known edition"),
        ("a.yaml", "- a\n", "not a node", "no node, contract or tree"),
        ("a.yaml", "a: [\n", "refused", "not YAML"),
        ("a.yaml", "a: !!python/object:os.system {}\n", "refused", "tags"),
        (".tree", "name: a\ntype: file\n", "refused", "the top of a tree is a folder"),
        (".tree", "entries:\n", "already there", ""),
        (".tree", "entries: 1\n", "refused", "entries"),
        ("contract.json", '{"contract_version": "1.0.0", "input": {}, "output": {}}', "already there", ""),
        ("node.onex", node_with(metadata_version="2.0.0"), "refused", "of edition 2.0.0, from which no step leads"),
        ("node.onex", node_with(metadata_version='"1.0.0"'), "already there", "and has faults"),
    ],
)  # fmt: skip
def test_other_documents_stay(folder, name, text, verdict, words):
    """What is no document of a known edition is left alone, with the reason."""
    found = lifted(folder, text, name)

    assert (found.verdict, found.is_new) == (verdict, False)
    assert words in (found.error.problem if found.error else "")


def test_lifting_twice_is_lifting_once(folder):
    """A lifted document is already there."""
    lifted(folder, NODE).write()

    assert not (folder / "node.onex.yaml").exists()
    found = lift(str(folder / "node.onex"))
    assert (found.verdict, found.error) == ("already there", None)


def test_two_documents_of_a_folder_do_not_fight_for_the_name(folder):
    """Nothing is overwritten, but for what an earlier try that was cut off left behind."""
    found = lifted(folder, NODE)
    (folder / "node.onex").write_text("other")
    assert lift(found.path).verdict == "refused"

    (folder / "node.onex").write_bytes(found.after)
    assert lift(found.path).verdict == "lifted"


def test_link_is_not_followed(folder):
    """What a link leads to lies elsewhere."""
    (folder / "real").write_text(NODE)
    (folder / "node.onex.yaml").symlink_to(folder / "real")

    assert lift(str(folder / "node.onex.yaml")).verdict == "refused"


@pytest.mark.parametrize("name", ["node.onex.yaml", "contract.yaml", ".tree"])
@pytest.mark.parametrize(
    "value",
    ["null", "[[]]", "{a: {b: []}}", "1.5", "true", "''", '"\\0"', f"python@{'a/' * 9000}b.py"],
)
def test_no_value_is_beyond_it(folder, name, value):
    """Whatever stands where something else was expected is kept or asked about."""
    text = {"node.onex.yaml": NODE, "contract.yaml": CONTRACT, ".tree": TREE}[name]
    for line in text.splitlines():
        key = line.partition(":")[0]
        if key.isidentifier():
            changed = re.sub(
                rf"^{key}:.*\n(?: .*\n)*", f"{key}: {value}\n", text, flags=re.MULTILINE
            )
            found = lifted(folder, changed, name)
            assert found.is_new or found.error
