"""Names of classes: who goes first, and what becomes of long ones."""

from __future__ import annotations

import pytest

from specloom.location import Location
from specloom.model import AnySchema, EnumSchema, NamedSchema, ObjectSchema, SchemaInfo
from specloom.python.classes import LONG, class_names
from specloom.python.names import MAX_LENGTH, digest

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
        (
            "list.ConversationOptionsUsersUsersSubscriptions.SubscriptionsCustomer.workflow",
            "ListCustomerWorkflow",
        ),
        (
            "requestaudio.attempts.ASettings.AttemptsOptionsUsers.item.Payment.item",
            "RequestaudioAttemptsASettingsAttemptsOptionsUsersPaymentItem",
        ),
        (
            "organization_of_id.x1audio.OrganizationIdCustomerSettingsRepositorySubscriptionsUsersValue.value",
            "OrganizationOfIdX1audioValue",
        ),
    ],
)
def test_a_long_name_says_nothing_twice(name: str, made: str) -> None:
    """Nor that there are several, nor what is in its middle."""
    (found,) = classes(name).values()

    assert len(found) <= LONG
    assert found == made


@pytest.mark.parametrize(
    ("name", "made"),
    [
        # Of 60 characters, each.
        (
            "CustomerUser.UsersValueIdItemX1UsersMethodOrganizationRequest",
            "CustomerUserUsersValueIdItemX1UsersMethodOrganizationRequest",
        ),
        (
            "conversation.UserPaymentRunsUsersMethodUsersSubscriptionsAudioItem",
            "ConversationUserPaymentRunsMethodUsersSubscriptionsAudioItem",
        ),
        # Parts, of which no more than three are kept between two.
        ("runs.AudioDetailsItemOptionsWorkflowAttemptsSettingsHead.request", "RunsRequest"),
        (
            "settings.first.repository.id.workflow_method.request.payment_options.audio.request",
            "SettingsRequestPaymentOptionsAudioRequest",
        ),
        # Words, where parts do not do.
        (
            "ResponseDetailsResponseAttemptsUsersX1PaymentRequestUser.customer",
            "ResponseDetailsResponseUsersX1PaymentRequestUserCustomer",
        ),
        (
            "PaymentOptionsBUsersX1.ValueCustomerItemIdValueAUsersIdConversation",
            "PaymentOptionsBUsersX1ValueItemIdValueAUsersIdConversation",
        ),
        (
            "settings_request_details_b_details_customer_options_options_audio.ConversationResponse",
            "SettingsRequestDetailsBDetailsAudioConversationResponse",
        ),
        (
            "user-request-workflow-attempts-value-user-subscriptions-options-request.Item.value",
            "UserRequestWorkflowAttemptsSubscriptionsOptionsRequestValue",
        ),
        (
            "AConversationWorkflow.payment user organization subscriptions response",
            "AConversationWorkflowPaymentSubscriptionsResponse",
        ),
        (f"{'x' * 90}.item", "Item"),
    ],
)
def test_a_name_that_is_too_long_keeps_its_beginning_and_its_end(name: str, made: str) -> None:
    """Parts of its middle are left out before words of it are."""
    assert classes(name) == {name: made}


def test_places_that_differ_in_signs_alone_keep_their_words() -> None:
    """What sets them apart comes last."""
    place = "Repository.IdRequestUserUserUserOptionsResponseRepositoryAttempts.attempts"
    body = "b.workflow.ResponseSubscriptionsSettingsValueBAIdOptionsId.request"

    assert classes(f"{place}_b.response", f"{place}.b.response") == {
        f"{place}_b.response": "RepositoryBResponse",
        f"{place}.b.response": "RepositoryBResponseBody",
    }
    assert classes(f"{body}.Item.", f"{body}.Item..item") == {
        f"{body}.Item.": "BResponseSubscriptionsSettingsValueBAIdOptionsIdRequestItem",
        f"{body}.Item..item": "BWorkflowResponseSubscriptionsBAIdOptionsIdRequestItemItem",
    }


def test_places_that_nothing_sets_apart_get_a_part_of_their_hash() -> None:
    """As names of the document do."""
    made = classes("Id.details", "Id.Details")

    assert made == {one: f"IdDetailsObjectObject{digest(one).upper()}" for one in ("Id.details", "Id.Details")}
    assert classes("a b", "a,b", "a;b") == {"a b": "AB", "a,b": "ABLower", "a;b": f"AB{digest('a;b').upper()}"}
    assert classes("users", "Users") == {"users": "UsersLower", "Users": "Users"}


