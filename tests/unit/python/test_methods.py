"""What operations are called within their resource."""

from __future__ import annotations

import pytest

from specloom.location import Location
from specloom.model import Behavior, Documentation, Operation
from specloom.python.methods import are_spelled, method_names
from specloom.words import snake

HERE = Location("openapi.yaml")


def operation(id_: str, path: str = "/x", method: str = "GET", *, name: str = "", called: bool = False) -> Operation:
    """An operation with nothing but its names."""
    return Operation(
        id=id_,
        method=method,
        path=path,
        resource="",
        name=name or snake(id_),
        documentation=Documentation(),
        parameters=(),
        body=None,
        responses=(),
        security=(),
        behavior=Behavior(),
        location=HERE,
        called=called,
    )


def named(resource: str, *ids: str, client: str = "Acme") -> list[str]:
    """The methods of operations with these ids."""
    return list(method_names(resource, [operation(one) for one in ids], client).values())


@pytest.mark.parametrize(
    ("resource", "id_", "made"),
    [
        ("repos", "repos/list-for-org", "list_for_org"),
        ("repos", "Repos_listForOrg", "list_for_org"),
        ("repos", "repos.list", "list"),
        ("repos", "reposListForOrg", "list_for_org"),
        ("repos", "Repo_get", "get"),
        ("groups", "groupCreate", "create"),
        ("core_v1", "listCoreV1NamespacedPod", "list_namespaced_pod"),
        ("repos", "repo/get", "get"),
        ("droplet_actions", "dropletActions_get", "get"),
        ("admin_apps", "admin.apps.approve", "approve"),
        ("admin_apps", "admins.app.approve", "approve"),
        ("repos", "Repo_getAll", "get_all"),
        ("repos", "repos.forks.list", "forks_list"),
        ("droplet_actions", "dropletActionGet", "get"),
        ("droplet_actions", "dropletsAction.get", "get"),
        ("users", "UsersController_findAll", "find_all"),
        ("users", "UserController.findAll", "find_all"),
        ("files", "acme.files.list", "list"),
        ("acmes", "acme.acmes.list", "list"),
        ("files", "other.files.list", "other_files_list"),
        ("search", "search/code", "code"),
        # What is left would be no name.
        ("repos", "repos/import", "repos_import"),
        ("repos", "repos/str", "repos_str"),
        ("repos", "repos/for-org", "repos_for_org"),
        ("repos", "repos/2fa", "repos_2fa"),
        ("repos", "repos", "repos"),
        ("search_results", "searchResultsTeam", "search_results_team"),
        ("pulls", "pull-request-stacks/list", "pull_request_stacks_list"),
        # The public name that a vendor chose.
        ("pets", "listPets", "list_pets"),
        ("customers", "get_v1_customers", "get_v1_customers"),
        ("users", "users_v2_get", "v2_get"),
        ("repos", "repository_list", "repository_list"),
    ],
)
def test_a_method_does_not_repeat_its_resource(resource: str, id_: str, made: str) -> None:
    """Where what is left of the id is a name."""
    assert named(resource, id_) == [made]


