"""onex: contracts you can run."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onex.runs.writer import RunWriter, detect_trigger

__version__ = "0.1.0"

__all__ = ["RunWriter", "__version__", "detect_trigger"]


def __getattr__(name: str) -> object:
    """What programs use of onex, imported when it is asked for: a command needs none of it."""
    if name in {"RunWriter", "detect_trigger"}:
        from onex.runs import writer  # noqa: PLC0415 - see above

        return getattr(writer, name)
    message = f"module 'onex' has no attribute '{name}'"
    raise AttributeError(message)
