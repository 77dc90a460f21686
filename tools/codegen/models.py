"""Runs datamodel-code-generator over the prepared schemas, once per kind of class."""

import os
import tempfile
from collections.abc import Mapping

from tools.codegen.prepare import prepare
from tools.codegen.sources import Schema

from onex.codegen import generator

HEADER = "# Generated from schemas/ by tools/codegen: change the schema, then `make generate`."
TARGETS = {
    "onex_models": (
        *generator.MODELS,
        *("--base-class", "onex_contract.model.ContractModel"),
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
        generator.write_inputs(folder, prepare(schemas))
        for package, flags in TARGETS.items():
            output = os.path.join(folder, package)
            places = ("--input", generator.INPUT, "--output", output)
            generator.run(folder, [(*places, *flags, "--custom-file-header", HEADER)])
            written |= _package(package, output)
    return written


def _package(package: str, folder: str) -> dict[str, bytes]:
    written = {f"{package}/py.typed": b""}
    for module in sorted(os.listdir(folder)):
        with open(os.path.join(folder, module), "rb") as file:
            written[f"{package}/{module}"] = file.read()
    init = f'{HEADER}\n"""{DOCSTRINGS[package]}"""\n'
    return written | {f"{package}/__init__.py": init.encode()}
