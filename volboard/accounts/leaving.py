"""Who is deleted, as every slice that forgets them is told."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Leaving:
    """Some of a household, or all of it with its account."""

    account_id: int
    volunteer_ids: tuple[int, ...]
    """In the order of their ids, the household's removed members included."""
    names: tuple[str, ...]
    phone: str
    """E.164; empty where the account stays."""
    skips_account: bool
    """Whether the account goes on without these."""
    cause: str
    """asked or retention."""

    @property
    def accounts(self) -> tuple[int, ...]:
        """The account, where it goes too."""
        return () if self.skips_account else (self.account_id,)
