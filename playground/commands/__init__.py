"""One file per command: `arguments(parser)`, `run(args, context) -> status`, and an `EXAMPLE`."""
