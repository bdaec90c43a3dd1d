"""Every page of the product, by who opens it. A new page takes its place here."""

from collections.abc import Mapping
from pathlib import Path

from volboard.core.db import sqlite_module

VISITOR, RESIDENT, ORGANIZER, ADMIN = "", "13800000005", "13800000001", "13800000000"

PAGES: Mapping[str, tuple[str, ...]] = {
    VISITOR: (
        "/",
        "/?past=1",
        "/?q=没有这样的活动",
        "/events/{event}",
        "/events/{event}/share",
        "/events/{event}/poster",
        "/shifts/{shift}/sign-up",
        "/festivals",
        "/teams",
        "/teams/1",
        "/stars",
        "/communities/1/rules",
        "/privacy",
        "/verify",
        "/verify/{proof_code}",
        "/verify/00000000000000000000000000000000",
        "/sign-in",
        "/sign-in/code",
        "/sign-in/office",
        "/join",
        "/hand-over/{offered}",
        "/arrive/paper/{sheet}",
        "/email/from-a-letter",
        "/nothing-here",
    ),
    RESIDENT: (
        "/",
        "/events/{event}",
        "/me",
        "/me/hours",
        "/me/hours?year=2020&month=2",
        "/me/hours/{own_line}/dispute",
        "/me/hours/unconfirmed/{unconfirmed}/ask-again",
        "/me/code",
        "/me/calendar",
        "/signups/{own_seat}/coming",
        "/signups/{own_seat}/hand-over",
        "/asks/{ask}",
        "/me/absences/{own_absence}",
        "/arrive/{screen}",
        "/me/code/slips",
        "/me/key",
        "/me/family",
        "/me/family/{relative}",
        "/me/data/{relative}/delete",
        "/me/account",
        "/me/certificates",
        "/me/messages",
        "/me/data",
        "/me/data/delete",
        "/me/account/email",
        "/me/names/{resident}",
        "/me/household",
    ),
    ORGANIZER: (
        "/organize",
        "/organize/events/new",
        "/organize/events/{event}",
        "/organize/events/{event}/cut",
        "/organize/events/{event}/cut?title=引导&kind=service&day=2099-06-01&start=08:00&end=12:00"
        "&length=60&pause=0&capacity=2",
        "/organize/events/{event}/repeat",
        "/organize/events/{event}/repeat?rule=lunar&count=3",
        "/organize/shifts/{shift}/gate",
        "/organize/shifts/{shift}/gate?q=13",
        "/organize/shifts/{shift}/families/{arriving}",
        "/organize/shifts/{shift}/wall",
        "/organize/shifts/{shift}/missing",
        "/organize/offline",
        "/organize/shifts/{shift}/roster",
        "/organize/shifts/{shift}/sheet",
        "/organize/shifts/{ahead}/cover",
        "/organize/shifts/{closed}/gate",
        "/organize/shifts/{closed}/log",
        "/organize/shifts/{shift}/log",
        "/organize/shifts/{shift}/paper",
        "/organize/absences/{absence}/excuse",
        "/organize/hours/{entry}/correct",
        "/organize/make-ups",
        "/organize/make-ups/{make_up}",
        "/organize/shifts/{closed}/make-up/new",
        "/organize/unconfirmed",
        "/organize/unconfirmed/{unconfirmed}/refuse",
        "/organize/disputes",
        "/organize/disputes/{dispute}",
        "/organize/anomalies",
        "/organize/anomalies/1/{odd}",
        "/organize/communities/1/rules",
        "/shifts/{closed}/thanks",
        "/organize/teams/new",
        "/organize/teams/1",
        "/organize/desk-help",
        "/organize/names",
        "/organize/names/new",
        "/organize/desk-help/{help}",
        "/organize/power",
        "/organize/messages",
        "/organize/messages/texts",
        "/organize/communities/1/texts/changed",
        "/organize/messages?state=unsure",
        "/organize/calls",
        "/organize/rosters",
        "/organize/rosters/import",
        "/organize/rosters/import/{draft}",
        "/organize/rosters/import/{draft}/bad",
        "/organize/rosters/import/{draft}/columns",
        "/organize/certificates",
        "/organize/certificates/new",
        "/organize/certificates/{proof}/revoke",
        "/certificates/{proof}",
        "/codes/{code}",
        "/organize/shifts/{shift}/venue-code",
        "/organize/shifts/{shift}/venue-code/poster",
        "/organize/shifts/{shift}/arrivals",
    ),
    ADMIN: (
        "/admin",
        "/admin/communities/new",
        "/admin/communities/1",
        "/organize/power",
        "/organize/anomalies/1/{odd}",
    ),
}


