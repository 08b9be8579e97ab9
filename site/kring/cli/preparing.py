"""What stands ready before the site is served: folder, key, translations, database, static files."""

import hashlib
import os
from pathlib import Path
from pkgutil import iter_modules

import structlog


def set_up() -> None:
    """Load the settings and the apps; makes the folder's key and the compiled translations when missing."""
    import django

    from kring.settings import environment as env
    from kring.ui.catalogues import compile_catalogues

    folder = env.data_dir()
    check_writable(folder)
    if not env.text("SECRET_KEY"):
        env.keep_secret(folder)
    compile_catalogues(env.PROJECT_DIR / "locale", folder / "locale")
    django.setup()


def check_writable(folder: Path) -> None:
    """Raises OSError, with the folder's name, when nothing can be written in it."""
    probe = folder / f".writable-{os.getpid()}"
    try:
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(folder)) from None


def missing_migrations() -> list[str]:
    """Migrations on disk that the database doesn't know. Reads names only, which is quick."""
    from django.apps import apps
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    applied = MigrationRecorder(connection).applied_migrations()
    return [
        f"{config.label}.{module.name}"
        for config in apps.get_app_configs()
        for module in iter_modules([str(Path(config.path) / "migrations")])
        if module.name[0] not in "_~" and not module.ispkg and (config.label, module.name) not in applied
    ]


def migrate_if_needed() -> bool:
    """Bring the database to this version; whether that was needed. Several at once wait for each other."""
    from django.core.management import call_command
    from django.db import connection

    if not missing_migrations():
        return False
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_advisory_lock(hashtext('kring migrations'))")
        try:
            call_command("migrate", verbosity=0, interactive=False)
        finally:
            if connection.vendor == "postgresql":
                cursor.execute("SELECT pg_advisory_unlock(hashtext('kring migrations'))")
    return True


def collect_static_if_needed() -> bool:
    """Copy static files to where they are served from, when any of them changed; whether any did."""
    from django.conf import settings
    from django.core.management import call_command

    if getattr(settings, "WHITENOISE_USE_FINDERS", False):
        return False
    mark = settings.DATA_DIR / "static.fingerprint"
    fingerprint = _static_fingerprint()
    if mark.exists() and mark.read_text("ascii") == fingerprint and settings.STATIC_ROOT.is_dir():
        return False
    call_command("collectstatic", verbosity=0, interactive=False)
    mark.write_text(fingerprint, "ascii")
    return True


def build_index_if_missing() -> bool:
    """Let a site be searched from the moment it is ready; whether the index had to be built.

    When that fails the site starts all the same: it says so on the search page, and goes on trying.
    """
    from search.engines import current_engine
    from search.learning import learn
    from search.rebuilding import rebuild

    try:
        engine = current_engine()
        if engine.health().ready:
            return False
        rebuild(engine)
        learn()
    except Exception:
        structlog.get_logger("kring.search").exception("the index could not be built")
        return False
    return True


def _static_fingerprint() -> str:
    """Changes when a static file is added, removed or written."""
    from django.contrib.staticfiles.finders import get_finders

    found = []
    for finder in get_finders():
        for name, storage in finder.list([]):
            stat = Path(storage.path(name)).stat()
            found.append(f"{name} {stat.st_size} {stat.st_mtime_ns}")
    return hashlib.sha256("\n".join(found).encode()).hexdigest()
