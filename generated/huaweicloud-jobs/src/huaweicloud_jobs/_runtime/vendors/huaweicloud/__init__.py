"""Huawei Cloud: access keys that sign requests, user and password for a token, and where both are found."""

from __future__ import annotations

from .chain import default_credentials
from .keys import AccessKeyCredentials
from .password import PasswordCredentials

__all__ = ["AccessKeyCredentials", "PasswordCredentials", "default_credentials"]
