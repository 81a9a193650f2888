"""Whether the statements that a run says it sent give what it says they gave."""

from playground.checking.evidence.judge import with_evidence

__all__ = ["with_evidence"]
