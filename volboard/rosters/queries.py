"""A roster before the yes: what is kept of it, and what becomes of each row now."""

import json
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import exists, select

from volboard.accounts.identity_models import HouseholdProposal
from volboard.accounts.models import Account, Volunteer
from volboard.accounts.name_forms import folded
from volboard.communities.models import Residency
from volboard.core import clock
from volboard.core.access import Viewer
from volboard.core.db import db, locked
from volboard.rosters.errors import DraftGone
from volboard.rosters.judging import Line, line_from
from volboard.rosters.models import RosterDraft, RosterImport, RosterListing
from volboard.rosters.rules import ASKED, DRAFT_LASTS, HARMLESS, LINES_A_PAGE, Verdict

WANTED = ASKED | {Verdict.ADD}
"""Rows that add somebody."""


@dataclass(frozen=True)
class Left:
    """What of a file was not read, or read otherwise than it stands there."""

    unread: tuple[str, ...] = ()
    """Headings of columns that are not kept."""
    hidden_columns: int = 0
    merged: int = 0
    other_sheets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Draft:
    """A roster as it was read; whether a person is known already is not in it."""

    key: str
    community_id: int
    file_name: str
    digest: str
    lines: tuple[Line, ...]
    left: Left


@dataclass(frozen=True)
class Standing:
    """What a community has to do with a number's account."""

    account_id: int
    is_here: bool
    """At home in this community, or named by a roster of it before."""
    is_elsewhere: bool
    """At home in another community."""
    lives_here: bool
    """At home in this community."""


@dataclass(frozen=True)
class Preview:
    """What would become of each row if the roster were taken in now."""

    draft: Draft
    lines: tuple[Line, ...]
    taken_before: datetime | None
    """When this very file was taken in."""

    @property
    def counts(self) -> Counter[Verdict]:
        return Counter(line.verdict for line in self.lines)

    @property
    def bad(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.is_bad)

    @property
    def new(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.verdict in WANTED)

    def page(self, number: int, only_bad: bool) -> tuple[Line, ...]:
        """The rows on a page, from 1."""
        lines = self.bad if only_bad else self.lines
        return lines[(number - 1) * LINES_A_PAGE : number * LINES_A_PAGE]


def own_draft(key: str, by: Viewer, hold: bool = False) -> Draft:
    """One's own draft of the last hour; `hold` locks it. Raises DraftGone for all others."""
    d = RosterDraft
    fresh = d.made_at >= clock.now() - DRAFT_LASTS
    query = select(d).where(d.key == key, d.made_by == by.id, fresh)
    row = db.session.scalars(locked(query, of=d) if hold else query).one_or_none()
    if row is None or not by.manages(row.community_id):
        raise DraftGone
    content = json.loads(row.rows)
    lines = (line_from(values) for values in content["lines"])
    left = content["left"]
    kept = Left(tuple(left["unread"]), left["hidden_columns"], left["merged"],
                tuple(left["other_sheets"]))  # fmt: skip
    return Draft(row.key, row.community_id, row.file_name, row.digest, tuple(lines), kept)


def preview(key: str, by: Viewer) -> Preview:
    """Each row with what becomes of it; three statements. Raises DraftGone."""
    draft = own_draft(key, by)
    here = standings(numbers_of(draft), draft.community_id)
    return Preview(draft, settled(draft, here, by), _taken_before(draft))


def settled(draft: Draft, here: Mapping[str, Standing], by: Viewer) -> tuple[Line, ...]:
    """The rows with what becomes of them now; one statement.

    Names are compared with those of people at home here only: no roster finds out by which
    name somebody goes elsewhere.
    """
    near = [phone for phone, one in here.items() if one.lives_here]
    names = _names_with(near)
    return tuple(
        replace(line, verdict=_settled(line, here[line.phone], names, by))
        if line.verdict in WANTED and line.phone in here else line
        for line in draft.lines
    )  # fmt: skip


def _settled(line: Line, one: Standing, names: set[tuple[str, str]], by: Viewer) -> Verdict:
    if one.account_id == by.id or (line.phone, folded(line.name)) in names:
        return Verdict.KNOWN
    if line.verdict is Verdict.OTHER_NAME or not one.is_here:
        return line.verdict
    return Verdict.OTHER_KNOWN if one.lives_here else Verdict.KNOWN


def _names_with(phones: Collection[str]) -> set[tuple[str, str]]:
    """Number and folded name of each of these households, and of those who gave its number."""
    a, v, p = Account, Volunteer, HouseholdProposal
    living = (
        select(a.phone, v.folded).select_from(a).where(v.removed_at.is_(None), a.phone.in_(phones))
    )
    own = living.join(v, v.account_id == a.id)
    apart = living.join(p, p.account_id == a.id).join(v, v.id == p.volunteer_id)
    return {(phone, name) for phone, name in db.session.execute(own.union(apart))}


def numbers_of(draft: Draft) -> list[str]:
    """The numbers that the roster would add."""
    return [line.phone for line in draft.lines if line.verdict in WANTED]


def standings(phones: Collection[str], community_id: int) -> dict[str, Standing]:
    """Those of the numbers that have an account; one statement."""
    a, r, named = Account, Residency, RosterListing
    home = exists().where(r.account_id == a.id, r.community_id == community_id)
    listed = exists().where(named.account_id == a.id, named.community_id == community_id)
    elsewhere = exists().where(r.account_id == a.id, r.community_id != community_id)
    rows = db.session.execute(
        select(a.phone, a.id, home | listed, elsewhere, home).where(a.phone.in_(phones))
    )
    return {phone: Standing(id, *map(bool, stands)) for phone, id, *stands in rows}


def bad_rows(draft: Draft) -> int:
    """How many rows keep the whole roster out."""
    return sum(line.verdict not in HARMLESS for line in draft.lines)


def _taken_before(draft: Draft) -> datetime | None:
    i = RosterImport
    query = select(i.imported_at).where(
        i.digest == draft.digest, i.community_id == draft.community_id
    )
    return db.session.scalars(query.order_by(i.id.desc()).limit(1)).first()
