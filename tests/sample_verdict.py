"""A verdict with a finding of every kind: over nodes, in a tree, waived, and in odd characters."""

from hypothesis import strategies as st
from tests.hostile import texts

from onex.core.document import Document
from onex.validate import mend
from onex.validate.engine import Verdict
from onex.validate.rules import RULES
from onex.validate.seen import Seen
from onex.validate.waivers import Waived

RULE = {rule.name: rule for rule in RULES}

TEXT = """\
metadata_version: "1.0.0"
name: clean
description: "日本 TODO"
lifecycle: actve
"""

DOCUMENT = Document("demo/clean/node.onex", TEXT.encode(), None)

FIX = {
    "applicability": "unsafe",
    "message": "write 'active'",
    "edits": [{"line": 4, "column": 12, "end_line": 4, "end_column": 17, "text": "active"}],
}

WAIVER = {"code": "ONX109", "reason": "the text follows", "expires": "2099-01-31"}


def finding(rule="lifecycle", place=DOCUMENT, message="wrong", **more):
    """A finding of a rule."""
    return RULE[rule].finding(place, message, **more)


def sample_verdict(**changes):
    """The verdict over three nodes, of which one has nothing against it."""
    findings = [
        finding(
            "tree-dangling", "demo/.tree", "gone/node.onex does not exist", help=None, at=(3, 3)
        ),
        finding(
            "lock-stale",
            node_id="demo.clean",
            message="name has changed",
            fix=mend.late("demo/clean/node.onex", "lock the node as it is", is_safe=False),
        ),
        finding(
            message="lifecycle 'actve' is not one of draft, review, active, deprecated",
            node_id="demo.clean",
            pointer="/lifecycle",
            at=(4, 12),
            fix=FIX,
        ),
        finding("todo", node_id="demo.other", place="demo/other/node.onex", message="left to do"),
    ]
    waived = finding(
        "todo", node_id="demo.clean", message="TODO", pointer="/description", at=(3, 18)
    )
    nodes = [("demo", name) for name in ("clean", "fine", "other")]
    subjects = [Seen("/".join([*node, "node.onex"]), node) for node in nodes]
    values = {"findings": findings, "subjects": subjects, "waived": [Waived(waived, WAIVER)]}
    return Verdict(**values | changes)


@st.composite
def findings(draw):
    """A finding with any words in any place."""
    found = finding(draw(st.sampled_from(sorted(RULE))), message=draw(texts(min_size=1)))
    return {
        **found,
        "path": draw(texts(min_size=1).filter(bool)),
        "line": draw(st.integers(1, 9)),
        "column": draw(st.integers(1, 200)),
        "help": draw(st.none() | texts()),
        "pointer": draw(texts()),
        "node_id": draw(st.none() | texts(min_size=1) | st.just("demo.clean")),
        "snippet": draw(st.none() | texts().filter(str.isprintable)),
        "fixable": draw(st.booleans()),
        "fix": draw(st.none() | fixes()),
    }


@st.composite
def fixes(draw):
    """A fix with any words, anywhere."""
    line, column = draw(st.integers(1, 9)), draw(st.integers(1, 200))
    edit = {
        "line": line,
        "column": column,
        "end_line": draw(st.integers(line, 10)),
        "end_column": column,
        "text": draw(texts()),
    }
    kind = draw(st.sampled_from(["safe", "unsafe"]))
    return {
        "applicability": kind,
        "message": draw(texts(min_size=1).filter(bool)),
        "edits": draw(st.just([]) | st.just([edit])),
    }


def verdicts():
    """Verdicts full of texts that try to break out of the format they are put into."""
    waived = findings().flatmap(
        lambda found: texts(min_size=1).map(lambda why: Waived(found, {**WAIVER, "reason": why}))
    )
    return st.builds(
        lambda found, accepted, fail_on: sample_verdict(
            findings=found, waived=accepted, fail_on=fail_on
        ),
        st.lists(findings(), max_size=12),
        st.lists(waived, max_size=2),
        st.sampled_from(["error", "warning", "never"]),
    )
