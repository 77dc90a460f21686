"""The bytes of suite and inventory, which are onex's own definition, pinned (AMB-05, OBS-09)."""

import hashlib

import pytest

from onex.results.suite import EMPTY_SHA256, inventory_sha256, suite_sha256


def sha256(data):
    return hashlib.sha256(data).hexdigest()


SUITES = [
    ([], b"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    (
        [("demo.text.clean", "run")],
        b'{"cases":["run"],"item":"demo.text.clean"}\n',
        "0af0428c65202ca15ba0104a085ffc76a39e7e94843a1e028f037b8456f9bc7c",
    ),
    (
        [("b", "two"), ("a", "ação"), ("b", "one")],
        '{"cases":["two","one"],"item":"b"}\n{"cases":["ação"],"item":"a"}\n'.encode(),
        "363b156216f4b86d259fe0be1a13400c429d64f05fba7bb262fde8aab697205c",
    ),
    (
        [("\U0001f600", 'a"b\\c\n'), ("\ufb01", "日本/✓")],
        '{"cases":["a\\"b\\\\c\\n"],"item":"\U0001f600"}\n{"cases":["日本/✓"],"item":"\ufb01"}\n'.encode(),
        "063385efcb0d26448829389f9a23046e19e47b96b74f8c470098e830c0c3e06e",
    ),
]


@pytest.mark.parametrize(
    ("cases", "data", "digest"), SUITES, ids=["empty", "one", "order", "texts"]
)
def test_suite(cases, data, digest):
    """A line for each item in the order of the plan, with its cases in their order."""
    assert suite_sha256(cases) == sha256(data) == digest


INVENTORIES = [
    ([], b"", EMPTY_SHA256),
    (
        ["demo.text.clean"],
        b"demo.text.clean\n",
        "f2a446e036f98520b37a3aa3d1e5e1615554b970b59028abb1cfa342f6b31713",
    ),
    (
        ["b.one", "a.two"],
        b"b.one\na.two\n",
        "e0f6a016b4bc022b9677b42c43a20f46c134c9210f270c8d6eb040899d348393",
    ),
]


@pytest.mark.parametrize(("nodes", "data", "digest"), INVENTORIES, ids=["empty", "one", "order"])
def test_inventory(nodes, data, digest):
    """A line for each node in tree order; changing this would change every report."""
    assert inventory_sha256(nodes) == sha256(data) == digest


def test_order_is_part_of_the_suite():
    """The same cases in another order are another suite (OBS-02)."""
    assert suite_sha256([("a", "x"), ("b", "x")]) != suite_sha256([("b", "x"), ("a", "x")])
