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
    "dependency_stage",
    "lock_missing",
    "lock_stale",
    "unlocked_file",
    "schema_digest",
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
    "unfulfillable",
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
    "trigger_missing",
    "trigger_cycle",
    "trigger_contract",
    "safe_path",
    "secret",
    "secret_like",
    "secret_file",
    "secret_assigned",
    "deceptive_text",
)
"""The modules of the rules."""

ON_TRIAL = frozenset(
    {
        "word_twins",
        "id_twins",
        "dependency_stage",
        "schema_digest",
        "open_object",
        "unfulfillable",
        "deprecation_notes",
        "deprecation_passed",
        "deprecated_caller",
        "successor",
        "signature",
        "undeclared_network",
        "undeclared_writes",
        "not_deterministic",
        "dependency_trust",
        "trigger_missing",
        "trigger_cycle",
        "trigger_contract",
        "secret_like",
        "secret_file",
        "secret_assigned",
        "deceptive_text",
    }
)
"""The modules of the rules that are previews: most calls do without them, and do not import them."""


def _load(name: str) -> Rule:
    rule: Rule = import_module(f"{__name__}.{name}").RULE
    return rule


SETTLED: tuple[Rule, ...] = tuple(_load(name) for name in NAMES if name not in ON_TRIAL)
"""The rules that are applied unless more is asked for: previews are on trial."""

RULES: tuple[Rule, ...]
"""Every rule that there is; see ``__getattr__``."""


def __getattr__(name: str) -> tuple[Rule, ...]:
    """``RULES``, made when somebody asks: to import the previews takes longer than to judge a node."""
    if name != "RULES":
        message = f"module {__name__} has no attribute {name}"
        raise AttributeError(message)
    rules = globals()[name] = tuple(map(_load, NAMES))
    return rules
