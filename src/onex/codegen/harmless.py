"""The last gate of generated code: it defines classes, and does nothing else.

Whatever a contract holds, and whatever the generator makes of it, a module that imports something
else, calls something, or computes something, is not written.
"""

import ast

from onex.errors import RefusedError

IMPORTS = frozenset({"__future__", "typing", "pydantic", "onex_contract.state"})
CALLS = frozenset({"Field", "ConfigDict"})
METHODS = frozenset({"model_rebuild"})
PLAIN = (
    *(ast.Module, ast.Expr, ast.Constant, ast.alias, ast.ClassDef, ast.AnnAssign, ast.Assign),
    *(ast.Name, ast.Load, ast.Store, ast.Subscript, ast.Tuple, ast.BinOp, ast.BitOr, ast.keyword),
)


def require_harmless(name: str, module: ast.Module) -> None:
    """Refuse a module that does more than define classes.

    Raises:
        RefusedError: it does.
    """
    for part in ast.walk(module):
        if not _is_harmless(part):
            message = f"{name}: its contract would become code that does more than name types"
            raise RefusedError(message, help="please report it; nothing was written")


def _is_harmless(part: ast.AST) -> bool:
    match part:
        case ast.ImportFrom(module=module, level=0):
            fits = module in IMPORTS
        case ast.Call(func=ast.Name(id=called)):
            fits = called in CALLS
        case ast.Call(func=ast.Attribute(attr=called), args=[], keywords=[]):
            fits = called in METHODS
        case ast.Attribute(value=ast.Name(), attr=attribute):
            fits = attribute in {*METHODS, "contract"}
        case ast.ClassDef(decorator_list=decorators):
            fits = not decorators
        case _:
            fits = isinstance(part, PLAIN)
    return fits
