"""One table says who enters where. It names every route, and each cell is knocked on."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, url_for
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import update

from tests.accounts.opening import opened
from tests.conftest import settings_for
from tests.messages.post_office import a_message
from tests.support.cast import ADA, BAO, MAI, OLGA, OTTO, RIVER, TIAN, Person
from tests.support.keys import SITE_KEY
from tests.support.town import NOON, a_shift, an_event, viewer_of
from tests.support.walker import Rewinder
from volboard.accounts.commands import add_family, person_at_the_gate
from volboard.accounts.commands.names import ask_for_name
from volboard.app import create_app
from volboard.attendance.closing import close_shift
from volboard.attendance.commands import check_in
from volboard.attendance.models import AttendanceLog
from volboard.certificates.commands import issue
from volboard.communities.commands import offer_office
from volboard.communities.rules import Worth
from volboard.communities.worth_commands import propose
from volboard.core import clock
from volboard.core.db import db, transaction
from volboard.core.devices import Phone
from volboard.core.security import limiter
from volboard.hours.dispute_commands import open_dispute
from volboard.hours.make_ups import ask
from volboard.hours.models import Unconfirmed
from volboard.rosters.drafts import keep_draft
from volboard.rosters.models import RosterDraft
from volboard.signups.commands import sign_up
from volboard.signups.hand_overs import digest_of
from volboard.signups.models import CalendarFeed, CoverAsk, HandOver
from volboard.teams.commands import TeamDraft, create_team, join_team
from volboard.teams.rules import TeamKind
from volboard.thanks.commands import thank
from volboard.venue.tokens import Screen, Sheet, Ticket, sign

VISITOR = "visitor"
PEOPLE: dict[str, Person] = {
    "resident": MAI,
    "organizer here": OLGA,
    "organizer elsewhere": TIAN,
    "admin": ADA,
}
ROLES = (VISITOR, *PEOPLE)
ALL = set(ROLES)
SIGNED_IN = ALL - {VISITOR}
STAFF = {"organizer here", "organizer elsewhere", "admin"}
HERE = {"organizer here", "admin"}
ADMIN = {"admin"}
OWNER = {"resident"}
SECRET = SITE_KEY


def said(what: Screen | Ticket | Sheet) -> str:
    """What a venue's code says at noon."""
    with clock.standing_at(NOON):
        return sign(SECRET, what)


PERSON: dict[str, Any] = {
    "kind": "public_name",
    "request_id": 1,
    "proposal_id": 1,
    "event_id": 1,
    "shift_id": 1,
    "signup_id": 1,
    "team_id": 1,
    "community_id": 1,
    "entry_id": 1,
    "attendance_id": 3,
    "make_up_id": 1,
    "rule_id": 1,
    "dispute_id": 1,
    "unconfirmed_id": 1,
    "delivery_id": 1,
    "thanks_id": 1,
    "ask_id": 1,
    "volunteer_id": MAI.id,
    "code": "code-1",
    "arrival_id": 1,
    "token": said(Screen(1, OLGA.id)),
    "ticket": said(Ticket(1, OLGA.id, 0, "another phone")),
    "sheet": said(Sheet(1)),
    "key": "phone-900",
    "number": "001-2027-000001-79",
    "draft_key": "d" * 32,
    "code_id": 1,
    "secret": "s" * 22,
}
MOTHER, DRAFT, DRAFT_SHIFT = {"volunteer_id": 7}, {"event_id": 3}, {"shift_id": 3}

