"""One file per metric, named as `python -m bench NAME` takes it; each has `measure()`."""
