"""The laws that `make fuzz` holds: they hold for every seed, and what breaks one is told."""

import glob

import pytest
from tools.fuzz import __main__ as driver
from tools.fuzz import targets

SHARE = 7
"""One seed in so many is taken here; `make fuzz` takes all."""

HOSTILE = [
    b"",
    b"\xff\xfe",
    b"{",
    b"a: &a [*a]",
    b'a: 1\nb: "c\n',
    b"null",
    b"[]\n[",
    b"\r",
    "\u2028".encode(),
]


@pytest.mark.parametrize("name", targets.TARGETS)
def test_the_laws_hold_for_the_seeds(name):
    """The seeds are there, and no target breaks on one or on a few hostile bytes."""
    seeds = sorted(glob.glob(driver.SEEDS[name], root_dir=driver.ROOT, recursive=True))
    assert len(seeds) > SHARE
    for path in seeds[::SHARE]:
        with open(f"{driver.ROOT}/{path}", "rb") as file:
            targets.TARGETS[name](file.read())
    for data in HOSTILE:
        targets.TARGETS[name](data)


PLANTED = {
    "yaml": (
        "yaml",
        "parse",
        lambda *_: (_ for _ in ()).throw(RecursionError()),
        b"a: 1",
        RecursionError,
    ),
    "json": ("json", "parse", lambda *_: 2, b"1", targets.BrokenLawError),
    "lock": ("edit", "set_members", lambda data, *_: data, b"a: 1", targets.BrokenLawError),
    "node": (None, "RULES", (), b"a: 1", targets.BrokenLawError),
    "lines": ("jsonl", "read", lambda _: [1, 2], b"1\n", targets.BrokenLawError),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_breaks_a_law(name, monkeypatch):
    """A target that cannot fail would hold nothing."""
    module, attribute, fake, data, error = PLANTED[name]
    monkeypatch.setattr(getattr(targets, module) if module else targets, attribute, fake)
    with pytest.raises(error):
        targets.TARGETS[name](data)
