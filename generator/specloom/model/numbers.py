"""Numbers beside what is documented of them, by the digits that are written: 0.3 is three times 0.1.

Whole numbers may be longer than any float, so nothing here becomes one.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from specloom.model.schema import Bounds


def is_within(value: int | float, bounds: Bounds) -> bool:
    """Whether a number keeps its bounds."""
    return (
        (bounds.minimum is None or value >= bounds.minimum)
        and (bounds.maximum is None or value <= bounds.maximum)
        and (bounds.exclusive_minimum is None or value > bounds.exclusive_minimum)
        and (bounds.exclusive_maximum is None or value < bounds.exclusive_maximum)
        and (not bounds.multiple_of or is_multiple(value, bounds.multiple_of))
    )


def is_multiple(value: int | float, step: int | float) -> bool:
    """Whether a number is a whole number of steps."""
    if isinstance(value, float) and not math.isfinite(value):
        return False
    return exact(value) % exact(step) == 0


def exact(number: int | float) -> Fraction:
    """What the digits of a number say."""
    return Fraction(number) if isinstance(number, int) else Fraction(str(number))
