"""A server that answers from the contract: every operation of any document, with its documented examples."""

from __future__ import annotations

from specloom.serve.app import create_app
from specloom.serve.problems import ServeError
from specloom.serve.run import running, serve

__all__ = ["ServeError", "create_app", "running", "serve"]
