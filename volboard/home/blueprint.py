"""The blueprint on which all routes of this slice stand."""

from flask.blueprints import BlueprintSetupState

from volboard.core.access import GuardedBlueprint
from volboard.home.slips import has_mark, leaf, mark_lines

bp = GuardedBlueprint("home", __name__)


@bp.record
def give_templates_the_marks(state: BlueprintSetupState) -> None:
    """Templates draw marks by name, and tear leaves off the calendar."""
    state.app.jinja_env.globals.update(has_mark=has_mark, mark_lines=mark_lines)
    state.app.jinja_env.filters["leaf"] = leaf
