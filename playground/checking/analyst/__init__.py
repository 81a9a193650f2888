"""Reading what learners wrote, in a confined child that runs none of it.

`child` is the code of that child: it parses Python and SQL and sends flat lists of nodes, ranked
queries, mended queries. `analysis` is this side of it: it asks; `tree` is what comes back.
"""
