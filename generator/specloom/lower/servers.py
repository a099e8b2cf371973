"""Base addresses: of the document, of a path, of one operation."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from specloom.lower import read
from specloom.model import Operation, Server, ServerVariable

if TYPE_CHECKING:
    from specloom.document import Node


def lower_servers(holder: Node) -> tuple[Server, ...]:
    """The servers that a document, path or operation declares."""
    return tuple(_server(one) for one in read.elements(holder, "servers"))


def share_servers(
    servers: tuple[Server, ...], operations: tuple[Operation, ...]
) -> tuple[tuple[Server, ...], tuple[Operation, ...]]:
    """The servers of a document and its operations, where operations name only servers that are not the document's.

    A document that declares none, while every operation does, has the servers that most of them name.
    """
    counted = Counter(_addresses(one.servers) for one in operations if one.servers)
    if not servers and operations and sum(counted.values()) == len(operations):
        most = counted.most_common(1)[0][0]
        servers = next(one.servers for one in operations if _addresses(one.servers) == most)
    shared = _addresses(servers)
    return servers, tuple(replace(one, servers=()) if _addresses(one.servers) == shared else one for one in operations)


def _addresses(servers: tuple[Server, ...]) -> tuple[str, ...]:
    return tuple(one.url.rstrip("/") for one in servers)


def _server(node: Node) -> Server:
    return Server(
        url=read.text(node, "url"),
        description=read.text(node, "description") or read.text(node, "name"),
        variables=tuple(
            ServerVariable(
                name=name,
                default=str(read.text(one, "default")),
                values=read.texts(one, "enum"),
                description=read.text(one, "description"),
            )
            for name, one in read.members(node, "variables")
        ),
        location=node.location,
    )
