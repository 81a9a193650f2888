"""Does the data of an exercise reject wrong answers? Mutants of its solution tell.

`playground.checking` makes them. `batch` runs many queries in one child; `survivors` puts it
together; `killing` looks for rows that would kill them.
"""

from playground.authoring.mutants.killing import Killer, Mutant, with_rows
from playground.authoring.mutants.survivors import Mutation, killer_of, mutate

__all__ = ["Killer", "Mutant", "Mutation", "killer_of", "mutate", "with_rows"]
