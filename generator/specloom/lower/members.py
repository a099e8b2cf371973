"""What the members of a union are called that stand in it without a name: by what sets each apart from the others.

A member has several such words: its title, the one value of a property, a property that it requires, one that it has, a
value that it lists, its kind. It takes the first that no other member has, and only where there is none its place.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from specloom.model import (
    ArraySchema,
    ConstSchema,
    EnumSchema,
    JsonTextSchema,
    MapSchema,
    ObjectSchema,
    ReferenceSchema,
    UnionSchema,
)
from specloom.words import split_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from specloom.model import Property, Schema

ELEMENTS = frozenset({"list", "map"})
"""Kinds that need no word: what they hold has one of its own."""

_PROSE = 6
"""Words from which on a title is no name."""

_PLACES = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"),
    *("twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def member_words(members: Sequence[Schema], discriminator: str = "") -> tuple[str, ...]:
    """A word for each member of a union.

    Args:
        discriminator: The property that tells them apart, where one does.
    """
    words = [tuple(dict.fromkeys(_words(one, discriminator))) for one in members]
    known = Counter(_key(word) for each in words for word in {_key(one): one for one in each}.values())
    return tuple(
        next((word for word in each if known[_key(word)] == 1), place(index)) for index, each in enumerate(words)
    )


def place(index: int) -> str:
    """The word for a place in a row: `first` for 0."""
    if index < len(_PLACES):
        return _PLACES[index]
    tens, ones = divmod(index + 1, 10)
    if tens > len(_TENS) + 1:
        return f"{place(tens - 1)}.{place(ones)}"
    word = _TENS[tens - 2]
    return f"{word}.{_PLACES[ones - 1]}" if ones else f"{word.removesuffix('y')}ieth"


def _key(word: str) -> str:
    return "".join(split_words(word)).lower()


def _words(schema: Schema, discriminator: str) -> Iterator[str]:
    if isinstance(schema, ReferenceSchema):
        return  # It has a name.
    title = schema.info.title
    if title and len(split_words(title)) < _PROSE:
        yield title
    if isinstance(schema, ObjectSchema):
        yield from _of_object(schema, discriminator)
    yield _kind(schema)
    if isinstance(schema, ArraySchema | MapSchema):
        yield from _words(schema.items if isinstance(schema, ArraySchema) else schema.values, discriminator)


def _of_object(schema: ObjectSchema, discriminator: str) -> Iterator[str]:
    """The property that tells members apart goes first, then those that are required."""
    properties = sorted(schema.properties, key=lambda one: (one.name != discriminator, not one.required))
    listed = [(one, _texts(one)) for one in properties]
    yield from (texts[0] for one, texts in listed if len(texts) == 1)
    yield from (f"{texts[0]}.or.{texts[1]}" for one, texts in listed if len(texts) == 2 and one.name == discriminator)
    yield from (f"with.{one.name}" for one in properties if one.name != discriminator)
    yield from (texts[0] for _, texts in listed if texts)


def _texts(one: Property) -> tuple[str, ...]:
    """The texts that a property lists, as far as words can be made of them."""
    match one.schema:
        case ConstSchema(value=str() as value):
            found: tuple[str, ...] = (value,)
        case EnumSchema(members=members):
            found = tuple(each.value for each in members if isinstance(each.value, str))
        case _:
            return ()
    return found if all(split_words(text) for text in found) else ()


def _kind(schema: Schema) -> str:
    """What a member is."""
    match schema:
        case ObjectSchema():
            return "object"
        case EnumSchema(kind=kind):
            return "number" if kind == "integer" else "text"
        case ArraySchema():
            return "list"
        case MapSchema():
            return "map"
        case UnionSchema():
            return "union"
        case JsonTextSchema():
            return "json"
    return "value"


def called_after(schema: Schema, origin: Schema) -> Schema:
    """A schema that was made of another one's, with the name of that as its title."""
    if isinstance(schema, ReferenceSchema) or not isinstance(origin, ReferenceSchema):
        return schema
    return replace(schema, info=replace(schema.info, title=origin.name))
