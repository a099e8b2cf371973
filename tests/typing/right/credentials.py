"""Credentials of every kind, and where a client takes them from."""

from __future__ import annotations

import os
import time

from huaweicloud_jobs import (
    AccessKeyCredentials,
    AsyncLakeFormation,
    Credentials,
    CredentialsInput,
    DataArtsFactory,
    LakeFormation,
    PasswordCredentials,
    TokenCredentials,
    default_credentials,
)


def by_token() -> LakeFormation:
    """A token from the environment."""
    return LakeFormation(project_id="p1", credentials=TokenCredentials(os.environ["TOKEN"]))


def by_keys(access_key: str, secret_key: str, session: str | None) -> DataArtsFactory:
    """A key pair, temporary where a token belongs to it."""
    keys = AccessKeyCredentials(access_key, secret_key, security_token=session, clock=time.time)
    return DataArtsFactory(project_id="p1", credentials=keys)


def by_password() -> AsyncLakeFormation:
    """A user and a password, by name."""
    user = PasswordCredentials(username="u", password="p", domain="d", project="cn-north-4", region="cn-north-4")
    return AsyncLakeFormation(project_id="p1", credentials=user)


def by_password_for_a_project(project_id: str | None, region: str) -> DataArtsFactory:
    """A user and a password, for a project by its id."""
    user = PasswordCredentials("u", "p", "d", project_id=project_id, region=region)
    return DataArtsFactory(project_id="p1", credentials=user)


def by_what_the_machine_has() -> LakeFormation:
    """What the environment or the file holds."""
    return LakeFormation(project_id="p1", credentials=default_credentials())


def by_what_a_section_holds(is_global: bool) -> CredentialsInput:
    """Another section of the file."""
    return default_credentials("global" if is_global else "basic")


def by_scheme() -> LakeFormation:
    """Credentials for each scheme by its key."""
    schemes: dict[str, Credentials] = {"Token": TokenCredentials("t"), "AccessKey": default_credentials("basic")}
    return LakeFormation(project_id="p1", credentials=schemes)


def chosen(token: str | None) -> Credentials:
    """Either kind, as what they have in common."""
    return TokenCredentials(token) if token else default_credentials()


def none_yet(found: Credentials | None = None) -> LakeFormation:
    """None, where somebody else sets the header line."""
    return LakeFormation(project_id="p1", credentials=found, extra_headers={"X-Auth-Token": "t"})
