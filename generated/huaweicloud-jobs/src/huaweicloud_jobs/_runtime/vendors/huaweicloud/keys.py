"""Access key and secret key: they sign each attempt of a call as its last step."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from ...auth import Credentials, checked, clock_of, conceal, put
from ...errors import InvalidCallError
from ...messages import Secret
from ...operation import Signer

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from ...auth import Authentication, Steps
    from ...messages import Request
    from ...operation import Scheme

_VISIBLE = re.compile(r"[!-~]*")
_NOT_SIGNED = frozenset(("accept", "accept-encoding", "connection", "content-length", "user-agent"))
"""Lines that proxies change on the way; the service needs none of them signed."""


class AccessKeyCredentials(Credentials):
    """An access key and its secret key (AK/SK), permanent or temporary.

    A signature that the service refuses is never sent again: after five refusals in a row the service locks the key
    pair for five minutes. It refuses a clock that is more than fifteen minutes wrong. Bodies over 12 MB need a token.

    Args:
        access_key: The access key (AK).
        secret_key: Its secret key (SK).
        security_token: Belongs to a temporary key pair.
        project_id: The project, for services of a region; by default that of the client.
        domain_id: The account, for global services, which take no project.
        clock: Gives seconds since 1970, in place of the clock of this machine.

    Raises:
        InvalidCallError: An argument is missing or unusable, or both a project and an account are given.
    """

    __slots__ = ("__access_key", "__clock", "__scope", "__secret_key", "__security_token")

    def __init__(
        self,
        access_key: str,
        secret_key: str,
        *,
        security_token: str | None = None,
        project_id: str | None = None,
        domain_id: str | None = None,
        clock: Callable[[], float] | None = None,
    ) -> None:
        access_key, secret_key = conceal(access_key), conceal(secret_key)
        given = security_token is not None
        security_token = conceal(security_token)
        self.__access_key = _line("access_key", checked("access_key", access_key))
        self.__secret_key = checked("secret_key", secret_key)
        self.__security_token = _line("security_token", checked("security_token", security_token)) if given else None
        if project_id and domain_id:
            raise InvalidCallError(
                "give project_id= for a service of a region or domain_id= for a global one, not both"
            )
        self.__scope = (
            ("X-Domain-Id", _line("domain_id", domain_id))
            if domain_id
            else ("X-Project-Id", _line("project_id", project_id or ""))
        )
        self.__clock = clock_of(clock)

    def satisfies(self, scheme: Scheme) -> bool:
        """The signature SDK-HMAC-SHA256."""
        return isinstance(scheme, Signer) and scheme.algorithm.lower() == "sdk-hmac-sha256"

    def authenticate(self, scheme: Scheme, request: Request, call: Authentication) -> Steps:
        """Signs the request; not where the caller has set `Authorization`.

        The query is sent as it is signed: sorted, and encoded in one way.
        """
        if "authorization" in call.kept:
            return
        from .signing import canonical_query, sign

        name, scope = self.__scope
        held = call.client.parameters.get("project_id")
        scope = scope or _line("project_id", held if isinstance(held, str) else "")
        for line, value in ((name, scope), ("X-Security-Token", self.__security_token)):
            if value and line.lower() not in call.kept:
                put(request.headers, line, value)
        place, mark, query = request.url.partition("?")
        request.url = type(request.url)(place + mark + canonical_query(query))
        signed = [line for line in request.headers if line[0].lower() not in _NOT_SIGNED]
        call.signed_at = self.__clock()
        date = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(call.signed_at))
        added = sign(request.method, request.url, signed, request.content, self.__access_key, self.__secret_key, date)
        for line, value in added:
            put(request.headers, line, Secret(value))
        yield from ()


def _line(name: str, text: object) -> Any:
    """A text that goes into a header line.

    Raises:
        InvalidCallError: It cannot; the message does not show it.
    """
    if not isinstance(text, str) or not _VISIBLE.fullmatch(text):
        raise InvalidCallError(f"{name} must be visible ASCII without blanks")
    return text
