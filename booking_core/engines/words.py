"""German words found as people type them: umlauts written out or not, ss for ß, a letter wrong, a part of a compound.

Not here: what is searched (``workflows.search_filter``). No language is asked and no collation needed, so it works
without ICU, and equally in the database's absence.

A word is folded twice the same way, in the text and in the question: "Großer Saal" and "Grosser Sal" both read
"groser sal". Only where nothing holds a word exactly are near misses looked for.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

_WORD = re.compile(r"[a-z0-9]+")
_DOUBLED = re.compile(r"([a-z])\1+")
_ENDINGS = ("en", "er", "es", "em", "e", "n", "s")
_SHORTEST_STEM = 4
_GUESSED_FROM = 4  # shorter words are taken as typed
_TWO_FAULTS_FROM = 8
_MOST_ASKED = 1_000
_NEEDLESS = frozenset(
    [
        "a",
        "am",
        "an",
        "and",
        "auf",
        "bis",
        "das",
        "dem",
        "den",
        "der",
        "des",
        "die",
        "ein",
        "eine",
        "einen",
        "einer",
        "for",
        "fur",
        "ich",
        "im",
        "in",
        "mit",
        "ob",
        "oder",
        "suche",
        "the",
        "und",
        "uns",
        "unser",
        "unsere",
        "von",
        "with",
        "wir",
        "zu",
        "zum",
        "zur",
    ]
)


def fold(text: str) -> str:
    """``text`` as it is compared: small, without accents, umlauts and ß one way, doubled letters once.

    >>> fold("Großer Saal"), fold("GROSSER SAL"), fold("Küche"), fold("Kueche")
    ('groser sal', 'groser sal', 'kuche', 'kuche')
    """
    small = text.casefold()
    plain = "".join(one for one in unicodedata.normalize("NFKD", small) if not unicodedata.combining(one))
    for written, short in (("ae", "a"), ("oe", "o"), ("ue", "u")):
        plain = plain.replace(written, short)
    return _DOUBLED.sub(r"\1", plain)


def words_in(text: str) -> list[str]:
    """The folded words of ``text``, in order."""
    return _WORD.findall(fold(text))


def stem(word: str) -> str:
    """A folded word without its ending: "stuhle" and "stuhl" are one.

    >>> stem("stuhle"), stem("raumen"), stem("saal")
    ('stuhl', 'raum', 'saal')
    """
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending)
    return word


class WordIndex:
    """Texts by key, each findable by any of its words. Build it once, ask it often."""

    def __init__(self, texts: Iterable[tuple[int, str]]) -> None:
        keys: dict[str, set[int]] = defaultdict(set)
        for key, text in texts:
            for word in words_in(text):
                keys[word].add(key)
        self._keys: Mapping[str, set[int]] = keys
        self._asked: dict[str, frozenset[int]] = {}

    def matching(self, question: str) -> frozenset[int] | None:
        """The keys whose text holds every word of ``question``; None where it has no word that says something."""
        words = [word for word in words_in(question) if word not in _NEEDLESS]
        if not words:
            return None
        found = self._holding(words[0])
        for word in words[1:]:
            found &= self._holding(word)
        return found

    def _holding(self, word: str) -> frozenset[int]:
        if word not in self._asked:
            if len(self._asked) >= _MOST_ASKED:  # what strangers type must not fill the memory
                self._asked.clear()
            self._asked[word] = self._look_up(word)
        return self._asked[word]

    def _look_up(self, word: str) -> frozenset[int]:
        wanted = stem(word)
        exact = self._keys_of(one for one in self._keys if wanted in one)
        if exact or len(word) < _GUESSED_FROM:
            return exact
        allowed = 2 if len(word) >= _TWO_FAULTS_FROM else 1
        return self._keys_of(one for one in self._keys if faults_within(wanted, one, most=allowed))

    def _keys_of(self, words: Iterable[str]) -> frozenset[int]:
        return frozenset(key for word in words for key in self._keys[word])


@lru_cache(maxsize=20_000)
def faults_within(wanted: str, text: str, *, most: int) -> bool:
    """Whether some part of ``text`` is ``wanted`` with at most so many wrong, missing, needless or swapped letters.

    >>> faults_within("turnhale", "mehrzwekturnhale", most=1), faults_within("bemaer", "beamer", most=1)
    (True, True)
    >>> faults_within("saal", "garten", most=1)
    False
    """
    if len(text) < len(wanted) - most:
        return False
    before: list[int] = []
    row = [0] * (len(text) + 1)  # starting anywhere in the text costs nothing
    for line, letter in enumerate(wanted, start=1):
        older, before = before, row
        row = [line]
        for column, other in enumerate(text, start=1):
            cost = min(before[column] + 1, row[column - 1] + 1, before[column - 1] + (letter != other))
            swapped = line > 1 and column > 1 and letter == text[column - 2] and wanted[line - 2] == other
            if swapped:
                cost = min(cost, older[column - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return False
    return min(row) <= most  # and stopping anywhere costs nothing either
