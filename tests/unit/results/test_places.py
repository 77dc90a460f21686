"""Paths that reports point at follow from ids, and only from ids that are plain."""

import pytest
from tests.sample_run import RUN_ID, sample_run

from onex.results.places import node_document, record

UNITS = {unit["unit_id"]: unit for unit in sample_run()["units"]}


@pytest.mark.parametrize(
    ("run_id", "path"),
    [
        (RUN_ID, f"reports/runs/{RUN_ID}/run.json"),
        ("../../etc", "run.json"),
        ("..", "run.json"),
        ("a/b", "run.json"),
        ("a\n", "run.json"),
        ("x" * 256, "run.json"),
    ],
    ids="ours up dots slash line long".split(),
)
def test_record(run_id, path):
    """An id that is no plain name of a folder leads nowhere else."""
    assert record({**sample_run(), "run_id": run_id}) == path


@pytest.mark.parametrize(
    ("unit", "path"),
    [
        (UNITS["demo.text.clean"], "demo/text/clean/node.onex"),
        (UNITS["demo.text.clean::trims both ends"], "demo/text/clean/node.onex"),
        (UNITS["demo.text.absent"], "demo/text/absent/node.onex"),
        (UNITS["nightly::row_count"], None),
        ({**UNITS["demo.text.clean"], "item_id": "../etc"}, None),
        ({**UNITS["demo.text.clean"], "item_id": "demo..clean"}, None),
        ({**UNITS["demo.text.clean"], "item_id": "demo.clean\n"}, None),
    ],
    ids="node case refused check path empty line".split(),
)
def test_node_document(unit, path):
    """A node lies in the folder of its id, a check nowhere."""
    assert node_document(unit) == path
