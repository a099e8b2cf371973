"""`make demo`: serve the documentation's examples, run the program against them, and tell what happened."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tomllib
from collections.abc import Generator
from http import HTTPStatus
from pathlib import Path

import httpx2

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from huaweicloud_jobs import ClientError, LakeFormation, NotFoundError, TokenCredentials
from tests.demo.program import run

REPOSITORY = Path(__file__).resolve().parents[2]
COLOR = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
SECONDS = 30


def paint(code: str, text: str) -> str:
    """Colour a text, on a terminal that wants colours."""
    return f"\x1b[{code}m{text}\x1b[0m" if COLOR else text


def say(text: str = "") -> None:
    """Print a line at once, so that it stands in order with what others print."""
    print(text, flush=True)


def find_documents() -> list[str]:
    """The documents that the package is made from, as the configuration lists them."""
    configured = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    return [document for package in configured["tool"]["specloom"]["package"] for document in package["documents"]]


@contextlib.contextmanager
def serving(documents: list[str]) -> Generator[str]:
    """Run `specloom serve` on a free port while the context is open; gives its address.

    The server is a process group of its own: Ctrl-C reaches this program alone, which then stops the server.
    """
    command = [sys.executable, "-m", "specloom", "serve", *documents, "--port", "0"]
    server = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True, start_new_session=True)
    try:
        assert server.stdout is not None
        announced = server.stdout.readline().strip()
        if not announced:
            raise RuntimeError(f"the server ended with exit code {server.wait(SECONDS)} before it answered")
        say(f"  {announced.partition(';')[0]}")
        yield announced.split()[0]
    finally:
        stop(server)


def stop(server: subprocess.Popen[str]) -> None:
    """End a server as Ctrl-C would; by force where it does not."""
    server.send_signal(signal.SIGINT)
    try:
        server.wait(SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


@contextlib.contextmanager
def told_calls() -> Generator[None]:
    """Print each exchange on the network while the context is open: method, path, status."""
    plain = httpx2.HTTPTransport.handle_request

    def handle(transport: httpx2.HTTPTransport, request: httpx2.Request) -> httpx2.Response:
        answer = plain(transport, request)
        status = f"{answer.status_code} {HTTPStatus(answer.status_code).phrase}"
        path, mark, query = request.url.raw_path.decode().partition("?")
        say(f"  {paint('1', request.method)} {path}{paint('2', mark + query) if query else ''}")
        say(f"    {paint('32' if answer.status_code < 400 else '33', status)}")
        return answer

    httpx2.HTTPTransport.handle_request = handle  # type: ignore[assignment,method-assign]
    try:
        yield
    finally:
        httpx2.HTTPTransport.handle_request = plain  # type: ignore[method-assign]


def show_program(url: str) -> None:
    """Run the program and print what it read."""
    say(f"\n{paint('1', 'The program of tests/demo/program.py calls')}")
    with told_calls():
        read = run(url)
    say(f"\n{paint('1', 'and reads')}")
    width = max(len(expression) for expression, _ in read)
    for expression, value in read:
        say(f"  {expression:<{width}}  {paint('36', repr(value) if isinstance(value, int) else f'{str(value)!r}')}")


def show_error(url: str) -> None:
    """Ask for a documented error, catch it, and print what it carries."""
    say(f"\n{paint('1', 'A job that is not there')}")
    prefer = {"Prefer": "code=404"}
    with (
        told_calls(),
        LakeFormation(
            endpoint=url, project_id="p1", credentials=TokenCredentials("t"), extra_headers=prefer
        ) as lakeformation,
    ):
        try:
            lakeformation.jobs.list_history("instance-1", "no-such-job")
        except NotFoundError as error:
            say(f"  raises {paint('33', type(error).__name__)}")
            for name in ("status", "code", "message", "request_id"):
                say(f"    {name:<10}  {getattr(error, name)!r}")
        else:
            raise RuntimeError("the documented error was not raised")


def main() -> int:
    """Show everything; give the exit code."""
    documents = find_documents()
    say(paint("1", f"specloom serve answers {len(documents)} documents with their own examples"))
    try:
        with serving(documents) as url:
            show_program(url)
            show_error(url)
    except KeyboardInterrupt:
        say("\nstopped")
        return 130
    except (AssertionError, ClientError, OSError, RuntimeError) as error:
        say(f"\n{paint('31', 'The demo failed')}: {error}")
        return 1
    say(f"\n{paint('32', 'All calls answered as documented.')} The program passes mypy --strict, too: make types")
    return 0


if __name__ == "__main__":
    sys.exit(main())
