"""SARIF 2.1.0: a result for each finding, at its line and column; the rules with their pages."""

from urllib.parse import quote

from onex.core.canonical import golden_bytes
from onex.core.sarif import SCHEMA, message
from onex.core.text import printable
from onex.core.values import JSON
from onex.validate.editions import is_preview, severity_in
from onex.validate.engine import Verdict
from onex.validate.fingerprint import fingerprints
from onex.validate.rule import Rule
from onex.validate.rules import RULES
from onex_types.finding import Finding, Fix

FINGERPRINT = "onexFinding/v1"
"""The name of our fingerprint; another way to take it is another version."""


def sarif(verdict: Verdict, version: str) -> str:
    """The verdict as a SARIF log.

    Args:
        verdict: the verdict.
        version: that of onex.
    """
    waived = [finding for finding, _ in verdict.waived]
    findings = [*verdict.findings, *waived]
    codes = {finding["code"] for finding in findings}
    rules = [rule for rule in RULES if rule.code in codes]
    numbers = {rule.code: number for number, rule in enumerate(rules)}
    results = [
        _result(finding, numbers[finding["code"]], identity)
        for finding, identity in zip(findings, fingerprints(findings), strict=True)
    ]
    for result, (_, waiver) in zip(results[len(verdict.findings) :], verdict.waived, strict=True):
        why = message(f"{waiver['reason']} (until {waiver['expires']})", waiver["expires"])
        result["suppressions"] = [{"kind": "inSource", "justification": why}]
    one: dict[str, JSON] = {
        "tool": {
            "driver": {
                "name": "onex",
                "version": version,
                "rules": [_rule(rule, verdict.edition) for rule in rules],
            }
        },
        # Columns of findings count characters.
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True}],
        "results": [*results],
    }
    log: JSON = {"$schema": SCHEMA, "version": "2.1.0", "runs": [one]}
    return golden_bytes(log).decode() + "\n"


def _rule(rule: Rule, edition: str) -> JSON:
    page = f"{rule.why}\n\nFix: {rule.fix}"
    code = f"{rule.why}\n\nBad:\n\n```yaml\n{rule.bad.strip()}\n```\n\nGood:\n\n```yaml\n{rule.good.strip()}\n```\n\nFix: {rule.fix}"
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.purpose},
        "fullDescription": {"text": f"{rule.purpose} {rule.why}"},
        "help": {"text": page, "markdown": code},
        "defaultConfiguration": {"level": severity_in(rule, edition)},
        "properties": {"edition": rule.edition, "preview": is_preview(rule, edition)},
    }


def _result(finding: Finding, rule: int, identity: str) -> dict[str, JSON]:
    region: dict[str, JSON] = {"startLine": finding["line"], "startColumn": finding["column"]}
    if finding["snippet"]:
        region["snippet"] = {"text": finding["snippet"]}
    location: dict[str, JSON] = {
        "physicalLocation": {
            "artifactLocation": {"uri": _uri(finding["path"])},
            "region": region,
        }
    }
    if finding["node_id"]:
        name = printable(finding["node_id"])
        location["logicalLocations"] = [{"fullyQualifiedName": name, "kind": "node"}]
    result: dict[str, JSON] = {
        "ruleId": finding["code"],
        "ruleIndex": rule,
        "level": finding["severity"],
        "message": {"text": message(_told(finding), finding["rule"])},
        "locations": [location],
        "partialFingerprints": {FINGERPRINT: identity},
        "properties": {"fixable": finding["fixable"], "pointer": printable(finding["pointer"])},
    }
    fix = finding.get("fix")
    if fix and fix["edits"]:
        result["fixes"] = [_fix(fix, _uri(finding["path"]))]
    return result


def _fix(fix: Fix, uri: str) -> JSON:
    """The edits of a fix as replacements in its file."""
    replacements: list[JSON] = [
        {
            "deletedRegion": {
                "startLine": edit["line"],
                "startColumn": edit["column"],
                "endLine": edit["end_line"],
                "endColumn": edit["end_column"],
            },
            "insertedContent": {"text": edit["text"]},
        }
        for edit in fix["edits"]
    ]
    change: JSON = {"artifactLocation": {"uri": uri}, "replacements": replacements}
    return {
        "description": {"text": printable(fix["message"])},
        "artifactChanges": [change],
        "properties": {"applicability": fix["applicability"]},
    }


def _told(finding: Finding) -> str:
    if not finding["help"]:
        return finding["message"]
    return f"{finding['message'].rstrip('.')}; help: {finding['help']}"


def _uri(path: str) -> str:
    """The path as a reference: relative to where the command ran, or from the root."""
    name = quote(path.encode(errors="surrogateescape"))
    return f"file://{name}" if name.startswith("/") else name
