"""Questions that come near what a reader asked, where nothing has all of the words.

Each word is looked for alone, in questions and in the claims that answer them, as far
as engines do that at once; a word that few records hold weighs more than a common one.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable

from briefing.pages import answers
from briefing.pages.answers import QUESTION, Asked
from entities.folding import words
from entities.rows import Each, Rows
from sources.models import Claim, Question, SearchEntry

# As many questions as fit a first screen, each holding so much of what was asked.
MOST, LEAST = 3, 0.3
# What a word in an answer counts, beside one in the question itself.
OF_AN_ANSWER = 0.7
# So many of the newest records that hold a word are looked at.
MOST_HELD = 500
MOST_WORDS = 12
# Words of every question, and those of what each page here says anyway.
LITTLE = words(
    """
    a about after all also an and any anyone anybody anything are as at be been but by
    can could did do does else for from had has have he her him his how i if in is it
    its me more most much my no nor not of on one or our out own say said says she so
    than that the their them then there they this those to up us was we were what when
    where whether which who whom whose why will with would you your
    confirm confirmed confirms differ differs really source sources true
    """
)
NUMBERS = words("two three four five six seven eight nine ten eleven twelve")
FIGURES = {number: str(figure) for figure, number in enumerate(NUMBERS, 2)}
OF_CLAIMS = Rows(
    lambda claims: (
        Claim.objects.public().keyed(Each(claims)).values_list("id", "question_id")
    )
)
QUESTIONS = Rows(
    lambda questions: (
        Question.objects.public().keyed(Each(questions)).values_list(*QUESTION)
    )
)


def questions(query: str) -> list[Asked]:
    """The questions that hold most of what was asked, with their answers."""
    scores: dict[int, float] = defaultdict(float)
    whole = 0.0
    for word in sought(query):
        held = _holding(word)
        weight = 1 / math.log(3 + len(held))
        # A word that nothing holds tells no question from another.
        whole += weight if held else 0
        for question, is_asked in held.items():
            scores[question] += weight if is_asked else weight * OF_AN_ANSWER
    best = sorted(scores, key=lambda key: (-scores[key], key))
    few = [key for key in best if scores[key] >= LEAST * whole][:MOST]
    found = {asked.question.id: asked for asked in _asked(few)}
    return [found[key] for key in few if key in found]


def sought(query: str) -> list[str]:
    """The words that say what is asked, numbers as figures, each once."""
    said = (FIGURES.get(word, word) for word in words(query))
    return list(dict.fromkeys(word for word in said if word not in LITTLE))[:MOST_WORDS]


def _holding(word: str) -> dict[int, bool]:
    """The questions that hold the word, and those of which only an answer does."""
    entries = SearchEntry.objects.newest_holding(word, MOST_HELD)
    rows = entries.values_list("kind", "record_id")
    claims = [record for kind, record in rows if kind == "claim"]
    answered = OF_CLAIMS(claims=claims) if claims else []
    asked = {record: True for kind, record in rows if kind == "question"}
    return dict.fromkeys((row.question_id for row in answered), False) | asked


def _asked(keys: Iterable[int]) -> list[Asked]:
    rows = QUESTIONS(questions=list(keys))
    return answers.read(rows) if rows else []
