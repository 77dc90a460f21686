"""Provenance: where a run comes from, what it was held to, and what went in and came out."""

from collections.abc import Iterator
from typing import NamedTuple

from onex.core.values import JSON
from onex.report.figures import fine_duration
from onex.report.page.texts import compact, cut
from onex.results.moments import utc
from onex_types.common import Git, Resource
from onex_types.run import Run

MOST = 100
LONGEST = 300


class Entry(NamedTuple):
    """A fact of a run and its values, one or more."""

    label: str
    values: list[str]


def provenance(run: Run) -> list[Entry]:
    """The facts that are known, in the order in which people ask for them."""
    found = [
        *_origin(run),
        *_time(run),
        *_source(run),
        Entry("Environment set", run["env"]["present"]),
        Entry("Environment missing", run["env"]["missing"]),
        Entry("Policy", [*_policy(run)]),
        *_digests(run),
        Entry("Inputs", [*map(_resource, run["inputs"])]),
        Entry("Outputs", [*map(_resource, run["outputs"])]),
        Entry("Metrics", [f"{name}: {compact(value)}" for name, value in run["metrics"].items()]),
        Entry("Trust", [*_trust(run)]),
        _one("Lifecycle", run["lifecycle"]),
        Entry("Signature", ["signed; see the record"] if run["signature"] else []),
        Entry("Read from", sorted(run["ext"])),
    ]
    return [_bounded(entry) for entry in found if entry.values]


def headline(run: Run) -> list[str]:
    """When the run was, how long it took, of which commit it is, and who asked for it."""
    words = []
    if "started_us" in run:
        words.append(_minute(run["started_us"]))
    if "duration_us" in run:
        words.append(f"took {fine_duration(run['duration_us'])}")
    if "git" in run:
        words += _commit(run["git"])
    if "trigger" in run:
        actor = run["trigger"]["actor"]
        words.append(f"{run['trigger']['type']} by {actor}" if actor else run["trigger"]["type"])
    return [cut(word, 80) for word in words]


def _commit(git: Git) -> list[str]:
    """The branch and the short commit; nothing where there is no commit."""
    if not git["sha7"].strip("0"):
        return []
    return [f"{git['ref']} @ {git['sha7']}" if git["ref"] else git["sha7"]]


def _origin(run: Run) -> Iterator[Entry]:
    yield _one("Run", run.get("run_id"))
    version = run["pipeline_version"]
    yield _one("Pipeline", f"{run['pipeline_id']} {version}" if version else run["pipeline_id"])
    if "onex_version" in run:
        yield _one("Recorded by", f"onex {run['onex_version']}" if run["onex_version"] else None)
    yield _one("Format", f"run {run['schema_version']}")


def _time(run: Run) -> Iterator[Entry]:
    if "started_us" in run:
        yield _one("Started", utc(run["started_us"]))
    if "finished_us" in run:
        yield _one("Finished", utc(run["finished_us"]))
    if "duration_us" in run:
        yield _one("Took", fine_duration(run["duration_us"]))


def _source(run: Run) -> Iterator[Entry]:
    if "trigger" in run:
        trigger = run["trigger"]
        words = [trigger["type"], trigger["source"] or "", trigger["actor"] or ""]
        yield _one("Trigger", ", ".join(filter(None, words)))
    if "git" in run:
        git = run["git"]
        commit = git["sha"] or (git["sha7"] if git["sha7"].strip("0") else None)
        yield _one("Commit", commit)
        yield _one("Branch or tag", git["ref"])


def _policy(run: Run) -> Iterator[str]:
    policy = run["policy"]
    yield f"{policy['name']}; critical: {policy['criticality']}"
    if policy["triggered_by"]:
        yield f"asked for by {policy['triggered_by']}"
    if policy["minimum_coverage_required"] is not None:
        yield f"coverage of at least {policy['minimum_coverage_required']} %"
    if policy["trust_enforced"]:
        yield "too little trust fails the run"


def _digests(run: Run) -> Iterator[Entry]:
    names = {
        "config_hash": "Settings",
        "contract_hash": "Contracts",
        "tree_digest": "Tree",
        "suite_sha256": "Suite",
        "inventory_sha256": "Inventory",
    }
    for name, label in names.items():
        yield _one(f"{label} digest", run["references"][name])  # type: ignore[literal-required]


def _trust(run: Run) -> Iterator[str]:
    if run["trust"]["delta"] is not None:
        yield f"changed by {run['trust']['delta']}"
    if run["trust"]["notes"]:
        yield run["trust"]["notes"]


def _resource(resource: Resource) -> str:
    others: dict[str, JSON] = {k: v for k, v in resource.items() if k not in {"type", "ref"}}  # type: ignore[misc]
    more = f" {compact(others)}" if others else ""
    return f"{resource['type']}: {resource['ref']}{more}"


def _one(label: str, value: str | None) -> Entry:
    return Entry(label, [value] if value else [])


def _bounded(entry: Entry) -> Entry:
    values = [cut(value, LONGEST) for value in entry.values[:MOST]]
    if len(entry.values) > MOST:
        values.append(f"and {len(entry.values) - MOST} more")
    return Entry(entry.label, values)


def _minute(at_us: int) -> str:
    return f"{utc(at_us)[:16].replace('T', ' ')} UTC"
