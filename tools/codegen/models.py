"""Runs datamodel-code-generator over the prepared schemas, once per kind of class."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping

from tools.codegen.prepare import prepare
from tools.codegen.sources import Schema

HEADER = "# Generated from schemas/ by tools/codegen: change the schema, then `make generate`."
INPUT = "schemas"
COMMON = (
    *("--input-file-type", "jsonschema", "--schema-version", "2020-12"),
    *("--preset", "standard-py311-20261027"),  # without a dated preset, defaults drift
    *("--formatters", "builtin"),  # ruff as formatter reads this project's own lint rules
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
    *("--custom-file-header", HEADER),
)
TARGETS = {
    "onex_models": (
        *("--output-model-type", "pydantic_v2.BaseModel"),
        *("--base-class", "onex_contract.model.ContractModel"),
        *("--target-pydantic-version", "2.14"),
        *("--extra-fields", "allow"),
        "--use-missing-sentinel",
        "--enable-faux-immutability",
    ),
    "onex_types": (
        *("--output-model-type", "typing.TypedDict"),
        "--no-use-closed-typed-dict",  # mypy does not read it
    ),
}
DOCSTRINGS = {
    "onex_models": "Frozen Pydantic models of every onex document, one module per schema.",
    "onex_types": "Types of every onex document as plain dictionaries, one module per schema.",
}


def generate(schemas: Mapping[str, Schema]) -> dict[str, bytes]:
    """Every generated module by its path below ``generated/``."""
    written: dict[str, bytes] = {}
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(os.path.join(folder, INPUT))
        for name, schema in prepare(schemas).items():
            with open(os.path.join(folder, INPUT, f"{name}.json"), "w", encoding="utf-8") as file:
                json.dump(schema, file)
        for package, flags in TARGETS.items():
            output = os.path.join(folder, package)
            _run(folder, output, flags)
            written |= _package(package, output)
    return written


def _run(folder: str, output: str, flags: tuple[str, ...]) -> None:
    """The generator, in a folder of its own where it finds no configuration.

    Raises:
        RuntimeError: the generator refused, with what it said.
    """
    command = [sys.executable, "-m", "datamodel_code_generator", "--input", INPUT]
    done = subprocess.run(
        [*command, "--output", output, *COMMON, *flags],
        cwd=folder,
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        message = f"datamodel-codegen ended with {done.returncode}:\n{done.stderr}"
        raise RuntimeError(message)


def _package(package: str, folder: str) -> dict[str, bytes]:
    written = {f"{package}/py.typed": b""}
    for module in sorted(os.listdir(folder)):
        with open(os.path.join(folder, module), "rb") as file:
            written[f"{package}/{module}"] = file.read()
    init = f'{HEADER}\n"""{DOCSTRINGS[package]}"""\n'
    return written | {f"{package}/__init__.py": init.encode()}
