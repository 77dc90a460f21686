"""How others read what onex writes for them: schemas in our own words, and readers of markup."""

import re

from markdown_it import MarkdownIt

# The elements that we write, as junit-10.xsd of the Jenkins xUnit plugin has them:
# attributes that must be there, that may be there, and what may stand inside.
XSD = {
    "testsuites": (set(), {"name", "time", "tests", "failures", "errors"}, {"testsuite"}),
    "testsuite": (
        {"name", "tests", "failures", "errors"},
        {
            "time",
            "skipped",
            "timestamp",
            "hostname",
            "id",
            "package",
            "file",
            "log",
            "url",
            "group",
        },
        {"testsuite", "properties", "testcase", "system-out", "system-err"},
    ),
    "testcase": (
        {"name"},
        {"time", "classname", "group"},
        {"skipped", "error", "failure", "system-out", "system-err"},
    ),
    "failure": (set(), {"type", "message"}, set()),
    "error": (set(), {"type", "message"}, set()),
    "skipped": (set(), {"type", "message"}, set()),
    "system-out": (set(), set(), set()),
    "system-err": (set(), set(), set()),
}
TIME = re.compile(r"\d*(\.\d*)?").fullmatch

RDJSON = {
    "type": "object",
    "required": ["diagnostics"],
    "properties": {
        "source": {"$ref": "#/$defs/source"},
        "severity": {"$ref": "#/$defs/severity"},
        "diagnostics": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["message", "location"],
                "properties": {
                    "message": {"type": "string", "minLength": 1},
                    "location": {
                        "type": "object",
                        "required": ["path"],
                        "properties": {
                            "path": {"type": "string", "minLength": 1},
                            "range": {"$ref": "#/$defs/range"},
                        },
                        "additionalProperties": False,
                    },
                    "severity": {"$ref": "#/$defs/severity"},
                    "source": {"$ref": "#/$defs/source"},
                    "code": {
                        "type": "object",
                        "properties": {"value": {"type": "string"}, "url": {"type": "string"}},
                        "additionalProperties": False,
                    },
                    "suggestions": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["range", "text"],
                            "properties": {
                                "range": {"$ref": "#/$defs/range"},
                                "text": {"type": "string"},
                            },
                            "additionalProperties": False,
                        },
                    },
                    "original_output": {"type": "string"},
                },
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
    "$defs": {
        "range": {
            "type": "object",
            "required": ["start"],
            "properties": {
                "start": {"$ref": "#/$defs/position"},
                "end": {"$ref": "#/$defs/position"},
            },
            "additionalProperties": False,
        },
        "severity": {"enum": ["UNKNOWN_SEVERITY", "ERROR", "WARNING", "INFO"]},
        "source": {
            "type": "object",
            "properties": {"name": {"type": "string"}, "url": {"type": "string"}},
            "additionalProperties": False,
        },
        "position": {
            "type": "object",
            "properties": {
                "line": {"type": "integer", "minimum": 1},
                "column": {"type": "integer", "minimum": 1},
            },
            "additionalProperties": False,
        },
    },
}
"""What the protocol of the Reviewdog Diagnostic Format says of a `DiagnosticResult`."""


def junit_faults(element):
    """What the schema has against an element and all below it."""
    must, may, inside = XSD[element.tag]
    names = set(element.attrib)
    found = [f"{element.tag}: {name}" for name in (must - names) | (names - must - may)]
    found += [f"{element.tag}: {child.tag}" for child in element if child.tag not in inside]
    if element.tag in {"testsuites", "testsuite"} and not TIME(element.get("time", "")):
        found.append(f"{element.tag}: time")
    return found + [fault for child in element if child.tag in XSD for fault in junit_faults(child)]


def unescape(text):
    """What the runner of GitHub makes of the text of a command."""
    for escape, character in (
        ("%0D", "\r"),
        ("%0A", "\n"),
        ("%3A", ":"),
        ("%2C", ","),
        ("%25", "%"),
    ):
        text = text.replace(escape, character)
    return text


def tokens(text):
    """The text as a reader of Markdown with tables and links takes it."""
    flat = []
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        flat += [token, *(token.children or [])]
    return flat
