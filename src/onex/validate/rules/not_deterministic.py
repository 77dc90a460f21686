"""ONX609: what is called deterministic does not draw lots."""

import ast
from collections.abc import Iterator

from onex.validate.rule import Rule
from onex.validate.subject import Subject
from onex_types.finding import Finding

DIFFERENT = frozenset(
    "datetime.date.today datetime.datetime.now datetime.datetime.today datetime.datetime.utcnow "
    "os.getpid os.getrandom os.urandom time.time time.time_ns uuid.uuid1 uuid.uuid4".split()
)
"""Functions that give something else each time."""

LOTS = ("random.", "secrets.", "numpy.random.")
"""Modules whose functions do so, but for those that are given a seed."""

SEEDS = frozenset({"random.seed", "numpy.random.seed"})
"""Functions that make all others of their module give the same each time."""

SEEDED = frozenset(
    "random.Random numpy.random.default_rng numpy.random.RandomState numpy.random.SeedSequence "
    "numpy.random.PCG64 numpy.random.MT19937 numpy.random.Philox".split()
)
"""What gives the same each time when it is given a seed."""

EQUAL = frozenset(
    "secrets.compare_digest random.setstate random.getstate numpy.random.Generator".split()
)


def check(subject: Subject) -> Iterator[Finding]:
    """The first call of each function that gives something else each time."""
    code = subject.code
    if not code or code.fault or not subject.node:
        return
    if not subject.node.value.get("deterministic", False):
        return
    from onex.validate import calls  # noqa: PLC0415 - the coming edition asks about calls

    called = list(calls.uses(code.data).calls())
    seeded = tuple(
        use.name.removesuffix("seed") for use, call in called if use.name in SEEDS and call.args
    )
    told: set[str] = set()
    for use, call in called:
        if not differs(use.name, call) or use.name in told:
            continue
        if seeded and use.name.startswith(seeded):
            continue
        told.add(use.name)
        yield RULE.finding(
            code.place,
            f"`deterministic` is true, but {use.name} gives something else each time",
            at=use.at,
            node_id=subject.node_id,
        )


def differs(name: str, call: ast.Call) -> bool:
    """Whether a call gives something else each time."""
    if name in SEEDED:
        return not call.args and not call.keywords
    return name in DIFFERENT or (name.startswith(LOTS) and name not in EQUAL | SEEDS)


RULE = Rule(
    code="ONX609",
    name="not-deterministic",
    severity="warning",
    edition="2027",
    preview=True,
    purpose="The file of a Python node with `deterministic: true` asks neither for the time nor for random numbers without a seed.",
    why="Results of deterministic nodes are compared, cached and replayed; one that differs by chance is taken for a change or a fault.",
    bad="""\
# node.py: return {"id": str(uuid.uuid4())}
deterministic: true
""",
    good="""\
# node.py: return {"id": str(uuid.uuid5(uuid.NAMESPACE_URL, text))}
deterministic: true
""",
    fix="take time or seed as an input, or write `deterministic: false`, then run `onex lock`; `time.perf_counter` measures how long something takes",
    node=check,
)
