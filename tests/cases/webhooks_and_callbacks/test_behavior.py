"""Bodies of requests that a service sends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType


def test_a_webhook_is_read(package: ModuleType) -> None:
    """As a response would be: what does not fit is a problem."""
    webhooks = package.webhooks_and_callbacks.webhooks
    found = webhooks.parse_job_done(b'{"id": "3fa85f64-5717-4562-b3fc-2c963f66afa6"}')
    odd = webhooks.parse_job_done('{"id": 5}')

    assert str(found.id) == "3fa85f64-5717-4562-b3fc-2c963f66afa6"
    assert [one.pointer for one in odd.problems] == ["/id"]
    with pytest.raises(ValueError, match="Expecting value"):
        webhooks.parse_job_done("nothing")


def test_a_callback_is_read(package: ModuleType) -> None:
    """It is called after its operation."""
    (event,) = package.webhooks_and_callbacks.webhooks.parse_open_stream_on_data('[{"at": "2024-05-17T08:30:00Z"}]')

    assert event.at.year == 2024


def test_each_request_of_a_callback_has_a_function(package: ModuleType) -> None:
    """One of several methods is told apart by its method, one of several addresses by where it goes."""
    webhooks = package.webhooks_and_callbacks.webhooks
    posted = webhooks.parse_open_stream_on_change_post('{"at": "2024-05-17T08:30:00Z"}')
    ended = [name for name in vars(webhooks) if name.startswith("parse_open_stream_on_end")]

    assert posted.at.year == 2024
    assert webhooks.parse_open_stream_on_change_put("[1]") == [1]
    assert len(ended) == 2
