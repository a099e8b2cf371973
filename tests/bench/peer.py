"""The client that datamodel-code-generator makes of the same document."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from specloom.document import load_document
from specloom.document.bundle import bundle

PEER = f"datamodel-code-generator {version('datamodel-code-generator')}"
_CLIENT = "peer_client"
_MODELS = "peer_models"


@dataclass(frozen=True, slots=True)
class Peer:
    """What was generated: modules of the client and of the models, or neither; and what there is to say of it."""

    client: Any
    models: Any
    remarks: tuple[str, ...]


def make_peer(document: Path, folder: Path) -> Peer:
    """Generate the client into a folder and import it.

    Where the generator refuses the document as it is, it gets a copy that asks for nothing but a token.
    """
    value = bundled(document)
    refused = _generate(value, folder)
    remarks: list[str] = []
    if refused:
        remarks += [f"{PEER} refuses the document as it is:", f"  {refused}"]
        remarks.append(
            "  Its client is made from a bundled copy that asks for `Token` alone, which is what all send here."
        )
        value["security"] = [{"Token": []}]
        refused = _generate(value, folder)
    if refused:
        return Peer(None, None, (*remarks, f"no client of {PEER}: {refused}"))
    sys.path.insert(0, str(folder))
    try:
        return Peer(importlib.import_module(_CLIENT), importlib.import_module(_MODELS), tuple(remarks))
    except Exception as fault:
        return Peer(None, None, (*remarks, f"the client of {PEER} cannot be imported: {fault!r}"))


def bundled(path: Path) -> dict[str, Any]:
    """A document without references to other files, whose security schemes stand in their places."""
    document, found = load_document(path)
    if document is None:
        raise RuntimeError("\n".join(map(str, found)))
    value: dict[str, Any] = json.loads(json.dumps(bundle(document).value))
    # The generator takes no security scheme that is a reference.
    schemes = value["components"]["securitySchemes"]
    named = {name: scheme["$ref"].rpartition("/")[2] for name, scheme in schemes.items() if "$ref" in scheme}
    value["components"]["securitySchemes"] = {**schemes, **{name: schemes[named[name]] for name in named}}
    return value


def _generate(value: dict[str, Any], folder: Path) -> str:
    """Run the generator; why it refused, or nothing."""
    (folder / "openapi.json").write_text(json.dumps(value), encoding="utf-8")
    command = [sys.executable, "-m", "datamodel_code_generator", "--input", "openapi.json"]
    command += ["--input-file-type", "openapi", "--output-model-type", "pydantic_v2.BaseModel"]
    command += ["--formatters", "builtin", "--output", f"{_MODELS}.py", "--generate-client", "httpx2"]
    command += ["--client-output", _CLIENT, "--client-package", _CLIENT, "--client-model-package", _MODELS]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode == 0:
        return ""
    said = done.stderr.strip().splitlines() or [f"it ended with {done.returncode}"]
    return said[-1].rpartition(": ")[2]
