"""Importing without ado, and the command as it is run at a terminal."""

from functools import partial
from io import StringIO

import pytest
from django.core.management import call_command

from support.importing import import_records


@pytest.fixture
def load(db, tmp_path):
    """import_records() into a folder of the test's own."""
    return partial(import_records, tmp_path)


@pytest.fixture
def command(db, capsys):
    """Run a command; gives its exit code, and what it wrote to both streams."""

    def run(*words, **options):
        out = StringIO()
        try:
            call_command(*words, stdout=out, **options)
            code = 0
        except SystemExit as end:
            code = end.code
        written = capsys.readouterr()
        return code, out.getvalue() + written.out, written.err

    return run
