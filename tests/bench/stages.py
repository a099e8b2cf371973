"""Builds one document stage by stage in this process, and prints what each took, as JSON.

What stops a build of a document is counted and passed over, so that the stages behind it can be measured too.
"""

from __future__ import annotations

import gc
import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


class Stopwatch:
    """CPU seconds by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def run(self, stage: str, work: Callable[[], T]) -> T:
        """Do the work of a stage."""
        begun = time.process_time()
        try:
            return work()
        finally:
            self.seconds[stage] = time.process_time() - begun


def peak() -> float:
    """The most megabytes that this process has held; what its parent held counts in `getrusage` alone."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
        return int(status.partition("VmHWM:")[2].split()[0]) / 1_000
    except (OSError, IndexError, ValueError):
        used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return used / (1_000_000 if sys.platform == "darwin" else 1_000)


def main() -> None:
    """Build the document that the first argument names into the folder that the second names."""
    gc.disable()  # as the command does
    watch = Stopwatch()
    watch.seconds["start"] = time.process_time()

    from specloom.emit import hash_text, write_tree
    from specloom.lower import lower
    from specloom.pipeline import read_document, runtime_files
    from specloom.python import Target, plan
    from specloom.reading import Reading
    from specloom.render import render
    from specloom.shipped import templates_folder

    watch.seconds["import"] = time.process_time() - watch.seconds.pop("start")
    source, out = Path(sys.argv[1]), Path(sys.argv[2])
    document, *_ = watch.run("read", lambda: read_document(source, Reading(tolerant=True)))
    if document is None:
        sys.exit("the document cannot be read")
    api, _ = watch.run("lower", lambda: lower(document))
    target = Target(
        distribution="measured", import_name="measured", version="0", description="", templates=templates_folder()
    )
    planned = watch.run("plan", lambda: plan([api], target))
    files = watch.run("render", lambda: render(planned.pages, {}))
    files |= planned.texts
    files |= {f"{planned.runtime}/{name}": text for name, text in runtime_files(planned.parts).items()}
    hashes = watch.run("hash", lambda: {path: hash_text(text) for path, text in files.items()})
    files["manifest.json"] = json.dumps({"files": hashes})
    watch.run("write", lambda: write_tree(files, out))
    lines = [text.count("\n") for path, text in files.items() if path.endswith((".py", ".md"))]
    told = {"operations": len(api.operations), "schemas": len(api.schemas), "lines": sum(lines), "longest": max(lines)}
    print(json.dumps({"seconds": watch.seconds, "peak": peak(), **told}))


if __name__ == "__main__":
    main()
