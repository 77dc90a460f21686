"""A contract refers to a schema of the workspace: every command sees the two as one."""

import json
import os
import shutil

import pytest
from tests.repositories import commit_all

from onex.core import node
from onex.errors import LockMismatchError
from onex.runtime.runtime import ONEXRuntime

CLEAN = "demo/text/clean"
ADDRESS = "schemas/address.json"
ZIP = "schemas/zip.yaml"
SCHEMA = {
    "$id": "https://example.org/address",
    "type": "object",
    "required": ["zip"],
    "properties": {
        "zip": {"$ref": "zip"},
        "town": {"$ref": "#/$defs/town"},
        "before": {"$ref": "#"},
    },
    "$defs": {"town": {"type": "string", "default": "Ulm"}},
}
CONTRACT = {
    "contract_version": "1.0.0",
    "input": {
        "type": "object",
        "required": ["text"],
        "properties": {"text": {"type": "string"}, "home": {"$ref": "https://example.org/address"}},
    },
    "output": {"$ref": "https://example.org/address"},
    "cases": [
        {
            "name": "one",
            "input": {"text": "a", "home": {"zip": "12345"}},
            "output": {"zip": "12345", "town": "Ulm"},
        },
        {"name": "two", "input": {"text": "a", "home": {"zip": "1"}}, "error": "input-contract"},
    ],
}


def write(root, path, value):
    """Puts ``value`` into a file, as JSON unless it is text."""
    (root / path).parent.mkdir(exist_ok=True)
    (root / path).write_text(value if isinstance(value, str) else json.dumps(value, indent=1))


def edit(root, path, old, new):
    """Replaces a text that must be there."""
    text = (root / path).read_text()
    assert old in text
    (root / path).write_text(text.replace(old, new, 1))


@pytest.fixture
def root(onex, workspace):
    """A workspace with an active node that shares two schemas, committed."""
    write(workspace, ADDRESS, SCHEMA)
    write(workspace, ZIP, "$id: https://example.org/zip\ntype: string\npattern: ^[0-9]{5}$\n")
    write(workspace, f"{CLEAN}/state_contract.json", CONTRACT)
    write(workspace, f"{CLEAN}/node.py", "def run(text, home):\n    return home\n")
    edit(workspace, f"{CLEAN}/node.onex", "description: ", "description: Gives it. # ")
    edit(workspace, f"{CLEAN}/node.onex", "effects:", f"shared: [{ADDRESS}, {ZIP}]\n\neffects:")
    write(workspace, ".gitignore", "reports/\n")
    assert onex("lock").exit_code == 0
    assert onex("lifecycle", "demo.text.clean", "active").exit_code == 0
    commit_all(workspace)
    return workspace


def last(text):
    """The last line of an output."""
    return text.splitlines()[-1]


def test_every_command_sees_the_whole_contract(onex, root):
    """Cases pass, a bad input is refused, defaults come in, and the node is shown with its types."""
    assert onex("validate").stdout == "1 node checked: 0 errors, 0 warnings\n"
    assert onex("test").stdout.startswith(
        "pass  demo.text.clean  one\npass  demo.text.clean  two\n"
    )
    refused = onex("run", "demo.text.clean", "--set", "text=a", "--set", 'home={"zip": "x"}')
    assert refused.exit_code == 1
    assert "zip 'x' does not have the form ^[0-9]{5}$" in refused.stderr

    shown = onex("show", "demo.text.clean").stdout
    assert "takes        text: string, [home: object]\n" in shown
    assert "gives        zip: string, [town: string], [before: object]\n" in shown
    assert f"shares       {ADDRESS}, {ZIP}\n" in shown
    whole = onex("show", "demo.text.clean", "--output-format", "json").json["state_contract"]
    assert whole["output"]["$ref"] == "#/$defs/address"
    assert whole["output"]["$defs"]["zip"] == {"type": "string", "pattern": "^[0-9]{5}$"}


def test_a_shared_file_is_locked_with_the_node(onex, root):
    """T1: one byte of it makes the lock stale, by its name; the node is not run."""
    edit(root, ZIP, "{5}", "{4}")

    check, run = onex("lock", "--check"), onex("run", "demo.text.clean", "--set", "text=a")
    assert check.exit_code == 1
    assert f"the shared file {ZIP} has changed since it was locked (now " in check.stdout
    assert (run.exit_code, run.stdout) == (2, "")
    assert f"the shared file {ZIP} has changed since it was locked" in run.stderr
    validate = onex("validate", "demo.text.clean")
    assert f"ONX202 [-] the shared file {ZIP} has changed" in validate.stdout
    assert "ONX403 case 'one': input: zip '12345' does not have the form" in validate.stdout

    onex("lock")
    assert onex("lock", "--check").stdout == "1 node checked: all as locked\n"


