"""Keeps secrets out of errors: out of the frames of the HTTP library, and out of words that repeat what was sent.

Whoever reports an error with the variables of its frames (as `rich`, Sentry and the like do) shows what the library was
sending, header lines and all; so its frames are cut off before an error leaves the transport. The causes stay, each by
its type and its words, and of a transport that the caller gave the frames that are the caller's.
"""

from __future__ import annotations

import sys

from .errors import DecodeError, StatusError
from .messages import Request, Secret

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import FrameType, TracebackType
    from typing import TypeVar

    from .errors import ClientError

    E = TypeVar("E", bound=BaseException)

_MASK = "***"
_SHORTEST = 6
"""Characters of the shortest piece of a secret that is looked for: shorter ones are found in any text."""
_SENDING = frozenset(("httpx2", "httpcore2", "h11", "h2", "hpack", "socksio", "anyio", "trio", "sniffio"))
"""What is between a transport and the sockets, and holds what is sent."""
_LONGEST_CUT = 200
"""Characters of an answer that texts show."""


def bare(fault: E, step: object, given: object = None) -> E:
    """An exception of a transport, cut off from where it arose, with all that led to it.

    What a function of the caller's raises stays as it is.

    Args:
        step: What was being performed; a secret of a request that the words of an exception repeat is masked there.
        given: The transport, where the caller gave one: frames of the caller's stay.
    """
    if not isinstance(step, Request):
        return fault
    _clean(fault, secrets_of(step), {}, given is not None)
    return fault


def mask(error: ClientError, secrets: tuple[str, ...]) -> None:
    """Takes secrets that a server has repeated out of the texts of an error, and out of its causes.

    The answer itself (body, headers, model) stays as it came.
    """
    if not secrets:
        return
    error.args = tuple(_masked_cut(part, secrets) if isinstance(part, str) else part for part in error.args)
    for name, value in vars(error).items():
        if isinstance(value, str):
            vars(error)[name] = _masked_cut(value, secrets)
    if isinstance(error, StatusError):
        error.details = {name: value and masked(value, secrets) for name, value in error.details.items()}
    elif isinstance(error, DecodeError):
        error.problems = tuple(one.worded(_masked_cut(one.message, secrets)) for one in error.problems)
        if any(secret.encode("utf-8", "replace") in error.body for secret in secrets):
            error.__cause__ = error.__context__ = None  # they tell of the same content


def _clean(
    fault: BaseException | None, secrets: tuple[str, ...], known: dict[int, BaseException | None], given: bool
) -> BaseException | None:
    """The exception without frames and secrets; nothing in place of one whose words cannot be changed.

    Args:
        known: What came of others, for causes may stand in several places, and in circles.
        given: Whether frames of the caller's may be among those of the transport.
    """
    if fault is None or id(fault) in known:
        return fault if fault is None else known[id(fault)]
    known[id(fault)] = fault
    fault.__traceback__ = _callers_part(fault.__traceback__) if given else None
    if getattr(fault, "_request", None) is not None:  # errors of httpx2 hold what was being sent
        fault._request = None  # type: ignore[attr-defined]
    suppressed = fault.__suppress_context__
    fault.__cause__ = _clean(fault.__cause__, secrets, known, given)
    fault.__context__ = _clean(fault.__context__, secrets, known, given)
    fault.__suppress_context__ = suppressed
    parts = [_clean(one, secrets, known, given) for one in getattr(fault, "exceptions", ())]
    if _shows(fault, secrets):
        fault.args = tuple(masked(_text_of(part), secrets) for part in fault.args)
        texts = {name: value for name, value in vars(fault).items() if isinstance(value, str)}
        vars(fault).update({name: masked(value, secrets) for name, value in texts.items()})
    if None in parts or _shows(fault, secrets):
        known[id(fault)] = None
    return known[id(fault)]


def _callers_part(trace: TracebackType | None) -> TracebackType | None:
    """What is left of a traceback without the frames that are ours or the library's, and those called from there."""
    kept: list[TracebackType] = []
    callers = False
    while trace is not None:
        callers = _is_callers(trace.tb_frame, callers)
        if callers:
            kept.append(trace)
        trace = trace.tb_next
    for one in reversed(kept):
        one.tb_next, trace = trace, one
    return trace


def _is_callers(frame: FrameType, before: bool) -> bool:
    """Whether a frame is the caller's; one of the standard library belongs to the frame before it."""
    name = str(frame.f_globals.get("__name__"))
    if name.startswith(f"{__package__}."):
        return False
    library = name.partition(".")[0]
    return before if library in sys.stdlib_module_names else library not in _SENDING


def _shows(fault: BaseException, secrets: tuple[str, ...]) -> bool:
    if not secrets:
        return False
    try:
        said = f"{fault} {fault!r} {fault.args} {vars(fault)}"
    except Exception:  # what has no words may have them for somebody else
        return True
    return any(secret in said for secret in secrets)


def _text_of(part: object) -> str:
    try:
        return str(part)
    except Exception:
        return type(part).__name__


def words_of(fault: BaseException) -> str:
    """Type and words of an exception, also where it fails to say them."""
    try:
        words = str(fault)
    except Exception:
        words = "(it does not say what is wrong)"
    return f"{type(fault).__name__}: {words}" if words else type(fault).__name__


def masked(text: str, secrets: tuple[str, ...]) -> str:
    """A text without secrets."""
    for secret in secrets:
        text = text.replace(secret, _MASK)
    return text


def _masked_cut(text: str, secrets: tuple[str, ...]) -> str:
    """The same for a text that was cut off, maybe within a secret."""
    text = masked(text, secrets)
    end = text.rstrip("'\". ")
    for secret in secrets:
        for size in range(min(len(secret) - 1, _LONGEST_CUT), _SHORTEST - 1, -1):
            start = secret[:size]
            if end.endswith(start):
                return end.removesuffix(start) + _MASK + text[len(end) :]
            text = text.replace(f"{start}...", f"{_MASK}...")
    return text


def secrets_of(request: Request) -> tuple[str, ...]:
    """The pieces of a request that credentials put there, of header lines and of the query, as `forms_of` has them."""
    from urllib.parse import unquote

    shown: list[str] = []
    for name, value in request.headers:
        if isinstance(value, Secret):
            # The name of the scheme is no secret, and a word that answers use.
            shown.append(value.partition(" ")[2] or value if name.lower() == "authorization" else value)
    if isinstance(request.url, Secret):
        shown += [pair.partition("=")[2] for pair in request.url.partition("?")[2].split("&")]
    words = {word for value in shown for whole in (value, unquote(value)) for word in (whole, *whole.split())}
    pieces = {piece for word in words for piece in (word, word.partition("=")[2])}
    return forms_of(piece for piece in pieces if len(piece) >= _SHORTEST)


def forms_of(secrets: Iterable[str]) -> tuple[str, ...]:
    """Secrets as they are, as Python and JSON write them, and percent-encoded; the longest first."""
    from json import dumps

    from .text import quoted

    found: set[str] = set()
    for secret in secrets:
        text = str.__str__(secret)
        found |= {text, repr(text)[1:-1], quoted(text)}
        for escaped in (dumps(text)[1:-1], dumps(text, ensure_ascii=False)[1:-1]):
            found |= {escaped, escaped.replace("/", "\\/")}
    return tuple(sorted(found - {""}, key=len, reverse=True))
