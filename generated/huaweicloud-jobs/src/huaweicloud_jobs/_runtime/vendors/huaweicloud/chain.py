"""Where keys are found when a program names none: the environment, then the credentials file.

The names are those of the official SDK. Nothing is asked over the network: no metadata service, no identity provider.
Nothing is written, and no other file is read; `.netrc` least of all.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from ...errors import InvalidCallError
from ...messages import Secret
from .keys import AccessKeyCredentials

if TYPE_CHECKING:
    from typing import Literal

_PREFIX = "HUAWEICLOUD_SDK_"
_NAMES = ("ak", "sk", "security_token", "project_id", "domain_id")


def default_credentials(section: Literal["basic", "global"] = "basic") -> AccessKeyCredentials:
    """The key pair that this machine is set up with; the first of these that is there:

    1. `HUAWEICLOUD_SDK_AK` and `HUAWEICLOUD_SDK_SK`, with `HUAWEICLOUD_SDK_SECURITY_TOKEN` for a temporary pair,
    2. `ak` and `sk`, with `security_token`, of that section of the file that `HUAWEICLOUD_SDK_CREDENTIALS_FILE` names,
       else of `~/.huaweicloud/credentials`.

    Project and account come from the same place as the keys (`HUAWEICLOUD_SDK_PROJECT_ID`, `project_id`; for the
    section `global` `HUAWEICLOUD_SDK_DOMAIN_ID`, `domain_id`); sources are never mixed.

    Args:
        section: `basic` for services of a region, `global` for global ones.

    Raises:
        InvalidCallError: There are none, or half a pair; the message names the place and shows no value.
    """
    _check_section(section)
    found = _from_environment() or _from_file(section)
    if not found:
        raise InvalidCallError(
            f"no keys were found: set {_PREFIX}AK and {_PREFIX}SK, or write ak and sk into the section [{section}] of "
            f"{_file() or 'a file that ' + _PREFIX + 'CREDENTIALS_FILE names'}"
        )
    return AccessKeyCredentials(
        found["ak"],
        found["sk"],
        security_token=found.get("security_token"),
        project_id=found.get("project_id") if section == "basic" else None,
        domain_id=found.get("domain_id") if section == "global" else None,
    )


def _check_section(section: object) -> None:
    if section not in ("basic", "global"):
        raise InvalidCallError(f"section={section!r} is neither 'basic' nor 'global'")


def _from_environment() -> dict[str, Secret]:
    values = {name: Secret(os.environ.get(_PREFIX + name.upper(), "").strip(" ")) for name in _NAMES}
    for name, value in values.items():
        if not value.isprintable():
            raise InvalidCallError(f"{_PREFIX}{name.upper()} holds a line break or another sign that no key has")
    return _pair(values, f"{_PREFIX}AK", f"{_PREFIX}SK", "the environment")


def _file() -> str:
    named = os.environ.get(f"{_PREFIX}CREDENTIALS_FILE")
    if named:
        return named
    home = os.path.expanduser("~")
    return os.path.join(home, ".huaweicloud", "credentials") if home not in ("", "~") else ""


def _from_file(section: str) -> dict[str, Secret]:
    path, named = _file(), bool(os.environ.get(f"{_PREFIX}CREDENTIALS_FILE"))
    if not path or not (named or os.path.exists(path)):
        return {}
    values = _read(path, section)
    if values is None:
        raise InvalidCallError(
            f"the credentials file {path!r} cannot be read as an ini file in UTF-8, each key on one line"
        )
    return _pair(values, "ak", "sk", f"the section [{section}] of {path!r}")


def _read(path: str, section: str) -> dict[str, Secret] | None:
    """The values of a section; `None` where the file cannot be read. What a parser says of a line would show it."""
    from configparser import Error, RawConfigParser

    parser = RawConfigParser()
    try:
        with open(path, encoding="utf-8-sig") as file:
            parser.read_file(file)
    except (OSError, ValueError, Error):
        return None
    values = {name: Secret(parser.get(section, name, fallback="").strip()) for name in _NAMES}
    # A line that is indented goes on with the one before it: no key is meant to.
    return values if all(value.isprintable() for value in values.values()) else None


def _pair(values: dict[str, Secret], access: str, secret: str, place: str) -> dict[str, Secret]:
    """The values that are there; none without a pair."""
    there = {name: value for name, value in values.items() if value}
    if ("ak" in there) != ("sk" in there):
        missing, given = (access, secret) if "sk" in there else (secret, access)
        raise InvalidCallError(f"{given} is set and {missing} is not, in {place}")
    return there if "ak" in there else {}
