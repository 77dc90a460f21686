"""The judge of foreign documents: what it lets pass, and what it finds fault with."""

import json
import sys

import pytest
from tools import corpus, corpus_labels

# Stands in for onex: says and does what the document holds, as Python.
ACTOR = f"""\
#!{sys.executable}
import sys
exec(open(sys.argv[-1]).read(), {{"path": sys.argv[-1], "sys": sys}})
"""

FINE = {
    "accepts": "",
    "finds": "print(f'{path}:1:1: ONX101 missing'); sys.exit(1)",
    "cannot": "print(f'onex: {path}:1:1: no such file'); sys.exit(2)",
}

FAULTY = {
    "raises": ("1 / 0", "a fault in onex: ZeroDivisionError: division by zero"),
    "ends otherwise": ("sys.exit(3)", "ended with status 3"),
    "says nothing": ("sys.exit(1)", "said nothing that names the file and a line: ''"),
    "names no line": (
        "print(f'onex: {path}: bad'); sys.exit(2)",
        "said nothing that names the file and a line: 'onex: {path}: bad'",
    ),
    "leaves a file": ("open('trace', 'w')", "left files behind: trace"),
}


@pytest.fixture
def judge(tmp_path, monkeypatch):
    """Judge a document that says how onex is to take it."""
    actor = tmp_path / "onex"
    actor.write_text(ACTOR)
    actor.chmod(0o755)
    monkeypatch.setattr(corpus, "ONEX", str(actor))
    monkeypatch.setattr(corpus_labels, "ONEX", str(actor))

    def call(script):
        path = tmp_path / "document.onex"
        path.write_text(script)
        return corpus.judge(str(path)), path

    return call


@pytest.mark.parametrize("script", FINE.values(), ids=FINE)
def test_a_documented_end_with_a_place_is_no_fault(script, judge):
    """Whether a document is accepted is not judged."""
    assert judge(script)[0].faults == []


@pytest.mark.parametrize(("script", "fault"), FAULTY.values(), ids=FAULTY)
def test_what_must_not_be_is_a_fault(script, fault, judge):
    """A crash, another status, silence and traces are told, each in words."""
    judgement, path = judge(script)
    assert fault.format(path=path) in judgement.faults


@pytest.mark.parametrize(("limit", "fault"), [("MOST_S", "0 s"), ("MOST_MB", "0 MB")])
def test_a_limit_that_is_passed_is_a_fault(limit, fault, judge, monkeypatch):
    """Time and memory are bounded."""
    monkeypatch.setattr(corpus, limit, 0)
    judgement, _ = judge("")
    assert [found.endswith(f"; at most {fault} are allowed") for found in judgement.faults] == [
        True
    ]


def test_without_a_corpus_nothing_is_judged(monkeypatch, capsys, tmp_path):
    """Nothing to look at is no success."""
    monkeypatch.setenv("ONEX_CORPUS", str(tmp_path))
    assert corpus.main() == 2
    assert capsys.readouterr().err == (
        f"set ONEX_CORPUS to a folder with a MANIFEST.jsonl; it is '{tmp_path}'\n"
    )


def test_a_fault_is_printed_below_the_table_and_fails(judge, monkeypatch, capsys, tmp_path):
    """One line per set, one for all, then the faults."""
    _, path = judge("sys.exit(3)")
    entry = {"set": "odd", "file": path.name, "expected": "invalid"}
    (tmp_path / corpus.MANIFEST).write_text(json.dumps(entry) + "\n")
    monkeypatch.setenv("ONEX_CORPUS", str(tmp_path))

    assert corpus.main() == 1
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    counts = [["odd", "1", "0", "0", "0"], ["all", "1", "0", "0", "0"]]
    names = [command.split() for command in corpus.COMMANDS]
    for head, name in zip(lines[::3], names, strict=False):
        assert head[: len(name) + 5] == ["onex", *name, "files", "ok", "find", "err"]
    assert [line[:5] for at, line in enumerate(lines[:9]) if at % 3] == counts * 3
    assert [" ".join(line) for line in lines[9:]] == [
        "labels of the manifest",
        "invalid to its authors 1 agrees",
        *[
            f"{path}: ended with status 3",
            f"{path}: said nothing that names the file and a line: ''",
        ]
        * 3,
    ]


def verdict(status=1, *codes, migrated=2, after=1, reported=2):
    return corpus_labels.Verdict(status, frozenset(codes), migrated, after, reported)


SOUND, UNSOUND = ["input_state:schema_ok", "valid_input:ok"], ["input_state:schema_bad"]

LABELS = [
    ({"expected": "invalid"}, verdict(), [corpus_labels.AGREES]),
    ({"expected": "invalid"}, verdict(0), [corpus_labels.DIFFERS]),
    ({"expected": "valid here"}, verdict(0), [corpus_labels.AGREES]),
    ({"expected": "valid here"}, verdict(), [corpus_labels.FOREIGN]),
    ({"expected": "valid here"}, verdict(reported=0), [corpus_labels.REPORTED]),
    ({"expected": "valid here"}, verdict(migrated=0, after=0), [corpus_labels.LIFTED]),
    ({"expected": "valid here"}, verdict(migrated=0, after=1), [corpus_labels.DIFFERS]),
    ({"expected": "valid here"}, verdict(migrated=1), [corpus_labels.ASKED]),
    ({"derived": {"parse": "ok:dict"}}, verdict(1, "ONX101"), [corpus_labels.AGREES]),
    ({"derived": {"parse": "ok:dict"}}, verdict(1, "ONX100"), [corpus_labels.DIFFERS]),
    ({"derived": {"parse": "error:X"}}, verdict(1, "ONX100"), [corpus_labels.AGREES]),
    ({"derived": {"parse": "error:X"}}, verdict(0), [corpus_labels.DIFFERS]),
    ({"derived": {"contract_check": SOUND}}, verdict(migrated=0, after=0), [corpus_labels.AGREES]),
    ({"derived": {"contract_check": SOUND}}, verdict(), [corpus_labels.DIFFERS]),
    ({"derived": {"contract_check": UNSOUND}}, verdict(), [corpus_labels.AGREES]),
    (
        {"derived": {"contract_check": UNSOUND}},
        verdict(migrated=0, after=0),
        [corpus_labels.REWRITTEN],
    ),
    ({"derived": {"contract_check": ["input_state:absent"]}}, verdict(), []),
    ({"derived": {"contract_check": "yaml_error:X"}}, verdict(), []),
    ({}, verdict(0), []),
]


@pytest.mark.parametrize(("entry", "found", "said"), LABELS, ids=range(len(LABELS)))
def test_labels_agree_or_are_explained(entry, found, said):
    """What a label claims is held against what onex says; what nothing explains is a fault."""
    entry = {"file": "a.yaml", "expected": "unlabelled", **entry}
    table = corpus_labels.Table()
    table.take(entry, found)

    assert [word for _, word in corpus_labels.judge(entry, found)] == said
    assert bool(table.differing) == (corpus_labels.DIFFERS in said)
