"""Marks of a merge: which of them need a person, and where."""

import subprocess
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.repositories import git

from onex.core.conflict import explain, marked_line, settle, sides
from onex.core.index import read_damaged, render
from onex.errors import ConflictError

HEAD = "name: clean\nnamespace: demo.text # where\nversion: '1'\n"
OURS = 'files:\n  a: "1"\n  b: "2"\nhash: "x"\n'
THEIRS = 'files:\n  a: "2"\n  b: "1"\nhash: "y"\n'
STYLES = {
    "merge": f"<<<<<<< HEAD\n{OURS}=======\n{THEIRS}>>>>>>> other\n",
    "diff3": f'<<<<<<< HEAD\n{OURS}||||||| 1a2b\nfiles: {{}}\nhash: "0"\n=======\n{THEIRS}>>>>>>> other\n',
    "nested_base": f"<<<<<<< HEAD\n{OURS}||||||| merged\n<<<<<<<<< old\n=========\n>>>>>>>>> new\n=======\n{THEIRS}>>>>>>> other\n",
    "two": '<<<<<<< HEAD\nfiles:\n  a: "1"\n=======\nfiles:\n  a: "2"\n>>>>>>> other\n  b: "2"\n<<<<<<< HEAD\nhash: "x"\n=======\nhash: "y"\n>>>>>>> other\n',
    "locked_by_one": f"<<<<<<< HEAD\n=======\n{THEIRS}>>>>>>> other\n",
    "no_labels": f"<<<<<<<\n{OURS}=======\n{THEIRS}>>>>>>>\n",
}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("eol", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_conflict_in_the_lock_alone(style, eol, mark):
    """The document is read as our side has it, however git has written the conflict."""
    text = mark + (HEAD + STYLES[style]).replace("\n", eol)

    found = settle(text.encode(), "node.onex")

    ours = {} if style == "locked_by_one" else {"files": {"a": "1", "b": "2"}, "hash": "x"}
    assert found.value == {"name": "clean", "namespace": "demo.text", "version": "1", **ours}
    assert found.data.decode().startswith(mark + HEAD.replace("\n", eol))
    assert "run `onex lock demo.text.clean`" in explain(text.encode(), "node.onex").help


def conflict(ours, theirs):
    """A conflict between two texts."""
    return f"<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> other\n"


BOTH = conflict("version: '1'\n", "version: '2'\n")
REFUSED = {
    "another_member": (
        f"name: a\n{BOTH}{OURS}",
        "3:1: the two sides of a merge differ in 'version': '1' and '2'",
    ),
    "another_member_too": (
        "name: a\n" + conflict(f"version: '1'\n{OURS}", f"version: '2'\n{THEIRS}"),
        "3:1: the two sides of a merge differ in 'version': '1' and '2'",
    ),
    "a_member_of_theirs": (
        "name: a\n" + conflict(OURS, f"group: b\n{THEIRS}"),
        "8:1: the two sides of a merge differ in 'group': nothing and 'b'",
    ),
    "a_comment": (
        "name: a\n" + conflict("# one\n", "# two\n") + OURS,
        "3:1: the two sides of a merge differ here, in no value",
    ),
    "a_comment_of_theirs": (
        f"name: a\n{OURS}" + conflict("", "# two\n"),
        "8:1: the two sides of a merge differ here, in no value",
    ),
    "spelling": (
        conflict("name: a\n", "name: 'a'\n") + OURS,
        "2:1: the two sides of a merge differ here, in no value",
    ),
    "a_side_is_no_yaml": (
        conflict("name: [\n", "name: a\n") + OURS,
        "7:1: not YAML: a ',' or a ']' was expected (a side of a merge conflict)",
    ),
    "a_side_is_no_mapping": (
        conflict("- a\n", "name: a\n"),
        "2:1: a side of the merge conflict is no mapping",
    ),
    "a_side_is_empty": (conflict("", OURS), "1:1: the file is empty (a side of a merge conflict)"),
    "unfinished": (f"name: a\n<<<<<<< HEAD\n{OURS}", "2:1: the marks of a merge conflict"),
    "no_middle": (f"<<<<<<< HEAD\n{OURS}>>>>>>> b\n", "1:1: the marks of a merge conflict"),
    "twice_open": (f"<<<<<<< HEAD\n<<<<<<< HEAD\n{OURS}", "1:1: the marks of a merge conflict"),
    "out_of_order": (">>>>>>> b\n" + conflict("", ""), "1:1: the marks of a merge conflict"),
}
"""Texts with a conflict, and what is said of them."""


@pytest.mark.parametrize("case", REFUSED)
def test_a_conflict_for_a_person(case):
    """What else differs is told with its line, and the marks that are to go."""
    text, message = REFUSED[case]

    error = explain(text.encode(), "node.onex")

    assert str(error).startswith(f"node.onex:{message}"), str(error)
    assert "remove the others with the marks" in error.help
    with pytest.raises(ConflictError):
        settle(text.encode(), "node.onex")


MARKED = {
    "conflict": (b"a\n<<<<<<< x\nb\n=======\nc\n>>>>>>> y\n", 2),
    "diff3": (b"<<<<<<< x\nb\n||||||| z\n=======\nc\n>>>>>>> y", 1),
    "crlf": (b"a\r\nb\r\n<<<<<<< x\r\n=======\r\n>>>>>>> y\r\n", 3),
    "binary": (b"\0\xff\n<<<<<<< x\n\0\n=======\n>>>>>>> y\n", 2),
    "second_opening": (b"<<<<<<< x\n<<<<<<< x\n=======\n>>>>>>> y\n", 2),
    "headline": (b"Title\n=======\n", None),
    "indented": (b"  <<<<<<< x\n  =======\n  >>>>>>> y\n", None),
    "no_opening": (b"=======\n>>>>>>> y\n<<<<<<< x\n", None),
    "no_middle": (b"<<<<<<< x\n>>>>>>> y\n", None),
    "longer_middle": (b"<<<<<<< x\n========\n>>>>>>> y\n", None),
    "no_end": (b"<<<<<<< x\n=======\n", None),
    "no_label": (b"<<<<<<<\n=======\n>>>>>>>\n", None),
    "out_of_order": (b">>>>>>> y\n=======\n<<<<<<< x\n", None),
    "in_a_line": (b"a <<<<<<< x\nb =======\nc >>>>>>> y\n", None),
}


@pytest.mark.parametrize("case", MARKED)
def test_marks_in_a_file_of_any_kind(case):
    """Only the three marks in their order, each at the start of a line, are a conflict."""
    data, line = MARKED[case]

    assert marked_line(data) == line


NAMES = st.text("abcdef", min_size=1, max_size=3)
FILES = st.dictionaries(NAMES, st.integers(0, 3).map(str), max_size=8)


def document(files):
    """A document with that lock."""
    lines = "".join(f'  {name}: "{digest}"\n' for name, digest in sorted(files.items()))
    return f'{HEAD}files:\n{lines}hash: "{zlib.crc32(lines.encode())}"\n# the end\n'


@settings(max_examples=40)  # git is asked each time
@given(FILES, FILES, FILES, st.sampled_from(["--diff3", "--zdiff3", "-L=x"]))
def test_every_conflict_of_two_locks_is_settled(tmp_path_factory, base, ours, theirs, style):
    """Whatever files two branches have locked, git's conflict needs no person."""
    folder = tmp_path_factory.mktemp("merge")
    for name, files in (("ours", ours), ("base", base), ("theirs", theirs)):
        (folder / name).write_text(document(files))
    try:
        merged = git(folder, "merge-file", "-p", style, "ours", "base", "theirs")
    except subprocess.CalledProcessError as error:
        merged = error.stdout.decode()
    if sides(merged) is not None:
        value = settle(merged.encode(), "node.onex").value
        assert {key: value[key] for key in value if key not in ("files", "hash")} == {
            "name": "clean",
            "namespace": "demo.text",
            "version": "1",
        }


ENTRIES = st.sets(NAMES.map(lambda name: f"{name}/node.onex") | NAMES.map("{}/".format))


@settings(max_examples=40)
@given(ENTRIES, ENTRIES, ENTRIES, st.sampled_from(["--union", "--diff3", "-L=x"]))
def test_whatever_git_makes_of_two_trees_can_be_written_anew(
    tmp_path_factory, base, ours, theirs, way
):
    """A union may be out of order and hold an entry twice, and a conflict may stand among entries."""
    folder = tmp_path_factory.mktemp("merge")
    for name, entries in (("ours", ours), ("base", base), ("theirs", theirs)):
        (folder / name).write_bytes(render([*entries], b"# mine\n"))
    try:
        merged = git(folder, "merge-file", "-p", way, "ours", "base", "theirs")
    except subprocess.CalledProcessError as error:
        merged = error.stdout.decode()
    (folder / ".tree").write_text(merged)

    before, listed = read_damaged(str(folder / ".tree"))
    assert render([], before) == b"# mine\nentries:\n"
    assert (listed is None) == (sides(merged) is not None)
    assert set(listed or ours) <= ours | theirs | base


LINES = st.sampled_from(
    "<<<<<<< a|||||||| b|=======|>>>>>>> c|<<<<<<<|>>>>>>>|name: a|files:|  a: b|hash: x|hash: 'y'"
    "|# note|{}|[]|---|...|{name: a, hash: x}|? a|: b|  - x|'|\ufeff|\t|\x0b|a: &x b|*x|- |".split(
        "|"
    )
)


@given(st.lists(LINES, max_size=14), st.sampled_from(["\n", "\r\n", "\r"]))
def test_no_text_with_marks_is_a_surprise(lines, eol):
    """FAULTS I14: whatever stands between the marks, it is settled, or told as a conflict."""
    data = eol.join(["<<<<<<< a", *lines, ""]).encode()

    error = explain(data, "node.onex")

    assert 1 <= error.line <= len(lines) + 2
    assert error.help
