"""The building blocks of tantivy's queries."""

from collections.abc import Iterable, Sequence
from typing import Any

from tantivy import Occur
from tantivy import Query as Clause

from .schema import FIELDS, SCHEMA


def term(name: str, value: str) -> Any:
    return Clause.term_query(SCHEMA, name, value, "basic")


def any_of(name: str, values: Any) -> Any:
    return Clause.term_set_query(SCHEMA, name, sorted(values))


def together(name: str, phrase: Sequence[str]) -> Any:
    """These words one after the other; one word as it is."""
    return Clause.phrase_query(SCHEMA, name, list(phrase)) if len(phrase) > 1 else term(name, phrase[0])


def either(clauses: Iterable[Any], least: int | None = None) -> Any:
    parts = [(Occur.Should, clause) for clause in clauses]
    return Clause.boolean_query(parts) if least is None else Clause.boolean_query(parts, least)


def both(clauses: Iterable[Any]) -> Any:
    return Clause.boolean_query([(Occur.Must, clause) for clause in clauses])


def filtered(clause: Any, filters: Sequence[Any], without: Sequence[Any] = ()) -> Any:
    """The clause, where all filters fit and none of `without`; filters don't score."""
    parts = [(Occur.Must, clause)]
    parts += [(Occur.Must, Clause.const_score_query(one, 0.0)) for one in filters]
    parts += [(Occur.MustNot, one) for one in without]
    return Clause.boolean_query(parts)


def phrase_in_whole(phrase: Sequence[str]) -> Any:
    """These words one after the other in the title or body of a thing."""
    return either(together(name, phrase) for name in FIELDS)
