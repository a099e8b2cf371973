"""Plans the module that reads what a service sends: its webhooks, and the callbacks of its operations."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from specloom.python import contents, docs, literals, names
from specloom.python.imports import import_lines
from specloom.python.views import WebhooksView, WebhookView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.model import Api, Operation, Schema
    from specloom.python.naming import Naming


def plan_webhooks(api: Api, naming: Naming, *, header: str) -> WebhooksView:
    """Plan the functions that read the bodies of requests; those without JSON need none."""
    found = dict(_requests(api))
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


def _requests(api: Api) -> Iterator[tuple[str, tuple[Operation, Schema]]]:
    """Every request that the service sends with JSON in it, by name."""
    for webhook in api.webhooks:
        for one in webhook.operations:
            name = webhook.name if len(webhook.operations) == 1 else f"{webhook.name} {one.method}"
            yield from _with_schema(name, one)
    for operation in api.operations:
        called = Counter(callback.name for callback in operation.callbacks)
        for callback in operation.callbacks:
            # One that goes to several addresses says which, and one of several methods by which.
            where = f" {callback.expression}" if called[callback.name] > 1 else ""
            for one in callback.operations:
                how = f" {one.method}" if len(callback.operations) > 1 else ""
                yield from _with_schema(f"{operation.id} {callback.name}{where}{how}", one)


def _with_schema(name: str, operation: Operation) -> Iterator[tuple[str, tuple[Operation, Schema]]]:
    chosen = contents.choose(operation.body.contents) if operation.body is not None else None
    schema = chosen.content.schema if chosen is not None and chosen.content is not None else None
    if chosen is not None and chosen.kind == "json" and schema is not None:
        yield name, (operation, schema)


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
