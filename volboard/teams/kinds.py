"""The words for each kind of team."""

from flask_babel import lazy_gettext as _l

from volboard.teams.rules import TeamKind

WORDS = {
    TeamKind.PARTY: _l("党员"),
    TeamKind.PARTNER: _l("驻区单位"),
    TeamKind.RESIDENT: _l("居民"),
    TeamKind.YOUTH: _l("青年"),
    TeamKind.WOMEN: _l("妇女"),
    TeamKind.VETERAN: _l("退役军人"),
    TeamKind.ELDER: _l("老年"),
}


def word(kind: str) -> str:
    """What people call this kind of team."""
    return str(WORDS[TeamKind(kind)])
