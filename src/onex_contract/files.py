"""Where the canonical schemas lie: in a checkout beside ``src/``, in a wheel as package data.

Nothing else in onex looks for those files.
"""

import os

PACKAGE = os.path.dirname(os.path.abspath(__file__))
PACKAGED = os.path.join(PACKAGE, "_schemas")
CHECKOUT = os.path.dirname(os.path.dirname(PACKAGE))


def schema_dir() -> str:
    """The folder of the hand-written schemas."""
    return _first("schemas", PACKAGED)


def generated_dir() -> str:
    """The folder of the bundled schemas, each of which needs no other file."""
    return _first(os.path.join("generated", "schemas"), os.path.join(PACKAGED, "generated"))


def _first(in_checkout: str, packaged: str) -> str:
    # The checkout wins: a build leaves a copy in the package that nobody brings up to date.
    source = os.path.join(CHECKOUT, in_checkout)
    beside = os.path.join(CHECKOUT, "src", os.path.basename(PACKAGE))
    return source if beside == PACKAGE and os.path.isdir(source) else packaged
