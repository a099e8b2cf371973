"""The top of a Swagger 2.0 document, its paths and what they share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.document.build import quoted
from specloom.document.convert.notes import Notes
from specloom.document.convert.operations import Operations
from specloom.document.convert.schemas import convert_each, moved, schema
from specloom.document.grammar import METHODS

if TYPE_CHECKING:
    from specloom.document.source import Source
    from specloom.document.spot import Spot

VERSION: Final = "3.0.3"
_MORE_PATHS: Final = "x-ms-paths"
"""Where documents of Azure keep paths that a query or a fragment tells apart."""
_REPLACED: Final = frozenset(
    ("swagger", "host", "basePath", "schemes", "consumes", "produces", "definitions", "parameters", "responses")
) | {"securityDefinitions", _MORE_PATHS}
_FLOWS: Final = {
    "implicit": "implicit",
    "password": "password",
    "application": "clientCredentials",
    "accessCode": "authorizationCode",
}


class Converter:
    """Converts one document.

    Args:
        root: The document.
        source: The file that it stands in.
    """

    def __init__(self, root: Spot, source: Source) -> None:
        self._root = root
        self.notes = Notes(source)
        self._operations = Operations(root, self.notes)

    def convert(self) -> Spot:
        """Make the document of OpenAPI 3.0."""
        root = self._root
        made = {"openapi": (root.get("swagger") or root).new(VERSION)}
        for key, held in root.items():
            if key == "paths":
                made[key] = convert_each(self._with_more(held), self.path_item)
            elif key not in _REPLACED:
                made[key] = held
        servers = self._servers(root.get("schemes"))
        if servers is not None:
            made["servers"] = servers
        components = self._components()
        if components:
            made["components"] = root.mapping(components)
        return root.mapping(made)

    def _with_more(self, paths: Spot) -> Spot:
        more = self._root.get(_MORE_PATHS)
        if more is None or not isinstance(more.value, dict) or not isinstance(paths.value, dict):
            return paths
        return paths.mapping({**dict(more.items()), **dict(paths.items())})

    def parameter(self, spot: Spot) -> Spot:
        """Make a parameter that is no body."""
        return self._operations.parameter(spot)

    def response(self, spot: Spot) -> Spot:
        """Make a response, of the media types that the document produces."""
        return self._operations.response(spot, None)

    def _servers(self, schemes: Spot | None) -> Spot | None:
        root = self._root
        host, base = root.get("host"), root.get("basePath")
        at = host or base
        if at is None:
            return None
        path = str(base.value).rstrip("/") if base is not None else ""
        if host is None:
            return at.list([at.mapping({"url": at.new(path or "/")})])
        usable = []
        for scheme in schemes.elements() if schemes is not None else [host.new("https")]:
            if scheme.value in ("ws", "wss"):
                hint = "the server is left out"
                self.notes.add(scheme, f"{quoted(str(scheme.value))} is no protocol of this client", hint)
            else:
                usable.append(scheme)
        urls = [(one, f"{one.value}://{host.value}{path}") for one in usable]
        return at.list(one.mapping({"url": one.new(url)}) for one, url in urls)

    def _components(self) -> dict[str, Spot]:
        root, notes = self._root, self.notes
        made: dict[str, Spot] = {}
        if (definitions := root.get("definitions")) is not None:
            made["schemas"] = definitions.mapping({name: schema(one, notes) for name, one in definitions.items()})
        if (parameters := root.get("parameters")) is not None:
            kept = {name: one for name, one in parameters.items() if one.value_of("in") not in ("body", "formData")}
            made["parameters"] = parameters.mapping(
                {name: self._operations.parameter(one) for name, one in kept.items()}
            )
        if (responses := root.get("responses")) is not None:
            made["responses"] = convert_each(responses, lambda one: self._operations.response(one, None))
        if (security := root.get("securityDefinitions")) is not None:
            made["securitySchemes"] = convert_each(security, self._security)
        return made

    def _security(self, spot: Spot) -> Spot:
        if not isinstance(spot.value, dict):
            return spot
        kind = spot.get("type")
        made = dict(spot.items())
        if kind is not None and kind.value == "basic":
            made |= {"type": kind.new("http"), "scheme": kind.new("basic")}
        elif kind is not None and kind.value == "oauth2":
            inside = ("flow", "authorizationUrl", "tokenUrl", "scopes")
            flow = {key: one for key, one in made.items() if key in inside}
            made = {key: one for key, one in made.items() if key not in inside}
            name = flow.pop("flow", spot.new("implicit"))
            flow.setdefault("scopes", spot.new({}))
            made["flows"] = name.mapping({_FLOWS.get(str(name.value), str(name.value)): spot.mapping(flow)})
        return spot.mapping(made)

    def path_item(self, spot: Spot) -> Spot:
        """Make a path item."""
        if not isinstance(spot.value, dict):
            return spot
        made: dict[str, Spot] = {}
        shared = spot.get("parameters")
        for key, held in spot.items():
            if key in METHODS and isinstance(held.value, dict):
                made[key] = self._operation(held, shared)
            elif key == "parameters":
                made[key] = self._operations.parameters(held)
            else:
                made[key] = moved(held) if key == "$ref" else held
        return spot.mapping(made)

    def _operation(self, spot: Spot, shared: Spot | None) -> Spot:
        made = self._operations.operation(spot, shared)
        schemes, all_schemes = spot.get("schemes"), self._root.value.get("schemes")
        known = set(map(str, all_schemes if isinstance(all_schemes, list) else ["https"]))
        if schemes is not None and known.isdisjoint(str(one.value) for one in schemes.elements()):
            servers = self._servers(schemes)
            if servers is not None:
                made["servers"] = servers
        return spot.mapping(made)
