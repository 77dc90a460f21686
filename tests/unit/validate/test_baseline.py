"""A baseline hides what it holds and nothing else, shrinks, and never grows."""

import json
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sample_verdict import finding, findings, sample_verdict

from onex.errors import DocumentError, RefusedError
from onex.validate import baseline
from onex_contract import registry

ROOT = "/w"
SOME = st.lists(findings(), max_size=8)
LINE = '{"about":"demo.a","code":"ONX103","message_sha256":"%s","pointer":""}\n' % ("0" * 64)


def taken(found):
    """The baseline of what was found."""
    return baseline.shrunk(sample_verdict(findings=found), None, ROOT)


def hidden(found, held):
    """What still counts, and what the baseline holds in vain."""
    verdict, left = baseline.hide(sample_verdict(findings=found), held, ROOT)
    assert verdict.hidden + len(verdict.findings) == len(found)
    return verdict.findings, left


@given(SOME)
def test_what_was_there_is_hidden(found):
    """Right after it was taken, a baseline leaves nothing, and holds nothing in vain."""
    assert hidden(found, taken(found)) == ([], Counter())


@given(SOME, SOME)
def test_what_is_new_is_shown(old, new):
    """As many findings are shown as there are more than the baseline holds of their kind."""
    shown, _ = hidden(old + new, taken(old))

    assert len(shown) == len(new)
    assert taken(shown) == taken(old + new) - taken(old)


@given(SOME, st.integers(0, 8))
def test_lines_that_move_stay_hidden(found, by):
    """A finding is the same wherever it moves to, and whatever is advised about it."""
    moved = [
        {**one, "line": one["line"] + by, "column": 1, "help": None, "snippet": None}
        for one in found
    ]

    assert hidden(moved, taken(found)) == ([], Counter())


@given(SOME)
def test_a_file_gives_back_what_was_written(tmp_path_factory, found):
    """Its lines are sorted and keep to the schema, whatever was found."""
    held = taken(found)
    lines = list(baseline.lines(held))
    path = tmp_path_factory.getbasetemp() / "baseline"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")

    assert baseline.read(str(path)) == held
    assert [json.loads(line)["about"] for line in lines] == sorted(
        json.loads(line)["about"] for line in lines
    )
    for line in lines:
        registry.validator("baseline_entry").validate(json.loads(line))


@given(SOME, SOME)
def test_it_never_grows(old, new):
    """It is refused as soon as something is found that it does not hold; else it gets smaller."""
    held = taken(old)
    verdict = sample_verdict(findings=new)
    if taken(new) - held:
        with pytest.raises(RefusedError, match="a baseline only shrinks"):
            baseline.shrunk(verdict, held, ROOT)
    else:
        assert baseline.shrunk(verdict, held, ROOT) <= held


def test_the_same_finding_twice_is_two():
    """Mending one of two leaves room for none."""
    one = finding(node_id="demo.a")

    assert hidden([one, one, one], taken([one, one])) == ([one], Counter())
    assert hidden([one], taken([one, one]))[1].total() == 1


def test_a_file_that_holds_one_twice_holds_two(tmp_path):
    """Lines are counted, not collected."""
    path = tmp_path / "baseline"
    path.write_text(LINE * 3)

    assert [*baseline.read(str(path)).values()] == [3]


def test_it_is_the_same_in_another_checkout():
    """Where the workspace lies is no part of what was found."""
    here = finding("readable", "/w/demo/.tree", "/w/demo/x is a symbolic link")
    there = finding("readable", "/srv/v/demo/.tree", "/srv/v/demo/x is a symbolic link")
    held = baseline.shrunk(sample_verdict(findings=[here]), None, "/w")

    assert baseline.hide(sample_verdict(findings=[there]), held, "/srv/v")[0].findings == []
    assert [key.about for key in held] == ["demo/.tree"]


@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        ("{}\n", "1:1", "not a line of a baseline: missing key"),
        (LINE + "[]\n", "2:1", "not a line of a baseline: "),
        (LINE + "{\n", "2:1", "is not one JSON value"),
        (LINE[:-1], "1:1", "is torn"),
        (LINE.replace("ONX103", "ONX3"), "1:1", "code 'ONX3' does not have the form"),
        (LINE.replace('""', '"", "more": 1'), "1:1", "unknown key 'more'"),
        ('{"about":"a","about":"b"}\n', "1:", "about"),
        ("\xff\n", "1:1", ""),
    ],
)
def test_a_file_that_is_no_baseline(tmp_path, text, place, problem):
    """A line that cannot be read is an error with its place, not a baseline of less."""
    path = tmp_path / "b"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(DocumentError) as caught:
        baseline.read(str(path))

    assert caught.value.message.startswith(f"{path}:{place}")
    assert problem in caught.value.message
