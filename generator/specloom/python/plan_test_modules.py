"""Plans the modules of emitted tests: which test stands where, and what its module imports."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from specloom.python import docs, literals, names, placing
from specloom.python.dividing import Placed, divide, levels, shown
from specloom.python.exchanges import ERROR_CLASSES
from specloom.python.imports import import_lines
from specloom.python.sizes import exchange_lines, tests_lines
from specloom.python.views import TestsView

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from specloom.python.naming import Naming
    from specloom.python.plan_parts import PlannedResource
    from specloom.python.plan_tests import PlannedTests
    from specloom.python.views import CheckView, TestView

_DEPRECATED = 'pytestmark = pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning")'


class TestModules:
    """Plans the test modules of one API."""

    def __init__(self, naming: Naming, *, import_name: str, header: str) -> None:
        self._naming = naming
        self._import_name = import_name
        self._header = header

    def plan(
        self, resources: Mapping[str, PlannedResource], tested: Mapping[str, Sequence[PlannedTests]]
    ) -> dict[str, TestsView]:
        """Plan all modules, by name: those of a resource in parts are its parts, or parts of these."""
        found: dict[str, TestsView] = {}
        for resource, planned in tested.items():
            module = self._naming.resources[resource]
            whole = self._view(resource, planned) if _may_be_one(resources[resource], planned) else None
            if whole is not None and tests_lines(whole) <= placing.LINES:
                found[module] = whole
                continue
            parts = _divided(resources[resource], planned)
            for part in sorted(set(parts.values())):
                mine = [one for one in planned if parts[one.operation.name] == part]
                found[f"{module}/{part or resource}"] = self._view(resource, mine, part or resource)
        # A resource may be called as a part of another is.
        named = names.distinct(found, names.snake)
        return {f"test_{self._naming.module}_{named[one]}": view for one, view in found.items() if view.tests}

    def _view(self, resource: str, planned: Sequence[PlannedTests], part: str = "") -> TestsView:
        checks = tuple(check for one in planned for check in one.checks)
        tests = tuple(test for one in planned for test in one.tests)
        deprecated = any(one.operation.documentation.deprecated for one in planned)
        about = f"`{resource}` on `{docs.plain(shown(part))}`" if part else f"`{resource}`"
        return TestsView(
            header=self._header,
            docstring=docs.docstring([f"The documented exchanges of {about}, with both clients."], indent=0),
            imports=import_lines(self._imports(checks, tests, deprecated=deprecated), own=self._import_name),
            marks=(_DEPRECATED,) if deprecated else (),
            requests=tuple(request for one in planned for request in one.requests),
            checks=checks,
            tests=tests,
        )

    def _imports(
        self, checks: Sequence[CheckView], tests: Sequence[TestView], *, deprecated: bool
    ) -> dict[str, list[str]]:
        said = "\n".join(
            text
            for group in (
                *((one.signature, *one.lines) for one in checks),
                *(
                    (one.raises, one.payload, one.call, "" if one.raising else one.returns, *one.construction)
                    for one in tests
                ),
            )
            for text in group
        )
        used = literals.words(said)
        package = self._import_name
        clients = {one.client for one in tests} | {one.async_client for one in tests if one.awaited}
        wanted: dict[str, list[str]] = {
            "__future__": ["annotations"],
            **({"asyncio": []} if any(one.awaited for one in tests) else {}),
            "exchange": sorted({"Exchange"} | (used & {"encoded", "read_payload"})),
            f"{package}.{self._naming.module}": sorted({*clients, *re.findall(r"(?<![\w.])models(?=\.)", said)}),
        }
        places = {
            package: {"BasicCredentials", "NoContent", "TokenCredentials"},
            f"{package}.errors": set(ERROR_CLASSES.values()) | {"ClientStatusError", "RedirectError", "ServerError"},
            "datetime": {"UTC"},
            "typing": {"Any", "Literal"},
        }
        for module, known in places.items():
            if used & known:
                wanted[module] = sorted(used & known)
        annotated = [*(one.returns for one in tests if one.awaited and not one.raising)]
        annotations = literals.without_strings(
            "\n".join([*annotated, *(text for one in checks for text in one.parameters)])
        )
        for module, name in (("datetime", "date"), ("datetime", "datetime"), ("uuid", "UUID")):
            is_made = f"{name}(" in said and re.search(rf"(?<![\w.]){name}\(", said)
            if is_made or re.search(rf"(?<![\w.]){name}\b", annotations):
                wanted.setdefault(module, []).append(name)
        if "json" in used:
            wanted["json"] = []
        if deprecated or any(one.raising for one in tests):
            wanted["pytest"] = []
        return wanted


def _may_be_one(resource: PlannedResource, planned: Sequence[PlannedTests]) -> bool:
    """Whether all tests of a resource may share a module, whatever stands before them there."""
    return not resource.in_parts and sum(map(_lines, planned)) <= placing.LINES


def _lines(planned: PlannedTests) -> int:
    return exchange_lines(planned.requests, planned.checks, planned.tests)


def _divided(resource: PlannedResource, planned: Sequence[PlannedTests]) -> dict[str, str]:
    """The part that the tests of each operation stand in: never two parts of the resource in one."""
    return divide(
        [
            Placed(
                operation=one.operation.name,
                levels=levels(one.operation),
                lines=(
                    _lines(one),
                    *([resource.lines[one.operation.name]] if resource.in_parts else []),
                ),
            )
            for one in planned
        ]
    )
