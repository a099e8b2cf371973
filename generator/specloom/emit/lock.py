"""One build of a tree at a time: a lock that the system takes back when its process ends, however that ends."""

from __future__ import annotations

import errno
import os
import sys
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from specloom.emit.disk import Kind, MakeFolder, Remove, RemoveFolder
from specloom.emit.place import LOCK

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from specloom.emit.disk import Disk

PATIENCE = 10.0
"""Seconds to wait for another build: writing seldom takes one."""

_PERIOD = 0.05
_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)


class BusyError(Exception):
    """Another process holds the lock.

    Args:
        process: Its id; 0 where it has not said.
    """

    def __init__(self, process: int) -> None:
        super().__init__(process)
        self.process = process


@contextmanager
def locked(place: Path, disk: Disk, patience: float) -> Iterator[None]:
    """Hold the lock of a place; the folders that are made for it go again if they are empty then.

    Args:
        place: The folder that the lock is in.
        disk: Where it is.
        patience: Seconds to wait for whoever has it.

    Raises:
        BusyError: If somebody still has it.
    """
    made = [one for one in (*reversed(place.parents), place) if disk.kind(one) is Kind.ABSENT]
    handle = -1
    try:
        handle = _acquire(place, disk, time.monotonic() + patience)
        yield
    finally:
        try:
            if handle >= 0:
                _release(handle, place / LOCK, disk)
        finally:
            for folder in reversed(made) if place in made else (place, *reversed(made)):
                disk.perform(RemoveFolder(folder))


def find_holder(place: Path) -> int | None:
    """Find the process that is at work in a place; None where there is none, 0 where it has not said which it is."""
    try:
        handle = os.open(place / LOCK, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    except OSError:
        return None
    try:
        return None if _try_lock(handle, shared=True) else _read_process(place / LOCK)
    finally:
        os.close(handle)


def _acquire(place: Path, disk: Disk, deadline: float) -> int:
    """Open and lock the file; whoever has just let go of it has removed it, which means another try."""
    while True:
        for folder in (*reversed(place.parents), place):
            if disk.kind(folder) is Kind.ABSENT:
                disk.perform(MakeFolder(folder))
        try:
            handle = os.open(place / LOCK, _FLAGS, 0o666)
        except FileNotFoundError:
            continue
        try:
            if _try_lock(handle) and _is_at(handle, place / LOCK):
                os.ftruncate(handle, 0)
                os.write(handle, f"{os.getpid()}\n".encode())
                return handle
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)
        if time.monotonic() > deadline:
            raise BusyError(_read_process(place / LOCK))
        time.sleep(_PERIOD)


def _release(handle: int, path: Path, disk: Disk) -> None:
    """Remove the file, then let go of it; Windows will have it the other way round."""
    try:
        if sys.platform == "win32":
            os.close(handle)
        with suppress(OSError):  # a file that stays is in nobody's way
            disk.perform(Remove(path))
    finally:
        if sys.platform != "win32":
            os.close(handle)


def _is_at(handle: int, path: Path) -> bool:
    """Tell whether an open file is still the one under a path."""
    try:
        return os.path.samestat(os.fstat(handle), os.stat(path))
    except FileNotFoundError:
        return False


def _read_process(path: Path) -> int:
    try:
        said = path.read_bytes()[:20].strip()
    except OSError:
        return 0
    return int(said) if said.isdigit() else 0


if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int, *, shared: bool = False) -> bool:
        """Lock a byte far behind the content, which others must be able to read."""
        os.lseek(handle, 1 << 20, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        os.lseek(handle, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _try_lock(handle: int, *, shared: bool = False) -> bool:
        """Lock a file, or tell that it is locked."""
        try:
            fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES):
                return False
            raise
        return True
