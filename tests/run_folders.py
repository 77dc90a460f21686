"""Run folders made of facts, as a run would leave them; whole, or cut off after any fact."""

import copy
import hashlib
import os

from tests.sample_run import RUN_ID, sample_facts

from onex.core.canonical import golden_bytes
from onex.results.run import RunFold
from onex.runs import derived, index

TABLE = b"a,b\n1,2\n"
TABLE_PATH = "artifacts/0-demo-text-clean/t.csv"


def facts_of(run_id=RUN_ID):
    """The facts of the sample run, with true digests of what it keeps."""
    facts = copy.deepcopy(sample_facts().facts)
    facts[0]["run_id"] = run_id
    for fact in facts:
        for artifact in fact.get("result", {}).get("artifacts", []):
            if artifact["path"] == TABLE_PATH:
                artifact["hash"] = hashlib.sha256(TABLE).hexdigest()
    return facts


def lines_of(facts):
    """The facts as lines of a journal."""
    return b"".join(golden_bytes(fact) + b"\n" for fact in facts)


def make_run(root, run_id=RUN_ID, facts=None):
    """The folder of a run with these facts, and what a run writes once they are there."""
    facts = facts_of(run_id) if facts is None else facts
    folder = os.path.join(root, index.PLACE, run_id)
    artifact = os.path.join(folder, TABLE_PATH)
    os.makedirs(os.path.dirname(artifact))
    with open(artifact, "wb") as file:
        file.write(TABLE)
    with open(os.path.join(folder, "journal.jsonl"), "wb") as file:
        file.write(lines_of(facts))
    folded = RunFold()
    for fact in facts:
        result = folded.add(fact)
        if result is not None:
            derived.write_result(folder, result)
    if folded.is_finished:
        derived.write(folder, folded.run())
        index.add(root, folded.run())
    return folder


def content(folder):
    """Every file below ``folder``, by its path in there."""
    return {
        os.path.relpath(os.path.join(place, name), folder): read(os.path.join(place, name))
        for place, _, names in os.walk(folder)
        for name in names
    }


def read(path):
    with open(path, "rb") as file:
        return file.read()
