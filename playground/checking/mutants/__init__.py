"""Wrong programs made of a right one, to ask of a test whether it notices."""

from playground.checking.mutants.maker import Mutant, mutants_of

__all__ = ["Mutant", "mutants_of"]
