"""Plans the module that reads what a service sends: its webhooks, and the callbacks of its operations."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from specloom.diagnostics import Diagnostic, Severity
from specloom.python import contents, docs, literals, names
from specloom.python.imports import import_lines
from specloom.python.views import WebhooksView, WebhookView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.model import Api, Operation, Schema
    from specloom.python.naming import Naming


def plan_webhooks(api: Api, naming: Naming, *, header: str) -> WebhooksView:
    """Plan the functions that read the bodies of requests; those without JSON need none."""
    found = {name: (one, schema) for name, one in _requests(api) if (schema := _schema(one)) is not None}
    spelled = names.distinct(found, lambda name: f"parse_{names.snake(name)}")
    views = tuple(_function(spelled[name], one, schema, naming) for name, (one, schema) in found.items())
    annotations = literals.words("\n".join(one.returns for one in views))
    held = literals.words("\n".join(one.kind for one in views))
    typing = {"Annotated", "Any", "Literal"}
    wanted: dict[str, list[str]] = {"__future__": ["annotations"], ".._runtime.webhooks": ["parse"]}
    if "models" in held:
        wanted["."] = ["models"]
    if held & typing:
        wanted["typing"] = sorted(held & typing)
    late: dict[str, list[str]] = {}
    for module, known in {"datetime": {"date", "datetime"}, "typing": typing - held, "uuid": {"UUID"}}.items():
        if annotations & known:
            late[module] = sorted(annotations & known)
    return WebhooksView(
        header=header,
        docstring=docs.docstring([f"What the service of {docs.plain(api.title)} sends, typed."], indent=0),
        imports=import_lines(wanted),
        typing_imports=import_lines(late, indent=1),
        functions=views,
    )


def unread_requests(api: Api) -> Iterator[Diagnostic]:
    """The bodies of requests that the service sends for which there is no function, for they are no JSON."""
    hint = "a function reads JSON that has a schema: read the body with a library for its media type"
    for _, one in _requests(api):
        if one.body is not None and one.body.contents and _schema(one) is None:
            content = contents.choose(one.body.contents).content or one.body.contents[0]
            message = f"no function reads the `{content.media_type}` of this request"
            yield Diagnostic(
                code="SL413", message=message, location=content.location, hint=hint, severity=Severity.WARNING
            )


def _requests(api: Api) -> Iterator[tuple[str, Operation]]:
    """Every request that the service sends, by name."""
    for webhook in api.webhooks:
        for one in webhook.operations:
            name = webhook.name if len(webhook.operations) == 1 else f"{webhook.name} {one.method}"
            yield name, one
    for operation in api.operations:
        called = Counter(callback.name for callback in operation.callbacks)
        for callback in operation.callbacks:
            # One that goes to several addresses says which, and one of several methods by which.
            where = f" {callback.expression}" if called[callback.name] > 1 else ""
            for one in callback.operations:
                how = f" {one.method}" if len(callback.operations) > 1 else ""
                yield f"{operation.id} {callback.name}{where}{how}", one


def _schema(operation: Operation) -> Schema | None:
    """The schema of the JSON that a request holds; `None` where it holds another content, or none."""
    chosen = contents.choose(operation.body.contents) if operation.body is not None else None
    if chosen is None or chosen.content is None or chosen.kind != "json":
        return None
    return chosen.content.schema


def _function(name: str, operation: Operation, schema: Schema, naming: Naming) -> WebhookView:
    types = naming.types("models.")
    said = operation.documentation
    paragraphs = docs.paragraphs(said.description)
    summary = docs.sentence(said.summary or (paragraphs.pop(0) if paragraphs else operation.id))
    raises = "Raises:\n    ValueError: It is no JSON, or of another kind altogether than is documented."
    return WebhookView(
        name=name,
        returns=types.returned(schema),
        docstring=docs.docstring([summary, *paragraphs, raises]),
        kind=types.held(schema),
    )
