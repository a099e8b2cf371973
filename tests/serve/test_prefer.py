"""The `Prefer` header is read as RFC 7240 writes it."""

from __future__ import annotations

import pytest

from specloom.serve.prefer import Preference, parse_prefer


@pytest.mark.parametrize(
    ("header", "code", "example"),
    [
        ("", "", ""),
        ("code=404", "404", ""),
        ("Code = 404", "404", ""),
        ('code="404"', "404", ""),
        ("code=404, example=no_pet", "404", "no_pet"),
        ("respond-async; wait=10, code=404; strict", "404", ""),
        ("code=404, code=500", "404", ""),
        ('example="a, b; \\"c\\"", code=400', "400", 'a, b; "c"'),
        ("example=a=b", "", "a=b"),
        ('example="open, code=404', "", '"open, code=404'),
        (",, ;code=404,", "", ""),
    ],
)
def test_preferences_are_read(header: str, code: str, example: str) -> None:
    """Names in any case, values quoted or not, parameters and other names ignored, the first of a name counts."""
    assert parse_prefer(header) == Preference(code=code, example=example)


def test_what_was_applied_is_written_in_the_same_syntax() -> None:
    """A value that is no token is quoted, so that it can be read back."""
    preference = Preference(code="404", example='say "a, b"')

    assert preference.applied == 'code=404, example="say \\"a, b\\""'
    assert parse_prefer(preference.applied) == preference
