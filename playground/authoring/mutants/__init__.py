"""Does the data of an exercise reject wrong answers? Mutants of its solution tell.

`child` is the code of the child that makes them; `maker` is this side of it; `batch` runs many
queries in one child; `survivors` puts it together; `killing` looks for rows that would kill them.
"""

from playground.authoring.mutants.killing import Killer, Mutant, with_rows
from playground.authoring.mutants.survivors import Mutation, killer_of, mutate

__all__ = ["Killer", "Mutant", "Mutation", "killer_of", "mutate", "with_rows"]
