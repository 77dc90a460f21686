"""The laws that `make fuzz` holds: they hold for every seed, and what breaks one is told."""

import glob
import random

import pytest
from tools.fuzz import __main__ as driver
from tools.fuzz import targets

SHARE = 7
"""One seed in so many is taken here; `make fuzz` takes all."""

MUTANTS = 150
"""How many are made for each target here; `make fuzz` makes millions."""

BITS = [
    b"\xff", b"\0", b"\r", b"\n", b"\t", b":", b"- ", b"? ", b"'", b'"', b"\\u", b"\\ud800", b"#", b"&a ", b"*a", b"!!x ",
    b"<<: ", b"|\n", b">\n", b"{", b"[", b"}", b"]", b",", b"---\n", b"...\n", b"%TAG", b"1e999", b"NaN", b"\xef\xbb\xbf",
    b"\xe2\x80\xa8", b"<<<<<<< a\n", b"=======\n", b">>>>>>> b\n", b"[" * 70, b'{"$ref": "#"}', b"../", b"\x1b[31m", b"9" * 400,
]  # fmt: skip

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
def test_i14_the_laws_hold_for_the_seeds(name):
    """The seeds are there, and no target breaks on one or on a few hostile bytes."""
    for data in [*seeds(name), *HOSTILE]:
        assert targets.TARGETS[name](data) is None


def seeds(name):
    """The bytes that a target starts from, a share of them."""
    paths = sorted(glob.glob(driver.SEEDS[name], root_dir=driver.ROOT, recursive=True))
    assert len(paths) > SHARE
    for path in paths[::SHARE]:
        with open(f"{driver.ROOT}/{path}", "rb") as file:
            yield file.read()


def mutated(data, chance):
    """``data`` with a few things done to it that a fuzzer does."""
    for _ in range(chance.randint(1, 4)):
        at, end = sorted(chance.randint(0, len(data)) for _ in range(2))
        piece = data[at : min(end, at + 40)]
        data = chance.choice(
            [
                data[:at] + data[at + len(piece) :],
                data[:at] + piece + data[at:],
                data[:at] + chance.choice(BITS) + data[at:],
                data[:at]
                + bytes(byte ^ 1 << chance.randint(0, 7) for byte in piece[:1])
                + data[at + 1 :],
                data[:end],
            ]
        )
    return data


@pytest.mark.parametrize("name", targets.TARGETS)
def test_i14_the_laws_hold_for_seeds_that_were_tampered_with(name):
    """The same mutants in each session: bits, pieces and hostile texts at any place of a seed."""
    chance = random.Random(14)  # noqa: S311 - a red run must be repeatable
    known = [*seeds(name)]
    for _ in range(MUTANTS):
        data = mutated(chance.choice(known), chance)
        try:
            targets.TARGETS[name](data)
        except Exception as error:
            raise AssertionError(data) from error


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
