"""YAML as people write it: one value in any of the styles of the language, full of comments."""

import itertools
import json
import re

from hypothesis import strategies as st

WORDS = st.sampled_from(
    [
        "a",
        "no",
        "12:30",
        "2026-01-31",
        "x y",
        "x  y",
        "# z",
        "a: b",
        "- c",
        "",
        " ",
        "é日\U0001f600",
    ]
)
TEXTS = WORDS | st.lists(st.sampled_from(["", "a", " b", "c: d ", "# e", "\tf"])).map("\n".join)
KEYS = st.sampled_from(["a", "b", "c", "d e", "no", "y", "x-f", "hash", "name", "12", ""])
SCALARS = TEXTS | st.sampled_from([None, True, 0, -1, 1.5, 1e300])
VALUES = st.recursive(
    SCALARS,
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(KEYS, inside, max_size=3),
    max_leaves=10,
)
MAPPINGS = st.dictionaries(KEYS, VALUES, min_size=1, max_size=4)

_PLAIN = re.compile(r"[a-z]+(?: [a-z]+)*").fullmatch


class Author:
    """Somebody who writes YAML; each comment says which one it is."""

    def __init__(self, data: st.DataObject) -> None:
        self.data = data
        self.numbers = itertools.count()

    def document(self, value: dict[str, object]) -> str:
        """``value`` as a file: perhaps with a byte order mark, document marks, other line ends."""
        lines = self.block(value, "") if self.chance() else self.bracketed(value, "")
        start = self.pick([[], ["---"], ["# top", "", "---"], ["# top", ""]])
        end = self.pick([[], ["# end"], ["", "", "# end", ""], ["..."]])
        text = "\n".join([*start, *lines, *end]) + self.pick(["\n", "\n\n"])
        return self.pick(["", "\ufeff"]) + text.replace("\n", self.pick(["\n", "\r\n", "\r"]))

    def block(self, value: object, indent: str) -> list[str]:
        """The lines of a mapping or a list that is not empty, in block style."""
        lines = []
        pairs = value.items() if isinstance(value, dict) else ((None, item) for item in value)
        for key, item in pairs:
            lines += self.above(indent)
            head = "-" if key is None else f"{self.key(key)}:"
            lines += self.entry(f"{indent}{head}", item, indent, is_item=key is None)
        return lines

    def entry(self, head: str, item: object, indent: str, *, is_item: bool) -> list[str]:
        """The lines of one entry."""
        if isinstance(item, (dict, list)) and item and self.chance():
            deeper = indent + " " * self.pick([2, 3, 4])
            if isinstance(item, list) and not is_item and self.chance():
                deeper = indent
            inner = self.block(item, deeper)
            if is_item and inner[0].strip()[:1] not in {"#", ""} and self.chance():
                return [head + inner[0][len(head) :], *inner[1:]]
            return [head + self.beside().replace("\t", " "), *inner]
        if isinstance(item, (dict, list)):
            first, *rest = self.bracketed(item, indent)
        else:
            first, *rest = self.scalar(item, indent)
        if rest and first[:1] in {"|", ">"}:
            return [f"{head} {first}{self.beside()}", *rest]
        lines = [f"{head}{self.pick([' ', '   '])}{first}", *rest]
        lines[-1] += self.beside()
        return lines

    def scalar(self, value: object, indent: str) -> list[str]:
        """The lines of a scalar; all but the first are indented."""
        if not isinstance(value, str):
            return [self.pick(["null", "~"]) if value is None else json.dumps(value)]
        ways = [[self.quoted(value)]]
        deeper = indent + " " * self.pick([1, 2, 5])
        if _PLAIN(value) and value != "no":
            ways.append([value])
            ways.append(value.replace(" ", f"\n{deeper}").split("\n"))
        if "\n" in value and "\t" not in value and not value.startswith("\n") and value.strip():
            ways.append(self.literal(value, indent, self.pick([1, 2, 4])))
        return self.pick(ways)

    def literal(self, value: str, indent: str, step: int) -> list[str]:
        """``value`` as a literal block."""
        lines = value.split("\n")
        digit = str(step) if value.startswith(" ") or self.chance() else ""
        mark, lines = ("+", lines[:-1]) if not lines[-1] else ("-", lines)
        deeper = indent + " " * step
        return [f"|{digit}{mark}", *(f"{deeper}{line}" if line else "" for line in lines)]

    def quoted(self, value: str) -> str:
        """``value`` in quotes."""
        ways = [json.dumps(value, ensure_ascii=False).replace("\x7f", "\\x7f")]
        if value.isprintable():
            ways.append("'" + value.replace("'", "''") + "'")
        return self.pick(ways)

    def key(self, key: str) -> str:
        """``key`` as it stands before its colon."""
        return key if _PLAIN(key) and self.chance() else self.quoted(key)

    def bracketed(self, value: object, indent: str) -> list[str]:
        """``value`` in brackets, over one line or several."""
        if not isinstance(value, (dict, list)):
            return (
                self.scalar(value, indent)[:1]
                if not isinstance(value, str)
                else [self.quoted(value)]
            )
        opening, closing = "{}" if isinstance(value, dict) else "[]"
        pairs = value.items() if isinstance(value, dict) else ((None, item) for item in value)
        spread = self.chance()
        lines = [opening]
        for index, (key, item) in enumerate(pairs):
            head = "" if key is None else f"{self.key(key)}{self.pick([':', ' :'])} "
            first, *rest = self.bracketed(item, f"{indent}  ")
            if spread:
                lines[-1] += self.beside() if index else ""
                lines += [*self.above(f"{indent} "), f"{indent}   {head}{first}", *rest]
            else:
                lines[-1] += f"{head}{first}"
                lines += rest
            lines[-1] += "," if index < len(value) - 1 else self.pick(["", ","])
        if spread:
            lines.append(f"{indent}  {closing}")
        else:
            lines[-1] += closing
        return lines

    def above(self, indent: str) -> list[str]:
        """What stands above an entry."""
        ways = [[], [""], [f"{indent}# {next(self.numbers)}"]]
        ways.append(["", f"# {next(self.numbers)}", "  ", f"{indent}# {next(self.numbers)} \t"])
        return self.pick(ways)

    def beside(self) -> str:
        """What stands behind a value."""
        return self.pick(["", "", "  ", f" # {next(self.numbers)}", f"\t   # {next(self.numbers)}"])

    def chance(self) -> bool:
        """Yes or no."""
        return self.data.draw(st.booleans())

    def pick(self, ways: list) -> object:
        """One of ``ways``."""
        return self.data.draw(st.sampled_from(ways))
