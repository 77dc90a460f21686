"""A `.tree` that is read without a parser says what a parser says of it."""

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onex.core import index
from onex.errors import DocumentError

LINES = st.sampled_from(
    [
        *("entries:", "entries: ", "entries: null", "entries: []", "entries", ""),
        *("- a/", "- b/", "- a/node.onex", "- b/node.onex.yaml", "- a_-9/", f"- {'a' * 127}/"),
        *(f"- {'a' * 128}/", "- A/", "- 9/", "- a", "- a/b/", "-  a/", "- 'a/'", " - a/", "- a/ "),
        *(
            "# entries:",
            "# ä",
            "#",
            "- a/ # more",
            "- a/#b",
            "\t",
            "<<<<<<< ours",
            "- null/",
            "- ~/",
        ),
        *("\ufeffentries:", "- a/\x00", "version: 1", "%YAML 1.2", "---", "..."),
    ]
)


def told(path):
    """What is read of the file, or why it cannot be."""
    try:
        source, entries = index.read_entries(path)
    except DocumentError as error:
        return str(error), error.help, error.pointer
    return source.value, source.data, entries, [source.locate(f"/entries/{n}") for n in range(3)]


HEADS = st.lists(st.sampled_from(["# by hand", "#"]), max_size=2)
ENTRIES = st.lists(st.sampled_from(["- a/", "- b/node.onex", "- c/node.onex.yaml", "- null/"]))
ENDS = st.sampled_from(["\n", "\r\n", ""])
NEARLY = st.builds(
    lambda head, entries, more, end: "\n".join([*head, "entries:", *entries, *more]) + end,
    HEADS,
    ENTRIES,
    st.lists(LINES, max_size=2),
    ENDS,
)
ANY = st.lists(LINES, max_size=5).map(lambda lines: "".join(f"{line}\n" for line in lines))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(NEARLY | ANY)
def test_with_a_parser_and_without(tmp_path, monkeypatch, text):
    """Whatever stands in the file: the same entries, the same places, the same error."""
    path = os.fspath(tmp_path / ".tree")
    (tmp_path / ".tree").write_bytes(text.encode())

    quick = told(path)
    with monkeypatch.context() as patch:
        patch.setattr(index, "_plain_entries", lambda _: None)
        assert quick == told(path)


@pytest.mark.parametrize(
    "entries", [["a/"], ["a/node.onex", "b/", "c/node.onex.yaml"], [f"{'a' * 127}/"]]
)
def test_what_is_written_needs_no_parser(entries):
    """All that onex writes is read the quick way."""
    assert index._plain_entries(index.render(entries)) == entries  # noqa: SLF001
    assert index._plain_entries(index.render(entries, b"# by hand\nx")) == entries  # noqa: SLF001


NEEDY = [
    index.EMPTY,
    index.render(["a/", "a/"]),
    index.render([f"{'a' * 128}/"]),
    b"entries:\n- A/\n",
]


@pytest.mark.parametrize("data", NEEDY)
def test_what_needs_a_parser(data):
    """Nothing at all, an entry that stands twice, one that is too long, and one that none can be."""
    assert index._plain_entries(data) is None  # noqa: SLF001