NO_PAGES = {
    "core.healthz": "a word for programs",
    "attendance.count": "a part of the gate",
    "attendance.worker": "a script",
    "attendance.hello": "JSON for the gate's phone",
    "attendance.offline": "JSON for the gate's phone",
    "venue.show_arriving": "where /arrive/{screen} leads to",
    "rosters.send_event_roster": "a file",
    "rosters.send_people": "a file",
    "rosters.send_sample": "a file",
    "rosters.send_hours": "a file",
    "certificates.send_pdf": "a file",
    "certificates.send_picture": "a file",
    "rights.download_json": "a file",
    "rights.download_workbook": "a file",
    "home.send_event": "a file",
    "home.send_calendar": "a file",
    "home.send_feed": "a file",
    "home.send_picture": "a file",
    "accounts.send_key": "a file",
}
"""What is opened by GET and is no page of its own."""


def objects(database: Path) -> dict[str, object]:
    """The ids that stand in the paths: of the event that is on now, and of a past shift."""
    connection = sqlite_module().connect(str(database))

    def one(query: str) -> object:
        return connection.execute(query).fetchone()[0]

    event = one("SELECT id FROM events WHERE community_id = 1 AND title LIKE '今%'")
    mine = f"(SELECT id FROM accounts WHERE phone = '+86{RESIDENT}')"
    found = {
        "event": event,
        "resident": one(f"SELECT id FROM volunteers WHERE is_self AND account_id = {mine}"),
        "relative": one(f"SELECT max(id) FROM volunteers WHERE account_id = {mine}"),
        "own_absence": one("SELECT max(a.id) FROM attendances a JOIN volunteers v"
                           " ON v.id = a.volunteer_id WHERE a.state = 'absent'"
                           f" AND v.account_id = {mine}"),
        "organizer": one(f"SELECT id FROM accounts WHERE phone = '+86{ORGANIZER}'"),
        "arriving": one("SELECT min(g.volunteer_id) FROM signups g JOIN shifts s"
                        f" ON s.id = g.shift_id WHERE s.event_id = {event}"
                        " AND g.state = 'seated'"),
        "shift": one(f"SELECT min(id) FROM shifts WHERE event_id = {event}"),
        "closed": one("SELECT max(h.shift_id) FROM hour_entries h WHERE community_id = 1"),
        "ahead": one("SELECT min(s.id) FROM shifts s JOIN events e ON e.id = s.event_id"
                     " WHERE e.community_id = 1 AND e.state = 'published'"
                     " AND s.starts_at > datetime('now')"),
        "own_seat": one("SELECT min(g.id) FROM signups g JOIN shifts s ON s.id = g.shift_id"
                        " JOIN volunteers v ON v.id = g.volunteer_id"
                        " JOIN accounts a ON a.id = v.account_id"
                        f" WHERE a.phone = '+86{RESIDENT}' AND g.state = 'seated'"
                        " AND s.starts_at > datetime('now') AND s.waiting = 0"),
        "make_up": one("SELECT max(id) FROM make_ups WHERE community_id = 1 AND state = 'waiting'"),
        "entry": one("SELECT max(id) FROM hour_entries WHERE community_id = 1"),
        "odd": one("SELECT 'hasty-' || id FROM make_ups WHERE community_id = 1"
                   " AND julianday(decided_at) - julianday(asked_at) < 2 / 1440.0"),
        "dispute": one("SELECT max(id) FROM disputes WHERE community_id = 1"),
        "own_line": one("SELECT max(h.id) FROM hour_entries h JOIN volunteers v"
                        " ON v.id = h.volunteer_id JOIN accounts a ON a.id = v.account_id"
                        f" WHERE a.phone = '+86{RESIDENT}' AND h.kind = 'credit'"
                        " AND h.id NOT IN (SELECT entry_id FROM disputes)"
                        " AND h.id NOT IN (SELECT reverses FROM hour_entries"
                        " WHERE reverses IS NOT NULL)"),
        "absence": one("SELECT max(a.id) FROM attendances a JOIN shifts s ON s.id = a.shift_id "
                       "JOIN events e ON e.id = s.event_id WHERE a.state = 'absent' "
                       "AND e.community_id = 1"),
        "help": one("SELECT min(id) FROM desk_codes WHERE used_at IS NOT NULL"),
        "proof": one("SELECT min(number) FROM certificates WHERE community_id = 1"),
        "proof_code": one("SELECT code FROM certificates WHERE community_id = 1"
                          " ORDER BY number LIMIT 1"),
        "code": one(f"SELECT v.code FROM volunteers v JOIN signups s ON s.volunteer_id = v.id "
                    f"JOIN shifts t ON t.id = s.shift_id WHERE t.event_id = {event} LIMIT 1"),
    }  # fmt: skip
    connection.close()
    return found
