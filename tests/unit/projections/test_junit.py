"""JUnit XML: whole outputs, the strict schema, a reader that others wrote, and hostile names."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from junitparser import JUnitXml
from tests.exports import golden
from tests.hostile import runs
from tests.readers import junit_faults
from tests.sample_run import process, sample_run

from onex.projections.junit import BOUND, junit
from onex.results.told import told_units

UNITS = sample_run()["units"]
CLEAN, COUNT = UNITS[0], UNITS[1]


def parse(run, **options):
    return ET.fromstring(junit(run, **options).encode())  # noqa: S314 - our own output


def one(unit, **options):
    """The test case of a run of one unit."""
    case = parse({**sample_run(), "units": [unit]}, **options).find("testsuite/testcase")
    assert case is not None
    return case


@pytest.mark.parametrize(
    ("name", "strict"), [("junit.xml", False), ("junit_strict.xml", True)], ids=["gitlab", "strict"]
)
def test_sample(name, strict):
    """One suite for each item, one case for each unit, in the order of the plan."""
    assert junit(sample_run(), strict=strict) == golden(name)


def test_strict_form_keeps_to_the_schema():
    """The other form does not, by exactly what GitLab reads beyond it."""
    beyond = {"testsuites: skipped", "testcase: file"}

    assert junit_faults(parse(sample_run(), strict=True)) == []
    assert set(junit_faults(parse(sample_run()))) == beyond


@given(runs())
def test_hostile_runs_keep_to_the_schema(run):
    """Whatever names and outputs hold, the XML parses and says what the units were."""
    root = parse(run, strict=True)

    assert junit_faults(root) == []
    assert len(root.findall("testsuite/testcase")) == len(told_units(run))
    assert not any("[[ATTACHMENT|" in (element.text or "") for element in root.iter())


@given(runs())
def test_counts_are_right(run):
    """The counts of suites and of the whole are those of the elements; readers do not recount."""
    root = parse(run)
    for element in [root, *root.iter("testsuite")]:
        counted = {
            "tests": len(list(element.iter("testcase"))),
            "failures": len(list(element.iter("failure"))),
            "errors": len(list(element.iter("error"))),
            "skipped": len(list(element.iter("skipped"))),
        }
        assert {name: int(element.get(name, "")) for name in counted} == counted


@given(runs())
def test_names_are_unique(run):
    """GitLab and Jenkins merge test cases of one class and name."""
    names = [(case.get("classname"), case.get("name")) for case in parse(run).iter("testcase")]

    assert len(set(names)) == len(names)


def test_a_name_that_is_there_twice_gets_a_number():
    """A number that another case has as its name is passed over; the first keeps its name."""
    keys = ["a", "a", "a (2)", "a", "a\x00", "a\\x00", ""]
    units = [{**CLEAN, "unit_id": f"u{n}", "case_key": key} for n, key in enumerate(keys)]
    run = {**sample_run(), "outcome": "success", "units": units}
    names = [case.get("name") for case in parse(run).iter("testcase")]

    assert names == ["a", "a (3)", "a (2)", "a (4)", "a\\x00", "a\\x00 (2)", "u6"]


def test_suite_without_a_name_has_the_run_s():
    """Readers need a name for each suite, and an item of a foreign document may have none."""
    run = {**sample_run(), "outcome": "success", "units": [{**CLEAN, "item_id": ""}]}

    assert [suite.get("name") for suite in parse(run).iter("testsuite")] == ["nodes"]


def test_control_characters_are_shown():
    """XML 1.0 has no way to write them, not even as references; `]]>` may not stand in text."""
    case = one({**COUNT, "process": process("a\x00b\x1b[31m]]>\ufffe\tc\r\nd", "")})

    assert case.findtext("system-out") == "a\\x00b\\x1b[31m]]>\\ufffe\tc\nd"
    assert "]]>" not in junit({**sample_run(), "units": [{**COUNT, "process": process("]]>")}]})


@pytest.mark.parametrize(
    ("status", "element"),
    [
        ("success", None),
        ("partial", None),
        ("failure", "failure"),
        ("error", "error"),
        ("skipped", "skipped"),
        ("blocked", "skipped"),
    ],
)
def test_status(status, element):
    """JUnit knows three ways not to pass."""
    found = [child.tag for child in one({**CLEAN, "status": status}) if child.tag != "system-out"]

    assert found == ([element] if element else [])


def test_partial_passes_with_a_warning():
    """What JUnit has no status for stands in the output."""
    unit = {**COUNT, "status": "partial", "process": None}

    assert one(unit).findtext("system-out") == "warning: KeyError: 'text'"


def test_skipped_says_why():
    """A blocked unit is skipped, with the word that it is blocked."""
    (skipped,) = one({**UNITS[4]})

    assert skipped.attrib == {
        "message": "blocked: demo.text.count did not succeed",
        "type": "blocked",
    }


def test_output_is_bounded():
    """Of a long output the end is shown, and how long it was."""
    told = process("x" * 10_000 + "end\n")
    shown = one({**CLEAN, "warnings": [], "process": told}).findtext("system-out")

    assert shown == "(10004 bytes, of which the end follows)\n" + "x" * (BOUND - 3) + "end"


def test_output_that_was_cut_before_is_said_to_be():
    """The record holds the end of what was written, and its true length."""
    told = process("end")
    told["stdout"] = {"bytes": 5_000_000, "truncated": True, "text": "end"}
    shown = one({**CLEAN, "warnings": [], "process": told}).findtext("system-out")

    assert shown == "(5000000 bytes, of which the end follows)\nend"


def test_attachments_are_not_taken_from_outputs():
    """Jenkins copies the file that an output names so; a node must not choose it."""
    case = one({**CLEAN, "warnings": [], "process": process("[[ATTACHMENT|/etc/passwd]]")})

    assert case.findtext("system-out") == "[[ATTACHMENT\\x7c/etc/passwd]]"


def test_run_of_nothing_has_a_failure():
    """A report of no test cases is a green one to most readers (AMB-02)."""
    root = parse({**sample_run(), "units": [], "outcome": "failure"})

    assert root.get("failures") == "1"
    assert [case.get("name") for case in root.iter("testcase")] == ["outcome"]


@pytest.mark.parametrize("strict", [False, True], ids=["gitlab", "strict"])
def test_foreign_reader(strict):
    """Junitparser reads the same counts and endings."""
    read = JUnitXml.fromstring(junit(sample_run(), strict=strict).encode())
    endings = {
        (case.classname, case.name): type(case.result[0]).__name__
        for suite in read
        for case in suite
        if case.result
    }

    assert (read.tests, read.failures, read.errors) == (11, 4, 1)
    assert sum(suite.skipped for suite in read) == 2
    assert endings == {
        ("demo.text.count", "run"): "Failure",
        ("demo.text.strict", "run"): "Failure",
        ("demo.text.absent", "run"): "Error",
        ("demo.text.later", "run"): "Skipped",
        ("demo.text.unwanted", "run"): "Skipped",
        ("nightly", "row_count"): "Failure",
        ("gate", "coverage"): "Failure",
    }
