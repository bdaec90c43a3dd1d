"""What was said in thanks for a shift."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from volboard.core.db import Base, UTCDateTime


class Thanks(Base):
    """A word of thanks to everybody who served in a shift."""

    __tablename__ = "thanks"
    __table_args__ = (
        UniqueConstraint("shift_id", "thanked_by", name="one_thanks_per_account"),
        CheckConstraint("words <> ''", name="thanks_has_words"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    shift_id: Mapped[int] = mapped_column(ForeignKey("shifts.id"))
    thanked_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    thanked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    words: Mapped[str]
