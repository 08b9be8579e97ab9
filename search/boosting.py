"""What lifts a thing a little above others that fit as well, and never above a clearly better text."""

import math
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

# Boosts are shares of the score of the text.
KINDS = {"lesson": 0.02, "article": 0.02, "question": 0.01}
TRUST = 0.06
FRESHNESS, HALF_LIFE_DAYS = 0.03, 730
APPLICATIONS, MANY_APPLICATIONS = 0.03, 10
OWN_COMMUNITY = 0.04


class Lifted(Protocol):
    """What a boost looks at. prior: 0 to 1. applied: how often a lesson was put to use."""

    @property
    def kind(self) -> str: ...
    @property
    def community(self) -> str: ...
    @property
    def prior(self) -> float: ...
    @property
    def updated_at(self) -> datetime | None: ...
    @property
    def applied(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks. communities: primary keys as text of those they are a member of."""

    communities: frozenset[str] = frozenset()


NOBODY = Reader()


def boosts(candidate: Lifted, reader: Reader = NOBODY, now: datetime | None = None) -> dict[str, float]:
    """Shares of the text's score that are added to it, each of a few hundredths at most."""
    found = {"kind": KINDS.get(candidate.kind, 0.0), "trust": TRUST * min(max(candidate.prior, 0.0), 1.0)}
    if now and candidate.updated_at:
        days = max((now - candidate.updated_at).total_seconds() / 86_400, 0.0)
        found["freshness"] = FRESHNESS * 0.5 ** (days / HALF_LIFE_DAYS)
    if candidate.applied > 0:
        used = math.log1p(candidate.applied) / math.log1p(MANY_APPLICATIONS)
        found["applications"] = APPLICATIONS * min(used, 1.0)
    if candidate.community and candidate.community in reader.communities:
        found["own community"] = OWN_COMMUNITY
    return {name: share for name, share in found.items() if share}