def test_what_is_not_shared_any_more_is_not_locked_any_more(onex, root):
    """The lock is told apart from `shared`, both ways."""
    edit(root, f"{CLEAN}/node.onex", f"[{ADDRESS}, {ZIP}]", f"[{ADDRESS}, lib/x.txt]")
    write(root, "lib/x.txt", "x")

    check = onex("lock", "--check").stdout
    assert f"{ZIP} is locked, but `shared` does not name it any more" in check
    assert "the shared file lib/x.txt is not locked" in check
    onex("lock")
    files = onex("show", "demo.text.clean", "--output-format", "json").json["files"]
    assert [path for path in files if ":" in path] == ["shared:lib/x.txt", f"shared:{ADDRESS}"]


def test_changed_takes_a_node_whose_shared_file_has_changed(onex, root):
    """A schema is a file of each node that shares it, and of no other."""
    onex("scaffold", "demo.text.other")
    commit_all(root)
    assert last(onex("validate", "--changed").stdout).startswith("0 nodes of 2 changed")

    edit(root, ADDRESS, "Ulm", "Bonn")
    assert last(onex("validate", "--changed").stdout).startswith("1 node of 2 changed")
    (root / ADDRESS).unlink()
    assert last(onex("validate", "--changed").stdout).startswith("1 node of 2 changed")


@pytest.mark.parametrize("is_gone", [False, True])
def test_a_hook_that_names_a_shared_file_means_the_nodes_that_share_it(onex, root, is_gone):
    """Git tells of one that is removed, as of a file of the node's own."""
    edit(root, ZIP, "{5}", "{4}")
    if is_gone:
        (root / ZIP).unlink()

    said = onex("validate", "--touched", "--", *([] if is_gone else [ZIP])).stdout
    assert last(said).startswith("1 node of 1 touched; 1 node checked: ")
    commit_all(root)
    assert last(onex("validate", "--touched", "--", "onex.toml").stdout).startswith(
        "no node of 1 touched"
    )


def test_a_shared_file_means_the_nodes_that_share_it(onex, root):
    """Whoever names it means them: the editor, a hook, or a person who locks again."""
    onex("scaffold", "demo.text.other")
    edit(root, ZIP, "{5}", "{4}")

    assert last(onex("validate", ZIP).stdout).startswith("1 node checked: 3 errors")
    assert onex("lock", ZIP).stdout == "locked demo.text.clean\n1 node locked, 1 changed\n"
    write(root, "schemas/other.json", "{}")
    assert "no node of the tree" in onex("lock", "schemas/other.json").stderr


@pytest.mark.parametrize("folder", ["new", "lib"])
def test_a_node_that_is_made_may_share_files(onex, root, folder):
    """It is judged before it is put in its place, with the files of the workspace around it."""
    onex("scaffold", "my.maker", "--type", "scaffold")
    templates = "my/maker/templates/noop"
    with (root / templates / "node.onex.j2").open("a") as file:
        file.write(f"shared: [{ZIP}]\n")
    text = '"text": {"description": "TODO: say what the node takes.", "type": "string"}'
    zipped = '"text": {"$ref": "https://example.org/zip"}'
    edit(root, f"{templates}/state_contract.json.j2", text, zipped)
    onex("lock")
    (root / "lib").mkdir()  # a folder without a `.tree`

    ended = onex("scaffold", f"{folder}.made", "--using", "my.maker", "--type", "noop")
    assert ended.exit_code == 1
    assert (
        "ONX403 case 'gives what it takes': input: text 'Hi' does not have the form" in ended.stderr
    )
    edit(root, f"{templates}/state_contract.json.j2", zipped, text)
    onex("lock")
    ended = onex("scaffold", f"{folder}.made", "--using", "my.maker", "--type", "noop")
    assert ended.stdout.startswith(f"made {folder}.made in ")
    assert onex("lock", "--check").stdout == "3 nodes checked: all as locked\n"


BREAKING = f"""\
demo.text.clean: breaking (active, 0.1.0: others rely on it)
  {ZIP}:3:10: breaking: input: `pattern` was '^[0-9]{{5}}$', and is '^[0-9]{{4}}$'
    for example {{"home": {{"zip": "00000"}}, "text": "a"}} was accepted, and is refused now
  {ZIP}:3:10: breaking: output: `pattern` was '^[0-9]{{5}}$', and is '^[0-9]{{4}}$'
    for example {{"zip": "0000"}} is given now, and was not before
  help: give it version 0.2.0, or keep what others rely on
1 node compared with HEAD: 1 breaking, 0 unchanged; 1 does not pass
"""


@pytest.mark.parametrize("is_locked", [False, True])
def test_the_diff_sees_both_sides_whole(onex, root, is_locked):
    """What a shared schema was stands in the commit; what it is, in the workspace."""
    edit(root, ZIP, "{5}", "{4}")
    if is_locked:
        onex("lock")
    ended = onex("diff")

    wanted = BREAKING.splitlines()
    assert [line for line in ended.stdout.splitlines() if "example" not in line] == [
        line for line in wanted if "example" not in line
    ]
    assert ended.stdout.count("    for example ") == 2
    assert ended.exit_code == 1


