"""Which rows of which table are about whom: every table of the product stands here.

A test walks the metadata, so that a new table is either given to whom it is about or explained.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

OWN_ACCOUNT, OWN_PEOPLE = "account", "people"


@dataclass(frozen=True)
class Rows:
    """How the rows of a table are found that are about a household."""

    title: str
    by: Mapping[str, str]
    """Column → `account`, `people`, or the table through whose found rows it is theirs.

    A row is theirs where any of these fits.
    """
    secret: tuple[str, ...] = field(default=())
    """Columns that are left out: who knew them could act as the person."""


ACCOUNT, PERSON = {"account_id": OWN_ACCOUNT}, {"volunteer_id": OWN_PEOPLE}
OWNED: Mapping[str, Rows] = {
    "accounts": Rows("账号", {"id": OWN_ACCOUNT}, ("password_hash", "session_version")),
    "volunteers": Rows("本人和家人", ACCOUNT),
    "consents": Rows("同意", PERSON),
    "erasures": Rows("已经删除的家人", PERSON),
    "name_changes": Rows("改过的名字", PERSON),
    "name_requests": Rows("想改的名字", PERSON),
    "household_proposals": Rows("登记时写了谁家的号码", PERSON | ACCOUNT),
    "residencies": Rows("所在社区", ACCOUNT),
    "memberships": Rows("担任组织者", ACCOUNT),
    "pauses": Rows("暂停报名", PERSON),
    "teams": Rows("我带的服务队", {"leader_id": OWN_PEOPLE}),
    "team_members": Rows("参加的服务队", PERSON),
    "signups": Rows("报名", PERSON, ("request_key",)),
    "cover_asks": Rows("请我帮忙", PERSON),
    "hand_overs": Rows("转让名额", {"signup_id": "signups", "taken_by": OWN_PEOPLE},
                       ("secret_hash",)),
    "calendar_feeds": Rows("日历订阅", ACCOUNT, ("secret_hash",)),
    "attendances": Rows("签到签退", PERSON),
    "attendance_breaks": Rows("中间离开", {"attendance_id": "attendances"}),
    "attendance_log": Rows("门口按的每一下", {"attendance_id": "attendances"}, ("nonce",)),
    "arrivals": Rows("扫纸码", PERSON),
    "hour_entries": Rows("服务时长", PERSON),
    "entry_reasons": Rows("时长的原因", {"entry_id": "hour_entries"}),
    "presence_witnesses": Rows("谁给我作证", {"attendance_id": "attendances"}),
    "unconfirmed": Rows("待确认的时长", PERSON),
    "sightings": Rows("哪位组织者见过我", PERSON),
    "hour_chains": Rows("我的摘要链", PERSON),
    "sealed_chains": Rows("封存的摘要", PERSON),
    "make_ups": Rows("补录", PERSON, ("asked_on", "decided_on")),
    "disputes": Rows("疑问", {"entry_id": "hour_entries", "opened_by": OWN_ACCOUNT}),
    "star_awards": Rows("星级", PERSON),
    "thanks": Rows("感谢的话", {"thanked_by": OWN_ACCOUNT, "shift_id": "attendances"}),
    "certificates": Rows("证明", PERSON),
    "worth_rules": Rows(
        "我提过、定过的规矩", {"proposed_by": OWN_ACCOUNT, "decided_by": OWN_ACCOUNT},
        ("proposed_on", "decided_on"),
    ),
    "rule_changes": Rows("我改过的规矩", {"changed_by": OWN_ACCOUNT}),
    "messages": Rows("消息", ACCOUNT | PERSON),
    "deliveries": Rows("消息怎么送的", {"message_id": "messages"}),
    "desk_codes": Rows("服务台验证码", ACCOUNT, ("code_hash",)),
    "power_log": Rows("当上和不当组织者", ACCOUNT | {"done_by": OWN_ACCOUNT}),
    "power_codes": Rows("接任的验证码", ACCOUNT | {"issued_by": OWN_ACCOUNT}, ("code_hash",)),
    "phone_views": Rows("谁看过我的号码", ACCOUNT),
    "roster_listings": Rows("名单上有我", ACCOUNT),
    "events": Rows("我办的活动", {"created_by": OWN_ACCOUNT}),
    "series": Rows("我办的系列活动", {"created_by": OWN_ACCOUNT}),
    "event_changes": Rows("我改的活动", {"changed_by": OWN_ACCOUNT}),
    "anomaly_reviews": Rows("我查看的不寻常", {"reviewed_by": OWN_ACCOUNT}),
    "roster_imports": Rows("我导入的名单", {"imported_by": OWN_ACCOUNT}),
}  # fmt: skip
"""In the order in which they are read: a table comes after those through which it is found."""
EXPLAINED: Mapping[str, str] = {
    "site_facts": "facts of the installation; nobody is named",
    "communities": "a community's particulars and rules, which it publishes",
    "shifts": "posts of an event; that somebody closed a gate is in the log of presses",
    "seal_keys": "fingerprints of the keys that proofs were sealed with",
    "certificate_books": "the last running number of a community",
    "ledger_seals": "heads over all chains together, published on /verify",
    "ledger_ends": "where the seals end",
    "message_texts": "a community's own words, of which it is the author",
    "roster_drafts": "other people's rows between a preview and the yes, gone within an hour",
    "roster_choices": "headings and the columns chosen for them; nothing in it is of a person",
}
