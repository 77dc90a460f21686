"""Run ids: `<utc>__<pipeline id>__<sha7>` (OVC-02), which are also the names of run folders."""

import re
from datetime import UTC, datetime

_RUN_ID = re.compile(r"(\d{8}T\d{6}Z)__([A-Za-z0-9-]+)__([a-f0-9]{7})", re.ASCII).fullmatch
_MOMENT = "%Y%m%dT%H%M%SZ"


def format_run_id(at_us: int, pipeline_id: str, sha7: str) -> str:
    """The id of a run that started ``at_us`` microseconds after the epoch."""
    start = datetime.fromtimestamp(at_us // 1_000_000, UTC)
    return f"{start:{_MOMENT}}__{pipeline_id}__{sha7}"


def parse_run_id(text: str) -> tuple[int, str, str] | None:
    """Start in microseconds, pipeline id and commit of a run id; None when it is none."""
    found = _RUN_ID(text)
    if found is None:
        return None
    try:
        start = datetime.strptime(found[1], _MOMENT).replace(tzinfo=UTC)
    except ValueError:
        return None
    return int(start.timestamp()) * 1_000_000, found[2], found[3]


def pipeline_id_of(name: str) -> str:
    """A name, such as the id of a node, as a pipeline id, which knows no dots and no underscores."""
    return re.sub(r"[^A-Za-z0-9]", "-", name) or "-"
