"""API models built by hand: a pet store with the oddities that the server has to stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.location import Location
from specloom.model import (
    Api,
    ApiKeyScheme,
    ArraySchema,
    Behavior,
    Bounds,
    Documentation,
    EnumMember,
    EnumSchema,
    ErrorModel,
    Example,
    Header,
    HttpScheme,
    IntegerSchema,
    MediaType,
    NamedSchema,
    ObjectSchema,
    Operation,
    Parameter,
    Property,
    ReferenceSchema,
    RequestBody,
    Requirement,
    Response,
    SchemaInfo,
    SchemeUse,
    StringSchema,
)

if TYPE_CHECKING:
    from specloom.model import Json, Schema, SecurityScheme

HERE = Location("petstore.yaml", 3, 5)
INFO = SchemaInfo(location=HERE)
TEXT = StringSchema(info=INFO)
NUMBER = IntegerSchema(info=INFO)

# What the documented payloads hold that a careless server would change.
FAITHFUL: Json = {
    "z": 1,
    "a": None,
    "time": "2024-01-15T08:30:00.743Z",
    "zone": "2024-01-15T08:30:00+08:00",
    "address": "https://example.com",
    "text": '{"rows": [ {"x":1} ],  "sl": "a\\/b"}',
    "words": "Grüße 你好 \u2028 <b>\t",
    "whole": 1.0,
    "large": 12345678901234567890,
}
NOT_JSON = "{'error_code': 'APIG.1002', 'error_msg': 'Incorrect token'}"


def schema_info(*, nullable: bool = False, write_only: bool = False, examples: tuple[Json, ...] = ()) -> SchemaInfo:
    """What a schema says about itself, of which a test needs little."""
    return SchemaInfo(location=HERE, nullable=nullable, write_only=write_only, examples=examples)


def make_object(required: str = "", **members: Schema) -> ObjectSchema:
    """An object; the names of required members stand in one text, with spaces between."""
    properties = tuple(
        Property(name=name, schema=schema, required=name in required.split(), location=HERE)
        for name, schema in members.items()
    )
    return ObjectSchema(info=INFO, properties=properties, additional=None)


def make_reference(name: str) -> ReferenceSchema:
    """A reference to a named schema."""
    return ReferenceSchema(info=INFO, name=name)


def make_content(
    *examples: tuple[str, Json],
    media_type: str = "application/json",
    schema: Schema | None = None,
    raw: bool = False,
) -> MediaType:
    """A representation with named examples."""
    made = tuple(Example(name=name, value=value, location=HERE, raw=raw) for name, value in examples)
    return MediaType(media_type=media_type, schema=schema, location=HERE, examples=made)


def make_response(status: str, *contents: MediaType, headers: tuple[Header, ...] = ()) -> Response:
    """A response under a status."""
    return Response(status=status, description="", contents=contents, location=HERE, headers=headers)


def make_header(name: str, schema: Schema = TEXT, *, required: bool = False) -> Header:
    """A response header."""
    return Header(name=name, required=required, schema=schema, location=HERE)


def make_parameter(
    name: str,
    place: str,
    schema: Schema = TEXT,
    *,
    required: bool = False,
    style: str = "",
    explode: bool | None = None,
    media_type: str = "",
) -> Parameter:
    """A parameter with the style that OpenAPI gives its place where none is said."""
    usual = style or {"path": "simple", "header": "simple"}.get(place, "form")
    return Parameter(
        name=name,
        place=place,
        required=required or place == "path",
        schema=schema,
        style=usual,
        explode=usual == "form" if explode is None else explode,
        location=HERE,
        media_type=media_type,
    )


def make_operation(
    line: str,
    *responses: Response,
    operation_id: str = "",
    parameters: tuple[Parameter, ...] = (),
    body: RequestBody | None = None,
    security: tuple[Requirement, ...] = (),
) -> Operation:
    """An operation from `METHOD /path`; its id is that line unless one is given."""
    method, path = line.split(" ", 1)
    return Operation(
        id=operation_id or line,
        method=method,
        path=path,
        resource="things",
        name="thing",
        documentation=Documentation(summary=f"Summary of {line}"),
        parameters=parameters,
        body=body,
        responses=responses or (make_response("200", make_content(("only", line))),),
        security=security,
        behavior=Behavior(),
        location=HERE,
    )


def make_api(
    *operations: Operation,
    title: str = "Pet store",
    schemas: tuple[NamedSchema, ...] = (),
    security_schemes: tuple[SecurityScheme, ...] = (),
) -> Api:
    """A document of some operations."""
    return Api(
        name="PetStore",
        module="pet_store",
        title=title,
        version="1.0",
        description="",
        sources=("petstore.yaml",),
        servers=(),
        tags=(),
        operations=operations,
        webhooks=(),
        schemas=schemas,
        security_schemes=security_schemes,
        errors=ErrorModel(),
        location=HERE,
    )


def make_named(name: str, schema: Schema) -> NamedSchema:
    """A named schema."""
    return NamedSchema(name=name, schema=schema, location=HERE)


def require(*alternatives: str) -> tuple[Requirement, ...]:
    """Security requirements, each the keys of its schemes with spaces between; empty for an anonymous one."""
    return tuple(Requirement(uses=tuple(SchemeUse(key=key) for key in one.split())) for one in alternatives)


TOKEN = ApiKeyScheme(key="token", place="header", name="X-Auth-Token", description="", location=HERE)
SIGNATURE = HttpScheme(key="signature", scheme="SDK-HMAC-SHA256", bearer_format="", description="", location=HERE)


def make_petstore() -> Api:
    """Pets that are listed, shown, made and run: each kind of documented answer once."""
    limit = make_parameter("limit", "query", IntegerSchema(info=INFO, bounds=Bounds(minimum=1, maximum=100)))
    kinds = EnumSchema(info=INFO, kind="string", members=(EnumMember(value="cat"), EnumMember(value="dog")))
    pet = make_object("id name", id=NUMBER, name=TEXT, kind=kinds)
    not_found = make_response("404", make_content(("no_pet", {"code": "P.404"}), ("no_store", {"code": "S.404"})))
    unknown = make_response("401", make_content(("as_shown", NOT_JSON), raw=True))
    fault = make_response("default", make_content(("fault", {"code": "P.500"})))
    return make_api(
        make_operation(
            "GET /pets",
            make_response("200", make_content(schema=ArraySchema(info=INFO, items=make_reference("Pet")))),
            operation_id="listPets",
            parameters=(limit, make_parameter("kind", "query", kinds)),
        ),
        make_operation(
            "GET /pets/{petId}",
            make_response("200", make_content(("faithful", FAITHFUL), ("plain", {"id": 2})), headers=_headers()),
            unknown,
            not_found,
            fault,
            operation_id="showPet",
            parameters=(make_parameter("petId", "path", NUMBER),),
            security=require("token", "signature"),
        ),
        make_operation(
            "POST /pets/{petId}/start",
            make_response("202"),
            operation_id="startPet",
            parameters=(make_parameter("petId", "path"),),
        ),
        make_operation(
            "POST /pets",
            make_response("201", make_content(("made", {"id": 3}))),
            operation_id="makePet",
            body=RequestBody(required=True, contents=(make_content(schema=pet),), location=HERE),
        ),
        make_operation("DELETE /pets/{petId}", make_response("204"), operation_id="dropPet"),
        schemas=(make_named("Pet", pet),),
        security_schemes=(TOKEN, SIGNATURE),
    )


def _headers() -> tuple[Header, ...]:
    return (
        make_header("X-Request-Id"),
        make_header("X-Total", IntegerSchema(info=schema_info(examples=(7,)))),
        make_header("X-Undocumented-Value"),
        make_header("Content-Type", StringSchema(info=schema_info(examples=("text/evil",)))),
    )
