"""Laws of reading and editing documents."""

import json as standard
import re

from hypothesis import given
from hypothesis import strategies as st

from onex.core import json, yaml
from onex.core.edit import set_members

# Keys stay under the 1024 characters that YAML allows beside a colon.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
scalars = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
)
values = st.recursive(
    scalars | texts,
    lambda inside: st.lists(inside, max_size=5) | st.dictionaries(texts, inside, max_size=5),
    max_leaves=20,
)
mappings = st.dictionaries(texts, values, min_size=1, max_size=5)

comments = st.sampled_from(["", " # c", " #'\": {", "   "])
gaps = st.lists(st.sampled_from(["", "# note", " # - a: b", " "]), max_size=3)
line_ends = st.sampled_from(["\n", "\r\n", "\r"])
names = st.sampled_from(["files", "hash", "name", "é", "a b"])


def spelled(value):
    """``value`` as JSON whose escapes YAML has too: none beyond U+FFFF."""
    text = standard.dumps(value, ensure_ascii=False)
    return re.sub(r"[^\x20-\x7e\U00010000-\U0010ffff]", lambda m: f"\\u{ord(m[0]):04x}", text)


def same(left, right):
    """Equal, and of equal kinds: 1 is not 1.0 and not true."""
    return (left, repr(left)) == (right, repr(right))


@given(values, st.booleans(), st.sampled_from([None, 2]))
def test_json_reads_what_was_written(value, ascii_only, indent):
    """Reading undoes writing, in every layout."""
    text = standard.dumps(value, ensure_ascii=ascii_only, indent=indent)

    assert same(json.parse(text.encode(), "a.json"), value)


@given(values)
def test_yaml_reads_json_as_json_does(value):
    """JSON is YAML, and means the same there."""
    data = spelled(value).encode()

    assert same(yaml.parse(data, "a.yaml"), json.parse(data, "a.json"))


@given(values)
def test_places_are_alike_in_both_formats(value):
    """The two readers place every value at the same character."""
    data = spelled(value).encode()

    assert yaml.positions(data) == json.positions(data)


@st.composite
def members(draw):
    """The text of one member in block style up to its value, the value, and what comes behind."""
    name = draw(names)
    before = f"{spelled(name) if ' ' in name else name}:"
    comment = draw(comments)
    style = draw(st.sampled_from(["line", "below", "map", "list", "literal", "none"]))
    indent = draw(st.sampled_from(["  ", "    "]))
    bodies = {
        "line": [f" {spelled(draw(values))}{comment}"],
        "below": [comment, f"{indent}{spelled(draw(scalars | texts))}"],
        "map": [comment, f"{indent}x: 1", f"{indent}y:{comment}", f"{indent}- z"],
        "list": [comment, "- 1", "- y: 2", "  z:"],
        "literal": [" |", f"{indent}one", "", f"{indent}two"],
        "none": [comment],
    }
    return name, [before + bodies[style][0], *bodies[style][1:]]


@st.composite
def block_documents(draw):
    """A mapping in block style, as its parts: what comes before each member, and the member.

    With comments, blank lines, any line end, maybe a mark; the last part is what comes behind.
    """
    end = draw(line_ends)
    before = draw(st.sampled_from(["", "\ufeff"])) + "".join(line + end for line in draw(gaps))
    parts = []
    for name, lines in draw(st.lists(members(), min_size=1, max_size=4, unique_by=lambda m: m[0])):
        parts.append((before, name, end.join(lines)))
        before = end + "".join(line + end for line in draw(gaps))
    return [*parts, (before if draw(st.booleans()) else "", "", "")]


def joined(parts):
    return "".join(before + member for before, _, member in parts)


new_values = scalars | texts | st.just([]) | st.dictionaries(texts, texts, max_size=3)


@given(block_documents(), st.dictionaries(names, new_values, min_size=1, max_size=3))
def test_edit_sets_the_members_and_no_more(parts, changes):
    """The value afterwards is the old one with the members set, and a second edit is idle."""
    data = joined(parts).encode()
    once = set_members(data, changes, "node.onex")

    assert yaml.parse(once, "p") == yaml.parse(data, "p") | changes
    assert set_members(once, changes, "node.onex") == once


@given(block_documents(), new_values, st.data())
def test_replacing_keeps_all_text_around_the_member(parts, value, data):
    """Before its colon and behind its last character, a replaced member changes nothing."""
    chosen = data.draw(st.integers(0, len(parts) - 2))
    before, name, member = parts[chosen]
    head = joined(parts[:chosen]) + before + member[: member.index(":") + 1]
    behind = joined(parts[chosen + 1 :])

    after = set_members(joined(parts).encode(), {name: value}, "node.onex").decode()

    assert after.startswith(head)
    assert after.endswith(behind)


@given(block_documents(), new_values)
def test_appending_is_one_insertion(parts, value):
    """Without what was put in, the text is the old one."""
    text = joined(parts)
    after = set_members(text.encode(), {"new": value}, "node.onex").decode()
    size = len(after) - len(text)

    assert any(after[:at] + after[at + size :] == text for at in range(len(text) + 1))


@given(mappings, st.dictionaries(names, new_values, min_size=1), st.sampled_from([None, 2, "\t"]))
def test_edit_of_json_sets_the_members_and_no_more(value, changes, indent):
    """The same law for JSON, in every layout."""
    data = standard.dumps(value, indent=indent).encode()
    once = set_members(data, changes, "a.json")

    assert json.parse(once, "p") == value | changes
    assert set_members(once, changes, "a.json") == once


@given(mappings, st.dictionaries(names, new_values, min_size=1))
def test_edit_of_flow_style_sets_the_members_and_no_more(value, changes):
    """The same law for YAML in braces."""
    data = spelled(value).encode()
    once = set_members(data, changes, "node.onex")

    assert yaml.parse(once, "p") == value | changes
    assert set_members(once, changes, "node.onex") == once
