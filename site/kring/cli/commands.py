"""The commands of `kring`, each a thin hand to what does the work."""

import os
import sys
from collections.abc import Callable
from importlib.metadata import version

from .faults import Stop, explain

PRODUCTION, DEMO = "kring.settings.production", "kring.settings.dev"
INTERRUPTED = 130


def _demo(words: list[str]) -> int:
    """the site with invented content, for you alone"""
    from .serving import serve_demo

    _no_words("demo", words)
    os.environ["DJANGO_SETTINGS_MODULE"] = DEMO
    return serve_demo()


def _run(words: list[str]) -> int:
    """the site for real use"""
    from .serving import serve_site

    _no_words("run", words)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", PRODUCTION)
    return serve_site()


def _check(words: list[str]) -> int:
    """say what is wrong with the set-up; 1 when something must be mended"""
    from .checking import check_setup

    _no_words("check", words)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", PRODUCTION)
    return check_setup()


def _worker(words: list[str]) -> int:
    """background tasks in a process of their own, beside web processes on PostgreSQL"""
    from .preparing import set_up

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", PRODUCTION)
    set_up()
    from django.conf import settings

    from kring.worker.folder import hold_folder, uses_sqlite

    if uses_sqlite():
        hold_folder(settings.DATA_DIR)
        words = [*words, "--alone"]
    return _manage(["run_worker", *words])


def _manage(words: list[str]) -> int:
    """any command of Django's; `kring manage help` lists them"""
    from .preparing import set_up

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", PRODUCTION)
    set_up()
    from django.core.management import ManagementUtility

    utility = ManagementUtility(["kring manage", *words])
    utility.execute()
    return 0


def _through(command: str, about: str) -> Callable[[list[str]], int]:
    def run_it(words: list[str]) -> int:
        return _manage([command, *words])

    run_it.__doc__ = about
    return run_it


def _no_words(name: str, words: list[str]) -> None:
    if words:
        raise Stop(
            f"`kring {name}` takes nothing more; PORT, HOST and KRING_DATA are set in the environment."
        )


COMMANDS: dict[str, tuple[str, Callable[[list[str]], int]]] = {
    "demo": ("", _demo),
    "run": ("", _run),
    "check": ("", _check),
    "import": ("KIND FILE…", _through("import_content", "content from JSON lines")),
    "load": ("FOLDER", _through("load_folder", "a folder of such files, in the right order")),
    "reindex": ("[--anew]", _through("reindex", "build the search index anew, or go on with that")),
    "search-check": (
        "",
        _through("search_check", "compare the search index with the database, and mend it"),
    ),
    "worker": ("", _worker),
    "manage": ("COMMAND…", _manage),
}


def _usage() -> str:
    lines = [
        f"  kring {f'{name} {words}':<22}{command.__doc__ or ''}"
        for name, (words, command) in COMMANDS.items()
    ]
    return "\n".join(
        [
            f"Kring {version('kring')}. Commands:",
            "",
            *lines,
            "",
            "PORT, HOST and KRING_DATA (the folder with everything) are set in the environment, as are all",
            "other settings: docs/operations.md.",
        ]
    )


def run(words: list[str]) -> int:
    """Run one command; returns the exit code. What a person can mend is one line, without a traceback."""
    if not words or words[0] in {"help", "-h", "--help"}:
        print(_usage())
        return 0
    if words[0] == "--version":
        print(version("kring"))
        return 0
    if words[0] not in COMMANDS:
        print(f"kring: there is no command {words[0]}. `kring help` shows them all.", file=sys.stderr)
        return 2
    try:
        return COMMANDS[words[0]][1](words[1:])
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return INTERRUPTED
    except Exception as error:
        line = explain(error)
        if line is None:
            raise
        print(line, file=sys.stderr)
        return 1
