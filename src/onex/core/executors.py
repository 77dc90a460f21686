"""The names of executors: built in, declared for later, and registered by plug-ins (ONEX-M2-10)."""

from functools import cache

BUILT_IN = ("cli", "noop", "python")
DECLARED = ("docker",)
"""Names that the format reserves and that this onex refuses to run."""

GROUP = "onex.executors"
"""The entry-point group in which a package registers an executor under its name."""


@cache
def plugins() -> tuple[str, ...]:
    """The names that installed packages register; looked up once, for an unknown name only."""
    from importlib.metadata import entry_points  # noqa: PLC0415 - 35 ms, and few nodes need it

    return tuple(sorted(point.name for point in entry_points(group=GROUP)))
