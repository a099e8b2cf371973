"""Tokens that credentials obtain for themselves: kept until they expire, and asked for once however many calls wait.

All of it is part of the flow of the call that needs the token: the request for it and the waits are yielded to whatever
driver runs that call, a thread or a task of any event loop. A lock is only held to look at the state and never over a
step, so it blocks no event loop. Who finds somebody else asking looks again every few milliseconds, by yielding a wait,
which works between threads and tasks alike.
"""

from __future__ import annotations

import copy
import json
import threading
import time
from typing import TYPE_CHECKING

from .auth import Credentials, clock_of, place
from .errors import (
    CallTimeoutError,
    ClientError,
    DeadlineError,
    DecodeError,
    StatusError,
    TransportError,
)
from .forking import tell_of_fork
from .messages import Headers, Secret, Sleep
from .secrecy import forms_of, masked, secrets_of

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Hashable
    from typing import TypeAlias

    from .auth import Authentication, Steps
    from .messages import Request, Response
    from .operation import Scheme

    Obtaining: TypeAlias = "Generator[Request | Sleep, Response | None, Token]"
    Clock: TypeAlias = Callable[[], float]

_EARLY = 30 * 60.0
"""Seconds before its end at which a token is renewed while it still serves, or a tenth of its life if that is less."""
_PAUSE = 60.0
"""Seconds until a renewal that did not help is tried again."""
_LEFT_ALONE = 15.0
"""Seconds beyond those of its step after which nobody waits for a call that asks for a token: it may be dropped."""
_PARTS = 4
"""Waits of a request, each of which may take its timeout: for a connection, for two ways, and between pieces."""
_LEAST_LIFE = 5.0
"""Seconds that a token serves which is over when it arrives: the service may be slow, or its times be wrong."""
_FIRST_LOOK, _LAST_LOOK = 0.002, 0.05
_WAITS = (0.5, 2.0)
"""Seconds before a token is asked for again where the service is busy or broken."""
_BUSY = (408, 429, 500, 502, 503, 504)
_LONGEST_WAIT = 10.0


class Token:
    """A secret with the times that matter for it, in seconds since 1970 by the clock of this machine.

    Args:
        text: The secret.
        now: When it was obtained.
        lifetime: For how long it serves; `None` where nobody knows.
    """

    __slots__ = ("expires_at", "refresh_at", "served", "text")

    def __init__(self, text: Secret, now: float, lifetime: float | None) -> None:
        self.text = text
        self.served = False
        lifetime = float("inf") if lifetime is None else lifetime
        self.expires_at = now + lifetime - min(10.0, lifetime * 0.05)
        self.refresh_at = now + lifetime - min(_EARLY, lifetime * 0.1) if lifetime < float("inf") else lifetime

    def last(self, now: float) -> None:
        """Has a token that is over on its arrival serve all the same, so that not each call asks for one."""
        if now >= self.refresh_at:
            self.refresh_at = self.expires_at = max(self.expires_at, now + _LEAST_LIFE)


class _Flight:
    """One call that asks for a token, and those that wait for it."""

    __slots__ = ("done", "error", "until")

    def __init__(self) -> None:
        self.done = False
        self.error: ClientError | None = None
        self.until = time.monotonic() + _LEFT_ALONE

    @property
    def is_running(self) -> bool:
        return not self.done and time.monotonic() < self.until

    def watched(self, steps: Obtaining) -> Obtaining:
        """The same steps, each of which may take its time."""
        try:
            step = next(steps)
            while True:
                self.until = time.monotonic() + _LEFT_ALONE + _longest(step)
                try:
                    answer = yield step
                except ClientError as error:
                    step = steps.throw(error)
                else:
                    step = steps.send(answer)
        except StopIteration as end:
            token: Token = end.value
            return token
        finally:
            steps.close()


def _longest(step: Request | Sleep) -> float:
    if isinstance(step, Sleep):
        return step.seconds
    waits = float("inf") if step.timeout is None else _PARTS * step.timeout
    return waits if step.deadline is None else min(waits, step.deadline - time.monotonic())


