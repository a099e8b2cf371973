"""Calls that are interrupted while they are authorised, and requests that are looked at while they are on their way."""

from __future__ import annotations

import pickle
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from specloom.runtime import auth
from specloom.runtime.auth import BasicCredentials, TokenCredentials
from specloom.runtime.client import BaseClient
from specloom.runtime.errors import InvalidCallError
from specloom.runtime.oauth import OAuthClientCredentials
from specloom.runtime.operation import Operation, Response
from specloom.runtime.vendors.huaweicloud import AccessKeyCredentials, PasswordCredentials
from tests.runtime.answering import client_over
from tests.runtime.test_secrets import KINDS, SERVICE, forms_of

if TYPE_CHECKING:
    from types import FrameType

SECRET = "Zq7~s3cretS3cret"
RUNTIME = str(Path(auth.__file__).parent)
HALF = "s3cret\udcff"


class Interrupting:
    """Raises at the nth line that runs in the modules which authorise, as Ctrl-C does."""

    def __init__(self, number: int) -> None:
        self.left = number

    def __call__(self, frame: FrameType, event: str, argument: object) -> Any:
        """Is told of each line."""
        name = frame.f_code.co_filename
        if not name.startswith(RUNTIME) or not name.endswith(("auth.py", "keys.py", "signing.py", "oauth.py")):
            return None
        if event == "line":
            self.left -= 1
            if self.left == 0:
                raise KeyboardInterrupt
        return self


def interrupted(scheme: str, credentials: Any, number: int) -> str | None:
    """All that is shown of a call that was interrupted there; `None` where it had ended before."""
    answer = httpx2.MockTransport(lambda _: httpx2.Response(200, json={"access_token": "t"}))
    operation: Operation[Any] = Operation(
        id="o", name="o.o", method="GET", path="/o", responses={"200": Response("json")}, security=((scheme,),)
    )
    client = BaseClient(SERVICE, {}, credentials=credentials, transport=answer)
    before = sys.gettrace()
    sys.settrace(Interrupting(number))
    try:
        client._call(operation, {}, {})
    except KeyboardInterrupt as error:
        sys.settrace(before)
        told = traceback.TracebackException.from_exception(error, capture_locals=True)
        return "\n".join(f"{frame.locals}" for frame in told.stack if frame.filename != __file__)
    finally:
        sys.settrace(before)
    return None


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"password"}))
def test_an_interrupted_call_shows_no_secret(kind: str) -> None:
    """At whatever line: neither the secrets nor what proves them is among the variables."""
    scheme, make = KINDS[kind]
    seen = 0
    for number in range(1, 1000):
        shown = interrupted(scheme, make(SECRET), number)
        if shown is None:
            break
        seen += 1

        assert [form for form in (*forms_of(SECRET), "SignedHeaders=", "x-security-token:") if form in shown] == []
    assert seen > 3


@pytest.mark.parametrize(
    "make",
    [
        lambda: TokenCredentials(HALF),
        lambda: BasicCredentials("me", HALF),
        lambda: OAuthClientCredentials("me", HALF),
        lambda: AccessKeyCredentials("ak", HALF, security_token="ST-s3cret"),
        lambda: AccessKeyCredentials("ak", "sk", security_token=HALF),
        lambda: PasswordCredentials("me", HALF, "d", project="p", region="r"),
    ],
)
def test_a_secret_that_cannot_be_sent_is_refused_and_not_shown(make: Any) -> None:
    """Half a character has no bytes, and the fault of whoever tries holds the text."""
    with pytest.raises(InvalidCallError, match="half a character") as caught:
        make()
    told = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    frames = [str(frame.locals) for frame in told.stack if frame.filename != __file__]

    assert "s3cret" not in "".join([*frames, str(caught.value), pickle.dumps(caught.value, 0).decode("latin-1")])
    assert caught.value.__cause__ is caught.value.__context__ is None


def test_a_hook_that_keeps_the_request_never_sees_credentials() -> None:
    """Not while it is on its way either, as a thread of the hook's may look at it then."""
    kept: list[Any] = []
    seen: list[str] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        seen.append(str(kept[-1].headers))
        return httpx2.Response(202, headers={"X-Sent": request.headers["X-Auth-Token"]})

    with client_over(answer, on_request=kept.append) as client:
        result = client.jobs.start("j")

    assert result.headers["X-Sent"] == "s3cret"
    assert "X-Auth-Token" not in seen[0]
    assert "Accept-Encoding" in seen[0]
