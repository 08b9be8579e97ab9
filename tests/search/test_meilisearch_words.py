"""The words of an index as this process keeps them; no server is asked."""

from search.engines.meilisearch.vocabulary import Known
from search.vocabulary import Vocabulary


def test_words_that_begin_alike_are_named_as_long_as_they_are_few():
    known = Known(Vocabulary({}, 0, 0.0), {}, 0, (), ["lab", "label", "labels", "later", "\u00e9t\u00e9"])
    assert known.beginning("lab", 3) == ["lab", "label", "labels"]
    assert known.beginning("lab", 2) == []
    assert known.beginning("later", 5) == ["later"]
    assert known.beginning("x", 5) == []
