"""By which Latin letters a name is found: its pinyin in full and by first letters.

A surname has its own reading (曾 is Zeng) and the sign's common one (ceng), and people type
either; so do they with 乐 and 晟. Each is kept.
"""

import os
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, TypedDict

from volboard.accounts.name_forms import canonical, folded, is_han

SURNAMES = {
    surname: tuple(syllables)
    for surname, *syllables in map(
        str.split, (Path(__file__).parent / "surnames.txt").read_text("utf-8").splitlines()
    )
}
"""Surnames that are read otherwise than the sign mostly is, and those of two signs. `pypinyin`
knows the readings of a sign, not which of them is a surname's."""
READ_TWICE = 4
"""So many signs of a given name are looked at for a second reading."""
MOST_READINGS = 4
"""Of one sign; the rest are of old books."""
LATIN = re.compile(r"[^a-z0-9]")
Syllables = tuple[str, ...]


class Readings(NamedTuple):
    """How a name sounds, as its row keeps it."""

    initials: str
    """First letters in each reading, the surname's own first, by which lists are sorted: 曾小燕
    is `zxy cxy`."""
    forms: str
    """Everything that may be typed for it, each between spaces, to be looked for from its
    beginning: ` zengxiaoyan zxy xiaoyan xy zengxy xiaoyanzeng cengxiaoyan cxy … `."""


class Written(TypedDict):
    """A name with everything that is made from it."""

    name: str
    folded: str
    initials: str
    readings: str


def as_written(name: str) -> Written:
    """What the row of somebody with this canonical name holds."""
    found = readings(name)
    return Written(name=name, folded=folded(name), initials=found.initials, readings=found.forms)


@lru_cache(maxsize=256)
def readings(name: str) -> Readings:
    """All ways in which a name is typed with Latin letters."""
    parts = _parts(canonical(name))
    spoken = tuple(_spoken(parts))
    if not spoken:
        return Readings(folded(name)[:1], "")
    forms = dict.fromkeys(form for one in spoken for form in _forms(one) if form)
    initials = dict.fromkeys("".join(one[0] for one in sum(parts, ())) for parts in spoken)
    return Readings(" ".join(initials), f" {' '.join(forms)} ")


@lru_cache(maxsize=256)
def sounds(name: str) -> tuple[str, ...]:
    """The full pinyin in every reading, without spaces: what two names that sound alike share."""
    return tuple(dict.fromkeys("".join(sum(one, ())) for one in _spoken(_parts(canonical(name)))))


def sound_alike(one: str, other: str) -> bool:
    """Whether two names may be spoken the same: 王芳, 王方 and Wang Fang."""
    return not set(sounds(one)).isdisjoint(sounds(other))


def _parts(name: str) -> tuple[str, ...]:
    """A Han name's surname and given name; else the words and dotted parts as they stand."""
    apart = tuple(part for part in re.split(r"[\s·]+", name) if part)
    if len(apart) != 1 or not all(map(is_han, name)):
        return apart
    size = 2 if name[:2] in SURNAMES and len(name) > 2 else 1
    return tuple(part for part in (name[:size], name[size:]) if part)


def _spoken(parts: tuple[str, ...]) -> Iterator[tuple[Syllables, ...]]:
    """Each part as syllables: every reading of the first sign, with at most one of the others
    read otherwise than usual."""
    choices = [_choices(part, is_first=index == 0) for index, part in enumerate(parts)]
    usual = tuple(tuple(one[0] for one in part) for part in choices)
    if not any(usual):
        return
    places = [(p, s) for p, part in enumerate(choices) for s, _one in enumerate(part)]
    for first in choices[0][0] if choices[0] else ("",):
        base = _with(usual, (0, 0), first) if choices[0] else usual
        yield base
        for part, sign in places[1 : 1 + READ_TWICE]:
            for other in choices[part][sign][1:]:
                yield _with(base, (part, sign), other)


def _with(
    spoken: tuple[Syllables, ...], place: tuple[int, int], reading: str
) -> tuple[Syllables, ...]:  # fmt: skip
    changed = list(spoken[place[0]])
    changed[place[1]] = reading
    return (*spoken[: place[0]], tuple(changed), *spoken[place[0] + 1 :])


def _forms(parts: tuple[Syllables, ...]) -> Iterator[str]:
    """In full, by first letters, the first part in full and first letters after it, from each
    part on, and with the last part first, as foreigners are asked to write."""
    for start in range(len(parts)):
        rest = parts[start:]
        yield "".join(sum(rest, ()))
        yield "".join(one[0] for one in sum(rest, ()))
    if len(parts) > 1:
        yield "".join(parts[0]) + "".join(one[0] for one in sum(parts[1:], ()))
        yield "".join(sum(parts[1:], ())) + "".join(parts[0])
        yield "".join(parts[-1]) + "".join(sum(parts[:-1], ()))


def _choices(part: str, is_first: bool) -> tuple[Syllables, ...]:
    """The readings of each sign or word of a part, the usual one first."""
    if is_first and len(part) == 2 and part in SURNAMES:
        return tuple((one,) for one in SURNAMES[part])
    units = re.findall(r"[a-z0-9]+|.", folded(part))
    found = (_readings_of(unit, is_first and index == 0) for index, unit in enumerate(units))
    return tuple(one for one in found if one)


def _readings_of(unit: str, is_surname: bool) -> Syllables:
    if not is_han(unit):
        return () if LATIN.search(unit) else (unit,)
    known = _of_sign(unit)
    own = SURNAMES.get(unit, ()) if is_surname else ()
    usual = dict.fromkeys((*own, *known))
    return tuple(way for one in list(usual)[:MOST_READINGS] for way in _umlauts(one))


def _umlauts(syllable: str) -> Syllables:
    """吕 is lv on a keyboard, lyu in a passport, and lu for who types what they see."""
    if "v" not in syllable:
        return (syllable,)
    return tuple(syllable.replace("v", other) for other in ("v", "yu", "u"))


@lru_cache(maxsize=4096)
def _of_sign(sign: str) -> Syllables:
    """The readings of one sign without tones; none for one that no dictionary has."""
    # Imported here and without its phrases, which names do not need: 55 MB less in each worker.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import Style, pinyin

    (found,) = pinyin(sign, style=Style.NORMAL, heteronym=True, errors="ignore") or ((),)
    plain = (LATIN.sub("", one.replace("ü", "v")) for one in found)
    return tuple(dict.fromkeys(one for one in plain if one))
