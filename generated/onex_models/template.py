# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.

from __future__ import annotations

from typing import Annotated, Any

from onex_contract.model import ContractModel
from pydantic import MISSING, ConfigDict, Field


class TemplateFile(ContractModel):
    """One file that the template makes."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    source: Annotated[
        str,
        Field(
            max_length=1024,
            pattern="^(?:[^/\\\\:~.\\x00-\\x1f\\x7f][^/\\\\:\\x00-\\x1f\\x7f]*|\\.[^/\\\\:.\\x00-\\x1f\\x7f][^/\\\\:\\x00-\\x1f\\x7f]*|\\.\\.[^/\\\\:\\x00-\\x1f\\x7f]+)(?:/(?:[^/\\\\:~.\\x00-\\x1f\\x7f][^/\\\\:\\x00-\\x1f\\x7f]*|\\.[^/\\\\:.\\x00-\\x1f\\x7f][^/\\\\:\\x00-\\x1f\\x7f]*|\\.\\.[^/\\\\:\\x00-\\x1f\\x7f]+))*$",
        ),
    ]
    """The file to render, relative to the template's folder."""
    executable: bool = False
    """Whether the new file may be executed."""


class TakenFile(ContractModel):
    """What becomes of a file that the caller hands over."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    path: Annotated[str, Field(max_length=1024, min_length=1)]
    """Its path in the new node; a Jinja2 template, too, for example `{{ answers.file }}`."""
    executable: bool = False
    """Whether it may be executed there."""


class Template(ContractModel):
    """What a scaffold node's template makes, `templates/<name>/template.json`."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
    )
    version: Annotated[
        str,
        Field(
            max_length=128,
            pattern="^(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)(-((0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)(\\.(0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*))*))?(\\+[0-9a-zA-Z-]+(\\.[0-9a-zA-Z-]+)*)?$",
        ),
    ]
    """The version of the template."""
    description: Annotated[str, Field(min_length=1)]
    """What the template makes, in one line."""
    answers: dict[str, Any]
    """The JSON Schema 2020-12 of the answers that the template needs; its `default` values fill in the rest."""
    files: Annotated[dict[str, TemplateFile], Field(min_length=1)]
    """The files that it makes: the path in the new node, and the Jinja2 source beside template.json that is rendered to it."""
    takes: TakenFile | None = None
    """What becomes of the file that the caller hands over as `source`; null when the template takes none."""
    copies: list[str] | MISSING = MISSING
    """Files and folders of the scaffold node itself that are copied into the new node as they are; what makes a scaffold node that can scaffold in turn."""
