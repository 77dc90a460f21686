"""Nodes made for one test, and a runtime that holds every fact and result to its schema."""

import json
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from onex.core import node as nodes
from onex.core import snapshot
from onex.core.node import Node
from onex.results.execution import fold
from onex.results.volatile import strip
from onex.runtime.runtime import ONEXRuntime
from onex_contract import registry

ANYTHING = {"type": "object"}
PYTHON = {"type": "python", "target": "node.py:run"}
EMPTY_STREAM = {"bytes": 0, "truncated": False, "text": ""}


def make_node(
    folder, files=None, *, entrypoint=None, state_in=None, state_out=None, **members
) -> Node:
    """A locked draft ``t.<folder's name>``; a file whose text begins with `#!` is executable."""
    os.makedirs(folder, exist_ok=True)
    for name, text in (files or {}).items():
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        data = text if isinstance(text, bytes) else text.encode()
        with open(path, "wb") as file:
            file.write(data)
        if data.startswith(b"#!"):
            os.chmod(path, stat.S_IRWXU)
    document = _document(os.path.basename(folder), entrypoint or PYTHON, members)
    document.setdefault(
        "state_contract",
        {
            "contract_version": "1.0.0",
            "input": state_in or ANYTHING,
            "output": state_out or ANYTHING,
        },
    )
    _write(folder, document)
    found = snapshot.take(nodes.load(str(folder)))
    _write(folder, {"files": found.files, "hash": found.hash, **document})
    return nodes.load(str(folder))


def python_node(folder, source, **members) -> Node:
    """A Python node with ``source`` in node.py."""
    return make_node(folder, {"node.py": source}, **members)


def script_node(folder, script, *, args=(), output=None, **members) -> Node:
    """A command node around a shell script of its own."""
    entrypoint = {"type": "cli", "target": "tool", "args": list(args)}
    if output is not None:
        entrypoint["output"] = output
    return make_node(folder, {"tool": f"#!/bin/sh\n{script}\n"}, entrypoint=entrypoint, **members)


class Bench:
    """A runtime whose facts are kept and judged."""

    def __init__(self, **options) -> None:
        self.facts: list[Any] = []
        self.runtime = ONEXRuntime(self.facts.append, **options)

    def execute(self, node, state=..., **options) -> dict[str, Any]:
        """The result, after holding it and its facts to their schemas (ONEX-M2-11)."""
        before = len(self.facts)
        result = self.runtime.execute(node, {} if state is ... else state, **options)
        self.judge(self.facts[before:])
        assert_valid("execution_result", result)
        assert fold(self.facts)[-1] == result
        return result

    def judge(self, facts) -> None:
        """Hold facts to their schema."""
        for fact in facts:
            assert_valid("fact", fact)
        assert [fact["kind"] for fact in facts].count("unit_finished") == 1


@contextmanager
def bench(**options) -> Iterator[Bench]:
    """A runtime for a test, closed at its end."""
    made = Bench(**options)
    with made.runtime:
        yield made


def run_once(node, state=..., **options) -> dict[str, Any]:
    """One execution in a runtime of its own."""
    with bench() as made:
        return made.execute(node, state, **options)


def assert_valid(schema, value) -> None:
    """Fail with everything that the canonical schema has against ``value``."""
    assert [error.message for error in registry.validator(schema).iter_errors(value)] == []


def steady(result) -> Any:
    """A result without what differs between two equal runs."""
    return strip(result, "execution_result")


def alive(marker) -> list[str]:
    """The processes whose command line or environment names ``marker``, but for this one."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with (
                open(f"/proc/{pid}/cmdline", "rb") as line,
                open(f"/proc/{pid}/environ", "rb") as env,
            ):
                text = line.read() + env.read()
            with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
                state = file.read().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if str(marker).encode() in text and state != "Z" and int(pid) != os.getpid():
            found.append(pid)
    return found


def children() -> set[int]:
    """The processes that this one has started and not collected."""
    return {
        int(pid) for pid in filter(str.isdigit, os.listdir("/proc")) if _parent(pid) == os.getpid()
    }


def _parent(pid) -> int:
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
            return int(file.read().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def _document(name, entrypoint, members) -> dict[str, Any]:
    snapshot = dict.fromkeys(("score", "lower", "as_of", "head"))
    return {
        "metadata_version": "1.0.0",
        "name": name,
        "namespace": "t",
        "version": "1.0.0",
        "uuid": "00000000-0000-5000-8000-000000000000",
        "description": "Made for a test.",
        "owner": "tests",
        "lifecycle": "draft",
        "entrypoint": entrypoint,
        "trust": {
            "policy": "default",
            "minimum": None,
            "snapshot": {**snapshot, "samples": 0, "level": "unrated"},
        },
        **members,
    }


def _write(folder, document) -> None:
    with open(os.path.join(folder, "node.onex"), "w", encoding="utf-8") as file:
        json.dump(document, file, indent=2)
