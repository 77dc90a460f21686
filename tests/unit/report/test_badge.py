"""Badges: whole for one, and for all of them two on a page never clash and are read out."""

import json
import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sample_run import sample_run
from tests.unit.report.test_text import HOSTILE

from onex.report.badge import (
    COLOURS,
    LABEL_COLOUR,
    UNRATED,
    Badge,
    coverage,
    endpoint,
    last_run,
    svg,
    validation,
    width,
)
from onex.results.blank import blank_run
from onex.results.status import outcome

RUN = sample_run()
PICTURE = """\
<svg xmlns="http://www.w3.org/2000/svg" width="101" height="20" viewBox="0 0 101 20" role="img" aria-label="coverage: 66%">
<title>coverage: 66%</title>
<path fill="#444" d="M3 0H63V20H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3z"/>
<path fill="#a34700" d="M63 0h35a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H63z"/>
<g fill="#fff" aria-hidden="true" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11">
<text x="6" y="14" textLength="51" lengthAdjust="spacingAndGlyphs">coverage</text>
<text x="69" y="14" textLength="26" lengthAdjust="spacingAndGlyphs">66%</text>
</g>
</svg>
"""


def covered(percent):
    return {**RUN, "coverage": {"active": 3, "covered": 2, "percent": percent}}


def test_a_picture():
    """Byte for byte."""
    assert svg(coverage(RUN)) == PICTURE


def test_an_endpoint():
    """The four members that shields.io asks for."""
    assert json.loads(endpoint(last_run(RUN))) == {
        "schemaVersion": 1,
        "label": "last run",
        "message": "4 of 11, error",
        "color": "red",
    }


@pytest.mark.parametrize(
    ("percent", "message", "colour"),
    [
        (None, "unknown", "lightgrey"),
        (0, "0%", "red"),
        (49.99, "49%", "red"),
        (50, "50%", "orange"),
        (75, "75%", "yellow"),
        (89.99, "89%", "yellow"),
        (90, "90%", "green"),
        (99.99, "99%", "green"),
        (99.999, "99%", "green"),
        (100, "100%", "brightgreen"),
    ],
)
def test_coverage_is_rounded_down(percent, message, colour):
    """100 only when it is all (DESIGN.md, section 7)."""
    assert coverage(covered(percent)) == Badge("coverage", message, colour)


def test_what_is_not_known_is_grey():
    """No run, a run of which nobody asked for the coverage, and trust before there are scores."""
    unknown = [coverage(None), coverage({**RUN, "coverage": None}), last_run(None), UNRATED]

    assert [(badge.message, badge.colour) for badge in unknown] == [
        *[("unknown", "lightgrey")] * 3,
        ("unrated", "lightgrey"),
    ]


@pytest.mark.parametrize(
    ("statuses", "message", "colour"),
    [
        (["success"], "1 of 1, success", "brightgreen"),
        (["success", "failure"], "1 of 2, partial", "yellow"),
        (["failure"], "0 of 1, failure", "red"),
        (["success", "error"], "1 of 2, error", "red"),
        ([], "0 of 0, failure", "red"),
    ],
)
def test_last_run(statuses, message, colour):
    """How many succeeded, and what the run came to."""
    units = [{**RUN["units"][0], "status": status} for status in statuses]
    run = {**blank_run("r", 0, 0), "units": units, "outcome": outcome(statuses)}

    assert last_run(run) == Badge("last run", message, colour)


@pytest.mark.parametrize(
    ("nodes", "errors", "message", "colour"),
    [
        (3, 0, "3 valid", "brightgreen"),
        (3, 1, "1 error", "red"),
        (0, 2, "2 errors", "red"),
        (0, 0, "no nodes", "lightgrey"),
    ],
)
def test_validation(nodes, errors, message, colour):
    """A gate that looked at nothing does not pass."""
    assert validation(nodes, errors) == Badge("contracts", message, colour)


@given(HOSTILE, HOSTILE, st.sampled_from(sorted(COLOURS)))
def test_a_picture_holds_words_alone(label, message, colour):
    """Whatever the words are: no ids, nothing that is fetched or run, and a name for who listens."""
    text = svg(Badge(label, message, colour))
    root = ET.fromstring(text)  # noqa: S314 - our own picture
    tags = [element.tag.rpartition("}")[2] for element in root.iter()]
    attributes = {name for element in root.iter() for name in element.attrib}

    assert tags == ["svg", "title", "path", "path", "g", "text", "text"]
    assert attributes.isdisjoint({"id", "style", "href", "class"})
    assert root.get("role") == "img"
    assert root.get("aria-label") == root[0].text
    assert json.loads(endpoint(Badge(label, message, colour)))["label"] == label


@given(st.text(max_size=30), st.text(min_size=1, max_size=30))
def test_more_text_is_wider(text, more):
    """No character takes less than nothing, and the picture is as wide as its texts need."""
    assert width(text) < width(text + more)
    whole = int(re.search(r' width="(\d+)"', svg(Badge("x", "yy", "red")))[1])
    assert whole == width("x") + width("yy") + 24


def luminance(colour):
    """The relative luminance of a colour, as WCAG 2 defines it."""
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colour", [LABEL_COLOUR, *COLOURS.values()])
def test_white_text_can_be_read(colour):
    """A contrast of at least 4.5 (WCAG 2, 1.4.3)."""
    assert 1.05 / (luminance(colour) + 0.05) >= 4.5
