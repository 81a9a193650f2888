"""A statement of a run, looked at more closely: the database's plan, and how other systems write it.

Both are asked of a confined child; nothing is sent or parsed in this process.
"""

from playground.checking.closer.plan import Plan, PlanStep, plan_code, plan_of, plan_told
from playground.checking.closer.written import Written, written_by_others

__all__ = ["Plan", "PlanStep", "Written", "plan_code", "plan_of", "plan_told", "written_by_others"]
