"""Confining the current process so that code which nobody vouches for can do no harm (Linux).

Uses the standard library alone and names nothing of `playground`, since it runs inside the
processes that it confines. Call `apply` before any foreign code; what each promise means, and how
it is tested, is told in `docs/isolation.md`.
"""

from __future__ import annotations

from .confining import apply, limit, probe
from .limits import address_space, directory_usage, threads_of, unlinked_bytes
from .plan import Capabilities, ConfinementError, Plan, Stage
from .readable import LEARNER_PACKAGES, readable_paths

__all__ = [
    "LEARNER_PACKAGES",
    "Capabilities",
    "ConfinementError",
    "Plan",
    "Stage",
    "address_space",
    "apply",
    "directory_usage",
    "limit",
    "probe",
    "readable_paths",
    "threads_of",
    "unlinked_bytes",
]
