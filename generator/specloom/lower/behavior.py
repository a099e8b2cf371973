"""The `x-specloom-` extensions of operations and documents -> behaviour in the API model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.lower import read
from specloom.model import (
    Behavior,
    Departure,
    ErrorField,
    ErrorKind,
    ErrorModel,
    Failure,
    FailureTest,
    Paginator,
    Provenance,
    Retry,
    Waiter,
)

if TYPE_CHECKING:
    from specloom.document import Node


def lower_behavior(operation: Node) -> Behavior:
    """What an operation declares about calling it."""
    return Behavior(
        failure=_failure(_extension(operation, "x-specloom-failure")),
        retry=_retry(_extension(operation, "x-specloom-retry")),
        paginator=_paginator(_extension(operation, "x-specloom-paginator")),
        waiter=_waiter(_extension(operation, "x-specloom-waiter")),
    )


def lower_errors(root: Node) -> ErrorModel:
    """How the errors of a document are read."""
    fields = tuple(
        ErrorField(name=name, sources=read.texts(mapping, name))
        for mapping in [_extension(root, "x-specloom-error")]
        if mapping is not None
        for name, _ in mapping.items()
    )
    kinds = tuple(
        ErrorKind(name=name, codes=read.texts(mapping, name))
        for mapping in [_extension(root, "x-specloom-error-kinds")]
        if mapping is not None
        for name, _ in mapping.items()
    )
    return ErrorModel(fields=fields, kinds=kinds)


def lower_provenance(operation: Node) -> Provenance | None:
    """The page that an operation was captured from, where the document names it."""
    node = _extension(operation, "x-specloom-provenance")
    if node is None:
        return None
    return Provenance(
        page=read.text(node, "page"),
        title=read.text(node, "title"),
        url=read.text(node, "url"),
        date=read.text(node, "date"),
        sha256=read.text(node, "sha256"),
        location=node.location,
    )


def lower_departures(operation: Node) -> tuple[Departure, ...]:
    """The decisions that depart from the page."""
    return tuple(
        Departure(
            id=read.text(one, "id"),
            pointer=read.text(one, "pointer"),
            page=read.text(one, "page"),
            spec=read.text(one, "spec"),
            why=read.text(one, "why"),
            location=one.location,
        )
        for one in read.elements(operation, "x-specloom-departures")
    )


def _extension(node: Node, name: str) -> Node | None:
    found = node.get(name)
    return None if found is None else found.resolved()


def _failure(node: Node | None) -> Failure | None:
    if node is None:
        return None
    tests = []
    for one in read.elements(node, "when"):
        equals = one.get("equals")
        tests.append(
            FailureTest(
                pointer=read.text(one, "pointer"),
                minimum=read.whole(one, "minimum"),
                equals=None if equals is None else equals.value,
            )
        )
    status, message = read.text(node, "status"), read.text(node, "message")
    return Failure(tests=tuple(tests), status=status, message=message, location=node.location)


def _retry(node: Node | None) -> Retry | None:
    return None if node is None else Retry(idempotent=read.maybe_flag(node, "idempotent"), location=node.location)


def _paginator(node: Node | None) -> Paginator | None:
    if node is None:
        return None
    return Paginator(
        unit=read.text(node, "unit") or "records",
        offset=read.text(node, "offset"),
        limit=read.text(node, "limit"),
        items=read.text(node, "items"),
        total=read.text(node, "total"),
        cap=read.whole(node, "cap") or 0,
        verified=read.maybe_flag(node, "verified") is not False,
        location=node.location,
    )


def _waiter(node: Node | None) -> Waiter | None:
    return None if node is None else Waiter(declaration=node.value, location=node.location)
