"""What names of files say of a node: which are documents, and which its entrypoint must have."""

from onex_types.onex_node import OnexNode


def is_node_document(path: str) -> bool:
    """Whether a file of that name is, or looks like, the document of a node."""
    return path.endswith((".onex", ".onex.yaml"))


def target_file(value: OnexNode) -> str | None:
    """The file of the node that the entrypoint must have, if it must have one.

    A command without a folder in front of it is looked up on the search path.
    """
    entry = value["entrypoint"]
    target = entry.get("target", "")
    if entry["type"] == "python":
        return target.partition(":")[0] or None
    return target.removeprefix("./") if entry["type"] == "cli" and "/" in target else None
