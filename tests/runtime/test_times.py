"""Times, days and UUIDs that keep their text."""

from __future__ import annotations

import copy
import datetime
import pickle
import uuid

import pytest

from specloom.runtime.models import Date, DateTime, Model, Uuid
from specloom.runtime.times import WireDateTime


class Event(Model):
    """Something that happened."""

    at: DateTime | None = None
    day: Date | None = None
    key: Uuid | None = None


UTC = datetime.UTC


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2023-05-27T10:04:35.743Z", datetime.datetime(2023, 5, 27, 10, 4, 35, 743000, UTC)),
        ("2023-05-27t10:04:35z", datetime.datetime(2023, 5, 27, 10, 4, 35, tzinfo=UTC)),
        ("2023-05-27 10:04:35.7431234567Z", datetime.datetime(2023, 5, 27, 10, 4, 35, 743123, UTC)),
        ("2023-05-27T10:04", datetime.datetime(2023, 5, 27, 10, 4)),  # noqa: DTZ001
        ("2023-05-27T18:04:35+08:00", datetime.datetime(2023, 5, 27, 10, 4, 35, tzinfo=UTC)),
        ("2023-05-27T18:04:35+0800", datetime.datetime(2023, 5, 27, 10, 4, 35, tzinfo=UTC)),
        ("2023-05-27T02:34:35-07:30", datetime.datetime(2023, 5, 27, 10, 4, 35, tzinfo=UTC)),
        ("2023-05-27T18:04:35+08", datetime.datetime(2023, 5, 27, 10, 4, 35, tzinfo=UTC)),
        ("2023-12-31T24:00:00Z", datetime.datetime(2024, 1, 1, tzinfo=UTC)),
        ("2016-12-31T23:59:60Z", datetime.datetime(2016, 12, 31, 23, 59, 59, 999999, UTC)),
    ],
)
def test_a_time_is_read_and_written_back_byte_for_byte(text: str, value: datetime.datetime) -> None:
    """Whatever spelling ISO 8601 allows is an instant, and goes back as it came."""
    event = Event.from_json(f'{{"at": "{text}"}}')

    assert event.at == value
    assert isinstance(event.at, WireDateTime)
    assert event.at.wire_text == text
    assert event.to_dict() == {"at": text}


@pytest.mark.parametrize(
    "text", ["2023-13-01T00:00:00Z", "2023-05-27", "20230527T100435Z", "10:04", "", "2023-05-27T25:00:00Z", "now"]
)
def test_what_is_no_time_is_refused(text: str) -> None:
    """Also what names no instant of a day."""
    with pytest.raises(ValueError, match="ISO 8601"):
        Event.from_json(f'{{"at": "{text}"}}')


def test_a_computed_time_has_a_text_of_its_own() -> None:
    """Arithmetic and `replace` drop the text that came."""
    at = WireDateTime.of("2023-05-27T10:04:35.743Z")
    later = [at + datetime.timedelta(days=1), at.replace(microsecond=0), at.astimezone(datetime.timezone.min)]

    assert [Event(at=time).to_dict()["at"] for time in later] == [
        "2023-05-28T10:04:35.743000Z",
        "2023-05-27T10:04:35Z",
        "2023-05-26T10:05:35.743000-23:59",
    ]


def test_copies_and_pickles_of_values_keep_the_text() -> None:
    """The text is part of the value."""
    event = Event.from_json('{"at": "2023-05-27 10:04:35.70Z", "key": "CB5BA5C5-05D0-4EBE-9A0A-3D1D0E6B5A0F"}')
    assert event.at is not None
    assert event.key is not None
    for value in (event.at, event.key):
        for other in (copy.copy(value), copy.deepcopy(value), pickle.loads(pickle.dumps(value))):  # noqa: S301
            assert other == value
            assert getattr(other, "wire_text", None) == getattr(value, "wire_text", None) is not None


def test_python_values_and_texts_are_taken() -> None:
    """A model is built from `datetime`, `date` and `UUID`, or from their text."""
    key = uuid.UUID(int=5)
    event = Event(at=datetime.datetime(2023, 5, 27, tzinfo=UTC), day=datetime.date(2023, 5, 27), key=key)

    assert event.to_dict() == {"at": "2023-05-27T00:00:00Z", "day": "2023-05-27", "key": str(key)}
    assert Event(at="2023-05-27T00:00:00Z", day="2023-05-27", key=str(key)) == event  # type: ignore[arg-type]


def test_a_time_is_no_day_and_a_day_no_time() -> None:
    """`datetime` is a subclass of `date` in Python; on the wire they are two kinds."""
    with pytest.raises(ValueError, match="YYYY-MM-DD"):
        Event(day=datetime.datetime(2023, 5, 27, tzinfo=UTC))
    with pytest.raises(ValueError, match="ISO 8601"):
        Event(at=datetime.date(2023, 5, 27))  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["CB5BA5C5-05D0-4EBE-9A0A-3D1D0E6B5A0F", "cb5ba5c505d04ebe9a0a3d1d0e6b5a0f"])
def test_a_uuid_keeps_its_spelling(text: str) -> None:
    """Upper case and missing hyphens survive; the values are equal."""
    event = Event.from_json(f'{{"key": "{text}"}}')

    assert event.key == uuid.UUID(text)
    assert event.to_dict() == {"key": text}
