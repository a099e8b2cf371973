"""Splits the names of a document into words; how they are joined again is up to who asks.

What has no change of case between two signs is one word as it stands (`k8s`, `v1beta1`, `SHA256SUM`), and so a name in
snake_case stays what it is. In mixed case a word begins with a capital, or with the last one of several (`HTTPServer`).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_BRANDS = (
    "[Gg]itHub|[Gg]itLab|[Ll]inkedIn|[Pp]ayPal|[Yy]ouTube",
    "[Gg]raphQL|[Jj]avaScript|[Tt]ypeScript|[Mm]ySQL|[Nn]oSQL|[Pp]ostgreSQL",
    "[Ee]Tag|[Mm]acOS|[Oo]Auth|[Oo]penAPI|[Oo]penID|iOS|iPad|iPhone",
)
"""What people write as one word though it holds capitals; a list for names that everybody knows, and no others."""

_ASCII_SIGNS = re.compile(r"[^A-Za-z0-9]+")
_SEGMENT = re.compile(r"[^_\s]+")
_SMALL = r"[^\d\sA-Z]"  # of what can stand in a segment
_WORD = re.compile(
    rf"(?:"
    rf"(?:{'|'.join(_BRANDS)})(?:s(?!{_SMALL}))?(?!{_SMALL})"
    rf"|[A-Z]{{2,}}s(?!{_SMALL})"  # IDs, URLs
    rf"|[A-Z]{{2,}}v(?=\d)"  # IPv4
    r"|[A-Z]+(?=[A-Z][a-z])"  # HTTP in HTTPServer
    rf"|[A-Z]?{_SMALL}+"  # Server, server, and letters of scripts without case
    r"|[A-Z]+"
    rf"|\d+(?:{_SMALL}+|[A-Z]+(?!{_SMALL}))?"  # 3d, 2FA where a name begins with them
    rf")"
    # Digits stay with what is before them, and with them small letters (k8s), or one capital that begins no word (P2P).
    rf"(?:\d+(?:{_SMALL}+|[A-Z](?=[A-Z]{_SMALL}|\d|$))?)*"
)


@lru_cache(maxsize=32_768)
def split_words(text: str) -> tuple[str, ...]:
    """The words of a name, in its own case; none where it holds neither letter nor digit."""
    return tuple(
        word
        for segment in _SEGMENT.findall(_without_signs(text))
        for word in ((segment,) if segment in (segment.lower(), segment.upper()) else _WORD.findall(segment))
    )


def snake(text: str) -> str:
    """A name in snake_case words; empty where it holds neither letter nor digit."""
    return "_".join(split_words(text)).lower()


def _without_signs(text: str) -> str:
    """A name in the form in which Python compares names, with spaces for what can stand in none."""
    if text.isascii():
        return _ASCII_SIGNS.sub(" ", text)
    kept = " "
    for one in unicodedata.normalize("NFKC", text):
        # A mark without a letter before it would be laid over whatever stands there in the end.
        is_kept = f"n{one}".isidentifier() and not (kept[-1] in " _" and unicodedata.category(one)[0] == "M")
        kept += one if is_kept else " "
    return kept


_VERSION = re.compile(r"(?:v\d\S*|\d+(?:[.-]\d+)*)", re.IGNORECASE)
_EVERYWHERE = frozenset({"api", "rest"})


def telling_segments(path: str) -> list[str]:
    """The segments of a path without those at its beginning that paths of any API have: `api`, a version."""
    segments = [one for one in path.split("/") if one]
    while segments and (segments[0].lower() in _EVERYWHERE or _VERSION.fullmatch(segments[0])):
        segments.pop(0)
    return segments
