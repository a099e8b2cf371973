"""Values that depart from a schema in one place, and unions led by another member."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from specloom.model import (
    AnySchema,
    ArraySchema,
    Discriminator,
    EnumMember,
    EnumSchema,
    JsonTextSchema,
    MapSchema,
    ObjectSchema,
    Property,
    StringSchema,
    UnionSchema,
)
from specloom.synthesis import departures, is_read_as_first, other_members
from tests.serve.apis import INFO, NUMBER, TEXT

if TYPE_CHECKING:
    from specloom.model import Json, Schema

OBJECT = ObjectSchema(info=INFO, properties=(), additional=None)
FOREIGN: Json = {"not": "documented"}


@pytest.mark.parametrize(
    ("schema", "found"),
    [
        (TEXT, [(FOREIGN, "")]),
        (StringSchema(info=INFO, format="date"), [(FOREIGN, ""), ("not documented", "")]),
        (OBJECT, [("not documented", "")]),
        (ArraySchema(info=INFO, items=NUMBER), [(FOREIGN, ""), ([FOREIGN], "/0")]),
        (MapSchema(info=INFO, values=TEXT), [("not documented", ""), ({"any/key~": FOREIGN}, "/any~1key~0")]),
        (
            JsonTextSchema(info=INFO, content=OBJECT, media_type="application/json"),
            [(FOREIGN, ""), ("{", ""), ('"not documented"', "")],
        ),
        (UnionSchema(info=INFO, members=(TEXT, OBJECT), exclusive=False), [(["not documented"], "")]),
        (
            EnumSchema(info=INFO, kind="mixed", members=(EnumMember(value={}), EnumMember(value="a"))),
            [
                (["not documented"], ""),
            ],
        ),
        (AnySchema(info=INFO), []),
    ],
)
def test_a_departure_is_of_a_kind_that_the_schema_does_not_take(schema: Schema, found: list[tuple[Json, str]]) -> None:
    assert [(one.value, one.pointer) for one in departures(schema, {})] == found


def test_a_union_is_led_by_each_other_member_and_its_tags_follow() -> None:
    told = Discriminator(property_name="kind", mapping=(("a", 0), ("b", 1), ("c", 2)), default=0)
    members = (TEXT, NUMBER, OBJECT)
    union = UnionSchema(info=INFO, members=members, exclusive=True, discriminator=told)

    second, third = other_members(union, {})

    assert (second.members, third.members) == ((NUMBER, OBJECT, TEXT), (OBJECT, TEXT, NUMBER))
    assert second.discriminator == replace(told, mapping=(("a", 2), ("b", 0), ("c", 1)), default=2)
    assert list(other_members(TEXT, {})) == []


def test_a_member_that_another_could_be_taken_for_is_not_told_apart() -> None:
    def listing(*values: str) -> ObjectSchema:
        kind = EnumSchema(info=INFO, kind="string", members=tuple(EnumMember(value=one) for one in values))
        property_ = Property(name="kind", schema=kind, required=True, location=INFO.location)
        return ObjectSchema(info=INFO, properties=(property_,), additional=None)

    user, account = listing("user"), listing("account")
    union = UnionSchema(info=INFO, members=(account, user), exclusive=True)
    told = Discriminator(property_name="kind", mapping=(("account", 0), ("user", 1)))

    assert not is_read_as_first(union, {"kind": "account"}, {})
    assert is_read_as_first(replace(union, discriminator=told), {"kind": "account"}, {})
    assert not is_read_as_first(replace(union, discriminator=told), {"kind": "other"}, {})
    assert is_read_as_first(replace(union, members=(account, NUMBER)), {"kind": "account"}, {})
    assert not is_read_as_first(account, {"kind": "account"}, {})
