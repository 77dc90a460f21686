"""A script, as the contract and the arguments that it says it has."""

import pytest

from onex.errors import DocumentError
from onex.infer import script
from onex.infer.language import startable

PYTHON = "#!/usr/bin/env python3\n"
PARSER = f"{PYTHON}import argparse\np = argparse.ArgumentParser()\n"
CLICK = f"{PYTHON}import click\n@click.command()\n{{}}\ndef main(**given):\n    '''Do it.'''\n"
SH = "#!/bin/sh\n"


def text_of(**schema):
    return {"type": "string", **schema}


SWITCH = {"type": "boolean", "default": False}
TEXTS = {"type": "array", "items": {"type": "string"}}

FORMS = {
    "argparse": {
        "p.add_argument('source')": ({"source": text_of()}, [{"input": "source"}], ["source"]),
        "p.add_argument('source', nargs='?', help='the   file')": (
            {"source": text_of(description="the file")},
            [{"input": "source"}],
            [],
        ),
        "p.add_argument('files', nargs='+')": (
            {"files": {**TEXTS, "minItems": 1}},
            [{"input": "files"}],
            ["files"],
        ),
        "p.add_argument('pair', nargs=2, type=int)": (
            {"pair": {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2}},
            [{"input": "pair"}],
            ["pair"],
        ),
        "p.add_argument('-n', '--dry-run', action='store_true')": (
            {"dry_run": SWITCH},
            [{"input": "dry_run", "switch": "--dry-run"}],
            [],
        ),
        "p.add_argument('--no-color', dest='color', action='store_false')": (
            {"no_color": SWITCH},
            [{"input": "no_color", "switch": "--no-color"}],
            [],
        ),
        "p.add_argument('--limit', type=int, default=5, required=True)": (
            {"limit": {"type": "integer", "default": 5}},
            [{"input": "limit", "flag": "--limit"}],
            ["limit"],
        ),
        "p.add_argument('--mode', choices=['a', 'b'], default='c')": (
            {"mode": {"enum": ["a", "b"]}},
            [{"input": "mode", "flag": "--mode"}],
            [],
        ),
        "p.add_argument('--tag', action='append')": (
            {"tag": TEXTS},
            [{"input": "tag", "flag": "--tag"}],
            [],
        ),
        "p.add_argument('--table', type=argparse.FileType('r'))": (
            {"table": text_of(**{"x-onex-file": "in"})},
            [{"input": "table", "flag": "--table"}],
            [],
        ),
        "g = p.add_argument_group()\ng.add_argument('--x', type=float)": (
            {"x": {"type": "number"}},
            [{"input": "x", "flag": "--x"}],
            [],
        ),
        "p.add_argument('--x')\np.add_argument('y')": (
            {"x": text_of(), "y": text_of()},
            [{"input": "x", "flag": "--x"}, "--", {"input": "y"}],
            ["y"],
        ),
        "s = p.add_subparsers(dest='verb')\na = s.add_parser('add')\na.add_argument('--hidden')": (
            {"verb": {"enum": ["add"], "description": "The subcommand."}},
            [{"input": "verb"}],
            ["verb"],
        ),
        "p.add_argument('--version', action='version')": ({}, [], []),
    },
    "click": {
        "@click.argument('desk')": ({"desk": text_of()}, [{"input": "desk"}], ["desk"]),
        "@click.argument('files', nargs=-1)": ({"files": TEXTS}, [{"input": "files"}], []),
        "@click.option('--tries', type=click.IntRange(1, 9), default=3, help='how often')": (
            {
                "tries": {
                    "type": "integer",
                    "minimum": 1,
                    "maximum": 9,
                    "description": "how often",
                    "default": 3,
                }
            },
            [{"input": "tries", "flag": "--tries"}],
            [],
        ),
        "@click.option('-c', '--colour', 'color', type=click.Choice(['r', 'b']), required=True)": (
            {"color": {"enum": ["r", "b"]}},
            [{"input": "color", "flag": "--colour"}],
            ["color"],
        ),
        "@click.option('--loud/--quiet', default=True)": (
            {"quiet": SWITCH},
            [{"input": "quiet", "switch": "--quiet"}],
            [],
        ),
        "@click.option('--tag', multiple=True)": (
            {"tag": TEXTS},
            [{"input": "tag", "flag": "--tag"}],
            [],
        ),
        "@click.option('--table', type=click.Path(exists=True, dir_okay=False))": (
            {"table": text_of(**{"x-onex-file": "in"})},
            [{"input": "table", "flag": "--table"}],
            [],
        ),
        "@click.option('--count', default=2)": (
            {"count": {"type": "integer", "default": 2}},
            [{"input": "count", "flag": "--count"}],
            [],
        ),
    },
    "argv": {
        "import sys\npath = sys.argv[1]\nn = int(sys.argv[2])": (
            {"path": text_of(), "n": {"type": "integer"}},
            [{"input": "path"}, {"input": "n"}],
            ["path", "n"],
        ),
        "import sys\nleft, right = sys.argv[1:]": (
            {"left": text_of(), "right": text_of()},
            [{"input": "left"}, {"input": "right"}],
            ["left", "right"],
        ),
        "import sys\nfor each in sys.argv[1:]:\n    print(each)": (
            {"args": {**TEXTS, "default": []}},
            [{"input": "args"}],
            [],
        ),
    },
    "shell": {
        'name=${1:?who is greeted}\nword=${2:-Hello}\necho "$3"': (
            {
                "name": text_of(description="who is greeted"),
                "word": text_of(default="Hello"),
                "arg3": text_of(),
            },
            [{"input": "name"}, {"input": "word"}, {"input": "arg3"}],
            ["name", "arg3"],
        ),
        "awk '{print $1}' x # $2\necho \\$3": ({}, [], []),
        'f() {\n  echo "$1"\n}\nf x': ({}, [], []),
        "cat <<'END'\n$1\nEND": ({}, [], []),
        'exec prog "$@"': ({"args": {**TEXTS, "default": []}}, [{"input": "args"}], []),
        "while getopts 'k:v' o; do\n  case $o in\n    k) keep=$OPTARG ;;\n    v) loud=1 ;;\n  esac\ndone\n"
        "shift $((OPTIND - 1))\nhost=$1": (
            {"keep": text_of(), "loud": SWITCH, "host": text_of()},
            [{"input": "keep", "flag": "-k"}, {"input": "loud", "switch": "-v"}, {"input": "host"}],
            ["host"],
        ),
        "while [ $# -gt 0 ]; do\n  case $1 in\n    -o|--output) out=$2; shift 2 ;;\n    --force) f=1; shift ;;\n"
        "    -h|--help) exit ;;\n  esac\ndone": (
            {"output": text_of(), "force": SWITCH},
            [{"input": "output", "flag": "--output"}, {"input": "force", "switch": "--force"}],
            [],
        ),
    },
}
HEADS = {"argparse": PARSER, "click": CLICK, "argv": PYTHON, "shell": SH}
TABLE = {
    f"{kind}: {text}": (kind, text, told)
    for kind, forms in FORMS.items()
    for text, told in forms.items()
}


