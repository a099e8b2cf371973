"""Values made from schemas, where a document gives no example."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from specloom.model import (
    AnySchema,
    ArraySchema,
    BooleanSchema,
    Bounds,
    ConstSchema,
    Default,
    Discriminator,
    EnumMember,
    EnumSchema,
    IntegerSchema,
    JsonTextSchema,
    MapSchema,
    NeverSchema,
    NullSchema,
    NumberSchema,
    ObjectSchema,
    Property,
    SchemaInfo,
    StandInSchema,
    StringSchema,
    UnionSchema,
)
from specloom.synthesis import Synthesis, synthesise
from tests.serve.apis import (
    HERE,
    INFO,
    NUMBER,
    TEXT,
    make_api,
    make_content,
    make_object,
    make_operation,
    make_petstore,
    make_reference,
    make_response,
    schema_info,
)
from tests.serve.driver import ask

if TYPE_CHECKING:
    from specloom.model import Json, Schema


def whole(**bounds: float) -> IntegerSchema:
    """A whole number in a range."""
    return IntegerSchema(info=INFO, bounds=Bounds(**bounds))


def number(**bounds: float) -> NumberSchema:
    """A number in a range."""
    return NumberSchema(info=INFO, bounds=Bounds(**bounds))


def text(name: str) -> StringSchema:
    """A text of a format."""
    return StringSchema(info=INFO, format=name)


def some_of(items: Schema, **said: int) -> ArraySchema:
    """A list of a length."""
    return ArraySchema(info=INFO, items=items, min_items=said.get("least"), max_items=said.get("most"))


def made(schema: Schema, **schemas: Schema) -> Json:
    """The value made of a schema, which must keep all of it."""
    synthesis = synthesise(schema, schemas)
    assert synthesis.unmet == ()
    return synthesis.value


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        (TEXT, "string"),
        (text("date-time"), "2024-01-15T08:00:00Z"),
        (text("date"), "2024-01-15"),
        (text("uuid"), "00000000-0000-4000-8000-000000000001"),
        (text("uri"), "https://example.com/"),
        (text("email"), "user@example.com"),
        (text("byte"), "ZXhhbXBsZQ=="),
        (text("never-heard-of"), "string"),
        (StringSchema(info=INFO, content_encoding="base64"), "ZXhhbXBsZQ=="),
        (StringSchema(info=INFO, min_length=8), "stringst"),
        (StringSchema(info=INFO, max_length=3), "str"),
        (StringSchema(info=INFO, max_length=0), ""),
        (StringSchema(info=INFO, pattern="^[a-f0-9]{4}$"), "aaaa"),
        (NUMBER, 1),
        (whole(minimum=5), 5),
        (whole(exclusive_minimum=5), 6),
        (whole(maximum=-2), -2),
        (whole(exclusive_maximum=1), 0),
        (whole(minimum=5.2), 6),
        (whole(minimum=5, multiple_of=4), 8),
        (IntegerSchema(info=INFO, epoch="milliseconds"), 1705305600000),
        (IntegerSchema(info=INFO, epoch="seconds"), 1705305600),
        (number(), 1.5),
        (number(minimum=5), 5),
        (number(exclusive_minimum=0, exclusive_maximum=1), 0.5),
        (number(exclusive_minimum=3), 4),
        (number(maximum=-1.5), -1.5),
        (number(multiple_of=0.5, minimum=2.2), 2.5),
        (number(exclusive_maximum=-3), -4),
        (number(multiple_of=0.1, minimum=2.25), 2.3),
        (number(maximum=10**400), 1.5),
        (whole(multiple_of=1.5, minimum=4), 6),
        (whole(multiple_of=0.3), 3),
        (whole(minimum=10**400, multiple_of=0.5), 10**400),
        (BooleanSchema(info=INFO), True),
        (NullSchema(info=INFO), None),
        (AnySchema(info=INFO), {}),
        (ConstSchema(info=INFO, value=[1]), [1]),
        (EnumSchema(info=INFO, kind="string", members=(EnumMember(value="b"), EnumMember(value="a"))), "b"),
        (MapSchema(info=INFO, values=NUMBER), {"key": 1}),
        (StandInSchema(info=INFO, value=TEXT, member="status"), "string"),
        (some_of(NUMBER), [1]),
        (some_of(NUMBER, least=3), [1, 1, 1]),
        (some_of(NUMBER, most=0), []),
        (ArraySchema(info=INFO, items=NUMBER, prefix=(TEXT, NUMBER)), ["string", 1]),
        (ArraySchema(info=INFO, items=NUMBER, min_items=2, unique=True), [1, 2]),
        (ArraySchema(info=INFO, items=TEXT, min_items=2, unique=True), ["string", "string2"]),
        (UnionSchema(info=INFO, members=(NullSchema(info=INFO), TEXT, NUMBER), exclusive=True), "string"),
    ],
)
def test_each_kind_of_schema_has_its_value(schema: Schema, expected: Json) -> None:
    """The simplest one that a person would write."""
    value = made(schema)

    assert (value, type(value)) == (expected, type(expected))


@pytest.mark.parametrize(
    ("schema", "unmet"),
    [
        (StringSchema(info=INFO, pattern=r"\bx"), r"/: pattern: the escape \b"),
        (StringSchema(info=INFO, format="uuid", max_length=5), "/: minLength or maxLength"),
        (StringSchema(info=INFO, min_length=10**12), "/: minLength"),
        (some_of(NUMBER, least=10**12), "/: minItems"),
        (ArraySchema(info=INFO, items=text("uuid"), min_items=2, unique=True), "/: minItems"),
        (whole(minimum=2, maximum=1), "/: range"),
        (whole(multiple_of=0.3, minimum=1, maximum=2), "/: range"),
        (number(minimum=2, exclusive_maximum=2), "/: range"),
        (number(minimum=10**400), "/: range"),
        (number(minimum=1e300, multiple_of=1e-9, maximum=1e300, exclusive_maximum=1e300), "/: range"),
        (NeverSchema(info=INFO), "/: no finite value"),
        (make_reference("Nowhere"), "/: no finite value"),
        (make_object("a", a=StringSchema(info=INFO, pattern="(?=x)")), "/a: pattern: a group that looks around"),
    ],
)
def test_what_cannot_be_kept_is_said(schema: Schema, unmet: str) -> None:
    """With the place within the value; never silently, and never for long."""
    assert synthesise(schema, {}).unmet == (unmet,)


def test_examples_and_defaults_of_the_schema_come_first() -> None:
    """Null counts only where it is a value."""
    nullable = SchemaInfo(location=HERE, nullable=True, default=Default(value=None))
    default = SchemaInfo(location=HERE, default=Default(value="d"))

    assert made(StringSchema(info=schema_info(examples=("e", "f")))) == "e"
    assert made(StringSchema(info=default)) == "d"
    assert made(StringSchema(info=nullable)) is None
    assert made(StringSchema(info=schema_info(examples=(None,)))) == "string"


def test_an_object_has_its_members_in_order_without_those_of_requests() -> None:
    """Required and optional alike; what cannot be and need not be is left out."""
    secret = StringSchema(info=schema_info(write_only=True))
    schema = make_object("z", z=NUMBER, secret=secret, never=NeverSchema(info=INFO), a=TEXT)

    assert list(made(schema).items()) == [("z", 1), ("a", "string")]  # type: ignore[union-attr]


def test_the_number_of_members_is_kept() -> None:
    """Optional members go, additional ones come."""
    few = ObjectSchema(
        info=INFO, properties=make_object("b", a=TEXT, b=TEXT).properties, additional=None, max_properties=1
    )
    many = ObjectSchema(info=INFO, properties=make_object(a=TEXT).properties, additional=NUMBER, min_properties=3)

    assert made(many) == {"a": "string", "key2": 1, "key3": 1}
    assert made(few) == {"b": "string"}


def test_json_text_is_compact_json_in_a_string() -> None:
    """As deep as the schema says."""
    inner = JsonTextSchema(info=INFO, content=make_object(n=NUMBER, t=text("date")), media_type="application/json")
    outer = JsonTextSchema(info=INFO, content=make_object(rows=some_of(inner)), media_type="application/json")

    value = made(outer)
    assert value == '{"rows":["{\\"n\\":1,\\"t\\":\\"2024-01-15\\"}"]}'
    assert json.loads(json.loads(value)["rows"][0]) == {"n": 1, "t": "2024-01-15"}


def test_recursion_ends_where_it_may() -> None:
    """At an optional member, an empty list, an empty map, another member of a union."""
    node = make_reference("Node")
    either = UnionSchema(info=INFO, members=(node, TEXT), exclusive=False)
    schema = make_object(
        "id list map either", id=NUMBER, parent=node, list=some_of(node), map=_map(node), either=either
    )

    assert made(node, Node=schema) == {"id": 1, "list": [], "map": {}, "either": "string"}


def test_deep_optional_members_are_left_out() -> None:
    """After eight levels; a person does not read on. What is required stays."""
    optional: Schema = TEXT
    required: Schema = TEXT
    for _ in range(12):
        optional, required = make_object(a=optional), make_object("a", a=required)

    assert json.dumps(made(optional)).count("a") == 8
    assert json.dumps(made(required)).count('"a"') == 12


def test_recursion_without_an_end_is_said() -> None:
    """A schema that needs itself has no finite value."""
    schema = make_object("self", self=make_reference("Node"))

    assert synthesise(schema, {"Node": schema}) == Synthesis(value=None, unmet=("/: no finite value",))


def test_a_web_of_references_does_not_grow_without_bound() -> None:
    """Thirty schemas, each with two of the next: a thousand million values if nobody counts."""
    schemas = {
        f"S{at}": make_object(a=make_reference(f"S{at + 1}"), b=make_reference(f"S{at + 1}")) for at in range(30)
    }
    needed = {
        f"S{at}": make_object("a b", a=make_reference(f"S{at + 1}"), b=make_reference(f"S{at + 1}")) for at in range(30)
    }

    assert len(json.dumps(synthesise(make_reference("S0"), {**schemas, "S30": TEXT}).value)) < 100_000
    assert synthesise(make_reference("S0"), {**needed, "S30": TEXT}).value is None


@pytest.mark.parametrize(
    ("mapping", "told"), [((("Dog", 0),), "Dog"), ((("cat", 1), ("hound", 0), ("dog", 0)), "hound"), (((5, 0),), 5)]
)
def test_a_discriminator_tells_the_member(mapping: tuple[tuple[str | int, int], ...], told: str | int) -> None:
    """By the first of its values; one that the schema lists stays."""
    union = UnionSchema(
        info=INFO,
        members=(make_reference("Dog"), make_reference("Cat")),
        exclusive=True,
        discriminator=Discriminator(property_name="kind", mapping=mapping),
    )

    assert made(union, Dog=make_object("kind", kind=TEXT)) == {"kind": told}
    assert made(union, Dog=make_object("kind", kind=ConstSchema(info=INFO, value="x"))) == {"kind": "x"}


def test_an_operation_without_example_is_answered_from_its_schema() -> None:
    """And says so."""
    answer = ask(make_petstore(), "GET /pets")

    assert answer.json == [{"id": 1, "name": "string", "kind": "cat"}]
    assert answer.headers["x-specloom-example"] == "synthesised"
    assert "x-specloom-unmet" not in answer.headers
    assert answer == ask(make_petstore(), "GET /pets")


def test_an_answer_that_does_not_keep_its_schema_says_so() -> None:
    """Where a person who wonders will look."""
    content = make_content(schema=StringSchema(info=INFO, pattern="(?=a)"))
    answer = ask(make_api(make_operation("GET /a", make_response("200", content))), "GET /a")

    assert answer.headers["x-specloom-unmet"] == "/: pattern: a group that looks around"


def test_a_representation_without_schema_is_an_empty_object() -> None:
    """There is nothing to go by."""
    assert ask(make_api(make_operation("GET /a", make_response("200", make_content()))), "GET /a").json == {}


def _map(values: Schema) -> MapSchema:
    return MapSchema(info=INFO, values=values)


@pytest.mark.parametrize(
    ("schema", "examples", "made"),
    [
        (StringSchema, ([1], "a"), "a"),
        (IntegerSchema, (True, "1"), 1),
        (NumberSchema, ("x",), 1.5),
        (BooleanSchema, (0,), True),
    ],
)
def test_examples_that_are_no_values_are_passed_over_where_that_is_asked(
    schema: type[Any], examples: tuple[Json, ...], made: Json
) -> None:
    """A document of others may show anything; what is made to be read has to be readable."""
    described = schema(info=schema_info(examples=examples))

    assert synthesise(described, {}, fitting=True).value == made
    assert synthesise(described, {}).value == examples[0]


def test_an_example_of_a_whole_has_what_the_whole_requires() -> None:
    """Deep inside, by reference, and in lists."""
    inner = ObjectSchema(
        info=INFO,
        properties=(Property(name="size", schema=IntegerSchema(info=INFO), required=True, location=HERE),),
        additional=None,
    )
    listed = ArraySchema(info=INFO, items=make_reference("Inner"))
    for example, taken in (
        ({"parts": [{"size": 3}]}, True),
        ({"parts": [{}]}, False),
        ({"parts": [{"size": "3"}]}, False),
        ({"parts": {"size": 3}}, False),
        ({"other": 1}, True),
        ([], False),
    ):
        outer = ObjectSchema(
            info=schema_info(examples=(example,)),
            properties=(Property(name="parts", schema=listed, required=False, location=HERE),),
            additional=AnySchema(info=INFO),
        )
        assert (synthesise(outer, {"Inner": inner}, fitting=True).value == example) is taken
