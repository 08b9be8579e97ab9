"""What a new community of each form starts from, in the language it will be written in."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from ..models import CommunityPage

Form, Openness = CommunityPage.Form, CommunityPage.Openness


@dataclass(frozen=True, slots=True)
class Shape:
    """What a form of community is, and what it needs to live."""

    what: Any
    needs: Any
    openness: str


SHAPES: dict[str, Shape] = {
    Form.PRACTICE: Shape(
        _("People who do the same kind of work help each other, wherever they sit."),
        _("It needs somebody who looks after it, and five people with a question."),
        Openness.OPEN,
    ),
    Form.INTERVISION: Shape(
        _("A small fixed group works through cases from its own practice, in confidence."),
        _("It needs four to eight people who meet every few weeks. It starts private."),
        Openness.PRIVATE,
    ),
    Form.THINK_CLUB: Shape(
        _("Reads something together, chapter by chapter, and talks about what it means for the work."),
        _("It needs a reading list: you fill it as soon as the club is there."),
        Openness.OPEN,
    ),
    Form.LEARNING: Shape(
        _("Learns one thing together, from the first step to the last."),
        _("It needs a goal, and a day by which you want to reach it."),
        Openness.ON_REQUEST,
    ),
}

TEXTS: dict[tuple[str, str], dict[str, str]] = {
    (Form.PRACTICE, "en"): {
        "purpose": "<p>For everybody who does this work. We answer each other's questions, write down what "
        "we learned, and keep what a newcomer should read first.</p>",
        "rules": "<ul><li>No question is too small.</li><li>A half answer today beats a full one next "
        "month.</li><li>Say when an answer helped: the next one finds it.</li></ul>",
        "welcome": "<p>Good that you are here. Read what stands under “Start here”, and ask the first thing "
        "you wonder about.</p>",
    },
    (Form.PRACTICE, "nl"): {
        "purpose": "<p>Voor iedereen die dit werk doet. We beantwoorden elkaars vragen, schrijven op wat we "
        "leerden en bewaren wat een nieuwkomer het eerst moet lezen.</p>",
        "rules": "<ul><li>Geen vraag is te klein.</li><li>Een half antwoord vandaag is beter dan een heel "
        "antwoord volgende maand.</li><li>Zeg welk antwoord hielp: zo vindt de volgende het.</li></ul>",
        "welcome": "<p>Fijn dat je er bent. Lees wat er bij “Begin hier” staat, en vraag het eerste wat je "
        "je afvraagt.</p>",
    },
    (Form.INTERVISION, "en"): {
        "purpose": "<p>We bring in cases from our own work, one a meeting. The others ask first and advise "
        "last; who brought the case decides what they take along.</p>",
        "rules": "<ul><li>What is said here stays here.</li><li>Ask before you advise.</li><li>Everybody "
        "brings in a case in turn.</li><li>If you cannot come, say so the day before.</li></ul>",
        "welcome": "<p>Welcome to the group. Think of something at work that keeps you busy and that you "
        "would like to look at with others: it will be your first case.</p>",
    },
    (Form.INTERVISION, "nl"): {
        "purpose": "<p>We brengen casussen uit ons eigen werk in, één per bijeenkomst. De anderen vragen "
        "eerst en adviseren het laatst; wie de casus inbracht beslist wat die meeneemt.</p>",
        "rules": "<ul><li>Wat hier gezegd wordt, blijft hier.</li><li>Vraag voordat je adviseert.</li>"
        "<li>Iedereen brengt om de beurt een casus in.</li><li>Kun je niet komen? Zeg het een dag eerder."
        "</li></ul>",
        "welcome": "<p>Welkom in de groep. Bedenk iets uit je werk dat je bezighoudt en dat je met anderen "
        "wilt bekijken: dat wordt je eerste casus.</p>",
    },
    (Form.THINK_CLUB, "en"): {
        "purpose": "<p>We read something together, a chapter at a time, and talk about one question: what "
        "does this mean for our work?</p>",
        "rules": "<ul><li>Read the chapter before the day we talk about it. Half of it counts too.</li>"
        "<li>Bring one sentence that stayed with you.</li><li>Disagreeing is what we come for.</li></ul>",
        "welcome": "<p>Welcome. The reading list says what we read now and when we talk about it. You can "
        "step in at any chapter.</p>",
    },
    (Form.THINK_CLUB, "nl"): {
        "purpose": "<p>We lezen samen iets, hoofdstuk voor hoofdstuk, en praten over één vraag: wat betekent "
        "dit voor ons werk?</p>",
        "rules": "<ul><li>Lees het hoofdstuk vóór de dag waarop we het bespreken. De helft telt ook.</li>"
        "<li>Neem één zin mee die je bijbleef.</li><li>Van mening verschillen: daar komen we voor.</li></ul>",
        "welcome": "<p>Welkom. Op de leeslijst staat wat we nu lezen en wanneer we het bespreken. Je kunt "
        "bij elk hoofdstuk instappen.</p>",
    },
    (Form.LEARNING, "en"): {
        "purpose": "<p>By … each of us can …. We take one step a week, try it out "
        "at work, and tell each other how it went.</p>",
        "rules": "<ul><li>One step a week, however small.</li><li>Show what did not work: we learn most from "
        "it.</li><li>Who is ahead helps who is stuck.</li></ul>",
        "welcome": "<p>Welcome. Tell us in a line what you can do already and what you want to be able to "
        "do; then take the first step.</p>",
    },
    (Form.LEARNING, "nl"): {
        "purpose": "<p>Op … kan ieder van ons …. We zetten elke week één stap, "
        "proberen die uit in het werk en vertellen elkaar hoe het ging.</p>",
        "rules": "<ul><li>Eén stap per week, hoe klein ook.</li><li>Laat zien wat niet lukte: daar leren we "
        "het meest van.</li><li>Wie verder is, helpt wie vastzit.</li></ul>",
        "welcome": "<p>Welkom. Vertel in één regel wat je al kunt en wat je wilt kunnen; zet dan de eerste "
        "stap.</p>",
    },
}


def start_of(form: str, language: str) -> dict[str, str]:
    """Values to begin with, by field; none for what is no form of a community."""
    shape = SHAPES.get(form)
    if shape is None:
        return {}
    return {"form": form, "openness": shape.openness, **TEXTS[form, "nl" if language == "nl" else "en"]}
