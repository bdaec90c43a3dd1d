"""The blueprint on which all routes of this slice stand."""

from flask.blueprints import BlueprintSetupState

from volboard.core.access import GuardedBlueprint
from volboard.home.slips import leaf

bp = GuardedBlueprint("home", __name__)


@bp.record
def give_templates_the_leaf(state: BlueprintSetupState) -> None:
    """Templates tear leaves off the calendar."""
    state.app.jinja_env.filters["leaf"] = leaf