def test_a_long_place_that_is_spelled_as_a_name_of_the_document_says_what_it_is() -> None:
    """And is shortened with that."""
    place = "Response.runs.ConversationX1X1.IdASettingsSettingsRepository"

    assert classes(place, place.replace(".", "-")) == {
        place.replace(".", "-"): "ResponseRunsConversationX1X1IdASettingsSettingsRepository",
        place: "ResponseConversationX1X1IdASettingsSettingsRepositoryObject",
    }


def test_the_place_with_the_fewest_steps_is_the_nearest() -> None:
    """In whatever order they stand."""
    made = {"items-of-user": "ItemsOfUser", "items.of-user": "ItemsOfUserObject"}

    assert classes("items-of-user", "items.of-user", in_place=True) == made
    assert classes("items.of-user", "items-of-user", in_place=True) == made


def test_two_that_are_too_long_for_any_name_are_cut() -> None:
    """Each with a part of its hash behind as much as there is room for."""
    start, end = "a workflow value x1 details method", "IdPaymentDetailsPaymentItemsAOptionsCustomerSettings"
    one, other = classes(f"{start} user a users.{end}", f"{start} users a userss.{end}").values()

    assert one.startswith("AWorkflowValueX1DetailsMethodUserAUsersIdPaymentDetailsPaymentItemsAOptions")
    assert other.startswith("AWorkflowValueX1DetailsMethodUsersAUserssIdPaymentDetailsPaymentItemsAOptio")
    assert len(one) == len(other) == MAX_LENGTH - 1


def test_a_long_name_with_a_place_before_it_is_called_by_its_end() -> None:
    """As far as no other ends so."""
    package = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions"
    names = [f"{package}.{one}.CustomResourceDefinitionCondition" for one in ("v1", "v1beta1")]

    assert list(classes(*names, in_place=False).values()) == [
        "PkgApisApiextensionsV1CustomResourceDefinitionCondition",
        "PkgApisApiextensionsV1beta1CustomResourceDefinitionCondition",
    ]
    assert classes("io.k8s.api.core.v1.Pod", in_place=False) == {"io.k8s.api.core.v1.Pod": "IoK8sApiCoreV1Pod"}


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("paymentusercustomerconversationid.Response.Conversation.participants", "ResponseConversationParticipants"),
        (
            "Value.PaymentDetails.detailsworkflowusersrequestruns.repository",
            "ValuePaymentDetailsDetailsworkflowusersrequestrunsRepository",
        ),
        (
            "AOptionsDetailsOrganizationAttemptsCustomerAttemptsSubscriptionsB",
            "AOptionsDetailsOrganizationAttemptsCustomerAttemptsSubscriptionsB",
        ),
        ("Payments" * 10, "Payments" * 10),
        ("Payments" * 10 + "X", "PaymentsX"),
    ],
)
def test_a_name_of_the_document_is_left_as_it_is_while_it_may_be(name: str, made: str) -> None:
    """With a place before it up to 60 characters, without one up to 80."""
    assert classes(name, in_place=False) == {name: made}


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


@pytest.mark.parametrize(
    ("operation", "within", "made"),
    [
        (
            "PaymentX1OptionsCustomerOptionsItemUsersSettingsOrganization",
            "value.Users.settings details",
            "CustomersPostSubscriptionsValueUsersSettingsDetails",
        ),
        (
            "RunsValueResponseConversationRequestConversationItemsAudioResponse",
            "response",
            "CustomersPostSubscriptionsResponse",
        ),
        (
            "repository",
            "subscriptions subscriptions workflow details value a response users runs",
            "RepositorySubscriptionsDetailsValueAResponseUsersRuns",
        ),
    ],
)
def test_a_method_takes_the_place_of_its_operation_before_words_are_left_out(
    operation: str, within: str, made: str
) -> None:
    """Where it is shorter."""
    place = NamedSchema(
        name=f"{operation}.{within}",
        schema=ObjectSchema(info=INFO, properties=(), additional=AnySchema(info=INFO)),
        location=INFO.location,
        in_place=True,
    )

    assert class_names([place], {operation: "customers.post_subscriptions"}) == {place.name: made}


def test_a_long_name_of_the_document_says_no_word_twice() -> None:
    """Where it would be cut."""
    key = "shared_resource_initiating_payment_method_details_resource_initiating_payment_method_details_of_bank"

    assert classes(key, in_place=False) == {key: "SharedResourceInitiatingPaymentMethodDetailsOfBank"}
