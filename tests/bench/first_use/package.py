"""First use of the emitted package: `package.py PAYLOAD [ADDRESS]`; without an address nothing leaves the process."""

from __future__ import annotations

import sys
from pathlib import Path

from huaweicloud_jobs import DataArtsFactory, TokenCredentials

TYPE_CHECKING = False
if TYPE_CHECKING:
    import httpx2


def make_transport(content: bytes) -> httpx2.BaseTransport:
    """Answers everything with the payload."""
    import httpx2

    kind = {"Content-Type": "application/json"}
    return httpx2.MockTransport(lambda _: httpx2.Response(200, headers=kind, content=content))


def main(payload: str, address: str = "") -> None:
    """One client, one call."""
    with DataArtsFactory(
        project_id="b384b9e9ab9b4ee8994c8633aabc9505",
        workspace="b88c445407b24283aa949f9833a38fd8",
        endpoint=address or "https://service.example",
        credentials=TokenCredentials("a-token"),
        transport=None if address else make_transport(Path(payload).read_bytes()),
    ) as client:
        assert len(client.jobs.get_instance("job_batch", 34765).nodes) == 2


if __name__ == "__main__":
    main(*sys.argv[1:])
