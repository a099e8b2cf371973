"""What everything of an API is called."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from specloom.location import Location
from specloom.model import (
    AnySchema,
    Api,
    Behavior,
    Documentation,
    EnumSchema,
    ErrorModel,
    NamedSchema,
    ObjectSchema,
    Operation,
    SchemaInfo,
)
from specloom.python.names import digest
from specloom.python.naming import SHARED, Naming, name_api, operations_by_resource

HERE = Location("openapi.yaml")
INFO = SchemaInfo(location=HERE)


def operation(resource: str, name: str, *, id_: str = "", path: str = "/x") -> Operation:
    """An operation with nothing but its names."""
    return Operation(
        id=id_ or name,
        method="GET",
        path=path,
        resource=resource,
        name=name,
        documentation=Documentation(),
        parameters=(),
        body=None,
        responses=(),
        security=(),
        behavior=Behavior(),
        location=HERE,
    )


def api(*operations: Operation, schemas: tuple[NamedSchema, ...] = (), name: str = "lake formation") -> Api:
    """A document of operations and schemas."""
    return Api(
        name=name,
        module="lake-formation",
        title="",
        version="1",
        description="",
        sources=("openapi.yaml",),
        servers=(),
        tags=(),
        operations=operations,
        webhooks=(),
        schemas=schemas,
        security_schemes=(),
        errors=ErrorModel(),
        location=HERE,
    )


def test_a_client_has_a_class_for_each_way_to_wait_and_a_package() -> None:
    """All made from two names of the document."""
    made = name_api(api(operation("jobs", "list_history")))

    assert (made.client, made.async_client, made.module) == ("LakeFormation", "AsyncLakeFormation", "lake_formation")


def test_an_operation_is_reached_through_its_resource() -> None:
    """Which is an attribute, has a class, and holds a constant for the operation."""
    listing, other = operation("import", "list_history"), operation("tasks", "get")
    made = name_api(api(listing, other))

    assert dict(made.resources) == {"import": "import_", "tasks": "tasks"}
    assert (made.call(listing), made.call(other)) == ("import_.list_history", "tasks.get")
    assert (made.method(listing), made.constant(listing)) == ("list_history", "LIST_HISTORY")
    assert (made.resource_class("import"), made.resource_class("tasks")) == ("Import", "Tasks")


def test_a_resource_that_is_called_like_its_client_has_a_class_of_its_own() -> None:
    """The other name is known from outside."""
    made = name_api(api(operation("acme", "get"), name="Acme"))

    assert made.client == "Acme"
    assert made.resource_class("acme") == "AcmeResource"


@pytest.mark.parametrize(
    ("name", "constant"), [("type_checking", "TYPE_CHECKING_"), ("uuid", "UUID_"), ("a", "A_"), ("b", "B")]
)
def test_a_constant_hides_nothing_that_its_module_has(name: str, constant: str) -> None:
    """Neither a name that every module has nor the class of the resource."""
    one = operation("a", name)

    assert name_api(api(one)).constant(one) == constant


def test_operations_are_kept_by_resource_in_their_order() -> None:
    """Wherever they stand in the document."""
    first, second, third = operation("jobs", "b"), operation("tasks", "c"), operation("jobs", "a")

    assert operations_by_resource(api(first, second, third)) == {"jobs": (first, third), "tasks": (second,)}


def test_models_belong_to_the_module_of_one_resource_or_to_all() -> None:
    """Those of a resource that has no operation to the latter; an enumeration has a kind, and nothing else has."""
    model = ObjectSchema(info=INFO, properties=(), additional=AnySchema(info=INFO))
    listed = EnumSchema(info=INFO, kind="integer", members=())
    schemas = tuple(
        NamedSchema(name=name, schema=schema, location=HERE, group=group)
        for name, schema, group in (("job", model, "import"), ("error", model, ""), ("state", listed, "import"))
    )
    made = name_api(api(operation("import", "get"), schemas=schemas))

    assert dict(made.groups) == {"job": "import_", "error": SHARED, "state": "import_"}
    assert SHARED == "shared"
    assert dict(made.kinds) == {"job": "", "error": "", "state": "integer"}
    assert dict(made.classes) == {"job": "Job", "error": "Error", "state": "State"}


def test_an_enumeration_that_takes_any_other_text_is_known_as_one() -> None:
    """To annotations, too."""
    model = ObjectSchema(info=INFO, properties=(), additional=AnySchema(info=INFO))
    some, others = (EnumSchema(info=INFO, kind="string", members=(), extensible=one) for one in (True, False))
    schemas = (("open", some), ("closed", others), ("job", model))
    made = name_api(api(schemas=tuple(NamedSchema(name=one, schema=kind, location=HERE) for one, kind in schemas)))

    assert made.extensible == made.types().extensible == frozenset({"open"})


def test_ids_that_only_spell_their_requests_are_no_names_of_methods() -> None:
    """Unless the document has none, or somebody chose most of them."""
    spelled = operation("items", "get_items_item", id_="GetItemsItem", path="/items/{item}")
    chosen = [operation("items", f"read_{one}", path="/items/{item}") for one in ("it", "all")]
    without = operation("items", "get_items_id", id_="get /items/{id}", path="/items/{id}")

    assert name_api(api(spelled)).method(spelled) == "get_by_item"
    assert name_api(api(spelled, *chosen)).method(spelled) == "get_items_item"
    assert name_api(api(without, *chosen[:1])).method(without) == "get_by_id"
    assert name_api(api(spelled, without, *chosen)).method(spelled) == "get_items_item"


def test_a_place_with_a_long_name_is_called_after_its_method() -> None:
    """As a caller reaches that."""
    id_ = "PostCustomersCustomerSubscriptionsSubscriptionExposedIdOfTheAccount"
    mine = operation("customers", "post", id_=id_, path="/customers")
    model = ObjectSchema(info=INFO, properties=(), additional=AnySchema(info=INFO))
    place = NamedSchema(name=f"{id_}.request.mandate", schema=model, location=HERE, in_place=True)

    assert name_api(api(mine, schemas=(place,))).classes[place.name] == "CustomersPostRequestMandate"


def test_resources_that_nothing_sets_apart_have_classes_with_a_part_of_their_hash() -> None:
    """As their modules have."""
    made = name_api(api(*(operation(one, "get") for one in ("a b", "a,b", "a;b"))))

    assert dict(made.resources) == {"a b": "a_b", "a,b": "a_b_lower", "a;b": f"a_b_{digest('a;b')}"}
    assert dict(made.resource_classes) == {"a b": "AB", "a,b": "ABLower", "a;b": f"AB{digest('a;b').upper()}"}


def test_names_are_decided_once() -> None:
    """Nothing changes them, and none is taken for another by its place."""
    made = name_api(api())

    with pytest.raises(FrozenInstanceError):
        made.client = "Other"  # type: ignore[misc]
    with pytest.raises(TypeError, match="takes 1 positional"):
        Naming("Client")  # type: ignore[call-arg]
    assert not hasattr(made, "__dict__")


def test_annotations_name_classes_with_what_stands_before_them() -> None:
    """A resource's module reaches models through their package; theirs names them as they are."""
    model = ObjectSchema(info=INFO, properties=(), additional=AnySchema(info=INFO))
    made = name_api(api(schemas=(NamedSchema(name="job", schema=model, location=HERE),)))

    assert (made.types().prefix, made.types("models.").prefix) == ("", "models.")
    assert (made.types().classes, made.types().kinds) == (made.classes, made.kinds)
