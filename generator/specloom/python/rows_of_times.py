"""Rows of the emitted tests of times: in whatever spelling of ISO 8601 they come, they are read, and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.model import ObjectSchema, StringSchema
from specloom.python.plan_models import field_names
from specloom.synthesis import synthesise

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specloom.model import Api, Json, Schema
    from specloom.python.naming import Naming

_READABLE = (1, 30)
"""Levels and values of what is made."""
_SPELLED: tuple[tuple[str, float], ...] = (
    ("2024-05-17T08:30:00Z", 1715934600),
    ("2024-05-17t08:30:00z", 1715934600),
    ("2024-05-17 08:30:00Z", 1715934600),
    ("2024-05-17T08:30Z", 1715934600),
    ("2024-05-17T16:30:00+08:00", 1715934600),
    ("2024-05-17T16:30:00+0800", 1715934600),
    ("2024-05-17T16:30:00 +08", 1715934600),
    ("2024-05-17T03:00:00-05:30", 1715934600),
    ("2024-05-17t08:30:00-00:00:30", 1715934630),
    ("2024-05-17T08:30:00.5Z", 1715934600.5),
    ("2024-05-17t08:30:00,25z", 1715934600.25),
    ("2024-05-17T08:30:00.123456789Z", 1715934600.123456),
    ("2024-05-17t08:30:00.123456789z", 1715934600.123456),
    ("2016-12-31T23:59:60Z", 1483228799.999999),
    ("2024-05-17t24:00:00z", 1715990400),
)
"""Texts, and the seconds since 1970 that they name."""


def time_rows(api: Api, naming: Naming) -> Iterator[list[Json]]:
    """The class, a document with a time, the field of that, and the seconds since 1970: of the first model with one."""
    schemas: dict[str, Schema] = {one.name: one.schema for one in api.schemas}
    for one in api.schemas:
        if isinstance(one.schema, ObjectSchema) and (name := _time_in(one.schema)):
            made = synthesise(one.schema, schemas, fitting=True, readable=_READABLE)
            if isinstance(made.value, dict) and not made.unmet:
                yield from _rows(naming.classes[one.name], made.value, name, field_names(one.schema)[name])
                return


def _time_in(schema: ObjectSchema) -> str:
    found = (one for one in schema.properties if isinstance(one.schema, StringSchema))
    return next((one.name for one in found if getattr(one.schema, "format", "") == "date-time"), "")


def _rows(class_: str, document: Mapping[str, Json], name: str, field: str) -> Iterator[list[Json]]:
    for text, seconds in _SPELLED:
        yield [class_, {**document, name: text}, field, seconds]
