"""The field reference: a pure, stable page with an anchor for each field."""

import os
import re

import pytest

from onex.core import fielddocs
from onex.errors import DocumentError
from onex_contract.files import schema_dir

ORDER = {
    "$id": "urn:shop:order",
    "description": "One order,\n  as `<id>.json`.",
    "type": "object",
    "required": ["id"],
    "additionalProperties": False,
    "patternProperties": {"^x-": True},
    "properties": {
        "id": {"description": "The | number & <b>more</b>.", "$ref": "#/$defs/id"},
        "at": {"type": "integer", "minimum": 0, "x-onex-volatile": True},
        "lines": {
            "description": "What was bought.",
            "type": ["array", "null"],
            "items": {
                "description": "One thing.",
                "type": "object",
                "properties": {"count": {"type": "integer", "default": 1, "maximum": 9}},
            },
        },
        "pay": {"anyOf": [{"const": "cash"}, {"$ref": "urn:shop:card#/$defs/card"}]},
        "else": True,
    },
    "$defs": {"id": {"description": "Digits.", "type": "string", "pattern": "^(`|[0-9])+$"}},
}
CARD = {
    "$id": "urn:shop:card",
    "$defs": {"card": {"type": "object", "properties": {"owner": {"enum": ["me", 1]}}}},
}
PAGE = """\
# Field reference

Every field of every document, from the descriptions in the schemas of this folder.
Written by `onex gen docs`; change a schema, not this page.

- [`card`](#card)
- [`order`](#order)

<a id="card"></a>
## card

Type: any value.

<a id="card-defs-card"></a>
### card: card

| field | type | required |
| --- | --- | --- |
| <a id="card-defs-card-owner"></a>`owner` | `"me"` or `1` | no |

<a id="order"></a>
## order

One order, as `<id>.json`.

| field | type | required | volatile | description |
| --- | --- | --- | --- | --- |
| <a id="order-id"></a>`id` | [`id`](#order-defs-id) | yes |  | The \\| number &amp; &lt;b>more&lt;/b>. |
| <a id="order-at"></a>`at` | integer, ≥ 0 | no | yes |  |
| <a id="order-lines"></a>`lines` | array of object or null | no |  | What was bought. |
| <a id="order-pay"></a>`pay` | `"cash"` or [`card`](#card-defs-card) | no |  |  |
| <a id="order-else"></a>`else` | any value | no |  |  |

Members whose names match `^x-` are free.

### order: lines

One thing.

| field | type | required | default |
| --- | --- | --- | --- |
| <a id="order-lines-count"></a>`count` | integer, ≤ 9 | no | `1` |

| definition | type | description |
| --- | --- | --- |
| <a id="order-defs-id"></a>`id` | string, matches ``^(`\\|[0-9])+$`` | Digits. |
"""


# ONEX-M1-05
def test_a_page_says_all_that_the_schemas_say():
    """Types, bounds, defaults, what is required, what differs from run to run, and descriptions."""
    assert fielddocs.render({"order": ORDER, "card": CARD}) == PAGE


# ONEX-M1-05
def test_the_order_of_the_schemas_does_not_show():
    """A page is a function of the schemas, so comparing bytes tells a stale one."""
    assert fielddocs.render({"card": CARD, "order": ORDER}) == PAGE


# ONEX-M1-05
def test_rendering_beside_the_page_changes_nothing(tmp_path):
    """The page lies in the folder that it describes, and is not read as a schema."""
    for name in os.listdir(schema_dir()):
        with open(os.path.join(schema_dir(), name), "rb") as file:
            (tmp_path / name).write_bytes(file.read())
    first = fielddocs.render(fielddocs.read_folder(str(tmp_path)))
    (tmp_path / "README.md").write_text(first)

    assert fielddocs.render(fielddocs.read_folder(str(tmp_path))) == first


def test_every_field_of_every_schema_has_one_anchor_and_a_description():
    """A message may point to any field, and finds words there."""
    page = fielddocs.render(fielddocs.read_folder(schema_dir()))
    anchors = re.findall(r'<a id="([^"]*)"></a>', page)
    rows = [line for line in page.splitlines() if line.startswith("| <a id=")]

    assert len(anchors) == len(set(anchors))
    assert set(re.findall(r"\]\(#([^)]*)\)", page)) <= set(anchors)
    assert [row for row in rows if row.endswith("|  |")] == []


@pytest.mark.parametrize(
    ("pointer", "anchor"),
    [
        ("", "onex_node"),
        ("/lifecycle", "onex_node-lifecycle"),
        ("/tags/3", "onex_node-tags"),
        ("/entrypoint/args/0/input", "onex_node-entrypoint-args-input"),
        ("/trust/snapshot/score", "onex_node-trust-snapshot-score"),
    ],
)
def test_the_pointer_of_a_value_leads_to_its_field(pointer, anchor):
    """Whoever knows where a value stands knows where it is explained."""
    page = fielddocs.render(fielddocs.read_folder(schema_dir()))

    assert fielddocs.anchor("onex_node", pointer) == anchor
    assert f'<a id="{anchor}"></a>' in page


def test_names_cannot_break_out_of_the_page():
    """The names in a schema are anybody's: they make no rows, no links and no HTML."""
    inner = {"properties": {"a|b": {"type": "null"}}}
    hostile = {
        "properties": {"<i>\n": inner, "r": {"$ref": "#/$defs/](x) <b>"}},
        "$defs": {"](x) <b>": {"pattern": "\n|`"}},
    }

    page = fielddocs.render({"s": hostile})

    assert "\n### s: &lt;i>\n" in page
    assert '| <a id="s-i"></a>`<i>\\n` | object | no |' in page
    assert "`a\\|b` | null | no |" in page
    assert '| <a id="s-defs-xb"></a>`](x) <b>` | any value, matches `` \\n\\|` `` |' in page


def test_an_anchor_cannot_break_out_of_the_page():
    """The names in a schema are anybody's; an anchor is letters, digits, dots and hyphens."""
    assert fielddocs.anchor("s", '/a"><script>/b c~1d/ä.e') == "s-ascript-bcd-ä.e"


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"a.json": "[]"}, "a.json:1:1: expected a JSON Schema, which is an object"),
        ({"a.json": "{}", "a.yaml": "{}"}, "a.yaml:1:1: a second schema of the name a;"),
        ({"a.json": "{"}, "a.json:1:"),
    ],
    ids=["no-object", "two-of-one-name", "no-json"],
)
def test_a_folder_that_holds_no_schemas_is_refused(tmp_path, files, told):
    """The file that is off is named."""
    for name, text in files.items():
        (tmp_path / name).write_text(text)

    with pytest.raises(DocumentError, match=re.escape(f"{tmp_path}/{told}")):
        fielddocs.read_folder(str(tmp_path))


def test_a_missing_folder_is_refused(tmp_path):
    """The folder is named, with why it cannot be read."""
    with pytest.raises(DocumentError, match="the folder cannot be read: No such file"):
        fielddocs.read_folder(str(tmp_path / "gone"))


def test_other_files_and_folders_are_left_alone(tmp_path):
    """A README and a folder of examples may lie beside the schemas."""
    (tmp_path / "README.md").write_text("")
    (tmp_path / "old.json").mkdir()
    (tmp_path / "b.yml").write_text("title: B\n")
    (tmp_path / "a.schema.json").write_text("{}")

    assert fielddocs.read_folder(str(tmp_path)) == {"a": {}, "b": {"title": "B"}}
