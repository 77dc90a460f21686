"""Runs datamodel-code-generator: with the same flags for onex's own schemas and for contracts.

It runs in a process and a folder of its own, where it finds no configuration, and reads nothing but
the files that it is given.
"""

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence

from onex.core.document import JSON
from onex.errors import MissingExtraError, OnexError

PINNED = "0.89.0"
"""The version of the generator; another one writes other bytes (pyproject.toml, extra `gen`)."""

INPUT = "schemas"

# To import the generator takes longer than to run it.
SCRIPT = """\
import json, sys
from datamodel_code_generator.__main__ import main
for call in json.load(sys.stdin):
    if status := main(call):
        sys.exit(int(status))
"""

COMMON = (
    *("--input-file-type", "jsonschema", "--schema-version", "2020-12"),
    *("--preset", "standard-py311-20261027"),  # without a dated preset, defaults drift
    *("--formatters", "builtin"),  # ruff as formatter reads the lint rules of whoever calls
    "--disable-timestamp",
    "--no-snake-case-field",
    "--no-allow-population-by-field-name",
    "--use-title-as-name",
    "--strict-refs",
    "--no-allow-remote-refs",
    "--use-schema-description",
    "--use-field-description",
    "--use-single-line-docstring",
    "--use-double-quotes",
    "--use-exact-imports",
    *("--enum-field-as-literal", "all"),
)

MODELS = (
    *("--output-model-type", "pydantic_v2.BaseModel"),
    *("--target-pydantic-version", "2.14"),
    *("--extra-fields", "allow"),
    "--use-missing-sentinel",
    "--enable-faux-immutability",
)


def require() -> None:
    """Refuse to go on without the generator that the extra `gen` asks for.

    Raises:
        MissingExtraError: it is not installed, or another version of it is.
    """
    if importlib.util.find_spec("datamodel_code_generator") is None:
        raise MissingExtraError("making models", "gen")
    from importlib.metadata import version  # noqa: PLC0415 - slow to import

    found = version("datamodel-code-generator")
    if found != PINNED:
        what = f"making models with datamodel-code-generator {PINNED}, not {found}, which writes other bytes,"
        raise MissingExtraError(what, "gen")


def write_inputs(folder: str, schemas: Mapping[str, JSON]) -> None:
    """Put each schema where the generator reads it."""
    os.mkdir(os.path.join(folder, INPUT))
    for name, schema in schemas.items():
        with open(os.path.join(folder, INPUT, f"{name}.json"), "w", encoding="utf-8") as file:
            json.dump(schema, file)


def run(folder: str, calls: Sequence[tuple[str, ...]]) -> None:
    """Call the generator in ``folder``, with the flags that all calls share and those of each.

    Raises:
        OnexError: the generator refused, with what it said.
    """
    done = subprocess.run(  # noqa: S603 - a fixed program, without a shell
        [sys.executable, "-c", SCRIPT],
        cwd=folder,
        input=json.dumps([[*call, *COMMON] for call in calls]),
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        message = f"datamodel-codegen ended with {done.returncode}: {done.stderr.strip()}"
        raise OnexError(message)
