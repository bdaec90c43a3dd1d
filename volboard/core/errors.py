"""Refusals: requests that we understand and decline, with the sentence the person reads."""

from flask_babel import lazy_gettext as _l


class Refusal(Exception):
    """A request we understand and decline; `message` is shown to the person as it stands."""

    status = 409
    title = _l("现在还不行")
    message: object = _l("这一步现在做不了。")

    def __init__(self, message: object = None) -> None:
        super().__init__()
        if message is not None:
            self.message = message

    def __str__(self) -> str:
        return str(self.message)


class NotFound(Refusal):
    """It does not exist, or this person may not see it: the two must look alike."""

    status = 404
    title = _l("没有找到")
    message = _l("没有找到这个页面，可能已经撤下。请回到活动页看看。")
