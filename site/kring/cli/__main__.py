"""`python -m kring.cli`."""

from . import main

main()
