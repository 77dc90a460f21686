"""Gates: what fails a run although all of its units succeed (ONEX-R-13)."""

from onex.results import facts, run_facts
from onex_types.common import Error, RunPolicy
from onex_types.fact import PlanItem, UnitChecked
from onex_types.run import Coverage

COVERAGE: PlanItem = run_facts.plan_item("gate", "coverage", "gate")


def planned(policy: RunPolicy) -> list[PlanItem]:
    """The gates that a policy asks for, as items of the plan."""
    return [] if policy["minimum_coverage_required"] is None else [COVERAGE]


def coverage_gate(
    at_us: int, unit: int, policy: RunPolicy, coverage: Coverage | None
) -> UnitChecked:
    """Whether as many active nodes were really executed as the policy demands.

    Args:
        at_us: when this is decided.
        unit: the gate's place in the plan.
        policy: demands a minimum.
        coverage: what was reached; without it, or without active nodes, the gate stays shut.
    """
    minimum = policy["minimum_coverage_required"] or 0
    active, covered = (coverage["active"], coverage["covered"]) if coverage else (0, 0)
    percent = coverage["percent"] if coverage else None
    if active and covered * 100 >= minimum * active:
        detail = (
            f"{covered} of {active} active nodes were executed: {percent} %, at least {minimum} %"
        )
        return facts.unit_checked(at_us, unit, item=COVERAGE, status="success", detail=detail)
    reached = (
        f"{covered} of {active} active nodes were executed: {percent} %"
        if active
        else "there are no active nodes"
    )
    message = f"{reached}, below the {minimum} % that the policy demands"
    error: Error = {
        "code": "coverage-gate",
        "message": message,
        "details": {"active": active, "covered": covered, "minimum": minimum},
        "hint": "run the other active nodes too, or lower minimum_coverage_required",
    }
    return facts.unit_checked(
        at_us, unit, item=COVERAGE, status="failure", reason=error["code"], error=error
    )
