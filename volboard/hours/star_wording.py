"""How stars are put into words."""

from flask_babel import gettext as _

from volboard.core import formats
from volboard.hours.rules import StarProgress
from volboard.hours.star_facts import Award, Notice, Shelf
from volboard.hours.wording import STARS

HARD_SPACE = "\u00a0"


def name(stars: int) -> str:
    """一星; also for a number beyond a ladder that was made shorter since."""
    return str(STARS[min(stars, len(STARS) - 1)])


def until(award: Award | Notice) -> str:
    """Until when the star is on notice; the day stays in one piece on a narrow seal."""
    day = formats.short_day(award.last_day).replace(" ", HARD_SPACE)
    return _("公示到 %(day)s", day=day)


def note(award: Award) -> str:
    """What stands on the seal beside the star."""
    return formats.month(award.reached_at) if award.is_final else until(award)


def way_to_next(progress: StarProgress) -> str:
    """How much is missing to the next star."""
    if not progress.needed:
        return _("这里的星都满了")
    missing = formats.duration(progress.needed - progress.reached)
    return _("再有 %(missing)s到%(star)s", missing=missing, star=name(progress.stars + 1))


def standing(shelf: Shelf) -> str:
    """The star that the ring shows; one on notice says so."""
    if shelf.awards and not shelf.awards[0].is_final:
        return _("%(star)s（公示中）", star=name(shelf.awards[0].stars))
    return name(shelf.progress.stars)