class TokenCache:
    """Tokens by what they are for.

    Args:
        clock: Seconds since 1970.
    """

    __slots__ = ("__weakref__", "_flights", "_lock", "_pauses", "_tokens", "clock")

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self._lock = threading.Lock()
        self._tokens: dict[Hashable, Token] = {}
        self._flights: dict[Hashable, _Flight] = {}
        self._pauses: dict[Hashable, float] = {}
        tell_of_fork(self)

    def forked(self) -> None:
        """Waits for no call of the process that this one was forked from; the tokens are as good here."""
        self._lock = threading.Lock()
        self._flights = {}

    def current(self, key: Hashable, obtain: Callable[[], Obtaining], deadline: float | None = None) -> Obtaining:
        """A token that serves, obtained where there is none.

        Near its end it is renewed by one call, while others still use it; a renewal that fails then fails nobody.

        Args:
            deadline: Until when to wait for another call that asks, on the clock of `time.monotonic`.

        Raises:
            DeadlineError: It took that call too long.
            ClientError: What went wrong when it was asked for; everybody who waited gets the same, so that a wrong
            password is not sent once for each of them.
        """
        while True:
            token, flight, mine = self._look(key)
            if flight is not None and mine:
                return (yield from self._obtain(key, flight, token, obtain))
            if flight is None or token is not None:
                assert token is not None
                return token
            wait = _FIRST_LOOK
            while flight.is_running:
                if deadline is not None and time.monotonic() + wait > deadline:
                    raise DeadlineError("no token came before the deadline of the call", maybe_sent=False)
                yield Sleep(wait)
                wait = min(wait * 2, _LAST_LOOK)
            if flight.error is not None:
                raise copy.copy(flight.error)

    def drop(self, key: Hashable, token: Token) -> bool:
        """Forgets a token that the server has refused, and says whether another one may do better.

        Not where the token has never served and stands in the place of another that was refused a moment ago: then the
        server refuses for a reason that no token mends, and asking for one at each call would only add to the load.
        """
        with self._lock:
            now = self.clock()
            if self._tokens.get(key) is not token:
                return True
            # A clock that was set back since then says nothing of how long ago it was.
            if not token.served and 0 <= now - self._pauses.get(key, -_PAUSE) < _PAUSE:
                return False
            self._pauses[key] = now
            del self._tokens[key]
            return True

    def _look(self, key: Hashable) -> tuple[Token | None, _Flight | None, bool]:
        """The token that serves, the flight under way, and whether that is now the caller's own."""
        with self._lock:
            now = self.clock()
            token, flight = self._tokens.get(key), self._flights.get(key)
            if token is not None and now >= token.expires_at:
                token = None
            if token is not None and now < token.refresh_at:
                return token, None, False
            if flight is not None and flight.is_running:
                return token, flight, False
            self._flights[key] = flight = _Flight()
            return token, flight, True

    def _obtain(
        self, key: Hashable, flight: _Flight, serving: Token | None, obtain: Callable[[], Obtaining]
    ) -> Obtaining:
        try:
            fresh = yield from flight.watched(obtain())
            fresh.last(self.clock())
            with self._lock:
                self._tokens[key] = fresh
            return fresh
        except ClientError as error:
            if serving is not None:
                serving.refresh_at = self.clock() + _PAUSE
                return serving
            if not isinstance(error, CallTimeoutError):  # the others may have more time
                flight.error = error
            raise
        finally:
            with self._lock:
                flight.done = True
                if self._flights.get(key) is flight:
                    del self._flights[key]


class RefreshedCredentials(Credentials):
    """Credentials that obtain a token and put it where the scheme wants it."""

    __slots__ = ("__cache",)

    refreshable = True

    def __init__(self, clock: Clock | None) -> None:
        self.__cache = TokenCache(clock_of(clock))

    def authenticate(self, scheme: Scheme, request: Request, call: Authentication) -> Steps:
        """Puts the current token into the request, after obtaining it where needed."""
        cache = self.__cache
        key = self.key(scheme, call)
        token = yield from cache.current(key, lambda: self.obtain(scheme, request, call, cache.clock), request.deadline)
        call.used[self] = key, token
        self.apply(token, scheme, request, call)

    def apply(self, token: Token, scheme: Scheme, request: Request, call: Authentication) -> None:
        """Puts a token into the request."""
        place(scheme, Secret(f"Bearer {token.text}"), request, call.kept)

    def refused(self, call: Authentication) -> bool:
        """Forgets the token that the call has used."""
        return call.used.get(self) is not None and self.__cache.drop(*call.used[self])

    def accepted(self, call: Authentication) -> None:
        """Notes that the token has served."""
        if self in call.used:
            call.used[self][1].served = True

    def key(self, scheme: Scheme, call: Authentication) -> Hashable:
        """What tells tokens of these credentials apart."""
        raise NotImplementedError

    def obtain(self, scheme: Scheme, request: Request, call: Authentication, clock: Clock) -> Obtaining:
        """Asks for a new token."""
        raise NotImplementedError


