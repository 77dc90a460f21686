# Generated from schemas/ by tools/codegen: change the schema, then `make generate`.
"""Types of every onex document as plain dictionaries, one module per schema."""
