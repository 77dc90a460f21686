"""What is loaded can be written again: a document that lies about that is refused by its name."""

import copy
import json

import pytest
from tests.sample_run import sample_run

from onex.errors import DocumentError
from onex.runs.load import load_run

CASE = '{"k":"case","case_id":"YR8","item_id":"a","case_key":"","status":"passs","assert_pass":0,"assert_fail":0,"unhandled_action_fail":0}\n'


def better(run):
    """The run claims to have succeeded."""
    run["outcome"] = "success"


def separator(run):
    """An item's name holds what separates it from a case key (OBS-10)."""
    run["units"][0]["item_id"] = "a\x1fb"


def misfit(run):
    """What is kept of a document fits none."""
    run["ext"] = {"batch": [{"op": "remove", "path": "/nothing"}]}


def no_patch(run):
    """What is kept of a document is no patch."""
    run["ext"] = {"observer": [{"op": "test", "path": ""}]}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (better, "/outcome is success, better than its units allow"),
        (separator, "an item id must not hold the character U+001F (OBS-10)"),
        (misfit, "the patch does not fit"),
        (no_patch, "patch"),
    ],
)
def test_a_record_that_lies_is_refused(tmp_path, change, told):
    """The message names the file; no later report fails on it."""
    run = copy.deepcopy(sample_run())
    change(run)
    path = tmp_path / "run-record.json"
    path.write_text(json.dumps(run))

    with pytest.raises(DocumentError) as refused:
        load_run(str(path))

    assert refused.value.path == str(path)
    assert told in refused.value.problem


def test_a_true_record_is_loaded(tmp_path):
    """The same file without a lie."""
    path = tmp_path / "run-record.json"
    path.write_text(json.dumps(sample_run()))

    assert load_run(str(path)) == sample_run()


def test_a_wrong_record_of_a_report_says_what_is_wrong(tmp_path):
    """I12: the line, the byte, the member, and the word that was meant."""
    path = tmp_path / "report.jsonl"
    path.write_text(f'{{"k":"observer_report","v":"0"}}\n{CASE}{{"k":"summary"}}\n')

    with pytest.raises(DocumentError) as refused:
        load_run(str(path))

    error = refused.value
    assert (error.line, error.problem, error.help) == (
        2,
        "from byte 32: /status: status 'passs' is not one of pass, fail",
        "did you mean 'pass'?",
    )


def test_a_document_of_too_many_values_is_refused_before_it_is_built(tmp_path, monkeypatch):
    """It would take gigabytes; a journal is read line by line, whatever its size."""
    monkeypatch.setattr("onex.runs.load.MOST_VALUES", 3)
    path = tmp_path / "batch.json"
    path.write_text('{"batch_id": "a", "results": [1, 2]}')

    with pytest.raises(DocumentError, match="more than 3 values"):
        load_run(str(path))
