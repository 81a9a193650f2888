"""Rows that would kill a mutant: `program` looks for them in a child, `find` confirms what it found."""

from playground.authoring.mutants.killing.find import Killer, Mutant, find_killer, with_rows

__all__ = ["Killer", "Mutant", "find_killer", "with_rows"]
