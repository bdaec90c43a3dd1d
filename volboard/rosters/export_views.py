"""Lists as Excel files: masked for whoever follows a link, in full and on record by a button."""

from collections.abc import Iterable

from flask import Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from volboard.accounts.commands.many import record_phone_views
from volboard.communities.queries import CommunityFact
from volboard.communities.rule_queries import community_rules
from volboard.core import clock
from volboard.core.access import Access, viewer
from volboard.core.errors import NotFound
from volboard.core.web import number_in, page
from volboard.events.queries import get_managed_event
from volboard.rosters import export_queries as queries
from volboard.rosters.blueprint import bp
from volboard.rosters.exports import Numbers, event_sheets, hour_sheets, people_sheets
from volboard.rosters.forms import HandOverForm, PeriodForm
from volboard.rosters.import_views import own_communities, per_organizer
from volboard.rosters.national import HandOver, national_sheets
from volboard.rosters.offered_lists import offered_lists
from volboard.rosters.workbooks import Sheet, sent, workbook

ROSTERS = "/organize/rosters"
EVENT_ROSTER = "/organize/events/<id:event_id>/roster.xlsx"
PEOPLE = "/organize/people.xlsx"
HOURS = "/organize/hours.xlsx"
NATIONAL = "/organize/national.xlsx"
LAST_PAGE = 500


@bp.get(ROSTERS, access=Access.ORGANIZER)
def show_rosters() -> ResponseReturnValue:
    return rosters_page()


@bp.get(EVENT_ROSTER, access=Access.ORGANIZER)
@per_organizer
def send_event_roster(event_id: int) -> ResponseReturnValue:
    """The people of an event; of their numbers the last four digits."""
    return _event_roster(event_id, Numbers(in_full=False))


@bp.post(EVENT_ROSTER, access=Access.ORGANIZER)
@per_organizer
def send_full_event_roster(event_id: int) -> ResponseReturnValue:
    """The same with full numbers; each of these people can read who looked."""
    return _event_roster(event_id, Numbers(in_full=True))


@bp.get(PEOPLE, access=Access.ORGANIZER)
@per_organizer
def send_people() -> ResponseReturnValue:
    """The people at home in a community; of their numbers the last four digits."""
    return _people(Numbers(in_full=False))


@bp.post(PEOPLE, access=Access.ORGANIZER)
@per_organizer
def send_full_people() -> ResponseReturnValue:
    """The same with full numbers; each of these people can read who looked."""
    return _people(Numbers(in_full=True))


@bp.get(HOURS, access=Access.ORGANIZER)
@per_organizer
def send_hours() -> ResponseReturnValue:
    """The lines of the ledger of some days, with their evidence; no full number is in it."""
    form = PeriodForm(formdata=request.args)
    if not form.validate():
        return rosters_page(form, status=422)
    place = chosen_community()
    sheets = hour_sheets(queries.lines_of(place.id, *form.days))
    return sent(workbook(sheets), "hours", _file_name(place.name, _("服务时长"), form))


@bp.post(NATIONAL, access=Access.ORGANIZER)
@per_organizer
def send_national() -> ResponseReturnValue:
    """The records of those who agreed, to be typed into the state's system."""
    form = HandOverForm(formdata=request.values)
    if not form.validate():
        return rosters_page(hand_over=form, status=422)
    place = chosen_community()
    left_out = queries.without_consent(place.id, *form.days)
    to = HandOver(place.name, community_rules(place.id).in_charge, left_out)
    lines = queries.lines_to_hand_over(place.id, *form.days)
    content = _written(national_sheets(lines, to), to.numbers)
    return sent(content, "national", _file_name(place.name, _("供录入的服务记录"), form))


def chosen_community() -> CommunityFact:
    """The one that the address names, else the first of this organizer's; raises NotFound."""
    asked, own = number_in(request.values.get("community")), own_communities()
    if not own:
        raise NotFound
    found = [one for one in own if one.id == asked] if "community" in request.values else own[:1]
    if not found:
        raise NotFound
    return found[0]


def rosters_page(
    form: PeriodForm | None = None, hand_over: HandOverForm | None = None, status: int = 200
) -> Response:
    """Everything that goes out and comes in as a list, for one community."""
    place = chosen_community()
    number = min(number_in(request.args.get("page")) or 1, LAST_PAGE)
    which = request.args.get("when", "")
    others = tuple(one for one in own_communities() if one.id != place.id)
    return page("rosters/rosters.html", status, place=place, others=others,
                form=form or PeriodForm.this_year(),
                hand_over=hand_over or HandOverForm.this_year(),
                events=offered_lists(viewer(), place.id, which, number, clock.now()))  # fmt: skip


def _event_roster(event_id: int, numbers: Numbers) -> Response:
    event = get_managed_event(event_id, viewer())
    content = _written(event_sheets(queries.seats_of(event.id), numbers), numbers)
    day = clock.local(event.starts_at).date().isoformat()
    return sent(content, f"roster-{event.id}", f"{event.title}-{_('名单')}-{day}")


def _people(numbers: Numbers) -> Response:
    place = chosen_community()
    content = _written(people_sheets(queries.residents_of(place.id), numbers), numbers)
    return sent(content, "people", f"{place.name}-{_('志愿者')}-{clock.today().isoformat()}")


def _written(sheets: Iterable[Sheet], numbers: Numbers) -> bytes:
    """The file, and on record whose full number stands in it."""
    content = workbook(sheets)
    record_phone_views(numbers.shown, viewer().id, request.path)
    return content


def _file_name(community: str, what: str, form: PeriodForm) -> str:
    first, last = form.days
    return f"{community}-{what}-{first.isoformat()}-{last.isoformat()}"
