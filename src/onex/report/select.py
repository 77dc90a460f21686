"""Which units of a run a report shows (ONEX-R-10).

A filter never changes what is said of the whole run, nor the exit status.
"""

from collections.abc import Collection, Iterable

from onex_types.run import Unit


def only_failed(units: Iterable[Unit]) -> list[Unit]:
    """The units that did not succeed, for whatever reason, in their order."""
    return [unit for unit in units if unit["status"] != "success"]


def only_named(units: Iterable[Unit], names: Collection[str]) -> list[Unit]:
    """The units of these ids, in their order."""
    return [unit for unit in units if unit["unit_id"] in names]
