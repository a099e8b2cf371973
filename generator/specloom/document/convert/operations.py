"""Operations of Swagger 2.0: parameters, bodies and responses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.document.convert.schemas import convert_each, moved, schema, split_schema, style
from specloom.document.pointers import unescape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.document.convert.notes import Notes
    from specloom.document.spot import Spot

_FORMS: Final = ("multipart/form-data", "application/x-www-form-urlencoded")
_SHARED: Final = "#/parameters/"
_REPLACED: Final = ("consumes", "produces", "schemes", "parameters", "responses")


class Operations:
    """Converts operations of one document, and the parameters and responses that they share."""

    def __init__(self, root: Spot, notes: Notes) -> None:
        self._root = root
        self._notes = notes

    def operation(self, spot: Spot, shared: Spot | None) -> dict[str, Spot]:
        """Convert an operation.

        Args:
            shared: The parameters of its path item, of which those that make up a body are its own here.
        """
        made = {key: held for key, held in spot.items() if key not in _REPLACED}
        own, above = spot.get("parameters"), shared
        if own is not None:
            made["parameters"] = self.parameters(own)
        written = [*self._written(own)]
        names = [(one.value_of("name"), one.value_of("in")) for one in written]  # which may be anything, lists too
        more = [one for one in self._written(above) if (one.value_of("name"), one.value_of("in")) not in names]
        body = self._body([*written, *more], spot.get("consumes") or self._root.get("consumes"))
        if body is not None:
            made["requestBody"] = body
        responses = spot.get("responses")
        if responses is not None:
            produces = spot.get("produces")
            made["responses"] = convert_each(responses, lambda one: self.response(one, produces))
        return made

    def parameters(self, spot: Spot) -> Spot:
        """Convert a list of parameters; those that make up a body are left to the operations."""
        if not isinstance(spot.value, list):
            return spot
        return spot.list(
            (
                one.mapping({"$ref": moved(reference)})
                if (reference := one.get("$ref")) is not None
                else self.parameter(one)
            )
            for one in spot.elements()
            if not _is_of_body(self._shared(one))
        )

    def parameter(self, spot: Spot) -> Spot:
        """Convert a parameter of the path, the query or the headers."""
        if not isinstance(spot.value, dict) or "$ref" in spot.value or "in" not in spot.value:
            return spot
        stays, inside = split_schema(spot, self._notes)
        written, has_words = style(spot, str(spot.value_of("in")), self._notes)
        stays["schema"] = inside if has_words else spot.new({"type": "string"})
        return spot.mapping({**stays, **written})

    def response(self, spot: Spot, produces: Spot | None) -> Spot:
        """Convert a response.

        Args:
            produces: The media types of its operation; those of the document where it has none.
        """
        if not isinstance(spot.value, dict):
            return spot
        reference = spot.get("$ref")
        if reference is not None:
            return spot.mapping({"$ref": moved(reference)})
        made = {key: held for key, held in spot.items() if key not in ("schema", "examples", "headers")}
        headers = spot.get("headers")
        if headers is not None:
            made["headers"] = convert_each(headers, self._header)
        content = self._content(spot, produces or self._root.get("produces"))
        if content:
            made["content"] = spot.mapping(content)
        return spot.mapping(made)

    def _content(self, spot: Spot, produces: Spot | None) -> dict[str, Spot]:
        held, examples = spot.get("schema"), spot.get("examples")
        documented = dict(examples.items()) if examples is not None else {}
        made = None if held is None else schema(held, self._notes)
        listed = [str(one.value) for one in produces.elements()] if produces is not None else []
        is_file = held is not None and held.value_of("type") == "file"
        if is_file:  # What is produced says nothing of files: most often it is JSON, as all else is.
            listed = [one for one in listed if not _is_json(one)] or ["*/*" if listed else "application/octet-stream"]
        elif held is not None and not listed:
            listed = ["application/json"]
        if held is None:
            listed = []
        content: dict[str, Spot] = {}
        for name in dict.fromkeys([*listed, *(one for one in documented if not one.startswith("x-"))]):
            members = {} if made is None else {"schema": made}
            if name in documented:
                members["example"] = documented[name]
            content[name] = (made or documented[name]).mapping(members)
        return content

    def _header(self, spot: Spot) -> Spot:
        if not isinstance(spot.value, dict):
            return spot
        stays, inside = split_schema(spot, self._notes)
        _, has_words = style(spot, "header", self._notes)
        return spot.mapping({**stays, "schema": inside if has_words else spot.new({"type": "string"})})

    def _written(self, listed: Spot | None) -> Iterator[Spot]:
        """List the parameters that make up a body, references followed."""
        for one in listed.elements() if listed is not None else ():
            parameter = self._shared(one)
            if _is_of_body(parameter):
                yield parameter

    def _shared(self, spot: Spot) -> Spot:
        """Follow a reference to a parameter of the document."""
        reference = spot.value_of("$ref")
        if isinstance(reference, str) and reference.startswith(_SHARED):
            held = self._root.get("parameters")
            found = None if held is None else held.get(unescape(reference.removeprefix(_SHARED)))
            return found or spot
        return spot

    def _body(self, written: list[Spot], consumes: Spot | None) -> Spot | None:
        if not written:
            return None
        listed = [str(one.value) for one in consumes.elements()] if consumes is not None else []
        body = next((one for one in written if one.value_of("in") == "body"), None)
        if body is None:
            return self._form(written, listed)
        made = {key: held for key, held in body.items() if key in ("description", "required") or key.startswith("x-")}
        held = body.get("schema")
        examples = made.pop("x-examples", None)
        members = {"schema": schema(held, self._notes)} if held is not None else {}
        content = {}
        for name in listed or ["application/json"]:
            example = examples.get(name) if examples is not None else None
            content[name] = body.mapping({**members, "example": example} if example is not None else members)
        return body.mapping({**made, "content": body.mapping(content)})

    def _form(self, written: list[Spot], consumes: list[str]) -> Spot:
        """Make one body of the fields of a form."""
        first = written[0]
        has_file = any(one.value_of("type") == "file" for one in written)
        types = [one for one in consumes if one in (_FORMS[:1] if has_file else _FORMS)]
        members: dict[str, Spot] = {}
        encoding: dict[str, Spot] = {}
        for one in written:
            name = str(one.value_of("name"))
            members[name], encoded = self._field(one)
            if encoded is not None:
                encoding[name] = encoded
        required = [key for one in written if (key := one.get("name")) and one.value_of("required") is True]
        made = {"type": first.new("object"), "properties": first.mapping(members)}
        if required:
            made["required"] = first.list(required)
        media = {"schema": first.mapping(made)}
        if encoding:
            media["encoding"] = first.mapping(encoding)
        content = {name: first.mapping(media) for name in types or [_FORMS[0] if has_file else _FORMS[1]]}
        body = {"content": first.mapping(content)}
        if required:
            body["required"] = first.new(True)
        return first.mapping(body)

    def _field(self, spot: Spot) -> tuple[Spot, Spot | None]:
        """Convert a field of a form; the second is how a list is written, where that is not as is usual."""
        stays, inside = split_schema(spot, self._notes)
        kept = {key: one for key, one in stays.items() if key in ("description", "example")}
        written, has_words = style(spot, "query", self._notes)
        if not has_words:
            return spot.mapping({**kept, "type": spot.new("string")}), None
        made = spot.mapping({**dict(inside.items()), **kept})
        is_usual = not written or written["explode"].value is True
        return made, None if is_usual else spot.mapping(written)


def _is_json(media_type: str) -> bool:
    return media_type.partition(";")[0].strip().lower().endswith(("/json", "+json"))


def _is_of_body(spot: Spot) -> bool:
    return spot.value_of("in") in ("body", "formData")
