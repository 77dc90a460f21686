"""Fixes of documents: what is offered can be made, says what was meant, and changes nothing else."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.test_rules import HERE, TODAY, build

from onex.core import index, node
from onex.core.document import parse
from onex.core.edit_at import Page
from onex.core.index import TreeProblem
from onex.core.spans import Edit, apply
from onex.core.text import BOM, Lines
from onex.core.workspace import Workspace
from onex.validate import mend_tree
from onex.validate.engine import examine, validate
from onex.validate.rules import schema, unknown_key, version

BASE = (HERE / "_base/demo/clean/node.onex").read_text()


def fixes(text, path="node.onex"):
    """The fixes of what the schema has against the document."""
    subject = examine(path, ("demo", "clean"), text.encode())
    rules = (schema, unknown_key, version)
    every = [finding for rule in rules for finding in rule.check(subject)]
    every += [
        f
        for problem in subject.problems_of("lifecycle")
        for f in [schema.RULE.from_problem(subject.document, problem, subject)]
    ]
    return [finding["fix"] for finding in every]


def made(text, fix):
    """``text`` after the edits of ``fix``."""
    body = text.removeprefix(BOM)
    lines = Lines(body)
    edits = [
        Edit(
            lines.offset(e["line"], e["column"]),
            lines.offset(e["end_line"], e["end_column"]),
            e["text"],
        )
        for e in fix["edits"]
    ]
    return text[: len(text) - len(body)] + apply(body, edits)


@pytest.mark.parametrize(
    ("old", "bad", "new", "kind"),
    [
        ('version: "1.0.0"', "version: 1.10 # x", 'version: "1.10.0" # x', "safe"),
        ('version: "1.0.0"', "version: 2", 'version: "2.0.0"', "safe"),
        ('version: "1.0.0"', "version: v1.2.3-rc.1", 'version: "1.2.3-rc.1"', "safe"),
        ('version: "1.0.0"', "version: '1.2'", "version: '1.2.0'", "safe"),
        ('version: "1.0.0"', "version: one", None, None),
        ('version: "1.0.0"', "version: 01.2.3", None, None),
        ('version: "1.0.0"', "version: null", None, None),
        ("lifecycle: draft", "lifecyle: draft # x", "lifecycle: draft # x", "safe"),
        ("lifecycle: draft", '"lifecyle": draft', '"lifecycle": draft', "safe"),
        ("lifecycle: draft", "lifecycle: Draft", "lifecycle: draft", "safe"),
        ("lifecycle: draft", "lifecycle: drft", "lifecycle: draft", "unsafe"),
        ("lifecycle: draft", "lifecycle: finished", None, None),
        (
            "lifecycle: draft",
            "lifecycle: draft\ntgas: [a]",
            "lifecycle: draft\ntags: [a]",
            "unsafe",
        ),
        ("lifecycle: draft", "lifecycle: draft\ntgas: 1", None, None),
        ("lifecycle: draft", "lifecycle: draft\nlifecyle: draft", None, None),
        ("lifecycle: draft", "lifecycle: draft\nnothing-like-it: 1", None, None),
        (
            "lifecycle: draft",
            "lifecycle: draft\nlimits: {timeout_ms: '100'}",
            "lifecycle: draft\nlimits: {timeout_ms: 100}",
            "safe",
        ),
        ("lifecycle: draft", "lifecycle: draft\nlimits: {timeout_ms: soon}", None, None),
    ],
)
def test_fix_of_a_document(old, bad, new, kind):
    """The one thing that is wrong is mended, whatever the line ends, and only if the schema agrees."""
    assert old in BASE
    for start, eol in (("", "\n"), (BOM, "\n"), ("", "\r\n"), (BOM + "# é\n", "\n")):
        text = start + BASE.replace(f"\n{old}", f"\n{bad}").replace("\n", eol)
        (fix,) = {str(f): f for f in fixes(text)}.values()

        assert (fix and fix["applicability"]) == kind
        if fix:
            assert made(text, fix) == start + BASE.replace(f"\n{old}", f"\n{new}").replace(
                "\n", eol
            )
            assert node.node_problems(parse(made(text, fix).encode(), "node.onex").value) == []


def test_edits_that_say_something_else_are_not_offered(monkeypatch):
    """What is offered is read again: it is what was meant, to the last value."""
    text = BASE.replace("lifecycle: draft", "lifecycle: Draft")
    at = text.index("Draft")
    right, wrong = Edit(at, at + 5, "draft"), Edit(0, 0, "x-more: 1\n")

    monkeypatch.setattr(Page, "set", lambda *_: [right])
    assert fixes(text) != [None]
    monkeypatch.setattr(Page, "set", lambda *_: [wrong, right])
    assert fixes(text) == [None]


def test_a_link_is_not_mended(tmp_path):
    """What a link leads to is somebody else's file."""
    (tmp_path / "real").write_text(BASE.replace("lifecycle:", "lifecyle:"))
    (tmp_path / "node.onex").symlink_to("real")
    subject = examine(os.fspath(tmp_path / "node.onex"))

    assert [finding["fix"] for finding in unknown_key.check(subject)] == [None]


