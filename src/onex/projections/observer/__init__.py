"""[004] Observer report, `report.jsonl`: how it is written, and how it is read."""

from onex.projections.observer.read import ReportError, check_frame, complete, read
from onex.projections.observer.write import (
    case_id,
    exit_code,
    golden_records,
    records,
    to_jsonl,
)

__all__ = [
    "ReportError",
    "case_id",
    "check_frame",
    "complete",
    "exit_code",
    "golden_records",
    "read",
    "records",
    "to_jsonl",
]
