"""The known name that a wrong one was probably meant to be."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_ENOUGH: Final = 0.6
_MANY: Final = 5000
_LONG: Final = 120


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Find the known name that is most like a wrong one; None where none is like it.

    A difference in case alone wins; else the ratio of `difflib` decides, and among equals the first in order.
    Names are only compared where their lengths are alike, so that a long list costs little.
    """
    best, best_ratio = None, _ENOUGH
    if len(name) > _LONG:
        return None
    matcher = SequenceMatcher(None, "", name.lower(), autojunk=False)
    for _, one in zip(range(_MANY), known, strict=False):
        if 2.0 * min(len(one), len(name)) / max(1, len(one) + len(name)) <= best_ratio:
            continue
        matcher.set_seq1(one.lower())
        if matcher.real_quick_ratio() > best_ratio and matcher.quick_ratio() > best_ratio:
            ratio = matcher.ratio()
            if ratio > best_ratio:
                best, best_ratio = one, ratio
    return best


def hint_for(name: str, known: Iterable[str]) -> str:
    """Phrase the nearest known name as a hint; empty where there is none."""
    found = nearest(name, known)
    return f"did you mean `{found}`?" if found else ""
