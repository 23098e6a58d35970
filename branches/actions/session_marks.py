"""What a session carries about its sign-in: which row it is, when it began and was last used, what was shown again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

from branches.actions.sessions import begin_sign_in, note_use
from branches.models import SignIn, User
from partybuild.lib import clock

SIGN_IN, BEGAN, SEEN = "sign_in", "sign_in_began", "sign_in_seen"
PASSWORD_GIVEN, CODE_GIVEN = "password_given", "code_given"
NOTED_EVERY = timedelta(minutes=1)
"""The last use is written down so often at most."""


@dataclass(frozen=True)
class Marks:
    """The sign-in that a session belongs to."""

    sign_in_id: int
    began_at: datetime
    seen_at: datetime


def mark_sign_in(*, session: SessionBase, user: User, address: str, agent: str) -> SignIn:
    """Note a sign-in and put it into its session; the password has been given just now."""
    if session.session_key is None:  # one that belonged to somebody else has just been emptied
        session.save()
    sign_in = begin_sign_in(user=user, session_key=session.session_key or "", address=address, agent=agent)
    session[SIGN_IN] = sign_in.pk
    session[BEGAN] = session[SEEN] = session[PASSWORD_GIVEN] = sign_in.started_at.timestamp()
    return sign_in


def marks_of(session: SessionBase) -> Marks | None:
    """What the session carries; None for one that began before sign-ins were noted."""
    if SIGN_IN not in session:
        return None
    return Marks(session[SIGN_IN], _moment(session[BEGAN]), _moment(session[SEEN]))


def mark_use(session: SessionBase) -> SignIn | None:
    """The session is in use now."""
    session[SEEN] = clock.now().timestamp()
    return note_use(sign_in_id=session[SIGN_IN], session_key=session.session_key or "")


def mark_password_given(session: SessionBase) -> None:
    """Its owner has given his password again."""
    session[PASSWORD_GIVEN] = clock.now().timestamp()


def is_password_fresh(session: SessionBase) -> bool:
    """Whether the password was given within the last minutes."""
    given = session.get(PASSWORD_GIVEN)
    age = None if given is None else clock.now() - _moment(given)
    return age is not None and abs(age) < timedelta(seconds=settings.PASSWORD_AGAIN_SECONDS)


def mark_code_given(session: SessionBase) -> None:
    """Its owner has shown his second factor."""
    session[CODE_GIVEN] = True


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, clock.ZONE)
