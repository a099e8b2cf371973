"""An overlay changes a document before anything else looks at it, and is found where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from specloom.document import load_document, validate

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


TEXT = """openapi: 3.1.0
info: {title: Things, version: '1'}
tags: [{name: a}]
paths:
  /a:
    get:
      tags: [a]
      parameters:
      - {name: limit, in: query, schema: {type: integer}}
      - {name: page, in: query, schema: {type: integer}}
      responses: {default: {description: d}}
  /b:
    get:
      responses: {default: {description: d}}
"""
HEAD = "overlay: 1.1.0\ninfo: {title: Changes, version: '1'}\nactions:\n"

Loaded = "tuple[Document | None, tuple[Diagnostic, ...]]"


@pytest.fixture
def load(write: Callable[[dict[str, str]], Path]) -> Callable[..., Loaded]:
    """Load the document above with overlays, each given by its actions or as a whole."""

    def load(*overlays: str, text: str = TEXT) -> Loaded:
        named = {
            f"{n}.overlay.yaml": one if one.startswith("overlay") else HEAD + one for n, one in enumerate(overlays)
        }
        path = write({"openapi.yaml": text, **named})
        return load_document(path, overlays=tuple(path.parent / name for name in named))

    return load


def said(loaded: Loaded) -> list[str]:
    """What was found, without the hints; no document is given then."""
    assert loaded[0] is None
    return [str(one) for one in loaded[1]]


def value(loaded: Loaded) -> Any:
    """The values of a document that has no fault."""
    document, found = loaded
    assert document is not None
    assert [*found, *validate(document)] == []
    return document.root.value


def test_an_update_is_merged_into_every_match(load: Callable[..., Loaded]) -> None:
    """Mappings are merged, lists grow, and anything else is replaced."""
    made = value(
        load(
            "- target: $.paths.*.get\n"
            "  update: {summary: s, tags: [b], responses: {default: {description: new}, '404': {description: d}}}\n"
        )
    )
    gets = [made["paths"][path]["get"] for path in ("/a", "/b")]

    assert [one["tags"] for one in gets] == [["a", "b"], ["b"]]
    assert [one["summary"] for one in gets] == ["s", "s"]
    assert gets[0]["responses"] == {"default": {"description": "new"}, "404": {"description": "d"}}


def test_an_element_is_added_to_a_list_and_found_by_a_filter(load: Callable[..., Loaded]) -> None:
    """A target is any query of RFC 9535."""
    made = value(
        load(
            "- {target: '$.tags', update: {name: b}}\n"
            '- {target: \'$.paths["/a"].get.parameters[?@.name == "limit"].schema\', update: {maximum: 9}}\n'
        )
    )

    assert made["tags"] == [{"name": "a"}, {"name": "b"}]
    assert [one["schema"].get("maximum") for one in made["paths"]["/a"]["get"]["parameters"]] == [9, None]


def test_what_is_removed_is_gone(load: Callable[..., Loaded]) -> None:
    """Elements of one list at once, and members."""
    made = value(
        load("- {target: '$.paths[\"/a\"].get.parameters.*', remove: true}\n- {target: '$.tags', remove: true}\n")
    )

    assert made["paths"]["/a"]["get"]["parameters"] == []
    assert "tags" not in made


def test_what_is_copied_is_merged(load: Callable[..., Loaded]) -> None:
    """Overlay 1.1: the source is one value of the document as it is then."""
    made = value(
        load("- {target: '$.paths', update: {/c: {}}}\n- {target: '$.paths[\"/c\"]', copy: '$.paths[\"/a\"]'}\n")
    )

    assert made["paths"]["/c"] == made["paths"]["/a"]


def test_actions_and_overlays_follow_each_other(load: Callable[..., Loaded]) -> None:
    """Each sees what the ones before it have made."""
    made = value(
        load(
            "- {target: $.info, update: {x-a: {b: 1}}}\n- {target: $.info.x-a, update: {c: 2}}\n",
            "- {target: $.info.x-a.c, update: 3}\n",
        )
    )

    assert made["info"]["x-a"] == {"b": 1, "c": 3}


def test_what_comes_from_an_overlay_is_found_in_it(load: Callable[..., Loaded]) -> None:
    """And what does not, in the document, whichever of several overlays it is."""
    document, _ = load(
        "- target: $.info\n  update:\n    description: one\n",
        "- target: $.info\n  update:\n    x-two:\n      three: 3\n",
    )
    assert document is not None
    source = document.root.source
    places = {
        pointer: str(source.key_location(pointer))
        for pointer in ("/info/title", "/info/description", "/info/x-two/three", "/paths/~1b/get")
    }

    assert places == {
        "/info/title": "openapi.yaml:2:8",
        "/info/description": "0.overlay.yaml:6:5",
        "/info/x-two/three": "1.overlay.yaml:7:7",
        "/paths/~1b/get": "openapi.yaml:13:5",
    }


def test_a_fault_in_what_an_overlay_adds_is_told_there(load: Callable[..., Loaded]) -> None:
    """Who made it can mend it."""
    document, _ = load("- target: $.info\n  update:\n    titel: T\n")
    assert document is not None

    assert [str(one) for one in validate(document)] == ["0.overlay.yaml:6:5: SL303 the key `titel` is not known here"]


def test_references_are_followed_after_overlays(load: Callable[..., Loaded]) -> None:
    """What an overlay mends was never broken, and what it breaks is told."""
    text = TEXT + "components: {schemas: {A: {$ref: '#/components/schemas/B'}}}\n"

    assert value(load("- {target: $.components.schemas, update: {B: {}}}\n", text=text))
    assert said(load("- {target: $.info, update: {}}\n- target: $.paths['/a'].get.responses.default\n  remove: true\n"
                     "- target: $.paths['/a'].get.responses\n  update: {default: {$ref: '#/x'}}\n")) == [
        "0.overlay.yaml:8:22: SL205 `#/x` leads nowhere: the file has no `x`"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("overlay", "fault"),
    [
        ("- {target: $.nothing, remove: true}\n", "4:12: SL163 `$.nothing` matches nothing"),
        ("- {target: info, remove: true}\n", "4:12: SL162 `info` is not a JSONPath: it begins with `$`"),
        ("- {target: '$.a[', remove: true}\n", "4:12: SL162 `$.a[` is not a JSONPath: "),
        ("- {target: $.info}\n", "4:3: SL161 the action does nothing"),
        ("- {update: {}}\n", "4:3: SL161 the required key `target` is missing"),
        ("- {target: $.info, updat: {}, remove: true}\n", "4:20: SL161 the key `updat` is not known here"),
        ("- {target: $.info, remove: 'yes'}\n", "4:28: SL161 the value of `remove` has another type"),
        ("- text\n", "4:3: SL161 an action is a mapping"),
        ("- {target: $.info, update: text}\n", "4:28: SL165 a mapping can only be updated by a mapping"),
        ("- {target: $, remove: true}\n", "4:3: SL165 the whole document is removed"),
        ("- {target: $.info, copy: $.paths.*}\n", "4:26: SL165 `$.paths.*` matches 2 values"),
        ("overlay: 2.0.0\ninfo: {}\nactions: []\n", "1:10: SL161 the version `2.0.0` is not read"),
        ("overlay: 1.0.0\nactions: []\n", "1:1: SL161 the required key `info` is missing"),
        (
            "overlay: 1.0.0\ninfo: {}\nextends: other.yaml\nactions: []\n",
            "3:10: SL164 the overlay extends `other.yaml`, which is not `openapi.yaml`",
        ),
    ],
)  # fmt: skip
def test_an_overlay_that_would_not_do_what_it_says_is_refused(
    overlay: str, fault: str, load: Callable[..., Loaded]
) -> None:
    """At the action, and no document is given."""
    (found,) = said(load(overlay))

    assert found.removeprefix("0.overlay.yaml:").startswith(fault)


def test_an_overlay_may_name_the_document_that_it_extends(load: Callable[..., Loaded]) -> None:
    """As a path from where it stands; an address on the network says nothing about a file."""
    for extends in ("openapi.yaml", "../api/openapi.yaml", "https://example.com/openapi.yaml"):
        whole = f"overlay: 1.0.0\ninfo: {{}}\nextends: {extends}\nactions: [{{target: $.info, update: {{x-a: 1}}}}]\n"

        assert value(load(whole))["info"]["x-a"] == 1


def test_swagger_is_changed_as_it_is_written(load: Callable[..., Loaded]) -> None:
    """Overlays see the document before it is converted."""
    text = "swagger: '2.0'\ninfo: {title: T, version: '1'}\npaths: {}\ndefinitions: {A: {type: object}}\n"
    made = value(load("- {target: $.definitions.A, update: {title: B}}\n", text=text))

    assert made["components"]["schemas"]["A"] == {"type": "object", "title": "B"}
