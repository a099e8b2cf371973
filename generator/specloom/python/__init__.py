"""The Python side: an API model -> the plan of a package."""

from __future__ import annotations

from specloom.python.models import ModelMismatchError
from specloom.python.plan import PackagePlan, Page, Target, plan
from specloom.python.plan_project import manifest

__all__ = ["ModelMismatchError", "PackagePlan", "Page", "Target", "manifest", "plan"]
