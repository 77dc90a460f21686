"""Where a node may move in its life (ONEX-M1-07)."""

from onex.errors import RefusedError

MOVES: dict[str, tuple[str, ...]] = {
    "draft": ("review", "active", "deprecated"),
    "review": ("draft", "active", "deprecated"),
    "active": ("deprecated",),
    "deprecated": ("active",),
}
"""For each stage the stages that a node may move to: what is relied upon never becomes a draft."""


def require_move(node_id: str, before: str, after: str) -> None:
    """Do nothing when a node may move from ``before`` to ``after``.

    Raises:
        RefusedError: it may not.
    """
    if after not in MOVES[before]:
        allowed = ", ".join(MOVES[before])
        raise RefusedError(
            f"{node_id}: a node does not move from {before} to {after}; from {before} it may move to {allowed}",
            help="a node that others rely on stays in view: give a changed one a new version or a new name",
        )
