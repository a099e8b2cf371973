"""Stage 2: an entry file -> the whole document, every reference checked, all bad ones reported at once."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import unquote

from specloom.diagnostics import Diagnostic, Severity, has_errors, sorted_diagnostics
from specloom.document.build import quoted
from specloom.document.convert import convert, convert_fragment, is_swagger
from specloom.document.document import Document, Node, is_index
from specloom.document.files import Files, Refused, default_root, display_name
from specloom.document.grammar import REFERABLE, Kind, article, below, kind_at
from specloom.document.identifiers import refer_by_place
from specloom.document.load import reason_of
from specloom.document.nearest import nearest
from specloom.document.overlay import apply_overlays
from specloom.document.pointers import join, split
from specloom.location import Location

if TYPE_CHECKING:
    from pathlib import Path

MAX_CHAIN: Final = 100
_MAX_HINTS: Final = 50
_FILE_ENDINGS: Final = (".yaml", ".yml", ".json")


def load_document(
    path: Path, *, root: Path | None = None, tolerant: bool = False, overlays: tuple[Path, ...] = ()
) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """Load an entry file and every file that its references reach, and check every reference.

    Args:
        path: The entry file.
        root: The folder that references may not leave, symbolic links followed; by default the parent of the
            entry's folder (`files.default_root` says why).
        tolerant: Whether references that lead nowhere are taken for what fits in their place, with a warning.
        overlays: Files of OpenAPI Overlay, applied to the entry in their order.

    Returns:
        The document, and what is wrong with it. No document where there is an error: in a document that is given,
        every reference leads to a value and none goes in a circle.
    """
    try:
        real = path.resolve(strict=True)
        allowed = root.resolve(strict=True) if root is not None else default_root(real)
    except (OSError, RuntimeError, ValueError) as error:
        message = f"the file cannot be read: {reason_of(error)}"
        return None, (Diagnostic(code="SL101", message=message, location=Location(path.as_posix())),)
    if not real.is_relative_to(allowed):
        message = f"the file lies outside the folder `{display_name(allowed)}`"
        return None, (Diagnostic(code="SL203", message=message, location=Location(display_name(real))),)
    files = Files(allowed)
    entry = files.read(real)
    if entry is None:
        return None, sorted_diagnostics(files.found)
    files.sources[entry], misapplied = apply_overlays(files.sources[entry], real, overlays)
    if misapplied:
        return None, sorted_diagnostics((*files.found, *misapplied))
    _prepare(files, entry, tolerant)
    document = Document(entry, files.sources, files.links)
    faults = check_references(document, files)
    said: list[Diagnostic] = []
    if tolerant:
        from specloom.document.mend.references import mend_references

        document, faults, said = mend_references(document, files, faults)
    read = [replace(one, severity=Severity.WARNING) for one in files.found] if tolerant else files.found
    found = sorted_diagnostics((*read, *said, *(one.diagnostic for one in faults)))
    return (None if has_errors(found) else document), found


def _prepare(files: Files, entry: str, tolerant: bool) -> None:
    """Make OpenAPI 3.0 of an entry that is Swagger 2.0; write references of later ones by place; other files too."""
    source = files.sources[entry]
    if is_swagger(source):
        from specloom.document.validate.swagger import check_swagger

        faults = check_swagger(source)
        files.found += faults
        if tolerant or not faults:
            files.sources[entry], notes = convert(source)
            files.found += notes
            files.prepare = partial(convert_fragment, entry=source)
    elif str(source.value.get("openapi")).startswith(("3.1", "3.2")):
        files.sources[entry] = refer_by_place(source)
        files.prepare = lambda other: (refer_by_place(other), [])


class Broken(NamedTuple):
    """A reference that is at fault.

    Args:
        file: The key of the file it stands in.
        pointer: The pointer of the key that holds it.
        kind: The kind of object that is expected in its place; None for a name in a discriminator's mapping.
    """

    diagnostic: Diagnostic
    file: str
    pointer: str
    kind: Kind | None


def check_references(document: Document, files: Files) -> list[Broken]:
    """Check every reference that can be reached from the entry; files are read as references lead to them."""
    resolver = _Resolver(document, files)
    resolver.walk()
    return resolver.found


class _Step(NamedTuple):
    """An object still to be looked at."""

    file: str
    pointer: str
    value: Any
    kind: Kind


class _Resolver:
    """Walks everything that can be reached from the entry, file by file as references lead there."""

    def __init__(self, document: Document, files: Files) -> None:
        self._document = document
        self._files = files
        self._seen: set[tuple[int, Kind]] = set()
        self._hops: dict[tuple[str, str], int] = {}
        self._hints = 0
        self._siblings = document.version not in (None, "2.0", "3.0")
        self._kind: Kind | None = None
        self.found: list[Broken] = []

    def walk(self) -> None:
        """Check every reference that can be reached."""
        document = self._document
        stack = [_Step(document.entry, "", document.root.value, Kind.DOCUMENT)]
        seen = self._seen
        while stack:
            step = stack.pop()
            value, self._kind = step.value, step.kind
            if not isinstance(value, dict) or (id(value), step.kind) in seen:
                continue
            seen.add((id(value), step.kind))
            is_whole = "$ref" not in value or self._reference(step, stack)
            if step.kind is Kind.DISCRIMINATOR:
                self._mapping(step, stack)
            if is_whole and step.kind is Kind.SCHEMA and self._siblings and isinstance(value.get("$id"), str):
                hint = "refer to the schema by where it stands, or give each schema of the file an `$id` of its own"
                self._report("SL206", "an `$id` changes what references mean", step.file, step.pointer + "/$id", hint)
            for found in below(value, step.kind):
                self._kind = step.kind
                if not is_whole and found.kind is not Kind.EXTENSION:
                    continue
                if found.named and found.keys[-1] == "$ref" and isinstance(found.value, str):
                    self._misplaced(step.file, join(step.pointer, *found.keys))
                elif isinstance(found.value, dict):
                    stack.append(_Step(step.file, join(step.pointer, *found.keys), found.value, found.kind))

    def _reference(self, step: _Step, stack: list[_Step]) -> bool:
        """Check the `$ref` of an object; tell whether more than extensions counts beside it."""
        reference, pointer = step.value["$ref"], step.pointer + "/$ref"
        if step.kind not in REFERABLE:
            if isinstance(reference, str):
                self._misplaced(step.file, pointer)
            return True
        if not isinstance(reference, str):
            if step.kind is not Kind.EXTENSION:
                self._report("SL201", "`$ref` is not a text", step.file, pointer)
            return True
        target = self._target(step.file, pointer, reference)
        if (
            target is not None
            and self._fits(step, target, pointer)
            and self._is_straight(Node(self._document, step.file, step.pointer, step.value))
        ):
            stack.append(_Step(target.file, target.pointer, target.value, step.kind))
        return step.kind is Kind.PATH_ITEM or (step.kind is Kind.SCHEMA and self._siblings)

    def _fits(self, step: _Step, target: Node, pointer: str) -> bool:
        """Tell whether a target can be what is expected; report it where it cannot."""
        if step.kind is Kind.EXTENSION:
            return True
        found = self._kind_of(target)
        is_value = isinstance(target.value, dict) or (step.kind is Kind.SCHEMA and isinstance(target.value, bool))
        if is_value and found in (None, step.kind):
            return True
        shown = article(found.value) if is_value and found is not None else "not a mapping"
        reference = quoted(step.value["$ref"], 120)
        message = f"{reference} is {shown}, where {article(step.kind.value)} is expected"
        self._report("SL211", message, step.file, pointer)
        return False

    def _kind_of(self, target: Node) -> Kind | None:
        is_whole = target.file == self._document.entry or "openapi" in target.source.value
        return kind_at(split(target.pointer)) if is_whole or target.pointer.startswith("/components/") else None

    def _mapping(self, step: _Step, stack: list[_Step]) -> None:
        mapping = step.value.get("mapping")
        named = {("mapping", name): one for name, one in mapping.items()} if isinstance(mapping, dict) else {}
        for keys, reference in (*named.items(), (("defaultMapping",), step.value.get("defaultMapping"))):
            self._kind = None
            if isinstance(reference, str) and is_mapping_reference(reference):
                target = self._target(step.file, join(step.pointer, *keys), reference)
                if target is not None:
                    stack.append(_Step(target.file, target.pointer, target.value, Kind.SCHEMA))

    def _target(self, file: str, pointer: str, reference: str) -> Node | None:
        path, _, fragment = reference.partition("#")
        if path:
            followed = self._files.follow(file, path)
            if isinstance(followed, Refused):
                self._report(followed.code, followed.message, file, pointer, followed.hint)
                return None
        target = self._document.look_up(file, reference)
        if target is None and fragment and not fragment.startswith("/"):
            hint = "write a JSON pointer (`#/components/schemas/Name`), or the `$anchor` of a schema"
            self._report("SL206", f"there is no anchor {quoted(fragment)}", file, pointer, hint)
        elif target is None:
            self._nowhere(file, pointer, reference)
        return target

    def _is_straight(self, start: Node) -> bool:
        """Tell whether a chain of references ends; report it where it does not, or not soon enough."""
        node, passed = start, dict[tuple[str, str], Node]()
        while node.is_reference and node.identity not in self._hops and node.identity not in passed:
            passed[node.identity] = node
            target = self._document.look_up(node.file, node.value["$ref"]) if self._can_follow(node) else None
            if target is None:
                return True  # reported where that reference itself is looked at
            node = target
        is_circle = node.identity in passed
        hops = self._hops.get(node.identity, 0)
        for one in reversed(passed.values()):
            hops = 0 if is_circle or hops >= MAX_CHAIN else hops + 1
            self._hops[one.identity] = hops
            if not is_circle and hops == 0:
                self._report("SL207", f"more than {MAX_CHAIN} references in a row", one.file, one.pointer + "/$ref")
        if is_circle:
            ring = list(passed.values())[list(passed).index(node.identity) :]
            for at, one in enumerate(ring):
                shown = " -> ".join(
                    quoted(each.value["$ref"]) for each in (*ring[at : at + 5], *ring[: min(at, 5)])[:5]
                )
                self._report("SL207", f"references go in a circle: {shown}", one.file, one.pointer + "/$ref")
        return not is_circle

    def _can_follow(self, node: Node) -> bool:
        path = node.value["$ref"].partition("#")[0]
        return not path or not isinstance(self._files.follow(node.file, path), Refused)

    def _nowhere(self, file: str, pointer: str, reference: str) -> None:
        path, _, fragment = reference.partition("#")
        target = self._files.links[file, path] if path else file
        done: list[str] = []
        value: Any = self._document.sources[target].value
        keys = split(unquote(fragment))
        while isinstance(value, (dict, list)) and len(done) < len(keys):
            key = keys[len(done)]
            known = value if isinstance(value, dict) else None
            if known is not None and key in known:
                value = known[key]
            elif isinstance(value, list) and is_index(key) and int(key) < len(value):
                value = value[int(key)]
            else:
                break
            done.append(key)
        missing = quoted(keys[len(done)])
        holder = quoted(done[-1]) if done else "the file"
        hint = self._hint(value, keys[len(done)], f"{path}#{join('', *done)}")
        self._report("SL205", f"{quoted(reference, 120)} leads nowhere: {holder} has no {missing}", file, pointer, hint)

    def _hint(self, value: Any, key: str, start: str) -> str:
        if isinstance(value, dict) and isinstance(value.get("$ref"), str):
            return f"a reference stands there: point at what it leads to, {quoted(value['$ref'])}"
        self._hints += 1
        near = nearest(key, value) if isinstance(value, dict) and self._hints <= _MAX_HINTS else None
        return f"did you mean {quoted(join(start, near), 120)}?" if near else ""

    def _misplaced(self, file: str, pointer: str) -> None:
        hint = "OpenAPI has references to whole schemas, parameters, responses and the like, and to path items"
        self._report("SL208", "a reference is not allowed here", file, pointer, hint)

    def _report(self, code: str, message: str, file: str, pointer: str, hint: str = "") -> None:
        location = self._document.sources[file].key_location(pointer)
        diagnostic = Diagnostic(code=code, message=message, location=location, hint=hint)
        self.found.append(Broken(diagnostic, file, pointer, self._kind))


def is_mapping_reference(text: str) -> bool:
    """Tell whether a value in a discriminator's mapping is a reference rather than the name of a schema."""
    return "#" in text or "/" in text or text.endswith(_FILE_ENDINGS)
