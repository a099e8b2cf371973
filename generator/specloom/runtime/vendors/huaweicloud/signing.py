"""The request signature SDK-HMAC-SHA256, a pure function of a request.

As the vendor's signing guide and its official SDK have it (`huaweicloudsdkcore/signer/signer.py`). Three rules that
surprise: the canonical path ends with a slash that the request has not; header names with an underscore are not
signed; a body that is neither JSON nor BSON is not signed, and a header says so.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from ...messages import Secret, SecretBytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ALGORITHM = "SDK-HMAC-SHA256"
_DATE, _CONTENT = "X-Sdk-Date", "X-Sdk-Content-Sha256"
_SIGNED_BODIES = ("application/json", "application/bson")


def sign(
    method: str, url: str, headers: Iterable[tuple[str, str]], body: bytes | None, key: str, secret: str, date: str
) -> list[tuple[str, str]]:
    """Sign a request with all its header lines but those with an underscore in their names.

    Args:
        url: The whole address. Its query is signed as `canonical_query` gives it and should be sent like that.
        headers: What is sent, as far as it is signed.
        body: What is sent; `None` and no bytes are the same.
        key: The access key.
        secret: Its secret key.
        date: Now, in UTC, as `YYYYMMDDTHHMMSSZ`; a line `X-Sdk-Date` goes before it.

    Returns:
        The lines to add: the date, `Host`, and what says that the body is not signed, where they are not there yet;
        then `Authorization`.
    """
    before = {name.lower(): value for name, value in headers}
    authority, path, query = split(url)
    added = [] if _DATE.lower() in before else [(_DATE, date)]
    if "host" not in before:
        added.append(("Host", authority))
    content_type = before.get("content-type")
    if content_type and not content_type.startswith(_SIGNED_BODIES):
        added.append((_CONTENT, "UNSIGNED-PAYLOAD"))
    lines = before | {name.lower(): value for name, value in added}
    signed = sorted(name for name in lines if "_" not in name)
    # Secret, for a traceback that is shown with variables may begin here.
    request = Secret(
        "\n".join(
            [
                method.upper(),
                canonical_path(path),
                canonical_query(query),
                *(f"{name}:{lines[name].strip()}" for name in signed),
                "",
                ";".join(signed),
                _payload(lines, body),
            ]
        )
    )
    hashed = hashlib.sha256(request.encode()).hexdigest()
    text = f"{ALGORITHM}\n{lines[_DATE.lower()]}\n{hashed}"
    signature = Secret(hmac.new(SecretBytes(secret.encode()), text.encode(), hashlib.sha256).hexdigest())
    proof = Secret(f"{ALGORITHM} Access={key}, SignedHeaders={';'.join(signed)}, Signature={signature}")
    return [*added, ("Authorization", proof)]


def split(url: str) -> tuple[str, str, str]:
    """Authority, path and query of an address, as written."""
    rest = url.partition("://")[2].partition("#")[0]
    place, _, query = rest.partition("?")
    authority, slash, path = place.partition("/")
    return authority, slash + path, query


def canonical_path(path: str) -> str:
    """Each segment decoded and encoded again, with a slash at the end; `%2F` becomes a slash."""
    path = "/".join(quote(segment, safe="~") for segment in unquote(path).split("/"))
    return path if path.endswith("/") else path + "/"


def canonical_query(query: str) -> str:
    """The pairs sorted by name, then by value, as they are before they are encoded; a space is `%20`, a plus `%2B`."""
    pairs = (pair.partition("=") for pair in query.split("&") if pair)
    decoded = sorted((unquote(name), unquote(value)) for name, _, value in pairs)
    return "&".join(f"{quote(name, safe='~')}={quote(value, safe='~')}" for name, value in decoded)


def _payload(lines: Mapping[str, str], body: bytes | None) -> str:
    """What stands for the body: its hash, unless a line says something else about a body that is there."""
    said = lines.get(_CONTENT.lower())
    return said if body and said else hashlib.sha256(body or b"").hexdigest()
