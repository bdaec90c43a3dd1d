"""What is wrong with a line, and what an organizer answers."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import InputRequired

from volboard.core.forms import Form, offer, words_field
from volboard.hours.dispute_queries import OwnLine
from volboard.hours.dispute_wording import claims

WORDS_LENGTH = 300


class DisputeForm(Form):
    """One claim, and the words that an organizer needs to look into it."""

    claim = RadioField(_l("哪里不对"), validators=[InputRequired(_l("请选一样。"))])  # type: ignore[arg-type]
    words = words_field(_l("说说怎么回事"), WORDS_LENGTH, _l("请写一句，好让组织者去核对。"))

    def offer(self, line: OwnLine, asked: str = "") -> "DisputeForm":
        """Offer the claims that fit the line; `asked` is chosen already."""
        said = claims(line.is_reversal)
        if self["claim"].data is None and asked in said:
            self["claim"].data = asked
        offer(self["claim"], said.items())
        return self


class AnswerForm(Form):
    """What the volunteer will read."""

    words = words_field(_l("答复"), WORDS_LENGTH, _l("请写答复，提的人会看到。"))
