"""Names of classes: who goes first, and what becomes of long ones."""

from __future__ import annotations

import pytest

from specloom.location import Location
from specloom.model import AnySchema, EnumSchema, NamedSchema, ObjectSchema, SchemaInfo
from specloom.python.classes import LONG, class_names

INFO = SchemaInfo(location=Location("openapi.yaml"))


def classes(*names: str, values: bool = False, in_place: bool | None = None) -> dict[str, str]:
    """The classes of schemas of these names; a dot is taken for a place within another."""
    kind = (
        EnumSchema(info=INFO, kind="string", members=())
        if values
        else ObjectSchema(info=INFO, properties=(), additional=AnySchema(info=INFO))
    )
    return class_names(
        NamedSchema(
            name=one, schema=kind, location=INFO.location, in_place="." in one if in_place is None else in_place
        )
        for one in names
    )


def test_what_the_document_names_goes_before_what_is_named_by_its_place() -> None:
    """Which says what it is: a body, values, else an object."""
    assert classes("addUser.request", "add_user_request") == {
        "addUser.request": "AddUserRequestBody",
        "add_user_request": "AddUserRequest",
    }
    assert classes("team_links", "team.links")["team.links"] == "TeamLinksObject"
    assert classes("team_state", "team.state", values=True)["team.state"] == "TeamStateValues"


@pytest.mark.parametrize(
    ("name", "made"),
    [
        (
            "usersConversationsOfWorkspace.response.response_metadata.messages.item",
            "UsersConversationsOfWorkspaceResponseMetadataMessagesItem",
        ),
        (
            "listWorkflowRunsForRepository.response.workflow_runs.item.items.item.value.head.item",
            "ListWorkflowRunsForRepositoryResponseWorkflowRunsHeadItem",
        ),
    ],
)
def test_a_long_name_says_nothing_twice(name: str, made: str) -> None:
    """Nor that there are several, nor what is in its middle."""
    (found,) = classes(name).values()

    assert len(found) <= LONG
    assert found == made


def test_a_long_name_with_a_place_before_it_is_called_by_its_end() -> None:
    """As far as no other ends so."""
    package = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions"
    names = [f"{package}.{one}.CustomResourceDefinitionCondition" for one in ("v1", "v1beta1")]

    assert list(classes(*names, in_place=False).values()) == [
        "PkgApisApiextensionsV1CustomResourceDefinitionCondition",
        "PkgApisApiextensionsV1beta1CustomResourceDefinitionCondition",
    ]
    assert classes("io.k8s.api.core.v1.Pod", in_place=False) == {"io.k8s.api.core.v1.Pod": "IoK8sApiCoreV1Pod"}


def test_long_names_that_would_be_one_say_more() -> None:
    """Those alone: a third one changes nothing, wherever it stands."""
    start, end = "listWorkflowRunsForRepositoryOfOrganization", "firstAttempt.conclusion.details"
    names = [f"{start}.response.{one}.{end}" for one in ("finished.item", "waiting.item")]
    both = classes(*names)
    more = classes(f"{start}.response.items.{end}.more", *names[::-1])

    assert len(set(both.values())) == 2
    assert {name: more[name] for name in names} == both


def test_of_two_places_spelled_alike_the_nearer_keeps_its_name() -> None:
    """The other one says what it is, and nothing within them changes for that."""
    made = classes("UserSettings.audio", "User.settings.audio", "User.settings.video")

    assert made == {
        "UserSettings.audio": "UserSettingsAudio",
        "User.settings.audio": "UserSettingsAudioObject",
        "User.settings.video": "UserSettingsVideo",
    }


def test_long_names_keep_the_part_that_tells_them_apart() -> None:
    """And their last one."""
    start = "PostPaymentIntentsIntentConfirm.request.payment_method_options"
    made = classes(*(f"{start}.{one}.payment_method_options_param.setup_future_usage" for one in ("oxxo", "eps")))

    assert list(made.values()) == [
        "PostPaymentIntentsIntentConfirmRequestOxxoSetupFutureUsage",
        "PostPaymentIntentsIntentConfirmRequestEpsSetupFutureUsage",
    ]


def test_a_place_in_an_operation_with_a_long_id_is_called_after_its_method() -> None:
    """Where the id leaves no room for what tells it apart."""
    operation = "PostCustomersCustomerSubscriptionsSubscriptionExposedIdOfTheAccount"
    place = NamedSchema(
        name=f"{operation}.request.mandate",
        schema=ObjectSchema(info=INFO, properties=(), additional=AnySchema(info=INFO)),
        location=INFO.location,
        in_place=True,
    )

    assert class_names([place], {operation: "customers.post_subscriptions"}) == {
        place.name: "CustomersPostSubscriptionsRequestMandate"
    }


def test_a_long_name_of_the_document_says_no_word_twice() -> None:
    """Where it would be cut."""
    key = "shared_resource_initiating_payment_method_details_resource_initiating_payment_method_details_of_bank"

    assert classes(key, in_place=False) == {key: "SharedResourceInitiatingPaymentMethodDetailsOfBank"}
