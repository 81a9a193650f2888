"""Reading what learners wrote, in a confined child that runs none of it.

`program` is the code of that child: it parses Python and SQL and sends flat lists of nodes.
`analysis` is this side of it: it asks, and makes `Tree`s of what comes back.
"""
