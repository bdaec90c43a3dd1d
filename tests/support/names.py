"""Neighbours with names of every kind, and how each is looked for.

The readings stand here by hand: they are what the program's own are held against.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass

SURNAMES = """曾 zeng ceng|单 shan dan|仇 qiu chou|解 xie jie|任 ren|查 zha cha|盖 ge gai|
朴 piao pu|区 ou qu|翟 zhai di|缪 miao mou|种 chong zhong|乐 yue le|覃 qin tan|员 yun yuan|
折 she zhe|繁 po fan|秘 bi mi|隗 wei kui|召 shao zhao|祭 zhai ji|薄 bo bao|都 du dou|尉 yu wei|
欧阳 ouyang|尉迟 yuchi|万俟 moqi|长孙 zhangsun|单于 chanyu|令狐 linghu|司马 sima|诸葛 zhuge|
王 wang|李 li|张 zhang|吕 lv lyu lu|许 xu|尤 you|䶮 yan|\ue863 yan|𬭎 hong"""
GIVEN = """小 xiao|燕 yan|芳 fang|明 ming|伟 wei|娜 na|秀 xiu|英 ying|建 jian|国 guo|晓 xiao|丽 li|
强 qiang"""
OTHERS = """阿依古丽·买买提 ayiguli maimaiti|扎西·多吉 zhaxi duoji|巴特尔·乌兰 bateer wulan|
次仁·卓玛 ciren zhuoma|José García jose garcia|Mary-Ann O'Brien mary ann obrien|
Łukasz Żak lukasz zak|Đặng Văn Anh dang van anh|Jürgen Müller jurgen muller|
Anna Schmidt anna schmidt|Jean-Luc Dupont jean luc dupont"""
WIDE = {ord(" "): "\u3000"} | {code: chr(code + 0xFEE0) for code in range(0x21, 0x7F)}


@dataclass(frozen=True)
class Neighbour:
    """Somebody who signed up as `typed`, and the six ways in which they are looked for."""

    typed: str
    phone: str
    ways: tuple[str, ...]
    again: tuple[str, ...]
    """Other ways of writing the same name."""


def neighbours(count: int, seed: int = 10) -> Iterator[Neighbour]:
    """So many people whose numbers all end otherwise."""
    chance = random.Random(seed)
    for number in range(count):
        phone = f"137{number % 7:04}{number:04}"
        make = _foreign if number % 5 == 4 else _han
        yield make(chance, phone)


def _han(chance: random.Random, phone: str) -> Neighbour:
    surname, *readings = chance.choice(SURNAMES.split("|")).split()
    given = [one.split() for one in chance.sample(GIVEN.split("|"), chance.choice((1, 2)))]
    own = "".join(sign for sign, _reading in given)
    spoken = [reading for _sign, reading in given]
    name = surname + own
    first = [surname[0], *[reading[0] for reading in spoken]]
    ways = (
        f"{surname}\u3000{own}",
        readings[0] + "".join(spoken),
        f"{readings[-1].title()} {''.join(spoken).upper()}",
        _letters(surname, readings[-1]) + "".join(one[0] for one in spoken),
        readings[0] + "".join(one[0] for one in spoken),
        f"{own if len(own) > 1 else name} {phone[-4:]}",
    )
    again = (
        f" {surname} {own} ",
        "\u3000".join(name),
        f"{name}。",
        "\u200b".join(first[:0]) + name,
    )
    return Neighbour(chance.choice((name, *again)), phone, ways, again)


def _letters(surname: str, reading: str) -> str:
    """The first letters of a surname of one sign or two."""
    double = {"ouyang": "oy", "yuchi": "yc", "moqi": "mq", "zhangsun": "zs", "chanyu": "cy",
              "linghu": "lh", "sima": "sm", "zhuge": "zg"}  # fmt: skip
    return double[reading] if len(surname) > 1 else reading[0]


def _foreign(chance: random.Random, phone: str) -> Neighbour:
    kind = chance.choice([one.strip() for one in OTHERS.split("|")])
    name = " ".join(part for part in kind.split() if not part.isascii() or not part.islower())
    plain = kind.removeprefix(name).split()
    if "·" in name:
        ways = (name.replace("·", ""), name.replace("·", " • "), name.split("·")[1],
                "".join(plain), plain[-1], f"{name.split('·')[0]} {phone[-4:]}")  # fmt: skip
        again = (name.replace("·", "・"), name.replace("·", "."), f" {name} ")
    else:
        ways = ("".join(plain), " ".join(plain).upper(), name.translate(WIDE), plain[0],
                name.replace("-", " ").replace("'", "’"), f"{plain[0]} {phone[-4:]}")  # fmt: skip
        again = (name.upper(), name.translate(WIDE), name.replace("-", "‐").replace("'", "’"))
    return Neighbour(chance.choice((name, *again)), phone, ways, again)
