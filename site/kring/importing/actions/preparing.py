"""An empty database is made ready; one of another version is refused."""

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from .reading import UnusableError


def prepare_database() -> None:
    """Migrate a database without tables; raises UnusableError when it belongs to another version."""
    if not connection.introspection.table_names():
        call_command("migrate", verbosity=0, interactive=False)
        return
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise UnusableError(
            _("The database is of another version than this program. Start the site once, or run migrate.")
        )
