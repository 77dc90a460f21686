"""The second engine: what fails under jsonschema-rs is judged by `jsonschema` too.

Two engines that disagree mean that one of them is wrong, and a gate must not hide which. It is
asked only about what failed, and only with onex's own schemas, so it costs nothing on good input.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import cast

import jsonschema
from jsonschema.protocols import Validator as ValidatorProtocol
from jsonschema.validators import extend

from onex.core.document import JSON
from onex_contract import registry


def accepts(name: str, value: JSON) -> bool:
    """Whether the reference engine accepts ``value`` under the canonical schema ``name``."""
    return _validator(name).is_valid(value)


@cache
def _validator(name: str) -> ValidatorProtocol:
    kind = extend(jsonschema.Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]
    return cast("ValidatorProtocol", kind(registry.schema(name)))


def _pattern(
    _: ValidatorProtocol, pattern: str, instance: JSON, __: JSON
) -> Iterator[jsonschema.ValidationError]:
    """The keyword `pattern` as ECMA-262 has it: in Python, `$` matches before a last line end too."""
    ecma = re.sub(r"(?<!\\)\$", r"\\Z", pattern)
    if isinstance(instance, str) and re.search(ecma, instance) is None:
        yield jsonschema.ValidationError(f"{instance!r} does not match {pattern!r}")