LETS_IN: dict[str, tuple[set[str], dict[str, Any]]] = {
    "core.healthz": (ALL, {}),
    # a person's rights
    "rights.show_privacy": (ALL, {}),
    "rights.show_data": (SIGNED_IN, {}),
    "rights.download_json": (SIGNED_IN, {}),
    "rights.download_workbook": (SIGNED_IN, {}),
    "rights.agree_anew": (SIGNED_IN, {}),
    "rights.give_consent": (OWNER, {}),
    "rights.withdraw_consent": (OWNER, {}),
    "rights.show_delete": (SIGNED_IN, {}),
    "rights.delete": (SIGNED_IN, {}),
    "rights.show_delete_member": (OWNER, MOTHER),
    "rights.delete_member": (OWNER, MOTHER),
    "rights.show_email": (SIGNED_IN, {}),
    "rights.save_email": (SIGNED_IN, {}),
    "rights.remove_email": (SIGNED_IN, {}),
    "rights.show_confirm": (ALL, {}),
    "rights.confirm_email": (set(), {}),
    # names, and who is family
    "rights.show_name": (OWNER, {}),
    "rights.ask_for_name": (OWNER, {}),
    "rights.withdraw_own_name": (OWNER, {}),
    "rights.show_names": (STAFF, {}),
    "rights.show_new_name": (STAFF, {}),
    "rights.ask_at_the_desk": (STAFF, {}),
    "rights.agree_to_name": (HERE, {}),
    "rights.refuse_name": (HERE, {}),
    "rights.withdraw_name": ({"organizer here"}, {"request_id": 2}),
    "rights.show_household": (SIGNED_IN, {}),
    "rights.take_into_household": (OWNER, {}),
    "rights.leave_apart": (OWNER, {}),
    # accounts: one's own, and nobody else's
    "accounts.show_sign_in": (ALL, {}),
    "accounts.try_sign_in": (ALL, {}),
    "accounts.show_code": (ALL, {}),
    "accounts.try_code": (ALL, {}),
    "accounts.leave": (ALL, {}),
    "accounts.change_display": (ALL, {}),
    "accounts.show_account": (SIGNED_IN, {}),
    "accounts.show_key": (SIGNED_IN, {}),
    "accounts.send_key": (SIGNED_IN, {}),
    "accounts.answer_key": (SIGNED_IN, {}),
    "accounts.rename": (SIGNED_IN, {}),
    "accounts.change_password": (SIGNED_IN, {}),
    "accounts.show_family": (SIGNED_IN, {}),
    "accounts.add_family": (SIGNED_IN, {}),
    "accounts.show_member": (OWNER, MOTHER),
    "accounts.change_member": (OWNER, MOTHER),
    "accounts.remove_member": (OWNER, MOTHER),
    # communities
    "communities.show_join": (ALL, {}),
    "communities.join": (ALL, {}),
    "communities.show_desk_help": (STAFF, {}),
    "communities.help_at_the_desk": (STAFF, {}),
    "communities.show_help": (HERE, {}),
    "communities.agree_to_help": (HERE, {}),
    "communities.show_power": (STAFF, {}),
    "communities.show_accept": (ALL, {}),
    "communities.accept": (ALL, {}),
    "communities.show_admin": (ADMIN, {}),
    "communities.grant": (ADMIN, {}),
    "communities.revoke": (ADMIN, {}),
    "communities.withdraw_offer": (ADMIN, {}),
    "communities.show_new_community": (ADMIN, {}),
    "communities.create_community": (ADMIN, {}),
    "communities.show_community": (ADMIN, {}),
    "communities.change_community": (ADMIN, {}),
    "communities.show_rules": (HERE, {}),
    "communities.change_community_rules": (HERE, {}),
    "communities.show_public_rules": (ALL, {}),
    "communities.propose_worth": (HERE, {}),
    "communities.agree_to_worth": (HERE, {}),
    "communities.refuse_worth": (HERE, {}),
    "communities.withdraw_worth": ({"organizer here"}, {}),
    # messages: one's own, and what an organizer's community was told
    "messages.show_my_messages": (SIGNED_IN, {}),
    "messages.mark_my_messages_read": (SIGNED_IN, {}),
    "messages.show_texts": (STAFF, {}),
    "messages.show_text": (HERE, {"kind": "changed"}),
    "messages.change_text": (HERE, {"kind": "changed"}),
    "messages.reset_text": (HERE, {"kind": "changed"}),
    "messages.show_messages": (STAFF, {}),
    "messages.send_again": (HERE, {}),
    "messages.say_delivered": (HERE, {}),
    "messages.show_calls": (STAFF, {}),
    "messages.show_call": (HERE, {}),
    "messages.say_called": (HERE, {}),
    "messages.say_not_reached": (HERE, {}),
    # teams
    "teams.show_teams": (ALL, {}),
    "teams.show_team": (ALL, {}),
    "teams.join": (SIGNED_IN, {}),
    "teams.leave": (SIGNED_IN, {}),
    "teams.show_new_team": (STAFF, {}),
    "teams.create_team": (STAFF, {}),
    "teams.manage_team": (HERE, {}),
    "teams.change_team": (HERE, {}),
    "teams.add_member": (HERE, {}),
    "teams.remove_member": (HERE, {"volunteer_id": BAO.id}),
    # events
    "events.start": (STAFF, {}),
    "events.create": (STAFF, {}),
    "events.create_from_template": (STAFF, {}),
    "events.edit": (HERE, {}),
    "events.change": (HERE, {}),
    "events.publish": (HERE, DRAFT),
    "events.copy": (HERE, {}),
    "events.move": (HERE, DRAFT),
    "events.discard": (HERE, DRAFT),
    "events.add_shift": (HERE, {}),
    "events.drop_shift": (HERE, DRAFT_SHIFT),
    "events.show_cut": (HERE, {}),
    "events.cut": (HERE, {}),
    "events.show_repeat": (HERE, {}),
    "events.repeat": (HERE, {}),
    "invitations.invite": (HERE, {}),
    # signups
    "signups.show_sign_up": (ALL, {}),
    "signups.take_place": (ALL, {}),
    "signups.give_back": ({"resident"} | HERE, {}),
    "signups.undo_taking": ({"resident"}, {}),
    "signups.undo_giving_back": ({"resident"}, {}),
    "signups.show_roster": (HERE, {}),
    "signups.show_sheet": (HERE, {}),
    "signups.sign_up_somebody": (HERE, {}),
    "signups.free_place": (HERE, {}),
    "signups.seat_out_of_turn": (HERE, {}),
    "signups.show_phone": (HERE, {}),
    "signups.change_shift": (HERE, {}),
    "signups.call_off": (HERE, {}),
    "signups.cancel_event": (HERE, {}),
    "signups.cancel_series": (HERE, {}),
    "signups.ask_who_comes": (HERE, {}),
    "signups.show_coming": (OWNER, {}),
    "signups.say_coming": (OWNER, {}),
    "signups.say_not_coming": (OWNER, {}),
    "signups.show_cover": (HERE, {}),
    "signups.ask_these": (HERE, {}),
    "signups.ask_first_few": (HERE, {}),
    "signups.show_ask": (OWNER, {}),
    "signups.accept": (OWNER, {}),
    "signups.decline": (OWNER, {}),
    "signups.show_hand_over": (OWNER, {}),
    "signups.offer_seat": (OWNER, {}),
    "signups.withdraw_seat": (OWNER, {}),
    "signups.show_offered": (ALL, {}),
    "signups.take_over": (ALL, {}),
    # the gate
    "attendance.gate": (HERE, {}),
    "oversight.show_anomalies": (STAFF, {}),
    "oversight.show_anomaly": (HERE, {}),
    "oversight.review_anomaly": (HERE, {}),
    "attendance.count": (HERE, {}),
    "attendance.check_in": (HERE, {}),
    "attendance.check_out": (HERE, {}),
    "attendance.come_back": (HERE, {}),
    "attendance.undo": (HERE, {}),
    "attendance.offline": (HERE, {}),
    "attendance.scans": (HERE, {}),
    "attendance.show_excuse": (HERE, {}),
    "attendance.show_log": (HERE, {}),
    "attendance.show_paper": (HERE, {}),
    "attendance.save_paper": (HERE, {}),
    "attendance.excuse": (HERE, {}),
    "attendance.seat": (HERE, {}),
    "attendance.walk_in": (HERE, {}),
    "attendance.close": (HERE, {}),
    "attendance.phone": (HERE, {}),
    "attendance.code": (HERE, {}),
    "attendance.walk_in_with_code": (HERE, {}),
    "attendance.family": (HERE, {}),
    "attendance.check_in_a_family": (HERE, {}),
    # the venue's codes: an organizer shows them, whoever is signed in presses
    "venue.venue_code": (HERE, {}),
    "venue.venue_poster": (HERE, {}),
    "venue.arrive": (ALL, {}),
    "venue.show_arriving": (ALL, {}),
    "venue.arrive_in": (SIGNED_IN, {}),
    "venue.arrive_out": (SIGNED_IN, {}),
    "venue.arrive_back": (SIGNED_IN, {}),
    "venue.show_sheet_code": (ALL, {}),
    "venue.ask_to_confirm": (OWNER, {}),
    "attendance.show_arrivals": (HERE, {}),
    "attendance.confirm_arrivals": (HERE, {}),
    "attendance.confirm_arrival": (HERE, {}),
    "attendance.dismiss_arrival": (HERE, {}),
    "attendance.worker": (ALL, {}),
    "attendance.kept_gate": (ALL, {}),
    "attendance.hello": (STAFF, {}),
    "attendance.wall": (HERE, {}),
    "attendance.missing": (HERE, {}),
    "attendance.show_absence": (OWNER, {}),
    "attendance.answer_absence": (OWNER, {}),
    "thanks.show_thanks": ({"resident"} | HERE, {"shift_id": 2}),
    "thanks.thank": ({"resident"} | HERE, {"shift_id": 2}),
    "thanks.remove_thanks": (HERE, {}),
    "oversight.show_make_ups": (STAFF, {}),
    "oversight.show_new_make_up": (HERE, {}),
    "oversight.ask_for_make_up": (HERE, {}),
    "oversight.show_make_up": (HERE, {}),
    "oversight.approve_make_up": (HERE, {}),
    "oversight.refuse_make_up": (HERE, {}),
    "oversight.withdraw_make_up": ({"organizer here"}, {}),
    # hours
    "hours.show_stars": (ALL, {}),
    "hours.show_unconfirmed": (STAFF, {}),
    "hours.confirm_unconfirmed": (HERE, {}),
    "hours.show_refusal": (HERE, {}),
    "hours.refuse_unconfirmed": (HERE, {}),
    "hours.confirm_own": (OWNER, {}),
    "hours.show_ask_again": (OWNER, {}),
    "hours.ask_again": (OWNER, {}),
    "hours.show_dispute_form": (OWNER, {}),
    "hours.open_dispute": (OWNER, {}),
    "hours.show_disputes": (STAFF, {}),
    "hours.show_dispute": (HERE, {}),
    "hours.answer_dispute": (HERE, {}),
    "hours.take_back": (HERE, {}),
    "hours.show_correction": (HERE, {}),
    "hours.correct": (HERE, {}),
    # rosters: out for one's communities, in by one's own draft
    "rosters.show_rosters": (STAFF, {}),
    "rosters.send_event_roster": (HERE, {}),
    "rosters.send_full_event_roster": (HERE, {}),
    "rosters.send_people": (STAFF, {}),
    "rosters.send_full_people": (STAFF, {}),
    "rosters.send_hours": (STAFF, {}),
    "rosters.send_national": (STAFF, {}),
    "rosters.show_import": (STAFF, {}),
    "rosters.upload": (STAFF, {}),
    "rosters.show_preview": ({"organizer here"}, {}),
    "rosters.print_bad_rows": ({"organizer here"}, {}),
    "rosters.show_columns": ({"organizer here"}, {}),
    "rosters.choose_sheet": ({"organizer here"}, {}),
    "rosters.choose_columns": ({"organizer here"}, {}),
    "rosters.send_sample": (STAFF, {}),
    "rosters.take_in": ({"organizer here"}, {}),
    "rosters.drop": (STAFF, {}),
    # certificates: one's own, those of one's community, and anybody checks one
    "certificates.show_mine": (SIGNED_IN, {}),
    "certificates.issue_mine": (SIGNED_IN, {}),
    "certificates.show_proof": ({"resident"} | HERE, {}),
    "certificates.send_pdf": ({"resident"} | HERE, {}),
    "certificates.send_picture": ({"resident"} | HERE, {}),
    "certificates.show_issued": (STAFF, {}),
    "certificates.show_new": (STAFF, {}),
    "certificates.issue_at_the_desk": (STAFF, {}),
    "certificates.show_revoke": (HERE, {}),
    "certificates.revoke": (HERE, {}),
    "certificates.show_verify": (ALL, {}),
    "certificates.verify": (ALL, {}),
    "certificates.show_verdict": (ALL, {}),
    # home
    "home.show_board": (ALL, {}),
    "home.show_event": (ALL, {}),
    "home.send_event": (ALL, {}),
    "home.send_calendar": (ALL, {}),
    "home.send_picture": (ALL, {}),
    "home.show_share": (ALL, {}),
    "home.show_poster": (ALL, {}),
    "home.show_festivals": (ALL, {}),
    "home.show_me": (SIGNED_IN, {}),
    "home.show_feed": (SIGNED_IN, {}),
    "home.make_feed": (SIGNED_IN, {}),
    "home.stop_feed": (SIGNED_IN, {}),
    "home.send_feed": (ALL, {}),
    "home.my_hours": (SIGNED_IN, {}),
    "home.show_code": (SIGNED_IN, {}),
    "home.show_slips": (SIGNED_IN, {}),
    "home.show_desk": (STAFF, {}),
}
AT_THE_SCREEN = {"ticket": str(PERSON["ticket"]), "volunteer": str(MAI.id)}
BODY = {
    "accounts.answer_key": {"answer": "later"},
    "communities.revoke": {"account_id": str(OLGA.id), "community_id": str(RIVER)},
    "venue.arrive_in": AT_THE_SCREEN,
    "venue.arrive_out": AT_THE_SCREEN,
    "venue.arrive_back": AT_THE_SCREEN,
    "venue.ask_to_confirm": AT_THE_SCREEN,
}
"""What a form must hold so that its object exists at all."""