@pytest.mark.parametrize(("kind", "text", "told"), TABLE.values(), ids=TABLE)
def test_a_script_takes_this(kind, text, told):
    """The properties, how each is passed, and which must be given."""
    head = HEADS[kind]
    data = (head.format(text) if "{}" in head else head + text).encode()
    proposal = script.read("x.sh" if kind == "shell" else "x.py", data)

    needed = [each.name for each in proposal.inputs if each.is_required]
    assert (proposal.input["properties"], proposal.args, needed) == told


UNDECIDED = {
    PARSER + "p.add_argument('--xs', nargs='+')": (
        "--xs takes several values behind one another, which `entrypoint.args` cannot pass"
    ),
    PARSER + "p.add_argument('-v', action='count')": (
        "-v counts how often it is given; a node gives it once"
    ),
    PARSER
    + "p.add_argument(*names)": "an option whose name cannot be read: p.add_argument(*names)",
    PARSER + "p.add_argument('--x', type=thing)": (
        "--x is made by thing, so what it may be cannot be told"
    ),
    PARSER + "p.add_subparsers().add_parser('a')": (
        "has subcommands (a) whose own options were left out"
    ),
    PYTHON
    + "import typer\ntyper.run(main)": "its options are read by typer, which is not read here",
    PYTHON + "name = input()": "reads standard input (input), which is empty in a node",
    PYTHON + "import json\nprint(json.dumps({}))": (
        "prints JSON, which the contract takes for text as long as nobody says more"
    ),
    SH + 'read -p "sure? " answer': "asks on a terminal, which a node has not",
    SH + ". ./lib.sh": "reads ./lib.sh, which does not come along",
    "#!/usr/bin/perl\nmy ($a) = @ARGV;": "its arguments are read in a way that is not read here",
}


