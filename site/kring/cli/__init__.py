"""The command `kring`. This file is understood by old Pythons too, so that it can say what is wrong."""

import sys

OLDEST = (3, 11)


def main():  # type: ignore[no-untyped-def]
    """Run the command line; ends the process."""
    if sys.version_info < OLDEST:
        sys.exit(
            "Kring needs Python %d.%d or newer; this is Python %d.%d. Start it with a newer one."  # noqa: UP031
            % (OLDEST + sys.version_info[:2])
        )
    from .commands import run

    sys.exit(run(sys.argv[1:]))
