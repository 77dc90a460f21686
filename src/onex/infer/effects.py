"""What Python code seems to touch and to need, by what it imports, opens and asks the environment for.

Seen is not certain: a module may be imported and never used. So each is a proposal, with its line.
"""

import ast
import os
import sys
from collections.abc import Iterator

from onex.infer.proposal import Effect, Remark
from onex.infer.source import Source
from onex.validate.rules.not_deterministic import differs
from onex.validate.rules.undeclared_network import CALLS, module_of

GIVEN = frozenset("PATH LANG HOME TMPDIR ONEX_INPUT ONEX_RESULT".split())
"""Variables that every node has."""

WRITERS = frozenset(
    "os.remove os.unlink os.rename os.replace os.makedirs os.mkdir os.rmdir os.chmod shutil.rmtree "
    "shutil.move shutil.copy shutil.copyfile shutil.copytree shutil.copy2".split()
)
METHODS = frozenset("write_text write_bytes unlink rmdir touch".split())
READERS = frozenset({"input", "sys.stdin.read", "sys.stdin.readline", "sys.stdin.readlines"})


def effects_of(source: Source) -> tuple[Effect, ...]:
    """What the file seems to touch and to need, in the order of its lines."""
    found = [*_network(source), *_environment(source), *_of_calls(source)]
    return tuple(sorted(found, key=lambda effect: effect.at))


def remarks_of(source: Source) -> list[Remark]:
    """What the file relies on that a node does not have: modules beside it, and standard input."""
    found = [*_neighbours(source), *_terminal(source)]
    return sorted(found, key=lambda remark: remark.at)


def _imports(source: Source) -> Iterator[tuple[ast.AST, str]]:
    for node in source.nodes:
        match node:
            case ast.Import(names=names):
                yield from ((node, alias.name) for alias in names)
            case ast.ImportFrom(module=str(module), names=names, level=0):
                yield node, module
                yield from ((node, f"{module}.{alias.name}") for alias in names)


def _network(source: Source) -> Iterator[Effect]:
    """What the rule `undeclared-network` would find."""
    seen: set[str] = set()
    for node, name in _imports(source):
        known = module_of(name)
        if known and known not in seen:
            seen.add(known)
            yield Effect(source.place(node), "network", value=True, why=f"imports {known}")
    for call in source.calls():
        name = source.named(call.func)
        if name in CALLS and name not in seen:
            seen.add(name)
            yield Effect(source.place(call), "network", value=True, why=f"calls {name}")


def _environment(source: Source) -> Iterator[Effect]:
    """Variables by name: those that are read with `[...]` must be there."""
    for node in source.nodes:
        name, is_sure = None, False
        match node:
            case ast.Subscript(value=base, slice=key, ctx=ast.Load()) if (
                source.named(base) == "os.environ"
            ):
                name, is_sure = source.text(key), True
            case ast.Call(func=func, args=[key, *_]) if source.named(func) in {
                "os.environ.get",
                "os.getenv",
            }:
                name = source.text(key)
        if name and _is_variable(name):
            why = f"reads {name}{'' if is_sure else ', and does without it'}"
            yield Effect(source.place(node), "required_env", name, why, is_sure=is_sure)


def _is_variable(name: str) -> bool:
    return name not in GIVEN and name.isascii() and name.isidentifier() and len(name) <= 128  # noqa: PLR2004 - as the schema has it


def _of_calls(source: Source) -> Iterator[Effect]:
    for call in source.calls():
        name = source.named(call.func)
        at = source.place(call)
        if differs(name, call):
            yield Effect(at, "deterministic", value=False, why=f"calls {name}")
        elif name in WRITERS or (
            isinstance(call.func, ast.Attribute) and call.func.attr in METHODS
        ):
            shown = name or f".{call.func.attr}" if isinstance(call.func, ast.Attribute) else name
            yield Effect(at, "writes", _folder(source, call), f"calls {shown}")
        elif name in {"open", "io.open", "codecs.open"} and _writes(source, call):
            yield Effect(at, "writes", _folder(source, call), "opens a file to write it")


def _writes(source: Source, call: ast.Call) -> bool:
    modes = [call.args[1]] if len(call.args) > 1 else []
    modes += [word.value for word in call.keywords if word.arg == "mode"]
    mode = source.text(modes[0]) if modes else None
    return mode is not None and not {"w", "a", "x", "+"}.isdisjoint(mode)


def _folder(source: Source, call: ast.Call) -> str:
    """The absolute folder that is surely meant; empty when that cannot be seen."""
    path = source.text(call.args[0]) if call.args else None
    return os.path.dirname(path) if path and os.path.isabs(path) and path.isprintable() else ""


def _neighbours(source: Source) -> Iterator[Remark]:
    """Modules that lie beside the file, and so do not come along when it is copied."""
    folders = list(_folders_above(source.path))
    seen: set[str] = set()
    for node in source.nodes:
        names: list[str] = []
        match node:
            case ast.Import(names=aliases):
                names = [alias.name for alias in aliases]
            case ast.ImportFrom(level=level, module=module, names=aliases) if level:
                names = [f"{'.' * level}{module or aliases[0].name}"]
            case ast.ImportFrom(module=str(module)):
                names = [module]
        for name in names:
            first = name.partition(".")[0]
            if name.startswith(".") or (first and _lies_in(folders, first)):
                if name not in seen:
                    message = f"imports {name}, which lies beside it and does not come along"
                    yield Remark(
                        source.place(node),
                        message,
                        "copy it into the node's folder, then run `onex lock`",
                    )
                seen.add(name)


MOST_ABOVE = 6
"""How many folders above a file are looked at for what it imports."""


def _folders_above(path: str) -> Iterator[str]:
    """The folder of a file, and some of those above it."""
    folder = os.path.dirname(os.path.abspath(path))
    for _ in range(MOST_ABOVE):
        yield folder
        folder = os.path.dirname(folder)


def _lies_in(folders: list[str], name: str) -> bool:
    """Whether a module lies beside the file, or is one of the folders that it lies in."""
    if name in sys.stdlib_module_names:
        return False
    beside = os.path.join(folders[0], name)
    return (
        os.path.isfile(f"{beside}.py")
        or os.path.isfile(os.path.join(beside, "__init__.py"))
        or any(os.path.basename(folder) == name for folder in folders)
    )


def _terminal(source: Source) -> Iterator[Remark]:
    for node in source.nodes:
        name = source.named(node.func) if isinstance(node, ast.Call) else ""
        if not name and isinstance(node, ast.For):
            name = source.named(node.iter) if source.named(node.iter) == "sys.stdin" else ""
        if name in READERS or name == "sys.stdin":
            message = f"reads standard input ({name}), which is empty in a node"
            yield Remark(source.place(node), message, "take the value as an argument or a file")
            return