@pytest.mark.parametrize(
    "word", ["and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "to", "via", "with", "without"]
)
def test_no_method_begins_with_what_joins_words(word: str) -> None:
    """As it says what the resource has to do with what follows."""
    assert named("repos", f"repos/{word}-teams", "repos/list") == [f"repos_{word}_teams", "list"]


@pytest.mark.parametrize(
    "word",
    [
        *("block", "check", "convert", "download", "export", "follow", "import", "invite", "like", "log", "purge"),
        *("query", "run", "scan", "search", "share", "star", "sync", "test", "translate", "upload", "validate"),
        *("verify", "vote", "watch"),
    ],
)
def test_what_a_resource_does_stays_in_its_methods(word: str) -> None:
    """To search a team is to do something with one; be the resource called by one or by many."""
    assert named(word, f"{word}Team") == named(f"{word}s", f"{word}Team") == [f"{word}_team"]


def test_an_id_may_begin_with_a_word_of_its_client() -> None:
    """Whatever other words that has; and with no other."""
    assert named("files", "drive.files.list", client="Acme Drive") == ["list"]
    assert named("files", "drive.files.list", client="Acme") == ["drive_files_list"]


def test_an_operation_without_an_id_does_not_repeat_a_resource_of_several_words() -> None:
    """Which are as many segments."""
    mine = operation("get /core/pods/logs", "/core/pods/logs")

    assert list(method_names("core_pods", [mine], "Acme").values()) == ["get_logs"]


@pytest.mark.parametrize(
    ("id_", "path", "method", "made"),
    [
        ("read_item_items__item_id__get", "/items/{item_id}", "GET", "read_item"),
        ("items_list_items_get", "/items", "GET", "list"),
        ("read_item_items__item_id__get", "/items/{id}", "GET", "read_item_items_item_id_get"),
    ],
)
def test_an_id_does_not_repeat_its_request(id_: str, path: str, method: str, made: str) -> None:
    """As frameworks make it of a function, a path and a method, to the letter."""
    assert list(method_names("items", [operation(id_, path, method)], "Acme").values()) == [made]


@pytest.mark.parametrize(
    ("path", "made"),
    [
        ("/items", "get"),
        ("/v1/items/{id}", "get_by_id"),
        ("/items/{id}/tags/{tag}", "get_tags_by_tag"),
        ("/items/{id}/tags/latest", "get_tags_latest"),
        ("/shops/{shop}/items/{from}/{to}", "get_shops_items_by_from_and_to"),
    ],
)
def test_an_operation_without_an_id_is_named_by_what_its_request_says(path: str, made: str) -> None:
    """Its method, the fixed part of its path beyond the resource, and what comes last."""
    assert list(method_names("items", [operation(f"get {path}", path)], "Acme").values()) == [made]


def test_two_that_would_have_one_name_keep_their_own() -> None:
    """Whichever goes first."""
    ids = {"repos/get": "repos_get", "get": "get", "repo/list": "repo_list", "repos/list": "repos_list"}

    assert named("repos", *ids) == list(ids.values())
    assert named("repos", *reversed(ids)) == list(reversed(ids.values()))


def test_another_operation_renames_none() -> None:
    """One that could not have its name."""
    alone = named("repos", "repos/list")

    assert named("repos", "repos/get", "repos/list", "repos/list-all")[1:2] == alone == ["list"]


def test_a_method_that_the_document_names_is_called_so() -> None:
    """Also where it repeats the resource."""
    mine = operation("repos/list", name="repos_list", called=True)

    assert method_names("repos", [mine], "Acme") == {"repos_list": "repos_list"}


@pytest.mark.parametrize(
    ("id_", "path", "made"),
    [
        ("GetCustomers", "/v1/customers", "get"),
        ("GetCustomersCustomer", "/v1/customers/{customer}", "get_by_customer"),
        ("GetCustomersCustomerSources", "/v1/customers/{customer}/sources", "get_sources"),
        ("get_customers_id", "/customers/{customer_id}", "get_by_customer_id"),
        ("get_customers_x", "/customers/{for_X}", "get_by_for_x"),
        ("get_customers_id", f"/customers/{{{'b' * 50}_id}}", f"get_by_{'b' * 50}_id"),
        # One more would be longer than is good, and somebody chose this one.
        ("get_customers_id", f"/customers/{{{'b' * 51}_id}}", "get_customers_id"),
        ("getCustomer", "/v1/customers/{customer}", "get_customer"),
    ],
)
def test_an_id_that_only_spells_its_request_is_none(id_: str, path: str, made: str) -> None:
    """Where the ids of the document are of that kind, and the name would not be longer than is good."""
    mine = operation(id_, path)

    assert list(method_names("customers", [mine], "Acme", spelled=True).values()) == [made]
    assert list(method_names("customers", [mine], "Acme").values()) == [snake(id_)]


def test_most_ids_tell_whether_somebody_chose_them() -> None:
    """Those of paths with a template: anybody calls `GET /regions` so."""
    spelled = [operation("GetItemsItem", "/items/{item}"), operation("DeleteItemsItem", "/items/{item}", "DELETE")]
    chosen = [operation("retrieveItem", "/items/{item}")]

    assert are_spelled([*spelled, *chosen])
    assert not are_spelled([*spelled[:1], *chosen])
    assert not are_spelled([operation("getRegions", "/regions")])
