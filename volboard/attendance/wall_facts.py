"""Who is here now and which posts stand empty, as the wall and the gate show it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from volboard.attendance.rules import CAME
from volboard.attendance.standing import HasState
from volboard.core import clock
from volboard.events.queries import ManagedShift

NEXT = timedelta(minutes=30)
"""How long after one shift the next of the same post may begin to take it over, and how long
before the end the hand-over is shown."""


@dataclass(frozen=True)
class Guest(HasState):
    """Somebody with a seat in a shift, or who came to it; pages mask the name."""

    name: str
    state: str | None
    since: datetime | None
    """When the person came."""

    @property
    def has_come(self) -> bool:
        return self.state in CAME


@dataclass(frozen=True)
class Post:
    """One shift with its people: who keeps the post (守关人) from when to when."""

    shift_id: int
    title: str
    starts_at: datetime
    ends_at: datetime
    is_open: bool
    """Not closed and not called off."""
    people: tuple[Guest, ...]

    @property
    def here(self) -> tuple[Guest, ...]:
        return tuple(guest for guest in self.people if guest.is_here)

    @property
    def came(self) -> int:
        return sum(guest.has_come for guest in self.people)

    def runs(self, now: datetime) -> bool:
        """Whether somebody has to stand there now: begun, and the planned end not reached."""
        return self.is_open and self.starts_at <= now < self.ends_at

    def follows(self, other: "Post") -> bool:
        """Whether this shift takes the same post over from the other."""
        gap = self.starts_at - other.ends_at
        return self.title == other.title and timedelta() <= gap <= NEXT


@dataclass(frozen=True)
class Posts:
    """The shifts of an event that run, have just ended or are about to begin."""

    shift_id: int
    """The one whose gate or wall this is."""
    all: tuple[Post, ...]

    @property
    def this(self) -> Post:
        return next(post for post in self.all if post.shift_id == self.shift_id)

    @property
    def uncovered(self) -> tuple[Post, ...]:
        """Where somebody should stand now and nobody does.

        A post is kept by whoever is here for any of its shifts: the next may have come
        before the last left.
        """
        now = clock.now()
        kept = {post.title for post in self.all if post.is_open and post.here}
        empty = [post for post in self.all if post.runs(now) and post.title not in kept]
        return tuple(first_of_each(empty))

    @property
    def next(self) -> Post | None:
        """The shift that takes over from this one, from half an hour before its end."""
        if clock.now() < self.this.ends_at - NEXT:
            return None
        return next((post for post in self.all if post.is_open and post.follows(self.this)), None)


def first_of_each(posts: Iterable[Post]) -> Iterator[Post]:
    """Of several shifts of one post, the first."""
    seen: set[str] = set()
    for post in posts:
        if post.title not in seen:
            seen.add(post.title)
            yield post


@dataclass(frozen=True)
class Wall:
    """What hangs in the hall."""

    managed: ManagedShift
    posts: Posts
    language: str

    @property
    def mark(self) -> str:
        """A short mark of everything that the moving part shows, and of nothing else.

        The poll asks with it by itself, so nothing of a person lies in the browser's cache.
        """
        told = (self.language, self.expected, self.came, self.here, self.is_over,
                self.posts.uncovered, self.posts.next)  # fmt: skip
        return sha256(repr(told).encode()).hexdigest()[:24]

    @property
    def here(self) -> tuple[Guest, ...]:
        """Who is here, the first who came first."""
        return self.posts.this.here

    @property
    def came(self) -> int:
        return self.posts.this.came

    @property
    def expected(self) -> int:
        return self.managed.shift.seated

    @property
    def is_over(self) -> bool:
        shift = self.managed.shift
        return shift.closed_at is not None or clock.now() >= shift.ends_at
