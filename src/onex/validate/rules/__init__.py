"""The rules, one a module, in the order of their codes; a code is never used again."""

from importlib import import_module

from onex.validate.rule import Rule

NAMES = (
    "readable",
    "schema",
    "unknown_key",
    "lifecycle",
    "name_folder",
    "unique_id",
    "version",
    "owner",
    "trust",
    "todo",
    "edition",
    "newer_edition",
    "engines_agree",
    "lock_missing",
    "lock_stale",
    "unlocked_file",
    "tree_missing",
    "tree_malformed",
    "tree_metadata",
    "tree_dangling",
    "tree_cycle",
    "unlisted",
    "stray",
    "tree_unsorted",
    "nested_node",
    "contract",
    "contract_lint",
    "case_conforms",
    "contract_injection",
    "case_missing",
    "executor",
    "entrypoint_target",
    "safe_path",
)
"""The modules of the rules."""

RULES: tuple[Rule, ...] = tuple(import_module(f"{__name__}.{name}").RULE for name in NAMES)
