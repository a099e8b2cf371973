"""What packages offer, name by name: lists that a person typed, and every place that names what is public."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from tests.cases.case import Case, write_packages
from tests.cases.conftest import forget

OF_EVERY_PACKAGE = """
    AsyncClientOptions AuthenticationError BadRequestError BasicCredentials CallOptions CallTimeoutError ClientError
    ClientOptions ClientStatusError ConflictError ConnectError ConnectTimeoutError Content ContentTooLargeError
    Credentials CredentialsInput DeadlineError DecodeError GoneError Headers InnerFailureError InvalidCallError
    NoContent NotFoundError PermissionDeniedError PoolTimeoutError Problem ProxyError RateLimitError RawResponse
    ReadTimeoutError RedirectError Request RequestTimeoutError Response RetryPolicy ServerError StatusError TLSError
    TokenCredentials TransportError UnprocessableContentError WriteTimeoutError errors problems_of
    """
JOBS = """
    AccessKeyCredentials AsyncDataArtsCatalog AsyncDataArtsFactory AsyncLakeFormation DataArtsCatalog DataArtsFactory
    LakeFormation PasswordCredentials dataarts_catalog dataarts_factory default_credentials lakeformation
    """
LAKE_FORMATION = "AsyncJobs AsyncLakeFormation Jobs LakeFormation models"
LAKE_FORMATION_MODELS = """
    GatewayErrorDetail GatewayForbiddenError Job JobHistory JobStatus JobStatusFilter JobType ServiceError
    """
SCHEMES = Case("security_schemes")
"""A package of one client, without models and without a vendor."""


@pytest.fixture
def other(tmp_path: Path) -> Iterator[None]:
    """The package of the case, where it can be imported."""
    write_packages([SCHEMES], tmp_path)
    sys.path.insert(0, str(tmp_path / "src"))
    yield
    sys.path.remove(str(tmp_path / "src"))
    forget(SCHEMES)


def checked_names(module: ModuleType) -> list[str]:
    """The names that type checkers find: what is imported for them alone."""
    assert module.__file__ is not None
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    blocks = [one for one in tree.body if isinstance(one, ast.If) and ast.unparse(one.test) == "TYPE_CHECKING"]
    imports = [one for block in blocks for one in block.body if isinstance(one, ast.ImportFrom)]
    return sorted(alias.asname or alias.name for one in imports for alias in one.names)


@pytest.mark.usefixtures("other")
@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("huaweicloud_jobs", OF_EVERY_PACKAGE + JOBS),
        ("huaweicloud_jobs.lakeformation", LAKE_FORMATION),
        ("huaweicloud_jobs.lakeformation.models", LAKE_FORMATION_MODELS),
        (SCHEMES.import_name, OF_EVERY_PACKAGE + "AsyncSecuritySchemes SecuritySchemes security_schemes"),
        (f"{SCHEMES.import_name}.security_schemes", "AsyncGo AsyncSecuritySchemes Go SecuritySchemes"),
    ],
)
def test_public_names_are_one_list(name: str, listed: str) -> None:
    """What is exported, shown, found by type checkers and found at run time; each is there."""
    module = import_module(name)
    names = sorted(listed.split())

    assert module.__all__ == names
    assert dir(module) == names
    assert checked_names(module) == names
    assert sorted([*module._PLACES, *module._SUBMODULES]) == names
    assert [one for one in names if not hasattr(module, one)] == []
