"""What a client is called where its document does not say: by the title, else by a host, else by the file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from specloom.words import snake, split_words

if TYPE_CHECKING:
    from collections.abc import Sequence

_SAID_OF_ALL = frozenset(
    (
        *("api", "apis", "fastapi", "http", "https", "openapi", "rest", "restful", "swagger", "webservice"),
        *("doc", "docs", "documentation", "sdk", "spec", "specification", "specifications", "specs"),
    )
)
"""Words that a title has for being that of a description of an API."""

_SAID_BESIDE = frozenset(
    ("beta", "definition", "definitions", "description", "official", "preview", "public", "reference", "version")
)
"""Words that say nothing beside one of those."""

_ARTICLES = frozenset(("a", "an", "the"))
"""Words that no name begins with."""

_LINKING = frozenset(("and", "by", "for", "from", "in", "of", "on", "to", "with"))
"""Words that go with those that are left out before or behind them."""

_NO_NAMES = _SAID_OF_ALL | _SAID_BESIDE | {"client", "index", "main", "root"}
"""What files and hosts are called that hold any API."""

_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_WHAT_FOLLOWS = re.compile(r"[:+|,;!?]|\.\s|\s[-\u2013\u2014/]\s")
_POSSESSIVE = re.compile(r"(?<=\w)['\u2019]s\b", re.IGNORECASE)
_DOMAIN = re.compile(r"(?<=\w)\.(?:com|org|net|io|dev|app|ai)$", re.IGNORECASE)
_VERSION = re.compile(r"v?\d+(?:[.-]\d+)*(?:[.-]?(?:alpha|beta|rc)\w*)?", re.IGNORECASE)
LONGEST = 5
"""Most words of the name of a client."""


def client_words(title: str, servers: Sequence[str], file: str) -> tuple[str, ...]:
    """The words of the name of a client.

    Args:
        servers: Base addresses.
        file: Name of the document.
    """
    return _of_title(title) or _of_host(servers[0] if servers else "") or _of_file(file) or ("Client",)


def module_of(words: Sequence[str]) -> str:
    """The name of a client's module: a word of two parts is a name that people write as one (`digitalocean`)."""
    return "_".join(_as_one(one) for one in words)


def _as_one(word: str) -> str:
    parts = split_words(word)
    return "".join(parts).lower() if len(parts) == 2 and word.isalpha() else snake(word)


def _of_title(title: str) -> tuple[str, ...]:
    """The first part of a title that says something, and a short one that follows a dash (`Twilio - Verify`)."""
    parts = [one for one in _WHAT_FOLLOWS.split(_IN_BRACKETS.sub(" ", title)) if one.strip()]
    told = [words for words in map(_telling, parts) if words]
    if not told:
        return ()
    dashed = re.search(r"\s[-\u2013\u2014]\s", title) is not None
    following = told[1] if dashed and len(told) > 1 and len(told[1]) <= 2 else ()
    return (*told[0], *following)[:LONGEST]


def _telling(text: str) -> tuple[str, ...]:
    """The words of a part of a title that other titles would not have as well."""
    text = re.sub(r"\bweb (?=api\b)", " ", _POSSESSIVE.sub("", text), flags=re.IGNORECASE)
    words = [_DOMAIN.sub("", one.strip(".\"'`*_")) for one in text.split()]
    said = _SAID_OF_ALL if _SAID_OF_ALL.isdisjoint(one.lower() for one in words) else _SAID_OF_ALL | _SAID_BESIDE
    kept = [one for one in words if split_words(one) and one.lower() not in said and not _VERSION.fullmatch(one)]
    while kept and (kept[0].lower() in _ARTICLES or (kept[0] != words[0] and kept[0].lower() in _LINKING)):
        kept.pop(0)
    while kept and kept[-1] != words[-1] and kept[-1].lower() in _LINKING:
        kept.pop()
    return tuple(map(_without_ending, kept))


def _without_ending(word: str) -> str:
    """A word without `API` at its end: `PetstoreAPI`, `orders-api`."""
    shorter = re.sub(r"(?<=[a-z0-9])[-_.]?(?:API|Api|(?<=[-_.])api)$", "", word)
    return word if shorter.lower() in {"", "open"} else shorter


def _of_host(server: str) -> tuple[str, ...]:
    """The name that a host is registered by: `cohere` of `https://api.cohere.com`."""
    try:
        host = urlsplit(server).hostname or ""
    except ValueError:
        return ()
    labels = host.split(".")
    if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in {"ac", "co", "com", "edu", "gov", "net", "org"}:
        labels.pop()
    if len(labels) < 2 or labels[-1].isdigit() or not re.fullmatch(r"[a-z][a-z0-9-]*", labels[-2]):
        return ()
    return () if labels[-2] in {*_NO_NAMES, "example", "localhost"} else (labels[-2],)


def _of_file(file: str) -> tuple[str, ...]:
    stem = re.split(r"[/\\]", file)[-1].partition(".")[0]
    words = [one for one in split_words(stem) if one.lower() not in _NO_NAMES and not _VERSION.fullmatch(one)]
    return tuple(words[:LONGEST])
