"""The emitted package and the clients that it is compared with, each used as its own documentation has it.

Runs in the environment of the peers: nothing of specloom is at hand here. Each contender is imported at its first use.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Protocol

Call = Callable[[], Any]

REPOSITORY = Path(__file__).resolve().parents[2]
PACKAGE = REPOSITORY / "generated/huaweicloud-jobs"
PROJECT, WORKSPACE, INSTANCE = "b384b9e9ab9b4ee8994c8633aabc9505", "b88c445407b24283aa949f9833a38fd8", "the-instance"
JOB, RUN, TASK = "job_batch", "34765", "937987"
SPAN: dict[str, Any] = {"start_time": 1705248000000, "end_time": 1705334400000, "offset": 0, "limit": 10}
SECRET = "a-secret-of-28-characters-ok"


class Contender(Protocol):
    """What all are asked to do; `address` is that of the service.

    Attributes:
        name: Heads its column.
        distribution: What is installed for it.
        sources: Where its Python lies.
        right, wrong: Programs that read a member of a job instance, spelt right and wrong.
    """

    name: str
    distribution: str
    sources: tuple[Path, ...]
    right: str
    wrong: str

    def reading(self, address: str) -> AbstractContextManager[Call]:
        """A client, and a call of it that reads a job instance."""

    def read_at_once(self, address: str) -> Any:
        """Reads one within an event loop; what the call gives, before it is awaited."""

    def start(self, address: str) -> Any:
        """Starts a job."""

    def list_instances(self, address: str) -> Any:
        """Lists the instances of a task."""

    def renew(self, address: str) -> Any:
        """Reads a job instance, with credentials that can be renewed there if it has such."""

    def holders(self) -> list[object]:
        """Whatever it keeps `SECRET` in."""

    def problems(self, result: Any) -> tuple[object, ...]:
        """What it has to say against a result."""


class Package:
    """The emitted package."""

    name = "huaweicloud-jobs"
    distribution = ""
    sources: tuple[Path, ...] = (PACKAGE / "src/huaweicloud_jobs",)
    right = (
        "from huaweicloud_jobs import DataArtsFactory\n"
        'with DataArtsFactory(project_id="p") as client:\n'
        '    print(client.jobs.get_instance("j", 1).status)\n'
    )
    wrong = right.replace(".status", ".stauts")

    def _factory(self, address: str, credentials: Any = None) -> Any:
        from huaweicloud_jobs import DataArtsFactory, TokenCredentials

        held = credentials or TokenCredentials(SECRET)
        return DataArtsFactory(project_id=PROJECT, workspace=WORKSPACE, endpoint=address, credentials=held)

    @contextmanager
    def reading(self, address: str) -> Iterator[Call]:
        """By the client of DataArts Factory."""
        with self._factory(address) as client:
            yield lambda: client.jobs.get_instance(JOB, RUN)

    def read_at_once(self, address: str) -> Any:
        """By its asynchronous twin."""
        from huaweicloud_jobs import AsyncDataArtsFactory, TokenCredentials

        client = AsyncDataArtsFactory(project_id=PROJECT, endpoint=address, credentials=TokenCredentials(SECRET))
        return client.jobs.get_instance(JOB, RUN)

    def start(self, address: str) -> Any:
        """A job of LakeFormation."""
        from huaweicloud_jobs import LakeFormation, TokenCredentials

        held = TokenCredentials(SECRET)
        with LakeFormation(project_id=PROJECT, endpoint=address, credentials=held) as client:
            return client.jobs.start(INSTANCE, JOB)

    def list_instances(self, address: str) -> Any:
        """By the client of DataArts Catalog."""
        from huaweicloud_jobs import DataArtsCatalog, TokenCredentials

        held = TokenCredentials(SECRET)
        with DataArtsCatalog(project_id=PROJECT, instance=INSTANCE, endpoint=address, credentials=held) as client:
            return client.tasks.list_instances(TASK, JOB, **SPAN)

    def renew(self, address: str) -> Any:
        """With a password, for which the server gives tokens."""
        from huaweicloud_jobs import PasswordCredentials

        held = PasswordCredentials("user", SECRET, "domain", project_id=PROJECT, iam_endpoint=address)
        with self._factory(address, held) as client:
            return client.jobs.get_instance(JOB, RUN)

    def holders(self) -> list[object]:
        """The credentials and the client."""
        from huaweicloud_jobs import TokenCredentials

        held = TokenCredentials(SECRET)
        return [held, self._factory("http://127.0.0.1", held)]

    def problems(self, result: Any) -> tuple[object, ...]:
        """`problems` of a model."""
        return tuple(result.problems)


class Generated:
    """What openapi-python-client makes of the same documents.

    Args:
        folder: Where it lies, a package for each document.
    """

    name = "openapi-python-client"
    distribution = "openapi-python-client"
    right = (
        "from opc_dataarts_factory import AuthenticatedClient\n"
        "from opc_dataarts_factory.api.jobs import show_job_instance\n"
        "from opc_dataarts_factory.models import JobInstance\n"
        'client = AuthenticatedClient(base_url="http://127.0.0.1", token="t")\n'
        'answer = show_job_instance.sync("p", "j", 1, client=client)\n'
        "if isinstance(answer, JobInstance):\n"
        "    print(answer.status)\n"
    )
    wrong = right.replace(".status", ".stauts")

    def __init__(self, folder: Path) -> None:
        self.sources = tuple(sorted(folder.glob("opc_*")))

    def _client(self, module: Any, address: str) -> Any:
        return module.AuthenticatedClient(base_url=address, token=SECRET, prefix="", auth_header_name="X-Auth-Token")

    @contextmanager
    def reading(self, address: str) -> Iterator[Call]:
        """By a function of the operation."""
        import opc_dataarts_factory
        from opc_dataarts_factory.api.jobs import show_job_instance

        with self._client(opc_dataarts_factory, address) as client:
            yield lambda: show_job_instance.sync(PROJECT, JOB, RUN, client=client, workspace=WORKSPACE)

    def read_at_once(self, address: str) -> Any:
        """By its asynchronous twin."""
        import opc_dataarts_factory
        from opc_dataarts_factory.api.jobs import show_job_instance

        client = self._client(opc_dataarts_factory, address)
        return show_job_instance.asyncio(PROJECT, JOB, RUN, client=client, workspace=WORKSPACE)

    def start(self, address: str) -> Any:
        """A job of LakeFormation."""
        import opc_lakeformation
        from opc_lakeformation.api.jobs import start_job_by_instance

        with self._client(opc_lakeformation, address) as client:
            return start_job_by_instance.sync(PROJECT, INSTANCE, JOB, client=client)

    def list_instances(self, address: str) -> Any:
        """By a function of the operation."""
        import opc_dataarts_catalog
        from opc_dataarts_catalog.api.tasks import show_instance_infos

        with self._client(opc_dataarts_catalog, address) as client:
            return show_instance_infos.sync(PROJECT, TASK, client=client, job_name=JOB, instance=INSTANCE, **SPAN)

    def renew(self, address: str) -> Any:
        """It has nothing but the token."""
        return read(self, address)

    def holders(self) -> list[object]:
        """The client."""
        import opc_dataarts_factory

        return [self._client(opc_dataarts_factory, "http://127.0.0.1")]

    def problems(self, result: Any) -> tuple[object, ...]:
        """It has nothing of the kind."""
        return ()


class Vendor:
    """The vendor's own: `huaweicloudsdkdgc` for DataArts Factory, `huaweicloudsdkdataartsstudio` for the catalog.

    No operation of theirs starts a job of LakeFormation; the one that starts a job of DataArts Factory stands in.
    """

    name = "huaweicloudsdk"
    distribution = "huaweicloudsdkdgc"
    sources = tuple(
        Path(place, name)
        for place in sys.path
        for name in ("huaweicloudsdkdgc", "huaweicloudsdkdataartsstudio", "huaweicloudsdklakeformation")
        if Path(place, name).is_dir()
    )
    right = (
        "from huaweicloudsdkcore.auth.credentials import BasicCredentials\n"
        "from huaweicloudsdkdgc.v1 import DgcClient, ShowJobInstanceRequest\n"
        'held = BasicCredentials("a", "s", "p")\n'
        'client = DgcClient.new_builder().with_credentials(held).with_endpoint("http://127.0.0.1").build()\n'
        'print(client.show_job_instance(ShowJobInstanceRequest(job_name="j", instance_id="1")).status)\n'
    )
    wrong = right.replace(".status", ".stauts")

    def _credentials(self) -> Any:
        from huaweicloudsdkcore.auth.credentials import BasicCredentials

        return BasicCredentials("AK", SECRET, PROJECT)

    def _client(self, kind: Any, address: str) -> Any:
        return kind.new_builder().with_credentials(self._credentials()).with_endpoint(address).build()

    def _request(self) -> Any:
        from huaweicloudsdkdgc.v1 import ShowJobInstanceRequest

        return ShowJobInstanceRequest(workspace=WORKSPACE, job_name=JOB, instance_id=RUN)

    @contextmanager
    def reading(self, address: str) -> Iterator[Call]:
        """By the client of the service, which has no end of its own."""
        from huaweicloudsdkdgc.v1 import DgcClient

        client = self._client(DgcClient, address)
        yield lambda: client.show_job_instance(self._request())

    def read_at_once(self, address: str) -> Any:
        """By its asynchronous twin."""
        from huaweicloudsdkdgc.v1 import DgcAsyncClient

        return self._client(DgcAsyncClient, address).show_job_instance_async(self._request())

    def start(self, address: str) -> Any:
        """A job of DataArts Factory."""
        from huaweicloudsdkdgc.v1 import DgcClient, StartJobRequest

        return self._client(DgcClient, address).start_job(StartJobRequest(workspace=WORKSPACE, job_name=JOB))

    def list_instances(self, address: str) -> Any:
        """By the client of the service."""
        from huaweicloudsdkdataartsstudio.v1 import DataArtsStudioClient, ShowInstanceInfosRequest

        request = ShowInstanceInfosRequest(instance=INSTANCE, task_id=TASK, job_name=JOB, **SPAN)
        return self._client(DataArtsStudioClient, address).show_instance_infos(request)

    def renew(self, address: str) -> Any:
        """It signs with keys and knows no tokens of a password."""
        return read(self, address)

    def holders(self) -> list[object]:
        """The credentials and the client."""
        from huaweicloudsdkdgc.v1 import DgcClient

        return [self._credentials(), self._client(DgcClient, "http://127.0.0.1")]

    def problems(self, result: Any) -> tuple[object, ...]:
        """It has nothing of the kind."""
        return ()


def contenders(folder: Path) -> tuple[Contender, ...]:
    """All of them, ours first.

    Args:
        folder: Where the generated ones lie.
    """
    sys.path[:0] = [str(PACKAGE / "src"), str(folder)]
    return Package(), Generated(folder), Vendor()


def read(contender: Contender, address: str) -> Any:
    """Read one job instance by a client that serves for nothing else."""
    with contender.reading(address) as call:
        return call()
