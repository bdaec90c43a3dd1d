"""The slices that answer requests, and the models of all, in the order of the floors."""

from volboard.accounts import identity_models as _identity
from volboard.accounts import models as _accounts
from volboard.accounts import views as accounts
from volboard.attendance import models as _attendance
from volboard.attendance import views as attendance
from volboard.certificates import models as _certificates
from volboard.certificates import views as certificates
from volboard.communities import models as _communities
from volboard.communities import views as communities
from volboard.core import views as core
from volboard.events import models as _events
from volboard.events import views as events
from volboard.home import views as home
from volboard.hours import models as _hours
from volboard.hours import views as hours
from volboard.invitations import views as invitations
from volboard.messages import models as _messages
from volboard.messages import views as messages
from volboard.oversight import models as _oversight
from volboard.oversight import views as oversight
from volboard.rights import views as rights
from volboard.rosters import models as _rosters
from volboard.rosters import views as rosters
from volboard.signups import models as _signups
from volboard.signups import views as signups
from volboard.teams import models as _teams
from volboard.teams import views as teams
from volboard.thanks import models as _thanks
from volboard.thanks import views as thanks
from volboard.venue import views as venue

MODELS = (
    _accounts,
    _identity,
    _communities,
    _messages,
    _teams,
    _events,
    _signups,
    _attendance,
    _hours,
    _oversight,
    _thanks,
    _certificates,
    _rosters,
)
BLUEPRINTS = (
    core.bp,
    accounts.bp,
    communities.bp,
    messages.bp,
    teams.bp,
    events.bp,
    hours.bp,
    signups.bp,
    attendance.bp,
    oversight.bp,
    thanks.bp,
    venue.bp,
    invitations.bp,
    rosters.bp,
    certificates.bp,
    rights.bp,
    home.bp,
)