def test_the_diff_of_two_folders_sees_both_sides_whole(onex, root, tmp_path_factory):
    """Two trees have each its own schemas."""
    other = tmp_path_factory.mktemp("other")
    for name in (".tree", "onex.toml", "demo", "schemas"):
        path = root / name
        (shutil.copytree if path.is_dir() else shutil.copy)(path, other / name)
    edit(root, ZIP, "{5}", "{4,6}")

    assert f"{ZIP}:3:10: compatible: input: " in onex("diff", "--against", other).stdout
    assert f"{ZIP}:3:10: breaking: output: " in onex("diff", other / CLEAN, CLEAN).stdout


def test_a_change_of_another_shared_file_is_a_change_of_code(onex, root):
    """What is no schema is compared by its bytes."""
    edit(root, f"{CLEAN}/node.onex", f"[{ADDRESS}, {ZIP}]", f"[{ADDRESS}, {ZIP}, lib/x.txt]")
    write(root, "lib/x.txt", "x")
    onex("lock")
    commit_all(root)
    write(root, "lib/x.txt", "y")

    assert "code-only: shared:lib/x.txt has changed" in onex("diff").stdout


def pipe(root, path):
    (root / path).unlink()
    os.mkfifo(root / path)


def link(root, path):
    (root / path).rename(root / "real")
    (root / path).symlink_to(root / "real")


def folder_link(root, path):
    (root / path).parent.rename(root / "real")
    (root / "schemas").symlink_to("real")


def leading_out(root, path):
    outside = root.parent / f"{root.name}-outside"
    (root / path).parent.rename(outside)
    (root / "schemas").symlink_to(outside)


def huge(root, path):
    os.truncate(root / path, 1 << 40)


def folder(root, path):
    (root / path).unlink()
    (root / path).mkdir()


HOSTILE = {
    "gone": (lambda root, path: (root / path).unlink(), "no such file"),
    "pipe": (pipe, "a named pipe, where a regular file was expected"),
    "link": (link, "a symbolic link, which is not followed here"),
    "folder_link": (folder_link, "a symbolic link leads there"),
    "leading_out": (leading_out, "a symbolic link leads there"),
    "huge": (huge, "the file has 1099511627776 bytes; at most"),
    "folder": (folder, "a folder, where a regular file was expected"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_what_is_shared_is_a_plain_file_of_the_workspace(onex, root, case):
    """FAULTS P2-P5: nothing else is opened, by whichever command, and nothing is written."""
    spoil, message = HOSTILE[case]
    before = (root / CLEAN / "node.onex").read_bytes()
    spoil(root, ADDRESS)

    validate = onex("validate")
    assert validate.exit_code == 1
    assert f"ONX407 {ADDRESS}: {message}" in validate.stdout
    for command in (["lock"], ["run", "demo.text.clean", "--set", "text=a"], ["test"]):
        ended = onex(*command)
        assert ended.exit_code == 2, command
        assert message.split(";")[0] in ended.stderr or "cannot be read" in ended.stderr
    assert onex("lock", "--check").exit_code == 1
    assert onex("diff").exit_code == 1
    assert (root / CLEAN / "node.onex").read_bytes() == before


@pytest.mark.parametrize("path", ["../x.json", "/etc/passwd", "a/../../x.json", "~/x.json", "a\\b"])
def test_no_path_leads_out_of_the_workspace(onex, root, path):
    """FAULTS P1: the schema of node.onex refuses it, before anything is looked for."""
    edit(root, f"{CLEAN}/node.onex", f"[{ADDRESS}, {ZIP}]", f"['{path}']")

    assert onex("validate").exit_code == 1
    assert onex("lock").exit_code == 2


@pytest.mark.parametrize("name", ["node.onex", "state_contract.json"])
def test_a_node_does_not_share_what_is_its_own(onex, root, name):
    """Its document would hold a digest of itself: `onex lock` wrote it, and it was never true."""
    edit(root, f"{CLEAN}/node.onex", f"[{ADDRESS}, {ZIP}]", f"['{CLEAN}/{name}']")
    before = (root / CLEAN / "node.onex").read_bytes()

    assert f"{CLEAN}/{name}: a file of the node itself" in onex("validate").stdout
    assert onex("lock").exit_code == 2
    assert (root / CLEAN / "node.onex").read_bytes() == before


def test_what_is_judged_with_is_what_was_digested(root):
    """T2: a schema that changes between its reading and its digest is refused, not believed."""
    subject = node.load(os.fspath(root / CLEAN))
    assert subject.contract.input
    edit(root, ZIP, "{5}", "{4}")

    with ONEXRuntime(sink=[].append) as runtime, pytest.raises(LockMismatchError) as refused:
        runtime.execute(subject, {"text": "a"})
    assert refused.value.problem == f"{ZIP} changed while the node was being read"
