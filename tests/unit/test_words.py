"""How names of a document are split into words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specloom.words import snake, split_words, telling_segments


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("ShowJobHistoryByInstance", ("Show", "Job", "History", "By", "Instance")),
        ("HTTPServer", ("HTTP", "Server")),
        ("job-id_2", ("job", "id", "2")),
        ("list V2 jobs", ("list", "V2", "jobs")),
        ("die Größe", ("die", "Größe")),
        ("हिन्दी_x", ("हिन्दी", "x")),
        ("", ()),
        ("--", ()),
    ],
)
def test_words_end_at_changes_of_case_and_at_signs(name: str, found: tuple[str, ...]) -> None:
    """An acronym is one word."""
    assert split_words(name) == found


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("k8s", "k8s"),
        ("K8SCluster", "k8s_cluster"),
        ("v1beta1", "v1beta1"),
        ("V1beta1Pod", "v1beta1_pod"),
        ("sha256sum", "sha256sum"),
        ("SHA256Hash", "sha256_hash"),
        ("x509", "x509"),
        ("S3Bucket", "s3_bucket"),
        ("EC2Instance", "ec2_instance"),
        ("getV2Jobs", "get_v2_jobs"),
        ("V2APIKey", "v2_api_key"),
        ("Point3DList", "point3d_list"),
        ("3dModel", "3d_model"),
        ("2FAToken", "2fa_token"),
        ("line_2", "line_2"),
        ("gpt-3.5-turbo", "gpt_3_5_turbo"),
        ("--", ""),
    ],
)
def test_digits_belong_to_a_word_where_no_sign_stands_between(name: str, made: str) -> None:
    """And small letters behind them to the same word, as do capitals that begin none."""
    assert snake(name) == made


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("IDs", "ids"),
        ("userIDs", "user_ids"),
        ("userIDsOfTeam", "user_ids_of_team"),
        ("APIsAndURLs", "apis_and_urls"),
        ("IPv4", "ipv4"),
        ("hasIPv6Address", "has_ipv6_address"),
        ("DNSsecure", "dn_ssecure"),
    ],
)
def test_an_acronym_keeps_its_small_letters(name: str, made: str) -> None:
    """That of its plural, and of a version behind it."""
    assert snake(name) == made


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("GitHubToken", "github_token"),
        ("gitHub", "github"),
        ("OAuth2Client", "oauth2_client"),
        ("iOSDevice", "ios_device"),
        ("GraphQL", "graphql"),
        ("ETags", "etags"),
        ("linkedInvoice", "linked_invoice"),
        ("radioStation", "radio_station"),
    ],
)
def test_some_names_that_everybody_knows_are_one_word(name: str, made: str) -> None:
    """Where they are words of their own."""
    assert snake(name) == made


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("_\u0316a", "a"),
        ("a \u0316b", "a_b"),
        ("\u0316a", "a"),
        ("X\u0316a", "x\u0316a"),
        ("\uff21b", "ab"),
        ("a\u00a0b\u2013c", "a_b_c"),
    ],
)
def test_a_mark_stays_with_its_letter(name: str, made: str) -> None:
    """One without a letter goes, and so does what can stand in no name."""
    assert snake(name) == made


@given(st.text(max_size=12) | st.text(alphabet="aA1_- .sv", max_size=8))
def test_a_name_in_snake_case_stays_what_it_is(name: str) -> None:
    """So nothing that was made of words is ever split anew."""
    made = snake(name)

    assert snake(made) == made


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/api/v1/users/{id}", ["users", "{id}"]),
        ("/2.0/repositories", ["repositories"]),
        ("/2010-04-01/Accounts", ["Accounts"]),
        ("/users/v1", ["users", "v1"]),
        ("/v1", []),
        ("/REST/api/v2/users", ["users"]),
        ("/resting/users/", ["resting", "users"]),
    ],
)
def test_a_path_begins_to_tell_after_its_version(path: str, found: list[str]) -> None:
    """What paths of any API begin with says nothing."""
    assert telling_segments(path) == found
