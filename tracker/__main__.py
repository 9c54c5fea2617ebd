"""The command `tracker`, also as `python -m tracker`."""

import sys


def main() -> int:
    """Run the command line; returns its exit code. Ctrl-C while its modules are imported ends it without a word."""
    try:
        from tracker.cli import main as run
    except KeyboardInterrupt:
        return 130
    return run()


if __name__ == "__main__":
    sys.exit(main())
