"""The table of broken files that `tools.bench.errors` writes: onex names the place of each fault."""

import pytest
from tools.bench import broken

STALE = "ONX202"


@pytest.mark.parametrize("case", broken.CASES, ids=lambda case: case.name.replace(" ", "-"))
def test_the_place_of_each_fault_is_named(case, onex, workspace):
    """One error, at the line and the column where a person has to look, and nothing besides."""
    broken.finish(workspace)
    assert onex("lock").exit_code == 0
    line, column = case.make(workspace, lambda: onex("lock"))

    result = onex("validate", "--preview", "--output-format", "json")

    places = [(f["path"], f["line"], f["column"]) for f in result.json["findings"]]
    others = [
        (f["path"], f["line"], f["column"]) for f in result.json["findings"] if f["code"] == STALE
    ]
    assert (case.file, line, column) in places
    assert len(set(places) - set(others)) <= 1, "the fault, and besides it the lock that it broke"
