"""Put what the tests made into the index that the settings name."""

from search.engines import current_engine
from search.learning import learn
from search.rebuilding import rebuild


def index_all(*, learns: bool = False) -> None:
    """learns: also what is alike, however little there is to learn from."""
    rebuild(current_engine())
    if learns:
        learn(fewest=2)