def ask(
    request: Request,
    caller: Request,
    call: Authentication,
    who: str,
    secrets: tuple[Secret, ...],
    trace: str = "X-Request-Id",
) -> Generator[Request | Sleep, Response | None, Response]:
    """Sends a request for a token and gives the answer, which is a success.

    A service that is busy or broken is asked twice more. A redirect is a failure: secrets go nowhere else.

    Args:
        request: The request for a token.
        caller: The request that the token is for; the limits of its time hold for this one too.
        who: What is asked, for messages.
        secrets: What must not appear in an error, should the server repeat it.
        trace: The header with the id that the service gives to requests.

    Raises:
        TransportError: No whole answer arrived. Nothing of the call itself was sent, and the error says so.
        StatusError: The service refused, in the class of its status.
    """
    request.timeout, request.deadline = caller.timeout, caller.deadline
    for wait in (*_WAITS, None):
        try:
            response = yield request
        except TransportError as error:
            error.maybe_sent = False
            error.message = f"no token from {who}: {error.message}"
            raise
        if response is None:
            raise TransportError("the driver gave no response", maybe_sent=False)
        if response.status // 100 == 2:
            return response
        if wait is None or response.status not in _BUSY:
            raise _refusal(call, response, who, (*forms_of(secrets), *secrets_of(request)), trace)
        yield Sleep(_asked_for(response, wait))
    raise AssertionError("the last attempt ends in an answer or in an error")


def _asked_for(response: Response, wait: float) -> float:
    from .retry import retry_after

    asked = retry_after(response.headers)
    return wait if asked is None else min(asked, _LONGEST_WAIT)


def _refusal(call: Authentication, response: Response, who: str, secrets: tuple[str, ...], trace: str) -> StatusError:
    """The error for a token that was refused: the class of its status, with the words of the service."""
    status, body = response.status, _without(response.content, secrets)
    code, words = (masked(text, secrets) for text in _said(response.content))
    headers = Headers((name, masked(value, secrets)) for name, value in response.headers)
    errors = call.client.errors
    keys = (str(status), f"{status // 100}XX", "default")
    kind = next((errors[key] for key in keys if key in errors), StatusError)
    message = f"no token from {who}{': ' if words else ''}{words}"
    fields = {"code": code or None, "message": message, "request_id": headers.get(trace)}
    return kind(message, status=status, fields=fields, headers=headers, body=body)


_PLACES = (
    ("/error_code", "/error/code", "/error"),
    ("/error_description", "/error_msg", "/error/message", "/message"),
)


def _without(body: bytes, secrets: tuple[str, ...]) -> bytes:
    """An answer without secrets that it repeats; written anew where it writes them in a way of its own."""
    from . import pointers

    for form in secrets:
        body = body.replace(form.encode(), b"***")
    content = pointers.parsed(body)
    if content is pointers.MISSING:
        return body
    try:
        text = json.dumps(content, ensure_ascii=False)
    except RecursionError:
        return b""
    hidden = masked(text, secrets)
    return body if hidden == text else hidden.encode("utf-8", "replace")


def _said(body: bytes) -> tuple[str, str]:
    """Code and words of a refusal, in the shapes of RFC 6749 (section 5.2) and of identity services."""
    from . import pointers

    content = pointers.parsed(body)
    found: list[str] = []
    for places in _PLACES:
        values = (pointers.resolve(content, pointer) for pointer in places)
        found.append(next((str(one) for one in values if isinstance(one, (str, int)) and one != ""), ""))
    return found[0], found[1]


def unusable(response: Response, who: str) -> DecodeError:
    """The error for an answer without a token; it holds nothing of the answer, which may be a secret."""
    return DecodeError(f"{who} gave no token that can be used", status=response.status)
