"""Put what the tests made into the index that the settings name."""

from search.engines import current_engine
from search.rebuilding import rebuild


def index_all() -> None:
    rebuild(current_engine())
