"""What clients are called whose documents do not say."""

from __future__ import annotations

import pytest

from specloom.lower.titles import client_words, module_of
from specloom.python import names


@pytest.mark.parametrize(
    ("title", "client", "module"),
    [
        ("GitHub's official OpenAPI spec + Octokit extension", "GitHub", "github"),
        ("Netlify's API documentation", "Netlify", "netlify"),
        ("The Jira Cloud platform REST API", "JiraCloudPlatform", "jira_cloud_platform"),
        ("Discord HTTP API (Preview)", "Discord", "discord"),
        ("Listen API: Podcast Search, Directory, and Insights API", "Listen", "listen"),
        ("Swagger Petstore - OpenAPI 3.0", "Petstore", "petstore"),
        ("Twilio - Verify", "TwilioVerify", "twilio_verify"),
        ("Twilio - Api", "Twilio", "twilio"),
        ("Acme - the best prices for whatever there is", "Acme", "acme"),
        ("Spotify Web API", "Spotify", "spotify"),
        ("Gitea API.", "Gitea", "gitea"),
        ("Ory APIs", "Ory", "ory"),
        ("httpbin.org", "Httpbin", "httpbin"),
        ("OpenAI API", "OpenAI", "openai"),
        ("DigitalOcean API", "DigitalOcean", "digitalocean"),
        ("LaunchDarkly REST API", "LaunchDarkly", "launchdarkly"),
        ("Mistral AI API", "MistralAI", "mistral_ai"),
        ("USPTO Data Set API", "USPTODataSet", "uspto_data_set"),
        ("Amazon Elastic Compute Cloud", "AmazonElasticComputeCloud", "amazon_elastic_compute_cloud"),
        ("XKCD", "XKCD", "xkcd"),
        ("OpenAPI Test Server", "TestServer", "test_server"),
        ("PetStoreApi", "PetStore", "petstore"),
        ("orders-api v2.1", "Orders", "orders"),
        ("Auth0 Management API v2", "Auth0Management", "auth0_management"),
        ("API for managing orders", "ManagingOrders", "managing_orders"),
        ("All that anybody would want to know", "AllThatAnybodyWouldWant", "all_that_anybody_would_want"),
    ],
)
def test_a_client_is_called_as_a_person_would_call_it(title: str, client: str, module: str) -> None:
    """By what sets its title apart from those of other descriptions of APIs."""
    words = client_words(title, [], "openapi.yaml")

    assert (names.client_name(" ".join(words)), names.module_name(module_of(words))) == (client, module)


@pytest.mark.parametrize(
    ("title", "server", "file", "words"),
    [
        ("API Reference", "https://api.cohere.com", "openapi.yaml", ("cohere",)),
        ("REST API v2", "https://shop.example-store.co.uk/v2", "openapi.yaml", ("example-store",)),
        ("API", "https://{region}.stores.io", "openapi.yaml", ("stores",)),
        ("API", "https://example.com", "specs/orders-v2.yaml", ("orders",)),
        ("API", "http://127.0.0.1:8080", "orders.api.json", ("orders",)),
        ("API", "http://localhost", "openapi.json", ("Client",)),
        ("FastAPI", "/", "api.json", ("Client",)),
        ("", "http://[", "swagger.json", ("Client",)),
    ],
)
def test_a_title_that_says_nothing_leaves_it_to_the_host_then_to_the_file(
    title: str, server: str, file: str, words: tuple[str, ...]
) -> None:
    """In that order; hosts that anybody may have say nothing either."""
    assert client_words(title, [server], file) == words