def build_the_world() -> None:
    """One object of each kind in the community by the river."""
    olga = viewer_of(OLGA)
    with clock.standing_at(NOON - timedelta(days=1)):
        assert a_message(MAI) == PERSON["delivery_id"]
        running = a_shift(starts_at=NOON - timedelta(hours=1), minutes=240, capacity=5)
        past = a_shift(starts_at=NOON - timedelta(hours=20), capacity=5)
        assert (
            a_shift(an_event(title="草稿", state="draft"), starts_at=NOON)
            == DRAFT_SHIFT["shift_id"]
        )
        sign_up(MAI.id, running, MAI.id)
        sign_up(MAI.id, past, MAI.id)
        sign_up(ADA.id, past, ADA.id)
        team = create_team(RIVER, TeamDraft("红帽队", TeamKind.RESIDENT, "帮忙"), olga)
        join_team(team, viewer_of(BAO))
        assert add_family(MAI.id, "陈桂香", "妈妈") == MOTHER["volunteer_id"]
        sign_up(MOTHER["volunteer_id"], past, MAI.id)
    opened(OTTO, ADA, NOON - timedelta(hours=23))
    with clock.standing_at(NOON - timedelta(hours=22)):
        offer_office(BAO.phone, RIVER, ADA.id)
    with clock.standing_at(NOON - timedelta(hours=19)):
        for person in (MAI, ADA):
            check_in(past, person.id, olga, "gate", "test")
    with clock.standing_at(NOON - timedelta(hours=18)):
        close_shift(past, olga)
    with clock.standing_at(NOON - timedelta(hours=17)):
        start = NOON - timedelta(hours=20)
        ask(past, BAO.id, start, start + timedelta(hours=1), "手机没电", olga, Phone("a" * 32, ""))
        propose(RIVER, Worth(night_percent=50), olga, Phone("a" * 32, ""))
        open_dispute(1, "wrong_time", "我来得更早", viewer_of(MAI))
        thank(past, "辛苦了", viewer_of(MAI))
    with clock.standing_at(NOON - timedelta(hours=16)):
        days = (clock.today(), clock.today())
        assert issue(MAI.id, RIVER, *days, False, viewer_of(MAI)) == PERSON["number"]
    with clock.standing_at(NOON - timedelta(minutes=5)):
        check_in(running, MAI.id, olga, "gate", "test")
        keep_draft("姓名,手机号\n平安,13900000001".encode(), "名单.csv", RIVER, olga)
    assert ask_for_name(MAI.id, "麦晓芳", "写错了", MAI.id) == 1
    assert ask_for_name(BAO.id, "鲍国祥", "写错了", OLGA.id) == 2
    person_at_the_gate("王小芳", MAI.phone, OLGA.id)
    lay_rows(past)


