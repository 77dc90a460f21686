"""The values that documents hold."""

from typing import TypeAlias

JSON: TypeAlias = "bool | int | float | str | list[JSON] | dict[str, JSON] | None"
"""A value of the JSON data model; numbers are finite, and integers of any size."""
