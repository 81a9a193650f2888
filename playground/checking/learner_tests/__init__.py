"""Answers that are tests: run by pytest in the child, on a good program and on wrong ones.

`program` is what runs there; `exercise` is how an exercise of that kind is run and judged.
"""
