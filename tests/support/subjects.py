"""Texts about three subjects, of which likeness learns something."""

import random

SUBJECTS = {
    "paper": "invoice supplier payment ledger account purchase order receipt budget cost".split(),
    "water": "pump valve pipe leak pressure meter filter well tank drain".split(),
    "people": "training colleague coaching feedback holiday contract salary interview team".split(),
}
NAMES = list(SUBJECTS)


def texts(of_each: int) -> list[tuple[str, list[str]]]:
    """(subject, six of its words), one subject after the other; the same each time."""
    chance = random.Random(1)
    return [
        (name, chance.sample(SUBJECTS[name], 6))
        for number in range(3 * of_each)
        for name in [NAMES[number % 3]]
    ]
