"""What credentials send for each kind of security scheme."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cases.service import Service

if TYPE_CHECKING:
    from types import ModuleType

TOKEN = [
    ("bearer", "Authorization", "Bearer t"),
    ("digest", "Authorization", "digest t"),
    ("open_id", "Authorization", "Bearer t"),
    ("machine", "Authorization", "Bearer t"),
    ("person", "Authorization", "Bearer t"),
    ("owner", "Authorization", "Bearer t"),
    ("device", "Authorization", "Bearer t"),
    ("header", "X-Key", "t"),
    ("cookie", "Cookie", "session=t"),
]


@pytest.mark.parametrize(("name", "line", "text"), TOKEN)
def test_a_token_goes_where_its_scheme_has_it(package: ModuleType, name: str, line: str, text: str) -> None:
    """As it is, or behind the name of the scheme (RFC 6750, section 2.1)."""
    service = Service()
    with service.client(package, "CredentialsOfAllKinds", credentials=package.TokenCredentials("t")) as client:
        getattr(getattr(client, name), name)()

    assert service.requests[0].headers.get_list(line) == [text]


def test_a_password_goes_in_base64(package: ModuleType) -> None:
    """The example of RFC 7617, section 2."""
    service = Service()
    credentials = package.BasicCredentials("Aladdin", "open sesame")
    with service.client(package, "CredentialsOfAllKinds", credentials=credentials) as client:
        client.basic.basic()

    assert service.requests[0].headers["Authorization"] == "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="


@pytest.mark.parametrize("name", ["digest", "bearer", "machine"])
def test_a_password_is_sent_to_no_other_scheme(package: ModuleType, name: str) -> None:
    """A call that its credentials do not serve is refused."""
    service = Service()
    with (
        service.client(package, "CredentialsOfAllKinds", credentials=package.BasicCredentials("u", "p")) as client,
        pytest.raises(package.InvalidCallError, match=name),
    ):
        getattr(getattr(client, name), name)()

    assert service.requests == []
