"""What only the engine in the process has: a folder with builds."""

from search.engines.embedded import EmbeddedEngine, storage


def test_old_builds_are_removed_after_a_grace_period(tmp_path):
    engine = EmbeddedEngine(tmp_path)
    engine.rebuild([], lambda things: [])
    first = storage.current(engine.root)
    engine.rebuild([], lambda things: [])
    assert (engine.root / first).exists()
    storage.prune(engine.root, keep_seconds=-1)
    assert not (engine.root / first).exists()
