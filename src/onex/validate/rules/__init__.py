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
    "word_twins",
    "id_twins",
    "dependency_missing",
    "dependency_cycle",
    "dependency_version",
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
    "folder_twins",
    "contract",
    "contract_lint",
    "case_conforms",
    "contract_injection",
    "case_missing",
    "open_object",
    "shared_file",
    "deprecation_notes",
    "deprecation_passed",
    "deprecated_caller",
    "successor",
    "lifecycle_move",
    "node_gone",
    "version_raised",
    "version_back",
    "uuid_kept",
    "waiver_code",
    "waiver_expired",
    "waiver_unused",
    "executor",
    "entrypoint_target",
    "target_parses",
    "target_function",
    "signature",
    "script_start",
    "undeclared_network",
    "undeclared_writes",
    "not_deterministic",
    "dependency_trust",
    "safe_path",
    "secret",
    "secret_like",
)
"""The modules of the rules."""

RULES: tuple[Rule, ...] = tuple(import_module(f"{__name__}.{name}").RULE for name in NAMES)
"""Every rule that there is."""

SETTLED: tuple[Rule, ...] = tuple(rule for rule in RULES if not rule.preview)
"""The rules that are applied unless more is asked for: previews are on trial."""
