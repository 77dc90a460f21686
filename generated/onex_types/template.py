# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import Any, NotRequired, TypedDict


class TemplateFile(TypedDict):
    """One file that the template makes."""

    source: str
    """The file to render, relative to the template's folder."""
    executable: NotRequired[bool]
    """Whether the new file may be executed."""


class TakenFile(TypedDict):
    """What becomes of a file that the caller hands over."""

    path: str
    """Its path in the new node; a Jinja2 template, too, for example `{{ answers.file }}`."""
    executable: NotRequired[bool]
    """Whether it may be executed there."""


class Template(TypedDict):
    """What a scaffold node's template makes, `templates/<name>/template.json`."""

    version: str
    """The version of the template."""
    description: str
    """What the template makes, in one line."""
    answers: dict[str, Any]
    """The JSON Schema 2020-12 of the answers that the template needs; its `default` values fill in the rest."""
    files: dict[str, TemplateFile]
    """The files that it makes: the path in the new node, and the Jinja2 source beside template.json that is rendered to it."""
    takes: NotRequired[TakenFile | None]
    """What becomes of the file that the caller hands over as `source`; null when the template takes none."""
    copies: NotRequired[list[str]]
    """Files and folders of the scaffold node itself that are copied into the new node as they are; what makes a scaffold node that can scaffold in turn."""