def lay_rows(past: int) -> None:
    """What is quicker written than lived through."""
    with transaction():
        db.session.add(a_waiting_presence(past))
        db.session.execute(update(RosterDraft).values(key=PERSON["draft_key"]))
        odd = AttendanceLog(id=900, attendance_id=1, action="out", by=OLGA.id, flag="clock_wrong")
        odd.at = NOON - timedelta(hours=18)
        db.session.add(odd)
        question = CoverAsk(shift_id=1, volunteer_id=MAI.id, asked_by=OLGA.id)
        question.asked_at = NOON - timedelta(days=1)
        db.session.add(question)
        seat = HandOver(signup_id=1, secret_hash=digest_of("s" * 22))
        seat.made_at = NOON - timedelta(days=1)
        db.session.add(seat)
        feed = CalendarFeed(account_id=BAO.id, secret_hash=digest_of("s" * 22))
        feed.made_at = NOON - timedelta(days=1)
        db.session.add(feed)


def a_waiting_presence(shift: int) -> Unconfirmed:
    """The mother's, which lacks another: she stands for nothing here that the gate saw."""
    began = NOON - timedelta(hours=20)
    return Unconfirmed(
        attendance_id=PERSON["attendance_id"], volunteer_id=MOTHER["volunteer_id"],
        community_id=RIVER, shift_id=shift, minutes=60, planned_minutes=120, served_from=began,
        served_to=began + timedelta(hours=1), how="gate", seen_by=OLGA.id, seen_at=began,
        device="", closed_by=OLGA.id, lacks="second", since=NOON - timedelta(hours=18),
    )  # fmt: skip


