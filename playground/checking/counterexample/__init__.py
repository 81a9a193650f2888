"""The smallest database on which an answer differs from what was asked.

`program` shrinks it, in a child that runs two queries and no code of a learner; `find` asks for it,
and shows nothing that real runs of the solution and the answer do not confirm.
"""

from playground.checking.counterexample.find import find_counterexample

__all__ = ["find_counterexample"]
