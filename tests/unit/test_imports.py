"""Which modules a command imports: a start costs about as much as what it imports."""

import json
import os
import subprocess
import sys

import pytest

# Imports what the installed command imports, calls it, and tells what was not there before.
SCRIPT = """\
import json, sys
report = sys.argv.pop()
before = set(sys.modules)
from onex.cli.main import main
try:
    main()
except SystemExit as ended:
    assert not ended.code, ended.code
added = {name: module for name, module in sys.modules.items() if name not in before}
new = [name for name, module in added.items() if getattr(module, "__spec__", None)]
with open(report, "w") as file:
    json.dump(new, file)
"""

START = frozenset(
    "onex onex.cli onex.cli.main onex.cli.messages onex.core onex.core.text onex.errors".split()
)

WORK = START | frozenset(
    "onex.cli.common onex_contract onex_contract.files onex_contract.registry onex.core "
    "onex.core.canonical onex.core.config onex.core.contract onex.core.document onex.core.files onex.core.index "
    "onex.core.json onex.core.lint onex.core.lock onex.core.node onex.core.opening onex.core.places onex.core.plain "
    "onex.core.references onex.core.required onex.core.scalars onex.core.scan onex.core.schema onex.core.snapshot onex.core.words "
    "onex.core.text onex.core.tree onex.core.values onex.core.workspace onex_types "
    "onex_types.common onex_types.config onex_types.execution_result onex_types.onex_node "
    "onex_types.state_contract onex_types.tree".split()
)

VALIDATE = WORK | frozenset(
    "onex.cli.validate onex.cli.shards onex.cli.validate_means onex.cli.validate_options onex.cli.verdicts onex.core.executors onex.validate onex.validate.code onex.validate.engine onex.validate.graph onex.validate.judge onex.validate.judged onex.validate.mend_lock onex.validate.names onex.validate.reading onex.validate.rule "
    "onex.validate.rules onex.validate.secrets onex.validate.seen onex.validate.shards onex.validate.sources onex.validate.subject onex.validate.text onex.validate.texts onex.validate.workers onex_types.finding".split()
)

PLACES = frozenset(["onex.core.syntax", "onex.core.yaml", "yaml"])
"""What says where the findings are, of which a draft has some."""

ENGINES = frozenset(["click", "jsonschema_rs"])

IMPORTED = {
    ("--help",): START | {"click"},
    ("--version",): START | {"click"},
    ("validate",): VALIDATE | PLACES | ENGINES,
    ("validate", "demo.text.clean"): VALIDATE | PLACES | ENGINES,
    ("lock", "--check"): WORK | ENGINES | {"onex.cli.lock"},
    ("list",): WORK - {"onex.core.lock", "onex.core.scan", "onex.core.snapshot"}
    | ENGINES
    | {"onex.cli.list"},
}
"""For each call the modules of onex, rules aside, and the packages of others."""

SLOW = frozenset(
    "asyncio concurrent.futures ctypes difflib http.client importlib.metadata logging "
    "multiprocessing pathlib pickle ssl subprocess tempfile tomllib unittest".split()
)
"""Modules of Python that none of these calls may need."""


def imported(arguments, workspace):
    """What a call with ``arguments`` imports beyond what Python has at its start."""
    report = os.path.join(workspace, "imported.json")
    command = [sys.executable, "-c", SCRIPT, *arguments, report]
    ended = subprocess.run(command, cwd=workspace, check=False, capture_output=True, text=True)
    assert (ended.returncode, ended.stderr) == (0, "")
    with open(report, encoding="utf-8") as file:
        return set(json.load(file))


@pytest.mark.parametrize("arguments", IMPORTED, ids=" ".join)
def test_a_command_imports_these_modules_and_no_others(arguments, workspace):
    """What is imported is chosen: a new module on the way to a command has to be wanted here."""
    found = imported(arguments, workspace)
    others = {name.partition(".")[0] for name in found} - sys.stdlib_module_names
    own = {name for name in found if name.startswith("onex")}
    rules = {name for name in own if name.startswith("onex.validate.rules.")}
    packages = {name for name in others if not name.startswith("onex")}

    wanted, seen = IMPORTED[arguments], own - rules | packages
    assert {"more": sorted(seen - wanted), "less": sorted(wanted - seen)} == {
        "more": [],
        "less": [],
    }


@pytest.mark.parametrize("arguments", IMPORTED, ids=" ".join)
def test_a_command_imports_no_slow_module_of_python(arguments, workspace):
    """What takes long to import is wanted by few calls, and imported by those alone."""
    assert sorted(imported(arguments, workspace) & SLOW) == []
