"""User and password: they obtain a token of the identity service, which goes into `X-Auth-Token`."""

from __future__ import annotations

import datetime
import json
import re
from typing import TYPE_CHECKING, overload

from ... import codec, pointers
from ...auth import checked, conceal, place
from ...endpoint import base_address
from ...errors import InvalidCallError
from ...messages import Request, SecretBytes
from ...operation import ApiKey, Service
from ...tokens import RefreshedCredentials, Token, ask, unusable

if TYPE_CHECKING:
    from collections.abc import Callable

    from ...auth import Authentication
    from ...messages import Response
    from ...operation import Scheme
    from ...tokens import Clock, Obtaining

_REGION = re.compile(r"[a-z][a-z0-9-]*")
_HOST = re.compile(r"https?://[^./]+\.([a-z][a-z0-9-]*)\.myhuaweicloud\.com(?:[:/]|$)")
_GLOBAL_ONLY = ("cn-north-11", "ru-northwest-2", "eu-west-101")
"""Regions without an identity service of their own in the official SDK (`core/auth/endpoint.py`)."""
_LIFETIME = 24 * 3600.0


class PasswordCredentials(RefreshedCredentials):
    """A user of the identity service (IAM) and the password: they obtain a token when needed, and renew it in time.

    The token is kept in this object alone, by identity service and project, and shared by all calls of all clients that
    the object is given to; threads and tasks may use it at once, and one of them asks. It is renewed before it ends,
    and once in a call where the service refuses it.

    Args:
        username: The IAM user.
        password: The user's password.
        domain: The account that the user belongs to.
        project: Name of the project that the token is for, such as `cn-north-4`.
        project_id: Id of the project, in place of its name; by default that of the client.
        iam_endpoint: Address of the identity service.
        region: Region of the identity service, in place of its address; by default that of the client's address.
        clock: Gives seconds since 1970, in place of the clock of this machine.

    Raises:
        InvalidCallError: An argument is missing or unusable.
    """

    __slots__ = ("__domain", "__iam", "__password", "__project", "__username")

    @overload
    def __init__(
        self,
        username: str,
        password: str,
        domain: str,
        *,
        project: str | None = None,
        iam_endpoint: str | None = None,
        region: str | None = None,
        clock: Callable[[], float] | None = None,
    ) -> None: ...

    @overload
    def __init__(
        self,
        username: str,
        password: str,
        domain: str,
        *,
        project_id: str | None,
        iam_endpoint: str | None = None,
        region: str | None = None,
        clock: Callable[[], float] | None = None,
    ) -> None: ...

    def __init__(
        self,
        username: str,
        password: str,
        domain: str,
        *,
        project: str | None = None,
        project_id: str | None = None,
        iam_endpoint: str | None = None,
        region: str | None = None,
        clock: Callable[[], float] | None = None,
    ) -> None:
        username, password, domain = conceal(username), conceal(password), conceal(domain)
        self.__username = checked("username", username)
        self.__password = checked("password", password)
        self.__domain = checked("domain", domain)
        self.__project = ("id", project_id) if project_id else ("name", project) if project else None
        if iam_endpoint is not None:
            self.__iam = base_address(Service(name="IAM", user_agent=""), iam_endpoint, {})
        else:
            self.__iam = _iam_of(region) if region is not None else ""
        super().__init__(clock)

    def satisfies(self, scheme: Scheme) -> bool:
        """The header `X-Auth-Token`."""
        return isinstance(scheme, ApiKey) and (scheme.place, scheme.name.lower()) == ("header", "x-auth-token")

    def apply(self, token: Token, scheme: Scheme, request: Request, call: Authentication) -> None:
        """Puts the token into its header."""
        place(scheme, token.text, request, call.kept)

    def key(self, scheme: Scheme, call: Authentication) -> tuple[str, tuple[str, str]]:
        """Address of the identity service, and the project.

        Raises:
            InvalidCallError: One of them is not known.
        """
        found = _HOST.match(call.client.base)
        iam = self.__iam or (_iam_of(found[1]) if found else "")
        if not iam:
            raise InvalidCallError(
                "PasswordCredentials need region= or iam_endpoint=: this client's address tells neither"
            )
        held = call.client.parameters.get("project_id")
        project = self.__project or (("id", held) if isinstance(held, str) and held else None)
        if project is None:
            raise InvalidCallError("PasswordCredentials need project= or project_id=, for which the token is to be")
        return iam, project

    def obtain(self, scheme: Scheme, request: Request, call: Authentication, clock: Clock) -> Obtaining:
        """Asks for a token; the time it lives is counted from before the question, whatever the clocks say."""
        (iam, project), started = self.key(scheme, call), clock()
        asking = self._question(iam, project, call.client.service.user_agent)
        who = codec.host_of(iam)
        answer = yield from ask(asking, request, call, who, (self.__password,), "X-IAM-Trace-Id")
        text = conceal(answer.headers.get("X-Subject-Token"))
        if not text:
            raise unusable(answer, who)
        return Token(text, started, _lifetime(answer, started))

    def _question(self, iam: str, project: tuple[str, str], user_agent: str) -> Request:
        url = f"{iam}/v3/auth/tokens?nocatalog=true"
        user = {"name": self.__username, "password": self.__password, "domain": {"name": self.__domain}}
        identity = {"methods": ["password"], "password": {"user": user}}
        body = {"auth": {"identity": identity, "scope": {"project": dict([project])}}}
        content = SecretBytes(json.dumps(body).encode("ascii"))
        headers = [
            ("Host", codec.host_of(url)),
            ("User-Agent", user_agent),
            ("Accept", "application/json"),
            ("Content-Type", "application/json;charset=utf8"),
            ("Content-Length", str(len(content))),
        ]
        return Request("POST", url, headers, content, None)


def _iam_of(region: str) -> str:
    if not _REGION.fullmatch(region):
        raise InvalidCallError(f"region={region!r} is no name of a region")
    return f"https://iam.{'' if region in _GLOBAL_ONLY else region + '.'}myhuaweicloud.com"


def _lifetime(answer: Response, started: float) -> float:
    """Seconds from issue to expiry, both by the clock of the service; a day where it does not say."""
    content = pointers.parsed(answer.content)
    expires = _instant(pointers.resolve(content, "/token/expires_at"))
    issued = _instant(pointers.resolve(content, "/token/issued_at"))
    if expires is None:
        return _LIFETIME
    return max(expires - (started if issued is None else issued), 0.0)


def _instant(text: object) -> float | None:
    """ISO 8601 in UTC -> seconds since 1970."""
    try:
        instant = datetime.datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    if instant is None:
        return None
    return (instant if instant.tzinfo else instant.replace(tzinfo=datetime.UTC)).timestamp()
