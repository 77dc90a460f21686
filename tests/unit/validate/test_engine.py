"""One pass over a workspace, over a change, and over files that stand by themselves."""

import json
import os
import shutil
from pathlib import Path

import pytest

from onex.core import lock, node
from onex.core.workspace import Workspace
from onex.errors import DocumentError
from onex.validate.engine import merge, validate, validate_change, validate_document
from onex.validate.export import node_records
from onex.validate.text import count_line
from onex_contract import registry

ROOT = Path(__file__).parents[3]
BASE = ROOT / "tests/rules/_base"


@pytest.fixture
def root(tmp_path):
    """A locked workspace with one node."""
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    lock.write(node.load(os.fspath(tmp_path / "demo/clean")))
    return tmp_path


def codes(verdict):
    """The codes of what was found, in order."""
    return [finding["code"] for finding in verdict.findings]


def digests(root):
    """The bytes and modification times of every file below ``root``."""
    return {
        path: (path.read_bytes(), path.stat().st_mtime_ns)
        for path in root.rglob("*")
        if path.is_file()
    }


def test_t8_nothing_is_written_and_nothing_is_run(root):
    """Validating leaves every file as it was, and never imports the node."""
    marker = root / "marker"
    with (root / "demo/clean/node.py").open("a") as file:
        file.write(f"open({os.fspath(marker)!r}, 'w').close()\n")
    before = digests(root)

    assert codes(validate(Workspace(os.fspath(root)))) == ["ONX202"]
    assert digests(root) == before
    assert not marker.exists()


def test_findings_follow_the_schema_and_their_order(root):
    """Every finding is one of the schema `finding`, sorted by file and place."""
    path = root / "demo/clean/node.onex"
    path.write_text(path.read_text().replace("draft", "drft").replace("owner", "ownr"))
    (root / "demo/x.onex").touch()
    verdict = validate(Workspace(os.fspath(root)))

    places = [(f["path"], f["line"], f["column"]) for f in verdict.findings]
    assert places == sorted(places)
    assert codes(verdict) == ["ONX102", "ONX103", "ONX307"]
    for finding in verdict.findings:
        registry.validator("finding").validate(finding)


def test_change_is_judged_before_it_is_made(root):
    """What a document is about to hold is judged in its folder; the file stays."""
    workspace = Workspace(os.fspath(root))
    ref = workspace.ref("demo.clean")
    before = (root / "demo/clean/node.onex").read_bytes()

    assert codes(validate_change(ref, before)) == []
    assert codes(validate_change(ref, before.replace(b"draft", b"drft"))) == ["ONX103"]
    assert (root / "demo/clean/node.onex").read_bytes() == before


@pytest.mark.parametrize(
    ("name", "text", "found", "line"),
    [
        (".tree", "entries:\n", [], "1 `.tree` file checked: 0 errors, 0 warnings"),
        ("x.tree", "nodes:\n", ["ONX302"], "1 `.tree` file checked: 1 error, 0 warnings"),
        (
            ".tree",
            "entries:\n- b/\n- a/\n",
            ["ONX308"],
            "1 `.tree` file checked: 0 errors, 1 warning (1 fixable with `--fix`)",
        ),
        (".tree", "entries:\n- gone/\n", [], "1 `.tree` file checked: 0 errors, 0 warnings"),
        (
            "state_contract.json",
            '{"contract_version": "1.0.0", "input": {}, "output": {}}',
            [],
            "1 contract checked: 0 errors, 0 warnings",
        ),
        (
            "my.contract.yaml",
            "input: 1\n",
            ["ONX401"] * 3,
            "1 contract checked: 3 errors, 0 warnings",
        ),
        ("contract.json", "{", ["ONX401"], "1 contract checked: 1 error, 0 warnings"),
        (
            "node.onex",
            'metadata_version: "1.0.0"',
            ["ONX101"] * 6 + ["ONX103", "ONX106", "ONX107", "ONX108"],
            None,
        ),
        ("node.onex", "{}", ["ONX101"], "1 node checked: 1 error, 0 warnings"),
        (
            "scenario.yaml",
            "steps: []",
            ["ONX101"],
            "1 node checked: 1 error, 0 warnings",
        ),
        ("other.yaml", "", ["ONX100"], "1 node checked: 1 error, 0 warnings"),
    ],
)
def test_file_that_stands_by_itself(name, text, found, line, tmp_path):
    """What a file is follows from its name, and it is counted for what it is."""
    (tmp_path / name).write_text(text)
    verdict = validate_document(os.fspath(tmp_path / name))

    assert sorted(codes(verdict)) == found
    assert line in {None, count_line(verdict)}


def test_verdicts_are_merged(tmp_path):
    """Counts add up, and findings are sorted again."""
    for name in ("b.tree", "a.tree"):
        (tmp_path / name).write_text("")
    merged = merge([validate_document(os.fspath(tmp_path / name)) for name in ("b.tree", "a.tree")])

    assert [os.path.basename(f["path"]) for f in merged.findings] == ["a.tree", "b.tree"]
    assert count_line(merged) == "2 `.tree` files checked: 2 errors, 0 warnings"


def test_root_without_index_cannot_be_checked(tmp_path):
    """Not being able to look is an error, not a finding."""
    with pytest.raises(DocumentError, match="a tree needs an index"):
        validate(Workspace(os.fspath(tmp_path)))


# ONEX-R-14
def test_export_has_a_record_per_node(root):
    """Each node that was checked has one record, whatever was found; contracts have none."""
    (root / "demo/.tree").write_text("entries:\n- broken/node.onex\n- clean/node.onex\n")
    (root / "demo/broken").mkdir()
    (root / "demo/broken/node.onex").write_text("a: [")
    verdict = validate(Workspace(os.fspath(root)))
    alone = validate_document(os.fspath(root / "demo/clean/state_contract.json"))
    records = [json.loads(line) for line in node_records(merge([verdict, alone]))]

    for record in records:
        registry.validator("node_execution_result").validate(record)
    assert [(r["node_id"], r["status"], len(r["errors"])) for r in records] == [
        ("demo.broken", "failure", 1),
        ("demo.clean", "success", 0),
    ]


def test_every_schema_finding_leads_to_the_field_reference():
    """ONEX-M1-14: the link of a finding is an anchor of schemas/README.md."""
    page = (ROOT / "schemas/README.md").read_text(encoding="utf-8")
    cases = sorted((ROOT / "tests/conformance/cases/onex_node/invalid").iterdir())
    found = [
        finding
        for case in cases
        for finding in validate_document(os.fspath(case)).findings
        if finding["doc"]
    ]

    assert len(found) > 100
    links = {finding["doc"] for finding in found}
    assert [
        link for link in sorted(links) if f'<a id="{link.partition("#")[2]}"></a>' not in page
    ] == []
