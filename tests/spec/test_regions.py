"""The regions of each service host, as typed by hand, against the servers that the documents declare."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

if TYPE_CHECKING:
    from pathlib import Path

LAKEFORMATION = """cn-north-4 cn-north-9 cn-east-3 cn-south-1 cn-north-11 cn-southwest-2 ap-southeast-4 la-north-2
    af-south-1"""
DATAARTS = """cn-north-1 cn-north-2 cn-north-4 cn-north-9 cn-north-11 cn-east-2 cn-east-3 cn-east-4 cn-south-1
    cn-southwest-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 af-south-1 ru-northwest-2 ru-moscow-1
    sa-brazil-1 la-south-2 la-north-2 na-mexico-1 tr-west-1 me-east-1 eu-west-101 ae-ad-1 my-kualalumpur-1"""
EXPECTED = {
    "lakeformation": {"lakeformation": set(LAKEFORMATION.split())},
    "dataarts_catalog": {"dayu": set(DATAARTS.split())},
    # One region has no host of its own for the Factory, and is served by that of the other services.
    "dataarts_factory": {"dayu-dlf": set(DATAARTS.split()) - {"cn-east-4"}, "dayu": {"cn-east-4"}},
}


@pytest.mark.parametrize("service", sorted(EXPECTED))
def test_every_region_of_a_service_has_its_host(repository: Path, service: str) -> None:
    """And no region is listed that the service does not have; the default is one of them."""
    document = yaml.safe_load((repository / "spec" / service / "openapi.yaml").read_text(encoding="utf-8"))
    regions = {one["url"]: one["variables"]["region"] for one in document["servers"]}

    assert {url: set(one["enum"]) for url, one in regions.items()} == {
        f"https://{host}.{{region}}.myhuaweicloud.com": found for host, found in EXPECTED[service].items()
    }
    assert all(one["default"] in one["enum"] for one in regions.values())
    assert next(iter(regions.values()))["default"] == "cn-north-4"
