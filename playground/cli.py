"""The `playground` command: finds the subcommand that was asked for, and imports no other."""


def main(argv: list[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    raise NotImplementedError