NAMES = st.text("abc", min_size=1, max_size=3).map("{}/".format)
GAPS = st.sampled_from(["", "# note\n", "\n", "  # note\n"])


@st.composite
def trees(draw):
    """A `.tree` with comments, blank lines, any line ends and any style."""
    entries = draw(st.lists(NAMES, unique=True, max_size=6))
    eol, last = draw(st.sampled_from(["\n", "\r\n"])), draw(st.booleans())
    if draw(st.booleans()):
        text = f"entries: [{', '.join(entries)}]\n"
    else:
        indent = draw(st.sampled_from(["", "  "]))
        beside = [draw(st.sampled_from(["", " # x"])) for _ in entries]
        lines = [f"{draw(GAPS)}{indent}- {e}{b}\n" for e, b in zip(entries, beside, strict=True)]
        text = "".join([draw(GAPS), "entries: # all\n", *lines])
    text = text if last else text.removesuffix("\n")
    return text.replace("\n", eol), entries


def words(text):
    """The comments of a text, sorted."""
    return sorted(line.partition("#")[2].strip() for line in text.splitlines() if "#" in line)


@given(trees(), NAMES)
def test_sorting_and_listing_keep_every_comment(drawn, entry):
    """Whatever a `.tree` looks like, its fixes list what they should and lose no comment."""
    text, entries = drawn
    source = parse(text.encode(), "x/.tree") if entries or "[" in text or ":" in text else None
    wanted = {
        "unsorted": (sorted(entries), entries != sorted(entries)),
        "unlisted": (sorted([*entries, entry]), entry not in entries),
    }
    for kind, (expected, applies) in wanted.items():
        fix = mend_tree.fix(
            TreeProblem(kind=kind, path="x/.tree", message="", source=source, entry=entry)
        )
        if applies and fix:
            after = made(text, fix)
            value = parse(after.encode(), "x/.tree").value["entries"]
            assert sorted(value) == expected
            assert words(after) == words(text)
            if kind == "unsorted" or entries == sorted(entries):
                assert value == expected
        if applies:
            assert fix


@pytest.mark.parametrize(
    ("text", "kind", "entry", "wanted"),
    [
        ("entries:\n# b\n- b/ # is b\n- a/", "unsorted", None, "entries:\n- a/\n# b\n- b/ # is b"),
        ("entries: [b/, a/]\n", "unsorted", None, "entries: [a/, b/]\n"),
        ("entries:\n", "unlisted", "a/", "entries:\n- a/\n"),
        ("entries:", "unlisted", "a/", "entries:\n- a/"),
        ("entries: []\n", "unlisted", "a/", "entries: [a/]\n"),
        (
            "entries:\n  - a/\n  # c\n  - c/\n",
            "unlisted",
            "b/",
            "entries:\n  - a/\n  - b/\n  # c\n  - c/\n",
        ),
        ("entries:\n- a/\n- b/\n", "dangling", "b/", "entries:\n- a/\n"),
        ("entries:\n- a/\n", "dangling", "a/", "entries:\n"),
        ("entries: [a/, b/]\n", "dangling", "a/", "entries: [b/]\n"),
    ],
)
def test_fix_of_a_tree(text, kind, entry, wanted):
    """An entry comes and goes with its line, and an item takes its comments along."""
    source = parse(text.encode(), "x/.tree")
    entries = source.value["entries"] or []
    number = entries.index(entry) if entry in entries else 0
    fix = mend_tree.fix(
        TreeProblem(
            kind=kind, path="x/.tree", message="", source=source, entry=entry, number=number
        )
    )

    assert made(text, fix) == wanted
    assert fix["applicability"] == ("unsafe" if kind == "dangling" else "safe")


@pytest.mark.parametrize("kind", ["malformed", "metadata", "stray", "unlisted"])
def test_trees_that_only_a_person_mends(kind):
    """What is no list of entries, and what names none, has no fix."""
    assert mend_tree.fix(TreeProblem(kind=kind, path="x/.tree", message="")) is None


def test_large_documents_are_mended_by_hand():
    """Each fix reads the document again: many fixes of a large one would take minutes."""
    bad = BASE + "".join(f"{key}: [a]\n" for key in ("tgas", "usse", "trigers"))
    large = bad + "# " + "x" * (1 << 19) + "\n"

    assert any(fixes(bad))
    assert not any(fixes(large))


def test_many_entries_are_listed_at_once(tmp_path):
    """Many fixes of one place are made in one round, in order."""
    root = build(HERE / "_base", tmp_path)
    for number in range(40):
        os.rename(root / "demo/clean", root / f"demo/n{number:02}") if number == 0 else os.makedirs(
            root / f"demo/n{number:02}"
        )
        (root / f"demo/n{number:02}/node.onex").write_text(BASE)
    (root / "demo/.tree").write_text("entries:\n")
    verdict = validate(Workspace(os.fspath(root)), today=TODAY)
    found = [f["fix"]["edits"][0] for f in verdict.findings if f["code"] == "ONX306"]

    assert len(found) == 40
    assert {(edit["line"], edit["column"]) for edit in found} == {(2, 1)}
    assert index.read_entries(os.fspath(root / "demo/.tree"))[1] == []
