"""Cases: examples that people read, and golden tests that `onex test` runs (ONEX-M2-06)."""

from dataclasses import dataclass

from onex.core.document import JSON
from onex.core.node import Node
from onex.core.words import shorten
from onex.runtime.runtime import ONEXRuntime
from onex_types.execution_result import ExecutionResult
from onex_types.state_contract import Case


@dataclass(frozen=True, slots=True)
class CaseVerdict:
    """What a case came to.

    Attributes:
        node_id: the node.
        case: the name of the case.
        passed: whether the node did what the case says.
        message: what was expected and what came; empty when it passed.
        result: the record of the execution.
    """

    node_id: str
    case: str
    passed: bool
    message: str
    result: ExecutionResult


def run_case(
    runtime: ONEXRuntime, node: Node, case: Case, *, unit: int | None = None
) -> CaseVerdict:
    """Execute ``node`` with the input of ``case``, as unit ``unit`` of the run; compare what comes out.

    Raises:
        OnexError: the node cannot or must not be executed.
    """
    result = runtime.execute(node, case["input"], unit=unit, case=case["name"])
    message = _compare(case, result)
    return CaseVerdict(node.id, case["name"], not message, message, result)


def _compare(case: Case, result: ExecutionResult) -> str:
    """What was expected and what came; empty when they are the same."""
    error = result["error"]
    if "error" in case:
        wanted = case["error"]
        if error is None:
            return f"expected the error '{wanted}', but it succeeded with {shorten(result['output_state'])}"
        if error["code"] != wanted:
            return f"expected the error '{wanted}', but got '{error['code']}': {error['message']}"
        return ""
    if error is not None:
        return f"expected success, but got '{error['code']}': {error['message']}"
    return differences(case.get("output"), result["output_state"])


def differences(expected: JSON, found: JSON) -> str:
    """The first place where ``found`` is not ``expected``; empty when they are equal.

    Numbers are equal by value, so 1 equals 1.0; a boolean never equals a number.
    """
    stack: list[tuple[str, JSON, JSON]] = [("", expected, found)]
    while stack:
        pointer, left, right = stack.pop()
        place = pointer or "the output"
        if isinstance(left, dict) and isinstance(right, dict):
            for key in sorted({*left, *right}):
                if key not in right:
                    return f"{pointer}/{key} is missing; expected {shorten(left[key])}"
                if key not in left:
                    return f"{pointer}/{key} was not expected: {shorten(right[key])}"
            stack += [(f"{pointer}/{key}", left[key], right[key]) for key in sorted(left)]
        elif isinstance(left, list) and isinstance(right, list):
            if len(left) != len(right):
                return f"{place} has {len(right)} items; expected {len(left)}"
            pairs = enumerate(zip(left, right, strict=True))
            stack += [(f"{pointer}/{index}", *pair) for index, pair in pairs]
        elif isinstance(left, bool) is not isinstance(right, bool) or left != right:
            return f"{place} is {shorten(right)}; expected {shorten(left)}"
    return ""
