"""What organizers fill in about a team."""

from typing import Any, Self

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired

from volboard.accounts.fields import phone_field
from volboard.core.forms import Form, offer, options, text_field, words_field
from volboard.teams.commands import TeamDraft
from volboard.teams.kinds import WORDS
from volboard.teams.queries import Member, Roster
from volboard.teams.rules import NAME_LENGTH, PURPOSE_LENGTH, TeamKind

KINDS = options(WORDS.items())
KIND: Any = _l("哪些人的队")
CHOOSE_KIND: Any = _l("请选一种。")
PURPOSE: Any = _l("平时做什么")
TELL_PURPOSE: Any = _l("请写一句这支队平时做什么。")
LEADER: Any = _l("队长")
NO_LEADER: Any = _l("还没有队长")
COMMUNITY: Any = _l("哪个社区的队")
CHOOSE_COMMUNITY: Any = _l("请选一个社区。")


class TeamForm(Form):
    """A team's particulars."""

    name = text_field(_l("队名"), NAME_LENGTH, _l("请写队名，比如 爱心红帽一刻钟服务队。"))
    kind = RadioField(KIND, choices=KINDS, validators=[InputRequired(CHOOSE_KIND)])
    purpose = words_field(PURPOSE, PURPOSE_LENGTH, TELL_PURPOSE)

    def draft(self) -> TeamDraft:
        """What was typed."""
        return TeamDraft(self.text("name"), TeamKind(self.text("kind")), self.text("purpose"))


class NewTeamForm(TeamForm):
    """A team that is founded: in which community."""

    community = RadioField(COMMUNITY, coerce=int, validators=[InputRequired(CHOOSE_COMMUNITY)])

    def offer(self, communities: list[tuple[int, str]]) -> None:
        """Offer these; a single one is chosen already."""
        offer(self["community"], communities)


class ChangeTeamForm(TeamForm):
    """A team that stands: also who leads it."""

    leader = SelectField(LEADER, coerce=int)

    @classmethod
    def showing(cls, roster: Roster) -> Self:
        """The form as the team stands."""
        team = roster.team
        form = cls.blank(
            name=team.name, kind=team.kind, purpose=team.purpose, leader=team.leader_id or 0
        )
        form.offer(roster.members)
        return form

    def offer(self, members: tuple[Member, ...]) -> None:
        """Offer these members, and nobody."""
        field: Any = self["leader"]
        names = ((one.volunteer_id, one.name) for one in members)
        field.choices = options([(0, NO_LEADER), *names])

    @property
    def leader_id(self) -> int | None:
        """Who is chosen; none for nobody."""
        return self["leader"].data or None


class MemberForm(Form):
    """Whom to add."""

    phone = phone_field()
