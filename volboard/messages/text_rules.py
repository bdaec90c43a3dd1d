"""What a community's own words for a message may hold: named gaps, and no code."""

import re

GAPS = ("活动", "岗位", "时间", "地点", "姓名", "原因", "内容", "电话")
"""The names of all gaps; a gap stands in the words as `{活动}`."""
LONGEST = 200
GAP = re.compile(r"\{(" + "|".join(GAPS) + r")\}")
ADDRESS = re.compile(
    r"[:：]//|www\.|\b(?:https?|ftp|javascript|data|mailto|tel|sms|weixin|alipays?)[:：]", re.I
)
PIECE = re.compile(r"(?=[。，；·]|[.,;] )")
"""Where a piece of a sentence begins that can be left out."""


def gaps_of(words: str) -> tuple[str, ...]:
    """The gaps that stand in the words, each once, in their order."""
    return tuple(dict.fromkeys(GAP.findall(words)))


def strange_braces(words: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """What stands in braces and is none of the gaps that these words may use."""
    allowed = {f"{{{gap}}}" for gap in known}
    found = dict.fromkeys(re.findall(r"\{+[^{}]*\}*|\}+", words))
    return tuple(one for one in found if one not in allowed)


def holds_address(words: str) -> bool:
    """Whether an address to tap stands in the words: nobody would know where it leads."""
    return ADDRESS.search(words) is not None


def filled(words: str, facts: dict[str, str]) -> str:
    """The words with their gaps filled; nothing in them or in the facts is ever evaluated.

    A piece between two of 。，；· is left out where there is nothing to fill one of its gaps.
    """
    pieces = [piece for piece in PIECE.split(words) if all(map(facts.get, gaps_of(piece)))]
    kept = "".join(pieces).lstrip("。，；·.,; ") or words
    return GAP.sub(lambda gap: facts.get(gap[1], ""), kept)
