"""Diagnostics as SARIF 2.1.0, which code hosts and editors read."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from specloom import __version__
from specloom.report.escape import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from specloom.diagnostics import Diagnostic
    from specloom.report.record import RuleText

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT: Final = "%SRCROOT%"


def format_sarif(found: Sequence[Diagnostic], rules: Mapping[str, RuleText]) -> str:
    """Write diagnostics as a SARIF log of one run; rules are listed whether they found anything or not."""
    return json.dumps(make_sarif(found, rules), indent=2) + "\n"


def make_sarif(found: Sequence[Diagnostic], rules: Mapping[str, RuleText]) -> dict[str, Any]:
    """Make the SARIF log as a value.

    Locations are relative to the folder that specloom ran in; columns count characters, as ours do.
    """
    codes = sorted({*rules, *(one.code for one in found)})
    index = {code: number for number, code in enumerate(codes)}
    driver = {
        "name": "specloom",
        "version": __version__,
        "rules": [_rule(code, rules.get(code)) for code in codes],
    }
    seen: Counter[str] = Counter()
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder that specloom ran in."}}},
        "results": [_result(one, index[one.code], seen) for one in found],
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: str, rule: RuleText | None) -> dict[str, Any]:
    if rule is None:
        return {"id": code}
    shown: dict[str, Any] = {
        "id": code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": rule.summary},
        "defaultConfiguration": {"level": rule.severity.value},
    }
    if rule.help:
        shown["help"] = {"text": rule.help, "markdown": rule.help}
    return shown


def _result(one: Diagnostic, rule_index: int, seen: Counter[str]) -> dict[str, Any]:
    text = one_line(one.message) + (f"\nhint: {one_line(one.hint)}" if one.hint else "")
    place = one.location
    location: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": _artifact(place.file),
            "region": {"startLine": place.line, "startColumn": place.column},
        }
    }
    if place.pointer:
        location["logicalLocations"] = [{"fullyQualifiedName": one_line(place.pointer)}]
    return {
        "ruleId": one.code,
        "ruleIndex": rule_index,
        "level": one.severity.value,
        "message": {"text": text},
        "locations": [location],
        "partialFingerprints": {"specloom/v1": _fingerprint(one, seen)},
    }


def _artifact(file: str) -> dict[str, str]:
    if file.startswith("/"):
        return {"uri": f"file://{quote(file, errors='surrogatepass')}"}
    return {"uri": quote(file, errors="surrogatepass"), "uriBaseId": _ROOT}


def _fingerprint(one: Diagnostic, seen: Counter[str]) -> str:
    """Name a finding by what it says and about what, not by its line, so that it stays known when lines move."""
    said = "\n".join((one.code, one.location.file, one.location.pointer, one.message))
    digest = hashlib.sha256(said.encode(errors="surrogatepass")).hexdigest()[:32]
    seen[digest] += 1
    return f"{digest}:{seen[digest]}"
