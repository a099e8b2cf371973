"""One walk over documents: every object that their operations reach, by kind, and what is referred to."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeVar

from specloom.document.document import UnresolvedReferenceError
from specloom.document.grammar import REFERABLE, Kind, children
from specloom.document.pointers import join, split

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from specloom.document.document import Document, Node

T = TypeVar("T")
_KEPT_SIBLINGS: Final = frozenset((Kind.SCHEMA, Kind.PATH_ITEM))
_USE_DEPTH: Final = 3


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Survey:
    """What rules look at.

    Args:
        documents: The documents that are linted together.
        complete: Whether these are all documents that use their files.
        nodes: Every object, once, in reading order; references are replaced by what they lead to.
        targets: Places that an operation refers to, directly or not, by file name and pointer.
        used: The same places with what stands around them, up to three levels from the top.
    """

    documents: tuple[Document, ...]
    complete: bool
    nodes: Mapping[Kind, Sequence[Node]]
    targets: frozenset[tuple[str, str]]
    used: frozenset[tuple[str, str]]
    _known: dict[object, Any] = field(default_factory=dict, repr=False)

    def once(self, make: Callable[[Survey], T]) -> T:
        """Work something out for all rules that need it, once."""
        if make not in self._known:
            self._known[make] = make(self)
        known: T = self._known[make]
        return known

    def of(self, kind: Kind) -> Sequence[Node]:
        """List the objects of a kind; all are mappings."""
        return self.nodes.get(kind, ())


def survey_documents(documents: Iterable[Document], *, complete: bool = False) -> Survey:
    """Walk documents once; each object is visited once, however many references lead to it."""
    walk = _Walk()
    documents = tuple(documents)
    walk.run([(document.root, Kind.DOCUMENT) for document in documents])
    walk.reach_heirs()
    targets, used = frozenset(walk.targets), frozenset(walk.used)
    walk.run([below for node in walk.components for below in children(node, Kind.COMPONENTS)])
    return Survey(documents=documents, complete=complete, nodes=walk.nodes, targets=targets, used=used)


class _Walk:
    """Collects objects; what stands in `components` is left until it is asked for."""

    def __init__(self) -> None:
        self.nodes: dict[Kind, list[Node]] = defaultdict(list)
        self.targets: set[tuple[str, str]] = set()
        self.used: set[tuple[str, str]] = set()
        self.components: list[Node] = []
        self._seen: set[tuple[str, str, Kind]] = set()

    def run(self, starts: Sequence[tuple[Node, Kind]]) -> None:
        """Visit objects and all that they hold or refer to, without recursion."""
        stack = list(reversed(starts))
        while stack:
            node, kind = stack.pop()
            key = (node.source.name, node.pointer, kind)
            if key not in self._seen:
                self._seen.add(key)
                stack.extend(reversed(list(self._visit(node, kind))))

    def reach_heirs(self) -> None:
        """Visit schemas that a discriminator leads to by name alone: those made of a visited one by `allOf`."""
        heirs: dict[tuple[str, str], list[Node]] = defaultdict(list)
        for node in self.components:
            for schema in _schemas(node):
                for parent in _parents(schema):
                    heirs[parent.source.name, parent.pointer].append(schema)
        if not heirs:
            return
        families = [node for node in self.nodes[Kind.SCHEMA] if "discriminator" in node.value]
        while families:
            parent = families.pop()
            for heir in heirs.pop((parent.source.name, parent.pointer), ()):
                known = len(self.nodes[Kind.SCHEMA])
                self._use(heir)
                self.run([(heir, Kind.SCHEMA)])
                families.append(heir)
                families += [new for new in self.nodes[Kind.SCHEMA][known:] if "discriminator" in new.value]

    def _visit(self, node: Node, kind: Kind) -> Iterator[tuple[Node, Kind]]:
        if kind is Kind.COMPONENTS:
            self.components.append(node)
            return
        if not isinstance(node.value, dict):
            return
        if kind in REFERABLE and node.is_reference:
            target = _target(node)
            if target is not None:
                self._use(target)
                yield target, kind
            if kind not in _KEPT_SIBLINGS or len(node.value) == 1 or _is_30(node):
                return
        self.nodes[kind].append(node)
        yield from children(node, kind)
        for named, named_kind in _named_by(node, kind):
            self._use(named)
            yield named, named_kind

    def _use(self, node: Node) -> None:
        name = node.source.name
        self.targets.add((name, node.pointer))
        keys = split(node.pointer)
        for depth in range(min(len(keys), _USE_DEPTH) + 1):
            self.used.add((name, join("", *keys[:depth])))


def _named_by(node: Node, kind: Kind) -> Iterator[tuple[Node, Kind]]:
    """List the components that an object names without a reference."""
    if kind in (Kind.DOCUMENT, Kind.OPERATION):
        for _, scheme in security_uses(node):
            found = component(node.document, "securitySchemes", scheme)
            if found is not None:
                yield found, Kind.SECURITY_SCHEME
    elif kind is Kind.DISCRIMINATOR:
        mapping = node.get("mapping")
        for _, value in mapping.items() if mapping else ():
            if isinstance(value.value, str):
                found = component(node.document, "schemas", value.value) or value.at(value.value)
                if found is not None:
                    yield found, Kind.SCHEMA


def security_uses(node: Node) -> Iterator[tuple[Node, str]]:
    """List the security schemes that a document or an operation asks for, each with its place."""
    security = node.get("security")
    for requirement in security.elements() if security else ():
        for name, scopes in requirement.items():
            yield scopes, name


def component(document: Document, section: str, name: str) -> Node | None:
    """Find a component of the entry file by its name."""
    held = document.root.get("components")
    entries = held.get(section) if held else None
    return entries.get(name) if entries else None


def resolved(node: Node) -> Node:
    """Follow references; a node that cannot be followed stands for itself."""
    try:
        return node.resolved()
    except UnresolvedReferenceError:
        return node


def _target(node: Node) -> Node | None:
    try:
        return node.target()
    except UnresolvedReferenceError:
        return None


def _is_30(node: Node) -> bool:
    return node.document.version == "3.0"


def _schemas(components: Node) -> Iterator[Node]:
    entries = components.get("schemas")
    for _, schema in entries.items() if entries else ():
        yield schema


def _parents(schema: Node) -> Iterator[Node]:
    parts = schema.get("allOf")
    for part in parts.elements() if parts else ():
        if part.is_reference:
            yield resolved(part)
