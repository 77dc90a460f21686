"""Schemas to reckon with: what two take, what one takes and the other does not.

The reckoning is the engine's, on its canonical form of a schema. It may have no answer; what is
said then is always on the safe side, and named in each function.
"""

from typing import TYPE_CHECKING, cast

from onex.core.values import JSON

if TYPE_CHECKING:
    from jsonschema_rs import CanonicalSchema


def canonical(schema: JSON) -> "CanonicalSchema | None":
    """The canonical form of ``schema``, which the contract lint has accepted; None without one."""
    import jsonschema_rs  # noqa: PLC0415 - the engine is wanted only when something is judged

    try:
        return jsonschema_rs.canonicalize(
            cast("dict[str, JSON]", schema),
            draft=jsonschema_rs.Draft202012,
            validate_formats=True,
            pattern_options=jsonschema_rs.RegexOptions(),
            offline=True,
        )
    except (ValueError, jsonschema_rs.ReferencingError):
        return None


def both(left: "CanonicalSchema", right: "CanonicalSchema | None") -> "CanonicalSchema":
    """What both take; where that cannot be said, ``left``, which is more."""
    from jsonschema_rs import canonical as engine  # noqa: PLC0415 - imported when this is called

    if right is None:
        return left
    try:
        return left.intersect(right)
    except engine.CanonicalizationError:
        return left


def without(left: "CanonicalSchema", right: "CanonicalSchema") -> "CanonicalSchema | None":
    """What ``left`` takes and ``right`` does not; None where that cannot be said."""
    from jsonschema_rs import canonical as engine  # noqa: PLC0415 - imported when this is called

    try:
        return left.subtract(right)
    except engine.CanonicalizationError:
        return None


def covers(whole: "CanonicalSchema", part: "CanonicalSchema") -> bool:
    """Whether it is proven that ``whole`` takes all that ``part`` takes."""
    from jsonschema_rs import canonical as engine  # noqa: PLC0415 - imported when this is called

    try:
        return whole.covers(part).value == "yes"
    except engine.CanonicalizationError:
        return False
