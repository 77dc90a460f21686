"""Arguments of a command from the input state: every value an argument of its own.

Nothing is interpolated into a text, so no value can become more than one argument, or an option
where the author did not put one.
"""

from collections.abc import Iterator, Sequence

from onex.core.canonical import golden_bytes
from onex.core.document import JSON
from onex.runtime.executor import FaultError
from onex_types.onex_node import InputArgument


def arguments(args: Sequence[str | InputArgument], state: dict[str, JSON]) -> list[str]:
    """The arguments behind the program's name.

    Raises:
        FaultError: a text that cannot be an argument.
    """
    found: list[str] = []
    for arg in args:
        found += [arg] if isinstance(arg, str) else _from_state(arg, state)
    for text in found:
        if "\0" in text:
            raise FaultError(code="bad-argument", message="an argument holds a NUL character")
        try:
            text.encode()
        except UnicodeEncodeError as error:
            message = "an argument holds half of a surrogate pair"
            raise FaultError(code="bad-argument", message=message) from error
    return found


def _from_state(arg: InputArgument, state: dict[str, JSON]) -> Iterator[str]:
    value = state.get(arg["input"])
    if value is None:  # absent, or there and empty of meaning
        return
    switch = arg.get("switch")
    if switch is not None:
        if value is True:
            yield switch
        return
    flag = arg.get("flag")
    for item in value if isinstance(value, list) else [value]:
        if flag is not None:
            yield flag
        yield item if isinstance(item, str) else golden_bytes(item).decode()
