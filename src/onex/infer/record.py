"""What was inferred of a node, as the record `inference`; and as the texts that would be written."""

import os
import stat
from dataclasses import dataclass
from typing import cast

from onex.core import edit, lock, node
from onex.core.contract import SchemaRefusedError, StateSchema
from onex.core.files import write_atomic
from onex.core.node import Node
from onex.errors import DocumentError
from onex.infer import merge
from onex.infer.difference import Difference, differences
from onex.infer.of_node import read
from onex.infer.proposal import Effect, Proposal, Remark, Schema
from onex_types.inference import CodeDifference, CodeEffect, CodePlace, CodeRemark, Inference

VERSION = "1.0"


@dataclass(frozen=True, slots=True)
class Reading:
    """A node, what its code says, and where the two differ."""

    node: Node
    proposal: Proposal
    differences: list[Difference]

    @property
    def has_drifted(self) -> bool:
        """Whether the contract says what the code does not bear out."""
        return any(each.is_drift for each in self.differences)


def infer(subject: Node) -> Reading:
    """What the code of ``subject`` says, held against its contract.

    Raises:
        OnexError: there is no code to read, or it or the contract cannot be read.
    """
    _ = subject.contract.input, subject.contract.output  # a contract that is refused ends here
    proposal = read(subject)
    return Reading(subject, proposal, differences(subject, proposal))


def record(reading: Reading, written: list[str]) -> Inference:
    """``reading`` as the document `inference`.

    Args:
        reading: what was read.
        written: the files that were written.
    """
    proposal = reading.proposal
    is_command = reading.node.value["entrypoint"]["type"] == "cli"
    return {
        "schema_version": VERSION,
        "node_id": reading.node.id,
        "path": proposal.path,
        "proposed": {
            "description": proposal.description,
            "input": proposal.input,
            "output": proposal.output,
            "args": proposal.args if is_command else None,
            "required_env": cast("list[str]", proposal.values_of("required_env", only_sure=True)),
        },
        "differences": [_difference(reading, each) for each in reading.differences],
        "undecided": [remark_record(each) for each in proposal.undecided],
        "effects": [effect_record(each) for each in proposal.effects],
        "written": written,
    }


def remark_record(remark: Remark) -> CodeRemark:
    """``remark`` as records have it."""
    line, column = remark.at
    return {"line": line, "column": column, "message": remark.message, "help": remark.help}


def effect_record(effect: Effect) -> CodeEffect:
    """``effect`` as records have it."""
    line, column = effect.at
    return {
        "line": line,
        "column": column,
        "member": effect.member,  # type: ignore[typeddict-item]
        "value": effect.value,
        "reason": effect.why,
        "certain": effect.is_sure,
    }


def contract_place(reading: Reading, each: Difference) -> CodePlace:
    """The place in the contract, or in node.onex, that a difference is about."""
    contract = reading.node.contract
    is_node = each.side == "node"
    source = reading.node.document if is_node else contract.document
    line, column = source.locate(each.pointer if is_node else f"{contract.base}{each.pointer}")
    return {"path": source.path, "line": line, "column": column}


def _difference(reading: Reading, each: Difference) -> CodeDifference:
    line, column = each.at
    return {
        "kind": each.kind,  # type: ignore[typeddict-item]
        "subject": each.name,
        "drift": each.is_drift,
        "code": {"path": reading.proposal.path, "line": line, "column": column},
        "contract": contract_place(reading, each),
        "message": each.message,
    }


def wanted(reading: Reading) -> dict[str, bytes]:
    """The files that would change, with what they would hold; the lock is left aside.

    Raises:
        DocumentError: the contract that the code asks for cannot be written.
    """
    subject = reading.node
    sides = merge.contract(subject, reading.proposal)
    _require_usable(subject, sides)
    members = merge.node_members(subject, reading.proposal, reading.differences)
    contract = subject.contract
    found: dict[str, bytes] = {}
    if contract.base:
        before = merge.written(subject)
        if any(before[side] != schema for side, schema in sides.items()):
            members["state_contract"] = {**before, **sides}
    else:
        path = contract.document.path
        found[path] = edit.set_members(contract.document.data, sides, path)
    if members:
        path = subject.document.path
        found[path] = edit.set_members(subject.document.data, members, path)
    same = {
        contract.document.path: contract.document.data,
        subject.document.path: subject.document.data,
    }
    return {path: data for path, data in found.items() if data != same[path]}


def _require_usable(subject: Node, sides: dict[str, Schema]) -> None:
    for side, schema in sides.items():
        try:
            StateSchema(schema)
        except SchemaRefusedError as error:
            # A reference to a shared schema is for the contract as a whole to judge.
            found = [each for each in error.problems if each.keyword != "$ref"]
            if not found:
                continue
            problem = f"the {side} side that the code asks for cannot be used: {found[0].message}"
            raise DocumentError(
                subject.contract.document.path, problem, help="write it by hand"
            ) from error


def write(reading: Reading, files: dict[str, bytes]) -> None:
    """Write ``files``, the node document last, and lock the node again.

    Raises:
        ConflictError: a file of the node holds a merge conflict; nothing was written.
        OnexError: a file cannot be locked, and nothing was written; or it cannot be written.
    """
    # What cannot be locked afterwards, such as a contract behind a link, is refused beforehand.
    lock.locked_bytes(reading.node, {})
    document = reading.node.document.path
    for path in sorted(files, key=lambda path: path == document):
        write_atomic(path, files[path], stat.S_IMODE(os.stat(path).st_mode))
    lock.write(node.load(reading.node.folder))


def broken_cases(subject: Node) -> list[str]:
    """The names of the cases that the contract of ``subject``, as it is now, does not bear out."""
    contract = node.load(subject.folder).contract
    return [
        case["name"]
        for case in contract.cases
        if "output" in case
        and not (
            contract.input.is_valid(contract.input.with_defaults(case["input"]))
            and contract.output.is_valid(case["output"])
        )
    ]
