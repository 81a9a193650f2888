"""`python -m bench [NAME …] [--check]`: measure and print the table; see `--help`."""

import argparse
import importlib
import pkgutil
import sys
import traceback
from collections.abc import Sequence

from bench import metrics
from bench.measure import Measurement, Skipped

HEADER = ("metric", "ratio", "measured", "reference", "of", "budget", "")


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status: 0 measured, 1 over budget with `--check`, 2 a metric itself broke."""
    known = [module.name for module in pkgutil.iter_modules(metrics.__path__)]
    parser = argparse.ArgumentParser("python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(known)}")
    parser.add_argument("--check", action="store_true", help="exit 1 where a budget is broken")
    args = parser.parse_args(argv)
    unknown = set(args.names) - set(known)
    if unknown:
        parser.error(f"no such metric: {', '.join(sorted(unknown))}")
    rows: list[Measurement] = []
    broken = False
    for name in args.names or known:
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        try:
            rows += importlib.import_module(f"bench.metrics.{name}").measure()
        except Skipped as reason:
            print(f"{name}: not measured, {reason}", file=sys.stderr)
        except Exception:  # noqa: BLE001  (one broken metric must not hide the others)
            broken = True
            traceback.print_exc()
    show(rows)
    return 2 if broken else int(args.check and any(row.over for row in rows))


def show(rows: list[Measurement]) -> None:
    """Print the table, one line per measurement, columns aligned."""
    lines = [HEADER, *map(_cells, rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADER))]
    for line in lines:
        print(
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        )
        if line is HEADER:
            print("  ".join("-" * width for width in widths))


def _cells(row: Measurement) -> tuple[str, ...]:
    has_reference = bool(row.reference_value)
    verdict = "" if row.budget is None else "over" if row.over else "ok"
    return (
        row.metric,
        f"{row.ratio:.2f}" if has_reference else "",
        f"{row.value:.4g} {row.unit}",
        row.reference,
        f"{row.reference_value:.4g} {row.unit}" if has_reference else "",
        "" if row.budget is None else f"{row.budget:g}" + ("" if has_reference else f" {row.unit}"),
        f"{verdict} {row.note}".strip(),
    )


if __name__ == "__main__":
    sys.exit(main())
