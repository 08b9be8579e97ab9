#!/usr/bin/env python
"""Django's command line, with `site/` on the path."""

import os
import sys
from pathlib import Path

if __name__ == "__main__":
    root = Path(__file__).resolve().parent
    sys.path[:0] = [str(root / "site"), str(root)]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kring.settings.dev")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
