"""The cursor walks a document as written, and follows references when asked to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from specloom.document import Node, UnresolvedReferenceError

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.document import Document

FILES = {
    "openapi.yaml": """\
openapi: 3.1.0
info: {title: Things, version: '1'}
paths:
  /a/{id}:
    get:
      responses:
        '200': {$ref: '#/components/responses/Ok'}
components:
  responses:
    Ok: {$ref: '../common/shared.yaml#/ok'}
  schemas:
    Self:
      properties:
        next: {$ref: '#/components/schemas/Self'}
        $ref: {type: string}
      example: {$ref: 'only data'}
""",
    "../common/shared.yaml": "ok: {description: fine, list: [x, y], 'a/b~c%25': 1}\n",
}


def test_a_node_has_value_place_and_identity(document: Callable[..., Document]) -> None:
    """A node knows where it stands, whichever way led to it."""
    root = document(FILES).root
    node = root.child("paths").child("/a/{id}").child("get")

    assert node.pointer == "/paths/~1a~1{id}/get"
    assert node.identity == ("api/openapi.yaml", "/paths/~1a~1{id}/get")
    assert (str(node.location), str(node.key_location)) == ("openapi.yaml:6:7", "openapi.yaml:5:5")
    assert node.name == "get"
    assert list(node.value) == ["responses"]
    assert node.source.name == "openapi.yaml"


def test_nodes_are_equal_where_their_places_are(document: Callable[..., Document]) -> None:
    """Two cursors at one place are one key of a mapping."""
    root = document(FILES).root

    assert root.child("paths") == root.get("paths")
    assert len({root.child("paths"), root.child("paths"), root.child("info")}) == 2
    assert root.child("paths") != "paths"


def test_what_is_not_there_is_none_or_a_key_error(document: Callable[..., Document]) -> None:
    """`get` asks, `child` insists; neither minds the type of the value."""
    root = document(FILES).root

    assert root.get("nothing") is None
    assert root.child("info").child("title").get("deeper") is None
    assert list(root.child("info").child("title").items()) == []
    assert list(root.elements()) == []
    with pytest.raises(KeyError, match=r"api/openapi\.yaml#/no~1thing"):
        root.child("no/thing")


def test_elements_are_reached_by_index(document: Callable[..., Document]) -> None:
    """A list gives its elements in order, each with its place."""
    found = document(FILES).root.at("../common/shared.yaml#/ok/list")
    assert found is not None

    assert [(one.pointer, one.value) for one in found.elements()] == [("/ok/list/0", "x"), ("/ok/list/1", "y")]
    assert found.child(1).value == "y"
    assert found.get(2) is None
    assert found.get(-1) is None


def test_references_are_followed_one_hop_or_to_the_end(document: Callable[..., Document]) -> None:
    """`target` takes one hop, `resolved` all of them, into other files too."""
    node = document(FILES).root.child("paths").child("/a/{id}").child("get").child("responses").child("200")

    assert node.is_reference
    assert node.target().identity == ("api/openapi.yaml", "/components/responses/Ok")
    assert node.resolved().identity == ("common/shared.yaml", "/ok")
    assert str(node.resolved().location) == f"{node.resolved().source.name}:1:5"
    assert node.resolved().resolved() == node.resolved()


def test_a_schema_may_refer_to_itself(document: Callable[..., Document]) -> None:
    """Recursion through properties comes back to the same place."""
    schema = document(FILES).root.child("components").child("schemas").child("Self")

    assert schema.child("properties").child("next").resolved() == schema


def test_following_what_is_no_reference_is_a_bug(document: Callable[..., Document]) -> None:
    """Data that only looks like a reference leads nowhere."""
    schema = document(FILES).root.child("components").child("schemas").child("Self")

    with pytest.raises(UnresolvedReferenceError):
        schema.target()
    with pytest.raises(UnresolvedReferenceError):
        schema.child("example").target()
    assert not schema.child("properties").is_reference


@pytest.mark.parametrize(
    ("reference", "place"),
    [
        ("", ("common/shared.yaml", "")),
        ("#", ("common/shared.yaml", "")),
        ("#/ok", ("common/shared.yaml", "/ok")),
        ("/ok/list/1", ("common/shared.yaml", "/ok/list/1")),
        ("#/ok/a~1b~0c%2525", ("common/shared.yaml", "/ok/a~1b~0c%25")),
        ("/ok/a~1b~0c%25", ("common/shared.yaml", "/ok/a~1b~0c%25")),
        ("../api/openapi.yaml#/info", ("api/openapi.yaml", "/info")),
        ("#/ok/list/01", None),
        ("#/ok/list/-", None),
        ("#/no", None),
        ("#anchor", None),
        ("../api/missing.yaml#/info", None),
        ("https://example.com/a.yaml", None),
    ],
)
def test_a_reference_is_looked_up_from_the_file_it_stands_in(
    reference: str, place: tuple[str, str] | None, document: Callable[..., Document]
) -> None:
    """References and bare pointers lead from a node's own file; None where nothing is."""
    node = document(FILES).top("common/shared.yaml").child("ok")
    found = node.at(reference)

    assert (found.identity if found is not None else None) == place


def test_a_pointer_may_be_led_through_references(document: Callable[..., Document]) -> None:
    """A JSON pointer alone stops at a reference; on demand it goes on behind it."""
    root = document(FILES).root

    assert root.at("/paths/~1a~1{id}/get/responses/200/description") is None
    found = root.at("/paths/~1a~1{id}/get/responses/200/description", through=True)
    assert isinstance(found, Node)
    assert found.identity == ("common/shared.yaml", "/ok/description")


def test_files_are_known_by_their_path_from_the_allowed_folder(document: Callable[..., Document]) -> None:
    """Keys do not depend on the working directory."""
    loaded = document(FILES)

    assert list(loaded.sources) == ["api/openapi.yaml", "common/shared.yaml"]
    assert loaded.entry == "api/openapi.yaml"


@pytest.mark.parametrize(
    ("head", "version"),
    [
        ("openapi: 3.0.3", "3.0"),
        ("openapi: 3.1.0", "3.1"),
        ("openapi: '3.1'", "3.1"),
        ("openapi: 3.1", None),
        ("openapi: three", None),
        ("info: {}", None),
    ],
)
def test_the_version_is_the_one_declared(head: str, version: str | None, document: Callable[..., Document]) -> None:
    """Major and minor version decide how a document is read."""
    assert document({"openapi.yaml": head}).version == version
