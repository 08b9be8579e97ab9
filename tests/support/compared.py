"""What an index holds, beside the database."""

from kring.indexing.registry import audience_of, searchables, stamps_of
from search.engines import Query


def found(engine, words, user):
    return {hit.thing for hit in engine.search(Query(words, audience_of(user))).hits}


def in_index(engine):
    return {kind: engine.stamps(kind) for kind in searchables()}


def in_database():
    return {kind: stamps_of(kind) for kind in searchables()}