@pytest.mark.parametrize(("text", "message"), UNDECIDED.items(), ids=UNDECIDED)
def test_what_cannot_be_told_is_named(text, message):
    """With its line; nothing is left out silently."""
    proposal = script.read("script", text.encode())

    assert message in [remark.message for remark in proposal.undecided]
    assert all(remark.help for remark in proposal.undecided)


def test_a_shell_script_needs_and_touches_this():
    """Variables that it ends without are sure; the rest is proposed."""
    text = f'{SH}# Copy the logs.\n#\n: "${{TOKEN:?}}"\necho "$LEVEL" >/var/log/x\nset_here=1 HERE=2\ncurl x "$HERE"\n'
    proposal = script.read("x.sh", text.encode())

    assert proposal.description == "Copy the logs."
    found = [(e.at[0], e.member, e.value, e.is_sure) for e in proposal.effects]
    assert found == [
        (4, "required_env", "TOKEN", True),
        (5, "required_env", "LEVEL", False),
        (5, "writes", "/var/log", False),
        (7, "network", True, False),
    ]


STARTS = {
    ("x.sh", b"#!/bin/sh\n:\n"): (b"#!/bin/sh\n:\n", []),
    ("x.py", b"print(1)\n"): (
        b"#!/usr/bin/env python3\nprint(1)\n",
        ["the first line `#!/usr/bin/env python3` was added"],
    ),
    ("x.sh", b"#!/bin/sh\r\n:\r\n"): (b"#!/bin/sh\n:\n", ["CR LF line ends became LF"]),
    ("x.py", b"\xef\xbb\xbf#!python\n1\n"): (
        b"#!/usr/bin/env python3\n1\n",
        [
            "a byte order mark was taken away",
            "the first line became `#!/usr/bin/env python3`",
        ],
    ),
}


@pytest.mark.parametrize(("given", "told"), STARTS.items(), ids=map(repr, STARTS))
def test_a_copy_can_be_started(given, told):
    """What is changed for that is named; a script that can be started stays as it is."""
    assert startable(*given) == told


@pytest.mark.parametrize(
    ("path", "data", "problem"),
    [
        (
            "x.txt",
            b"words",
            "is no script that is known: it has no first line with '#!' and no suffix that tells",
        ),
        ("x.py", b"print(", "is not Python that can be parsed: '(' was never closed"),
        (
            "x.py",
            b"a\0b",
            "is not Python that can be parsed: source code string cannot contain null bytes",
        ),
    ],
)
def test_what_is_no_script_is_refused(path, data, problem):
    """As a document that cannot be read, with its place."""
    with pytest.raises(DocumentError) as refused:
        script.read(path, data)
    assert refused.value.problem == problem


def test_hostile_text_is_read_in_no_time():
    """Lines of a quarter of a megabyte, and names by the thousand, neither hang nor crash."""
    for text in (SH + "${1" * 80_000, SH + "-a|" * 80_000, SH + "$A" * 100_000):
        script.read("x.sh", text.encode())
    many = "".join(f"p.add_argument('--x{n}')\n" for n in range(5000))
    assert len(script.read("x.py", (PARSER + many).encode()).inputs) == 5000
    deep = PYTHON + "import sys\nx = sys.argv[1]" + " + sys.argv[1]" * 900
    assert [each.name for each in script.read("x.py", deep.encode()).inputs] == ["arg1"]
