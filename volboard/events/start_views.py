"""Starting an event: from a festival, a template of any day, an earlier event, or nothing."""

from dataclasses import dataclass

from flask import flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from volboard.communities.queries import CommunityFact, communities
from volboard.core import clock
from volboard.core.access import Access, viewer
from volboard.core.errors import NotFound
from volboard.core.web import go_to, number_in, page
from volboard.events import commands, offers
from volboard.events.blueprint import bp
from volboard.events.errors import AlreadyPublished
from volboard.events.event_forms import BlankForm, DayForm

BIG, EARLIER = 6, 6


@dataclass(frozen=True)
class Start:
    """What the page of a new event shows."""

    community: CommunityFact
    communities: tuple[CommunityFact, ...]
    """Those that this person may choose from; more than one for few."""
    coming: tuple[offers.FestivalOffer, ...]
    later: tuple[offers.FestivalOffer, ...]
    everyday: tuple[offers.Offer, ...]
    earlier: tuple[offers.Again, ...]
    form: BlankForm

    @property
    def tabs(self) -> list[tuple[str, str, bool]]:
        """A link to this page for each community: its name, where it leads, whether it is here."""
        return [
            (c.name, f"/organize/events/new?community={c.id}", c == self.community)
            for c in self.communities
        ]


@bp.get("/organize/events/new", access=Access.ORGANIZER)
def start() -> ResponseReturnValue:
    """Everything that a new event can start from."""
    return page(
        "events/new.html", start=_start(_asked("community"), BlankForm(formdata=None, key="blank"))
    )


@bp.post("/organize/events/new", access=Access.ORGANIZER)
def create() -> ResponseReturnValue:
    """Make a draft from a title, a place and a day."""
    form = BlankForm(key="blank")
    begun = _start(_asked("community"), form)
    if not form.is_right():
        return page("events/new.html", 422, start=begun)
    event_id = commands.create_event(form.draft(begun.community.id), viewer())
    flash(_("草稿建好了。再加上岗位和时间，就可以发布。"), "done")
    return go_to(url_for("events.edit", event_id=event_id))


@bp.post("/organize/events/from-template", access=Access.ORGANIZER)
def create_from_template() -> ResponseReturnValue:
    """Make a draft from a template: the second of two taps."""
    form = DayForm()
    begun = _start(_asked("community"), BlankForm(formdata=None, key="blank"))
    if not form.is_right():
        flash(" ".join(form.day.errors), "warn")
        return page("events/new.html", 422, start=begun)
    key = request.form.get("key", "")
    sure, day = "another" in request.form, form.day.data
    try:
        event_id = commands.create_from_template(key, day, begun.community.id, viewer(), sure)
    except AlreadyPublished as refusal:
        fields = {"key": key, "day": day.isoformat(), "community": begun.community.id}
        return ask_first(refusal, request.path, fields)
    flash(_("草稿做好了，岗位和时间都在。看一遍，没问题就发布。"), "done")
    return go_to(url_for("events.edit", event_id=event_id))


def ask_first(
    refusal: AlreadyPublished, url: str, fields: dict[str, object]
) -> ResponseReturnValue:
    """What is published already, and the press that makes another all the same."""
    fields = fields | {"another": 1}
    return page("events/already.html", refusal.status, twin=refusal.twin, url=url, fields=fields)


def _asked(name: str) -> int | None:
    """The number that a link or a hidden field names; none for anything else."""
    return number_in(request.values.get(name)) or None


def _start(community_id: int | None, form: BlankForm) -> Start:
    """The page for one of this person's communities, the first by default; raises NotFound."""
    mine = tuple(found for found in communities() if viewer().manages(found.id))
    chosen = [found for found in mine if community_id in (None, found.id)]
    if not chosen:
        raise NotFound
    today = clock.today()
    festivals = offers.festival_offers(chosen[0].id, today)
    return Start(
        chosen[0], mine, festivals[:BIG], festivals[BIG:], offers.everyday_offers(today),
        offers.latest(viewer(), chosen[0].id, EARLIER, today), form,
    )  # fmt: skip
