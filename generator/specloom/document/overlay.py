"""Overlays (OpenAPI Overlay 1.0 and 1.1): changes to a document that stand in a file of their own.

They are applied to the entry of a document before its references are followed. What comes from an overlay is found
there afterwards.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from specloom.diagnostics import Diagnostic, has_errors
from specloom.document.build import quoted
from specloom.document.files import display_name
from specloom.document.load import load_source
from specloom.document.merge import Way, mark_all, merged, rebuilt
from specloom.document.nearest import hint_for
from specloom.document.pointers import join
from specloom.document.source import Text, renumbered
from specloom.document.spot import Spot

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from specloom.document.merge import Change
    from specloom.document.source import Source

_VERSION: Final = re.compile(r"1\.[01]\.\d+")
_KEYS: Final[dict[str, type]] = {"overlay": str, "info": dict, "extends": str, "actions": list}
_ACTION_KEYS: Final[dict[str, type]] = {
    "target": str,
    "description": str,
    "update": object,
    "remove": bool,
    "copy": str,
}


def apply_overlay(source: Source, entry: Path, path: Path) -> tuple[Source, list[Diagnostic]]:
    """Apply an overlay to the entry of a document.

    Args:
        source: The entry, with the overlays before this one applied.
        entry: Where the entry lies, for `extends`.
        path: Where the overlay lies.

    Returns:
        The entry with the changes, and what is wrong; the entry as it was where something is.
    """
    overlay, found = load_source(path, name=display_name(path))
    if overlay is None or has_errors(found):
        return source, list(found)
    applied = _Overlay(source, overlay)
    applied.check(entry, path)
    if not applied.found:
        applied.run()
    if applied.found:
        return source, applied.found
    made = applied.root
    return source.changed(made.value, lambda: made.mark, Text(overlay.name, overlay.text)), []


class _Overlay:
    """One overlay on its document."""

    def __init__(self, source: Source, overlay: Source) -> None:
        self._overlay = overlay
        self.root = Spot(source.value, source.root_mark)
        self.found: list[Diagnostic] = []
        top = Spot(overlay.value, renumbered(overlay.root_mark, len(source.texts)))
        self._actions = [*enumerate((top.get("actions") or top.new([])).elements())]

    def check(self, entry: Path, path: Path) -> None:
        """Check the overlay itself: its version, its keys, and that it extends this document."""
        top = self._overlay.value
        self._check_keys(top, _KEYS, "", ("overlay", "info", "actions"))
        if isinstance(top.get("overlay"), str) and not _VERSION.fullmatch(top["overlay"]):
            self._report("SL161", f"the version {quoted(top['overlay'])} is not read", "/overlay", "write `1.0.0`")
        for index, action in self._actions:
            if not isinstance(action.value, dict):
                self._report("SL161", "an action is a mapping", f"/actions/{index}")
                continue
            self._check_keys(action.value, _ACTION_KEYS, f"/actions/{index}", ("target",))
            if not {"update", "remove", "copy"} & action.value.keys():
                self._report("SL161", "the action does nothing", f"/actions/{index}", "add `update` or `remove`")
        extends = top.get("extends")
        is_path = isinstance(extends, str) and not re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", extends)
        if is_path and (path.parent / str(extends)).resolve() != entry.resolve():
            message = f"the overlay extends {quoted(str(extends))}, which is not `{display_name(entry)}`"
            self._report("SL164", message, "/extends", "name the document that it is applied to, or leave it out")

    def _check_keys(
        self, held: dict[str, Any], known: Mapping[str, type], pointer: str, wanted: tuple[str, ...]
    ) -> None:
        for key, value in held.items():
            if key not in known and not key.startswith("x-"):
                self._report_key(key, pointer, hint_for(key, known))
            elif key in known and not isinstance(value, known[key]):
                self._report("SL161", f"the value of {quoted(key)} has another type", join(pointer, key))
        for key in wanted:
            if key not in held:
                self._report("SL161", f"the required key `{key}` is missing", pointer)

    def run(self) -> None:
        """Apply each action to what the ones before it have made."""
        for index, action in self._actions:
            pointer = f"/actions/{index}"
            ways = self._find(action.value["target"], f"{pointer}/target")
            if ways is None:
                return
            change = self._change(action, pointer) if ways else None
            if not ways:
                hint = "nothing of the document changes by this action: change the target, or remove the action"
                self._report(
                    "SL163", f"{quoted(action.value['target'], 120)} matches nothing", f"{pointer}/target", hint
                )
            elif change is not None:
                self.root = rebuilt(self.root, mark_all(ways), change)
            if not isinstance(self.root.value, dict):
                self._report("SL165", "the whole document is removed", pointer)
            if self.found:
                return

    def _change(self, action: Spot, pointer: str) -> Change | None:
        """Say what becomes of each target; what removes wins over what updates."""
        if action.value.get("remove") is True:
            return lambda target: None
        update = action.get("update")
        if "copy" in action.value:
            ways = self._find(action.value["copy"], f"{pointer}/copy")
            if ways is None:
                return None
            if len(ways) != 1:
                message = f"{quoted(action.value['copy'], 120)} matches {len(ways)} values"
                self._report("SL165", message, f"{pointer}/copy", "name one value to copy")
                return None
            update = self._at(ways[0])
        if update is None:
            return lambda target: target
        given = update
        return lambda target: self._merged(target, given, pointer)

    def _merged(self, target: Spot, update: Spot, pointer: str) -> Spot:
        if isinstance(target.value, dict) and not isinstance(update.value, dict):
            self._report("SL165", "a mapping can only be updated by a mapping", f"{pointer}/update")
            return target
        return merged(target, update)

    def _at(self, way: Way) -> Spot:
        spot = self.root
        for key in way:
            spot = spot.inside(key)
        return spot

    def _find(self, query: str, pointer: str) -> list[Way] | None:
        """Find what a query matches; None where it is none, which is reported."""
        from jsonpath import JSONPathEnvironment, JSONPathError

        try:
            found = JSONPathEnvironment(strict=True).finditer(query, self.root.value)
            return [tuple(match.parts) for match in found]
        except (JSONPathError, RecursionError) as error:
            reason = str(error).partition("\n")[0][:120]
            because = "it begins with `$`" if not query.startswith("$") else reason
            self._report("SL162", f"{quoted(query, 120)} is not a JSONPath: {because}", pointer)
            return None

    def _report_key(self, key: str, pointer: str, hint: str) -> None:
        location = self._overlay.key_location(join(pointer, key))
        message = f"the key {quoted(key)} is not known here"
        self.found.append(Diagnostic(code="SL161", message=message, location=location, hint=hint))

    def _report(self, code: str, message: str, pointer: str, hint: str = "") -> None:
        location = self._overlay.location(pointer)
        self.found.append(Diagnostic(code=code, message=message, location=location, hint=hint))


def apply_overlays(source: Source, entry: Path, paths: tuple[Path, ...]) -> tuple[Source, list[Diagnostic]]:
    """Apply overlays in their order, each to what the ones before it have made."""
    found: list[Diagnostic] = []
    for path in paths:
        source, faults = apply_overlay(source, entry, path)
        found += faults
    return source, found
