"""Pairing people: by twos, three where the number is odd, at the least cost.

A round starts from a random arrangement. As long as it costs something, people of a group that costs change
places with people of others whenever that makes the whole cheaper; several arrangements are tried, and the
cheapest stays. This is no exact matching, but one that costs nothing is found where there are many, and
people who may never meet are never together.
"""

from collections.abc import Callable
from random import Random

Cost = Callable[[int, int], float]
Groups = list[list[int]]

NEVER = 10**9
TRIES = 60


def pair_up(people: list[int], cost: Cost, seed: int) -> Groups:
    """Groups of two, and one of three where the number is odd. The same seed gives the same groups.

    cost: of having two people together, the same both ways; NEVER for those who may not meet. Whoever fits
    nowhere is left out.
    """
    if len(people) < 2:
        return []
    chance = Random(seed)  # noqa: S311
    best: Groups = []
    for _ in range(TRIES):
        groups = _arranged(people, chance)
        _improve(groups, cost, chance)
        if not best or _total(groups, cost) < _total(best, cost):
            best = groups
        if _total(best, cost) == 0:
            break
    return _without_never(best, cost)


def _arranged(people: list[int], chance: Random) -> Groups:
    order = chance.sample(sorted(people), len(people))
    groups = [order[place : place + 2] for place in range(0, len(order) - 1, 2)]
    if len(order) % 2:
        groups[0].append(order[-1])
    return groups


def _improve(groups: Groups, cost: Cost, chance: Random) -> None:
    """Let people change places until no change between a group that costs and another helps."""
    changed = True
    while changed:
        costly = [group for group in groups if _of(group, cost)]
        chance.shuffle(costly)
        changed = any(_change(group, groups, cost, chance) for group in costly)


def _change(group: list[int], groups: Groups, cost: Cost, chance: Random) -> bool:
    """The first change of places that makes both groups together cheaper; whether there was one."""
    for other in chance.sample(groups, len(groups)):
        if other is group:
            continue
        before = _of(group, cost) + _of(other, cost)
        for one in range(len(group)):
            for two in range(len(other)):
                group[one], other[two] = other[two], group[one]
                if _of(group, cost) + _of(other, cost) < before:
                    return True
                group[one], other[two] = other[two], group[one]
    return False


def _of(group: list[int], cost: Cost) -> float:
    return sum(cost(one, two) for place, one in enumerate(group) for two in group[place + 1 :])


def _total(groups: Groups, cost: Cost) -> float:
    return sum(_of(group, cost) for group in groups)


def _without_never(groups: Groups, cost: Cost) -> Groups:
    """Without groups whose people may not meet: these find company among themselves or with others."""
    kept = [group for group in groups if _of(group, cost) < NEVER]
    alone = [user for group in groups if group not in kept for user in group]
    over: list[int] = []
    while alone:
        user = alone.pop()
        fitting = [other for other in alone if cost(user, other) < NEVER]
        if fitting:
            other = min(fitting, key=lambda one: cost(user, one))
            alone.remove(other)
            kept.append([user, other])
        else:
            over.append(user)
    for user in over:
        _take_in(user, kept, cost)
    return kept


def _take_in(user: int, groups: Groups, cost: Cost) -> None:
    """Somebody of a group of three comes to this one, or this one joins a pair, where anything fits."""
    for group in groups:
        for other in group:
            if len(group) == 3 and cost(user, other) < NEVER:
                group.remove(other)
                groups.append([other, user])
                return
    pairs = [group for group in groups if len(group) == 2 and _of([*group, user], cost) < NEVER]
    if pairs:
        min(pairs, key=lambda group: _of([*group, user], cost)).append(user)
