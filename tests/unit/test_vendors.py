"""What belongs to one vendor goes only into packages whose spec names its signer."""

from __future__ import annotations

import ast
import json
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from specloom.location import Location
from specloom.pipeline import Build, build, runtime_files
from specloom.python.vendors import VENDORS
from specloom.settings import PackageSettings

SIGNER = {"type": "http", "scheme": "SDK-HMAC-SHA256", "x-specloom-signer": "sdk-hmac-sha256"}
MACHINE = {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "https://id.example.com/t", "scopes": {}}}}
PERSON = {
    "type": "oauth2",
    "flows": {
        "authorizationCode": {
            "authorizationUrl": "https://id.example.com/a",
            "tokenUrl": "https://id.example.com/t",
            "scopes": {},
        }
    },
}
KEY = {"type": "apiKey", "in": "header", "name": "X-Key"}
VENDOR_NAMES = {"AccessKeyCredentials", "PasswordCredentials", "default_credentials"}


def built(folder: Path, scheme: dict[str, Any], **root: Any) -> Build:
    """A package with one operation under that scheme."""
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Any", "version": "1"},
        "servers": [{"url": "https://any.example.com"}],
        "security": [{"one": []}],
        "paths": {"/things": {"get": {"operationId": "get", "responses": {"204": {"description": "Nothing."}}}}},
        "components": {"securitySchemes": {"one": scheme}},
        **root,
    }
    file = folder / "openapi.yaml"
    file.write_text(json.dumps(document), encoding="utf-8")
    package = PackageSettings(
        distribution="any-api",
        import_name="any_api",
        version="1.0",
        description="",
        out=folder,
        documents=(file,),
        location=Location(str(file)),
    )
    return build(package, folder)


def exports_of(made: Build) -> set[str]:
    """The public names of a package."""
    scope: dict[str, Any] = {}
    exec(made.files["src/any_api/__init__.py"], scope)  # noqa: S102
    return set(scope["__all__"])


@pytest.mark.parametrize(
    ("scheme", "declared", "offered"),
    [
        (SIGNER, '"one": Signer("sdk-hmac-sha256")', VENDOR_NAMES),
        (MACHINE, '"one": OAuth("https://id.example.com/t")', {"OAuthClientCredentials"}),
        (PERSON, '"one": HttpAuth("bearer")', set()),
        (KEY, '"one": ApiKey("header", "X-Key")', set()),
    ],
)
def test_a_package_offers_the_credentials_that_its_spec_has_a_use_for(
    tmp_path: Path, scheme: dict[str, Any], declared: str, offered: set[str]
) -> None:
    """The modules of a vendor come along only where they are offered."""
    made = built(tmp_path, scheme)
    copied = {path for path in made.files if "/vendors/" in path}
    optional = VENDOR_NAMES | {"OAuthClientCredentials"}

    assert not made.diagnostics
    assert declared in made.files["src/any_api/any/client.py"]
    assert exports_of(made) & optional == offered
    assert bool(copied) == (offered == VENDOR_NAMES)


def test_meanings_of_codes_reach_the_runtime(tmp_path: Path) -> None:
    """It renews a token after a code that means that it is wrong."""
    made = built(tmp_path, KEY, **{"x-specloom-error-kinds": {"authentication": ["A.1", "403"], "not_found": ["B.2"]}})

    assert 'kinds={"authentication": ("A.1", "403"), "not_found": ("B.2",)}' in made.files["src/any_api/any/client.py"]


@pytest.mark.parametrize(
    ("scheme", "copied"), [(SIGNER, {"tokens.py"}), (MACHINE, {"tokens.py", "oauth.py"}), (PERSON, set()), (KEY, set())]
)
def test_a_package_has_the_modules_that_it_can_use(tmp_path: Path, scheme: dict[str, Any], copied: set[str]) -> None:
    """What renews tokens comes along only where tokens are renewed, what reads webhooks only where there are any."""
    files = built(tmp_path, scheme).files
    body = {"content": {"application/json": {"schema": {"type": "object", "properties": {"id": {"type": "string"}}}}}}
    webhook = {"post": {"operationId": "told", "requestBody": body, "responses": {"204": {"description": "Taken."}}}}
    hooked = built(tmp_path, scheme, webhooks={"told": webhook}).files

    assert {name for name in ("oauth.py", "tokens.py") if f"src/any_api/_runtime/{name}" in files} == copied
    assert "src/any_api/_runtime/webhooks.py" not in files
    assert "src/any_api/_runtime/webhooks.py" in hooked


@pytest.mark.parametrize(
    "parts", [(), ("webhooks",), ("tokens",), ("oauth", "tokens"), ("tokens", "vendors.huaweicloud")]
)
def test_no_module_imports_one_that_is_not_there(parts: tuple[str, ...]) -> None:
    """Not even within a function, or for type checkers."""
    files = runtime_files(parts)
    missing = []
    for name, text in files.items():
        for one in ast.walk(ast.parse(text)):
            if isinstance(one, ast.ImportFrom) and one.level:
                folder = PurePosixPath(name).parents[one.level - 1]
                wanted = [one.module.replace(".", "/")] if one.module else [alias.name for alias in one.names]
                missing += [(name, module) for module in wanted if not _is_there(files, str(folder / module))]

    assert missing == []


def _is_there(files: dict[str, str], module: str) -> bool:
    return f"{module}.py" in files or f"{module}/__init__.py" in files


def test_the_runtime_has_no_vendor_unless_one_is_named() -> None:
    """And then the vendor's modules, byte for byte, and no other's."""
    without = runtime_files()

    assert [name for name in without if name.startswith("vendors")] == []
    for vendor in VENDORS:
        added = runtime_files((f"vendors.{vendor.module}",)).keys() - without.keys()
        assert "vendors/__init__.py" in added
        assert all(name == "vendors/__init__.py" or name.startswith(f"vendors/{vendor.module}") for name in added)


def test_every_vendor_is_there_and_offers_what_it_says() -> None:
    """The table of vendors and the modules of the runtime tell the same."""
    import importlib

    for vendor in VENDORS:
        module = importlib.import_module(f"specloom.runtime.vendors.{vendor.module}")
        assert sorted(vendor.exports) == sorted(module.__all__)
