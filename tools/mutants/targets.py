"""What is mutated, by group, and the tests that look at it."""

import os
from glob import glob

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SOURCE = os.path.join(ROOT, "src")
_READER = "document edit edit_at edit_block edit_flow json jsonl opening places scalars spans syntax text yaml"
_LOCK = "canonical index lock scan snapshot tree"
_RULES = "baseline editions engine judge reading rule select subject waivers"

GROUPS: dict[str, list[str]] = {
    "reader": [f"onex/core/{name}.py" for name in _READER.split()],
    "lock": [f"onex/core/{name}.py" for name in _LOCK.split()],
    "rules": [f"onex/validate/{name}.py" for name in _RULES.split()]
    + sorted(
        os.path.relpath(path, SOURCE)
        for path in glob(os.path.join(SOURCE, "onex", "validate", "rules", "[!_]*.py"))
    ),
}
"""The modules of each group, below ``src``."""

TESTS = (
    "tests/unit/core",
    "tests/unit/validate",
    "tests/unit/test_fuzz.py",
    "tests/rules",
    "tests/property/test_documents.py",
    "tests/property/test_lock.py",
    "tests/faults/test_input_bytes.py",
    "tests/faults/test_paths.py",
    "tests/faults/test_schemas.py",
    "tests/acceptance/test_merge.py",
    "tests/acceptance/test_shared.py",
    "tests/unit/cli/test_validate.py",
)
"""The tests that look at them in the process that they run in."""


def group_of(path: str) -> str:
    """The group of a module below ``src``."""
    return next(name for name, paths in GROUPS.items() if path in paths)


def module_of(path: str) -> str:
    """The name that a module below ``src`` is imported by."""
    return path.removesuffix(".py").replace("/", ".")
