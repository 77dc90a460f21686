"""What onex raises when it cannot, or will not, do what was asked.

    OnexError                  could not, or would not: exit status 2
    ├── DocumentError          a file cannot be read as the document it should be; knows the place
    │   ├── ConflictError      a file holds a merge that git left to a person
    │   └── LockMismatchError  a node is not what its lock says
    ├── NodeNotFoundError      no `.tree` leads to a node of that id
    ├── WorkspaceError         no workspace here, or one that cannot be used
    ├── RefusedError           onex could, but will not: a gate, a policy, a path that leaves its folder
    ├── MissingExtraError      an optional package is wanted that is not installed
    └── UsageError             the words of the request are off

A finding is a value (see ``onex_types.finding``); these are for what stops the work itself.
"""


class OnexError(Exception):
    """Something stopped the work; ``help`` says what to do about it, if anything."""

    def __init__(self, message: str, *, help: str | None = None) -> None:  # noqa: A002
        super().__init__(message)
        self.message = message
        self.help = help


class DocumentError(OnexError):
    """A file cannot be read as the document that it should be.

    Args:
        path: the file.
        problem: what was expected and what was found, without the place.
        line: from 1.
        column: in characters, from 1.
        pointer: the JSON pointer of the value, where there is one.
        help: the next step.
    """

    def __init__(  # noqa: PLR0913
        self,
        path: str,
        problem: str,
        *,
        line: int = 1,
        column: int = 1,
        pointer: str = "",
        help: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(f"{path}:{line}:{column}: {problem}", help=help)
        self.path = path
        self.problem = problem
        self.line = line
        self.column = column
        self.pointer = pointer


class ConflictError(DocumentError):
    """A file holds a merge that git left to a person."""


class LockMismatchError(DocumentError):
    """A node is not what its lock says."""


class NodeNotFoundError(OnexError):
    """No `.tree` leads to a node of that id."""


class WorkspaceError(OnexError):
    """There is no workspace here, or it cannot be used."""


class RefusedError(OnexError):
    """onex could do it, but will not."""


class MissingExtraError(OnexError):
    """An optional package is wanted that is not installed.

    Args:
        what: what needs it.
        extra: the extra of onex that brings it.
    """

    def __init__(self, what: str, extra: str) -> None:
        install = f"pip install 'onex-contracts[{extra}]'"
        super().__init__(f"{what} needs the '{extra}' extra", help=install)
        self.extra = extra


class UsageError(OnexError):
    """The words of the request are off."""
