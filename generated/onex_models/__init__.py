# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.
"""Frozen Pydantic models of every onex document, one module per schema."""
