"""Plans the emitted tests: one exchange for every documented example, with literals made by `wire` and `asserting`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from specloom.diagnostics import Diagnostic, Severity
from specloom.model import ObjectSchema, ReferenceSchema, is_json
from specloom.python import contents, docs, literals, names, styles, wire
from specloom.python.arguments import plan_arguments
from specloom.python.asserting import Assertions
from specloom.python.exchanges import (
    Exchange,
    answered_status,
    documented_answers,
    documented_exchanges,
    error_class,
    payload_text,
    told_answer,
)
from specloom.python.plan_client import client_parameters
from specloom.python.sample_calls import SampleCall
from specloom.python.views import CheckView, RequestView, TestView

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specloom.model import Api, Json, Operation, Parameter, Schema
    from specloom.python.naming import Naming

REQUEST_ID = "request-1"
_MADE = {
    "TokenCredentials": f"TokenCredentials({literals.string(wire.TOKEN)})",
    "BasicCredentials": f"BasicCredentials({literals.string(wire.USERNAME)}, {literals.string(wire.PASSWORD)})",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedTests:
    """The tests of one operation, and the payloads that they answer with, by file name."""

    operation: Operation
    requests: tuple[RequestView, ...]
    checks: tuple[CheckView, ...]
    tests: tuple[TestView, ...]
    fixtures: Mapping[str, str]
    untested: tuple[Diagnostic, ...]


class Tests:
    """Plans the tests of one API."""

    def __init__(self, api: Api, naming: Naming, *, user_agent: str) -> None:
        self._api = api
        self._naming = naming
        self._user_agent = user_agent
        self._held = client_parameters(api)
        self._schemas: dict[str, Schema] = {one.name: one.schema for one in api.schemas}

    def plan(self, operation: Operation) -> PlannedTests:
        """Plan the tests of an operation."""
        requests: dict[str, RequestView] = {}
        checks: list[CheckView] = []
        tests: list[TestView] = []
        fixtures: dict[str, str] = {}
        exchanges = list(documented_exchanges(operation, self._schemas)) if self._can_call(operation) else []
        for exchange in exchanges:
            request = self._request(exchange)
            requests.setdefault(request.name, request)
            test, check = self._test(exchange, fixtures)
            tests.append(test)
            checks.extend([check] if check is not None else [])
        return PlannedTests(
            operation=operation,
            requests=tuple(requests.values()),
            checks=tuple(checks),
            tests=tuple(tests),
            fixtures=fixtures,
            untested=(_untested(operation),) if not exchanges and documented_answers(operation) else (),
        )

    def sample(self) -> SampleCall | None:
        """A call that can be written down, at the address of the client; `None` where no operation has one."""
        for operation in self._api.operations:
            if operation.servers or operation.documentation.deprecated or not self._can_call(operation):
                continue
            for exchange in documented_exchanges(operation, self._schemas):
                return self._sample(exchange)
        return None

    def _sample(self, exchange: Exchange) -> SampleCall:
        operation = exchange.operation
        values = self._values(operation)
        name = self._naming.call(operation)
        written = partial(self._call_arguments, exchange, values)
        return SampleCall(
            construction=self._construction(operation, values),
            held={one.name: value for _, one, value in self._held_values(operation, values)},
            credentials=wire.credentials_of(self._api, operation) or {},
            call=literals.call(f"client.{name}", written(2), indent=2),
            awaited=literals.call(f"await client.{name}", written(3), indent=3),
            returned=literals.call(f"return client.{name}", written(1), indent=1),
            awaited_result=literals.call(f"return await client.{name}", written(1), indent=1),
            raw_result=literals.call("return method", written(1), indent=1),
            method=f"client.{name}",
            name=name,
            redirects=any(one.status.startswith("3") for one in operation.responses),
            reads_json=contents.read_from(operation, "200").kind == "json",
        )

    def _can_call(self, operation: Operation) -> bool:
        """Whether a documented call can be written down: a value for all that is required, and credentials."""
        values = self._values(operation)
        given = all(f"{one.place} {one.name}" in values for one in operation.parameters if one.required)
        return given and wire.credentials_of(self._api, operation) is not None

    def _test(self, exchange: Exchange, fixtures: dict[str, str]) -> tuple[TestView, CheckView | None]:
        operation, example = exchange.operation, exchange.example
        name = self._name(exchange)
        media_type = exchange.content.media_type if exchange.content is not None else ""
        fixture = ""
        if example is not None:
            is_text = example.raw or not is_json(media_type)
            resource = self._naming.resources[operation.resource]
            fixture = f"{self._naming.module}/{resource}/{names.file_name(name)}.{'txt' if is_text else 'json'}"
            fixtures[fixture] = payload_text(example, exchange.content, is_text=is_text)
        status = answered_status(exchange)
        raising = exchange.response is None or not contents.is_success(operation, exchange.response)
        lines = self._raised(exchange, status) if raising else self._returned(exchange)
        check = None
        parameter = f"error: {error_class(status)}" if raising else f"result: {self._returns(operation)}"
        if lines:
            taken = (parameter, "payload: str")
            check = CheckView(
                name=f"check_{name}",
                parameters=taken,
                signature=literals.call(f"check_{name}", taken, before=4, after=len(" -> None:")),
                docstring=docs.docstring([self._about(exchange, status)]),
                lines=tuple(lines),
            )
        return self._view(exchange, name, fixture, status, raising=raising, check=check, media_type=media_type), check

    def _view(
        self,
        exchange: Exchange,
        name: str,
        fixture: str,
        status: str,
        *,
        raising: bool,
        check: CheckView | None,
        media_type: str,
    ) -> TestView:
        operation = exchange.operation
        values = self._values(operation)
        call = f"client.{self._naming.call(operation)}"
        answer = [status, literals.string(media_type), "payload"] if fixture else [status]
        arguments = partial(self._call_arguments, exchange, values)
        return TestView(
            name=name,
            docstring=docs.docstring([self._about(exchange, status)]),
            client=self._naming.client,
            async_client=self._naming.async_client,
            construction=(
                f"endpoint={literals.string(wire.ENDPOINT)}",
                *self._construction(operation, values),
                *(["strict=True"] if exchange.made and not raising else []),
            ),
            payload=literals.call("read_payload", [literals.string(fixture)], indent=1, before=10) if fixture else '""',
            exchange=literals.call("Exchange", answer, indent=1, before=11),
            call=literals.call(call, arguments(2), indent=2, before=0 if raising else len("result = ")),
            awaited=self._awaited(call, arguments(3, sparse=True), raising=raising) if exchange.both else "",
            returns=self._returns(operation),
            request=self._request_name(exchange),
            raises=error_class(status) if raising else "",
            raising=raising,
            check=f"check_{name}" if check is not None else "",
        )

    def _awaited(self, call: str, arguments: list[str], *, raising: bool) -> str:
        before = len("await " if raising else "return await ")
        return f"await {literals.call(call, arguments, indent=3, before=before)}"

    def _request_name(self, exchange: Exchange) -> str:
        """One request for each operation and body, whatever it is answered with."""
        body = f"_with_{names.snake(exchange.body.name)}" if exchange.body is not None and exchange.body.name else ""
        return f"check_{self._naming.method(exchange.operation).strip('_')}_request{body}"

    def _request(self, exchange: Exchange) -> RequestView:
        operation, body = exchange.operation, exchange.body
        request = wire.write_request(
            self._api,
            operation,
            self._values(operation),
            body.value if body is not None else None,
            has_body=body is not None,
            user_agent=self._user_agent,
        )
        said = f", body `{docs.plain(body.name)}`" if body is not None and body.name else ""
        return RequestView(
            name=self._request_name(exchange),
            docstring=docs.docstring([f"All that `{self._naming.call(operation)}` sends{said}."]),
            parts=_request_parts(request),
        )

    def _name(self, exchange: Exchange) -> str:
        parts = [self._naming.method(exchange.operation), answered_status(exchange)]
        if exchange.example is not None and exchange.example.name:
            parts.append(_example_name(exchange))
        answered = exchange.example.name if exchange.example is not None else ""
        if exchange.body is not None and exchange.body.name and exchange.body.name != answered:
            parts.append(f"for_{names.snake(exchange.body.name)}")
        return "_".join(part.strip("_") for part in parts)

    def _about(self, exchange: Exchange, status: str) -> str:
        said = f"`{self._naming.call(exchange.operation)}` answered with {status}"
        if exchange.example is not None and exchange.made:
            said += f", made from the schema with {told_answer(exchange.example.name)}"
        elif exchange.example is not None and exchange.example.name:
            said += f", example `{docs.plain(exchange.example.name)}`"
        return f"{said}."

    def _returns(self, operation: Operation) -> str:
        return contents.returned(operation, self._naming.types("models."))

    def _values(self, operation: Operation) -> dict[str, Json]:
        """What a documented call gives: every parameter with an example, and every required one."""
        found: dict[str, Json] = {}
        for one in operation.parameters:
            value = wire.sample(one, self._schemas)
            if styles.can_write(one, value):
                found[f"{one.place} {one.name}"] = value
        return found

    def _call_arguments(
        self, exchange: Exchange, values: Mapping[str, Json], indent: int, *, sparse: bool = False
    ) -> list[str]:
        """The arguments of a documented call; a sparse one leaves out what has the same value by default."""
        arguments = plan_arguments(exchange.operation, self._naming)
        given = []
        for one in arguments:
            value = values.get(f"{one.parameter.place} {one.parameter.name}")
            if value is not None:
                if sparse and one.default and one.default == literals.json(value):
                    continue
                literal = literals.json(value, indent=indent + 1, before=len(one.name) + 1, after=1)
                positional = not one.keyword and one.parameter.place == "path"
                given.append(literal if positional else f"{one.name}={literal}")
        if exchange.body is not None:
            given.append(f"body={self._body_argument(exchange, indent + 1)}")
        return given

    def _body_argument(self, exchange: Exchange, indent: int) -> str:
        body = exchange.operation.body
        assert body is not None
        assert exchange.body is not None
        chosen = contents.choose(body.contents)
        schema = chosen.content.schema if chosen.content is not None else None
        value = exchange.body.value
        if chosen.holds_json and schema is not None and not self._naming.types().takes_json(schema):
            text = literals.string(json.dumps(value, ensure_ascii=False))
            is_model = isinstance(schema, ReferenceSchema) and isinstance(self._schemas[schema.name], ObjectSchema)
            # What is no model of its own is given as what JSON is in Python, which no type of the method says.
            function = "json.loads"
            if is_model and isinstance(schema, ReferenceSchema):
                function = f"models.{self._naming.classes[schema.name]}.from_json"
            return literals.call(function, [text], indent=indent, before=len("body="), after=1)
        return literals.json(value, indent=indent, before=len("body="), after=1)

    def _construction(self, operation: Operation, values: Mapping[str, Json]) -> tuple[str, ...]:
        given = [
            f"{name}={literals.json(value, indent=2, before=len(name) + 1, after=1)}"
            for name, _, value in self._held_values(operation, values)
        ]
        made = {
            literals.string(key): _MADE[one] for key, one in (wire.credentials_of(self._api, operation) or {}).items()
        }
        if len(made) == 1:
            given.append(f"credentials={next(iter(made.values()))}")
        elif made:
            given.append(f"credentials={literals.mapping_of(made, indent=2, before=len('credentials='), after=1)}")
        return tuple(given)

    def _held_values(self, operation: Operation, values: Mapping[str, Json]) -> Iterator[tuple[str, Parameter, Json]]:
        """What a client is made with to hold: Python name, parameter and value."""
        mine = {one.name: one for one in operation.parameters if one.client_level}
        for name, one in self._held.items():
            own: Parameter | None = mine.get(one.name)
            value = values.get(f"{own.place} {own.name}") if own is not None else None
            if value is None and one.required:
                value = wire.sample(one, self._schemas)
            if value is not None:
                yield name, one, value

    def _returned(self, exchange: Exchange) -> list[str]:
        """What a successful answer means; of a made one it is enough that it was read strictly, and kept."""
        returns = self._returns(exchange.operation)
        assertions = Assertions(self._schemas, self._naming)
        chosen = contents.choose(exchange.response.contents) if exchange.response is not None else None
        if chosen is None or chosen.kind == "none":
            lines = ["assert isinstance(result, NoContent)"] if returns != "NoContent" else []
            return [*lines, f"assert result.status == {answered_status(exchange)}"]
        if exchange.example is None:
            return []
        if not chosen.holds_json:
            return ["assert result == payload"] if chosen.kind == "text" else ["assert result == payload.encode()"]
        schema = exchange.content.schema if exchange.content is not None else None
        own = "Any" if schema is None else self._naming.types("models.").returned(schema)
        value = exchange.example.value
        known = schema is not None and (value is None or assertions.narrow(schema, own, returns))
        if schema is not None and known and not exchange.made:
            assertions.value(schema, value, "result", "value")
        if chosen.kind != "json":
            held = literals.json(value, indent=1, before=len("assert encoded(result) == "))
            return [*assertions.lines, f"assert encoded(result) == {held}"]
        return [*assertions.lines, "assert encoded(result) == json.loads(payload)"]

    def _raised(self, exchange: Exchange, status: str) -> list[str]:
        """What a documented failure means: the fields of the error, whatever shape its body has."""
        lines = [f"assert error.status == {status}"]
        document = None
        if exchange.example is not None and not exchange.example.raw:
            document = exchange.example.value
        for field in self._api.errors.fields:
            if not names.is_attribute(field.name):
                continue
            value = _first(field.sources, document)
            literal = "None" if value is None else literals.string(value)
            line = f"assert error.{field.name} {'is' if value is None else '=='} {literal}"
            if len(line) + len(literals.INDENT) > literals.LINE_LENGTH:
                lines.append(f"{field.name} = {literal}")
                line = f"assert error.{field.name} == {field.name}"
            lines.append(line)
        if exchange.example is not None:
            lines.append("assert error.body == payload.encode()")
            content = exchange.content
            if (
                content is not None
                and content.schema is not None
                and not exchange.example.raw
                and is_json(content.media_type)
            ):
                lines.append("assert encoded(error.model) == json.loads(payload)")
        return lines


def _untested(operation: Operation) -> Diagnostic:
    said = f"the documented answers of {operation.method} `{operation.path}` get no test"
    return Diagnostic(
        code="SL409",
        message=f"{said}: no whole request is documented",
        location=operation.location,
        hint="give an example for each required parameter, and for the body",
        severity=Severity.WARNING,
    )


def _example_name(exchange: Exchange) -> str:
    """What an example is called in names of tests and files: apart from every other of its answer, case aside."""
    assert exchange.example is not None
    shown = exchange.content.examples if exchange.content is not None else ()
    spelled = dict.fromkeys([*(one.name for one in shown), exchange.example.name])
    return names.distinct(spelled, names.snake)[exchange.example.name]


def _request_parts(request: wire.WireRequest) -> tuple[str, ...]:
    listed = "".join(
        f"            ({literals.string(name)}, {literals.string(value)}),\n" for name, value in request.headers
    )
    lines = [literals.string(request.method), literals.string(request.target), f"[\n{listed}        ]"]
    if not request.has_body:
        lines.append('b""')
    elif not request.is_json:
        lines.append(f"{literals.string(str(request.body))}.encode()")
    else:
        lines.append(literals.json(request.body, indent=2, after=1))
    return tuple(lines)


def _first(sources: tuple[str, ...], document: Json) -> str | None:
    """What a field of an error is read from a documented payload: the first source that holds a value."""
    for source in sources:
        place, _, where = source.partition(":")
        if place == "header":
            if where.lower() == "x-request-id":
                return REQUEST_ID
            continue
        value: Json = document
        for part in where.split("/")[1:]:
            value = value.get(part) if isinstance(value, dict) else None
        if value is not None:
            return value if isinstance(value, str) else json.dumps(value)
    return None
