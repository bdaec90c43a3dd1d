"""A form that may stand beside others of its kind on one page."""

from typing import Any

from volboard.core.forms import Form


class NamedForm(Form):
    """The ids of its fields begin with `key`; their names do not."""

    def __init__(self, *, key: str = "", **values: Any) -> None:
        super().__init__(**values)
        self.key = key
        for field in self:
            if key and field.name != "csrf_token":
                field.id = f"{key}-{field.name}"