@pytest.fixture(scope="module")
def world(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the cast and the world."""
    path = tmp_path_factory.mktemp("world") / "volboard.sqlite3"
    shutil.copy(built, path)
    app = create_app(settings_for(path.parent, f"sqlite:///{path}"))
    with app.app_context():
        build_the_world()
        db.engine.dispose()
    return path


@pytest.fixture(scope="module")
def product(world: Path) -> Iterator[Flask]:
    """The product in the world, for all knocks."""
    app = create_app(settings_for(world.parent, f"sqlite:///{world}"))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def house(product: Flask) -> Iterator[Flask]:
    """The product, and the world as it was built; whatever a knock did is undone after it."""
    rewinder = Rewinder(product)
    limiter.reset()
    yield product
    rewinder.changed()
    rewinder.close()


def knock(app: Flask, endpoint: str, role: str) -> bool:
    """Send a real request as somebody of this role; whether the door opened."""
    rule = next(rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint)
    with app.test_request_context():
        values = PERSON | LETS_IN[endpoint][1]
        url = url_for(endpoint, **{name: values[name] for name in rule.arguments})
    client = app.test_client()
    with client.session_transaction() as session:
        session["csrf_token"] = "raw"
        if role in PEOPLE:
            session["_user_id"] = f"{PEOPLE[role].id}.1"
    token = URLSafeTimedSerializer(SECRET, salt="wtf-csrf-token").dumps("raw")
    method = "POST" if "POST" in (rule.methods or ()) else "GET"
    with (
        clock.standing_at(NOON),
        client.open(
            url, method=method, data=BODY.get(endpoint, {}) | {"csrf_token": token}
        ) as answer,
    ):
        assert answer.status_code in (200, 204, 303, 302, 404, 409, 422), answer.get_data(
            as_text=True
        )[:500]
        sent_away = "/sign-in?next=" in answer.headers.get("Location", "")
        return answer.status_code != 404 and not sent_away


def test_the_table_names_every_route(app: Flask) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == LETS_IN.keys()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("endpoint", LETS_IN)
def test_a_door_opens_to_the_people_in_its_row_only(house: Flask, endpoint: str, role: str) -> None:
    assert knock(house, endpoint, role) == (role in LETS_IN[endpoint][0])
