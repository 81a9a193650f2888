"""Does the data of an exercise reject wrong answers? Mutants of its solution tell.

`child` is the code of the child that makes them; `maker` is this side of it; `batch` runs many
queries in one child; `survivors` puts it together.
"""

from playground.authoring.mutants.survivors import Mutation, mutate

__all__ = ["Mutation", "mutate"]
