"""What lives with the learner's code: namespace, SQL capture, result.

A child process loads this folder and `confine` beside it by their path as the package `sandbox`
(see `launch.BOOT`), under `python -I -S` with nothing else of the project importable. Its modules
therefore import the standard library, SQLAlchemy and each other, relatively, and nothing more.
Whatever they answer is a claim: the learner's code shares their memory.
"""
