"""Signatures of another time: sent once, for failures lock a key, and the error says how far the clocks are apart."""

from __future__ import annotations

import copy
import pickle
import time
from email.utils import formatdate
from typing import TYPE_CHECKING, Any

import pytest

from specloom.runtime.auth import TokenCredentials
from specloom.runtime.errors import StatusError
from specloom.runtime.retry import RetryPolicy
from specloom.runtime.vendors.huaweicloud import AccessKeyCredentials
from tests.runtime.driving import RUNS, list_history, no_environment, server, start
from tests.runtime.faults import OK, Act, FaultServer, answer

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["no_environment", "server"]

THEN = 1_000_000_000
DATE = formatdate(THEN, usegmt=True)
REFUSED = b'{"error_code": "APIG.0301", "error_msg": "Incorrect IAM authentication information: x-sdk-date expired"}'
EAGER = RetryPolicy(max_retries=9, base=0.001)


def keys(seconds: float) -> AccessKeyCredentials:
    """Keys of a machine whose clock is that much ahead of the server's."""
    return AccessKeyCredentials("AK", "SK", clock=lambda: THEN + seconds)


@RUNS
@pytest.mark.parametrize("call", [list_history, start])
@pytest.mark.parametrize("status", [401, 403])
@pytest.mark.parametrize(("seconds", "words"), [(1200, "1200 seconds ahead of"), (-5400.4, "5400 seconds behind")])
def test_a_refused_signature_says_how_far_the_clocks_are_apart(
    server: FaultServer, go: Callable[..., Any], call: Callable[[Any], Any], status: int, seconds: float, words: str
) -> None:
    """After the server's own words, and after one request, whatever `Retry-After` and the policy say."""
    server.play(Act(answer(status, REFUSED, Date=DATE, Retry_After="0")))
    error = go(server.url, call, credentials=keys(seconds), retries=EAGER)

    assert isinstance(error, StatusError)
    assert (len(server.requests), error.attempts) == (1, 1)
    assert (error.code, error.clock_skew) == ("APIG.0301", round(seconds))
    assert str(error).endswith(f"; the clock that signed is {words} the server's: set the clock of this machine")
    for twin in (copy.copy(error), pickle.loads(pickle.dumps(error))):  # noqa: S301
        assert (str(twin), twin.clock_skew) == (str(error), error.clock_skew)


@pytest.mark.parametrize(
    ("seconds", "headers", "skew"),
    [(0, {"Date": DATE}, 0), (60, {"Date": DATE}, 60), (9999, {}, None), (9999, {"Date": "yesterday"}, None)],
)
@RUNS
def test_clocks_that_agree_or_are_not_known_are_not_spoken_of(
    server: FaultServer, go: Callable[..., Any], seconds: int, headers: dict[str, str], skew: int | None
) -> None:
    """A minute is too little to be refused for."""
    server.play(Act(answer(401, REFUSED, **headers)))
    error = go(server.url, list_history, credentials=keys(seconds))

    assert error.clock_skew == skew
    assert "clock" not in str(error)


@RUNS
def test_only_refused_signatures_are_about_clocks(server: FaultServer, go: Callable[..., Any]) -> None:
    """Neither tokens nor other statuses are."""
    for status, credentials in ((401, TokenCredentials("t")), (400, keys(9999)), (500, keys(9999))):
        server.play(Act(answer(status, REFUSED, Date=DATE)))
        error = go(server.url, list_history, credentials=credentials, retries=0)

        assert (error.status, error.clock_skew) == (status, None)
        assert "clock" not in str(error)


@RUNS
def test_every_attempt_is_signed_for_its_own_time(
    server: FaultServer, go: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A request that is sent again a while later is not sent with the signature of before."""
    now = iter(range(THEN, THEN + 9))
    server.play(Act(answer(503)), Act(answer(429)), OK)
    result = go(server.url, list_history, credentials=AccessKeyCredentials("AK", "SK", clock=lambda: next(now)))
    dates = [line for head in server.heads for line in head.splitlines() if line.startswith("X-Sdk-Date")]

    assert result.total == 1
    assert dates == [time.strftime("X-Sdk-Date: %Y%m%dT%H%M%SZ", time.gmtime(THEN + attempt)) for attempt in range(3)]
