/** The telemetry module as a template: PoolEvents in, the JSON that the README describes out, and OpenTelemetry's metrics where it is installed. */
import type { CodeStyle } from '../project-facts.ts';
import { telemetryPublishing } from './telemetry-publishing.ts';

export function telemetrySource({ python }: CodeStyle): string {
  const [zone, zoneName] = python < 311 ? ['timezone.utc', 'timezone'] : ['UTC', 'UTC'];
  return `
"""Tells of this process's connection pools: on a socket, and as metrics.

Whoever connects to PID.sock, in a folder that only this user can read, is
written one JSON document. It holds no statement and no password.
"""
import atexit
import contextlib
import importlib
import inspect
import json
import os
import socket
import stat
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, ${zoneName}
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any
import sqlalchemy
from sqlalchemy import event
from sqlalchemy.engine import Dialect, Engine
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection, QueuePool

LISTED_CHECKOUTS = 50


@dataclass
class Checkout:
    """A connection that is in use."""

    since: float
    server_pid: int | None
    place: dict[str, str | int] | None


@dataclass
class WatchedPool:
    """One engine's pool, and what has been counted of it."""

    engine: Engine
    name: str
    application_name: str
    waiting: int = 0
    checkouts: int = 0
    timeouts: int = 0
    connects: int = 0
    invalidations: int = 0
    checkout_seconds: float = 0.0
    in_use: dict[int, Checkout] = field(default_factory=dict[int, Checkout])
    lock: threading.Lock = field(default_factory=threading.Lock)

    def counted(self) -> dict[str, int | None]:
        """Return how many connections there are, by their state."""
        pool = self.engine.pool
        if not isinstance(pool, QueuePool):
            return {"size": None, "maxOverflow": None}
        maximum: object = getattr(pool, "_max_overflow", None)
        return {
            "size": pool.size(),
            "maxOverflow": maximum if isinstance(maximum, int) else None,
            "checkedIn": pool.checkedin(),
            "checkedOut": pool.checkedout(),
            "overflow": max(0, pool.overflow()),
        }

    def described(self) -> dict[str, object]:
        """Return the pool as the document has it."""
        url, pool = self.engine.url, self.engine.pool
        timeout: object = getattr(pool, "_timeout", None)
        seconds = timeout if isinstance(timeout, (int, float)) else None
        with self.lock:
            held = sorted(self.in_use.values(), key=lambda each: each.since)
            totals = {
                "checkouts": self.checkouts,
                "timeouts": self.timeouts,
                "connects": self.connects,
                "invalidations": self.invalidations,
                "checkoutSeconds": round(self.checkout_seconds, 6),
            }
        now = time.monotonic()
        return {
            "name": self.name,
            "applicationName": self.application_name,
            "target": {
                "host": url.host,
                "port": url.port,
                "database": url.database,
                "user": url.username,
                "driver": self.engine.dialect.driver,
            },
            "className": type(pool).__name__,
            "timeoutSeconds": seconds,
            "checkedIn": 0,
            "checkedOut": len(held),
            "overflow": 0,
            "waiting": self.waiting,
            **self.counted(),
            "totals": totals,
            "checkouts": [
                {
                    "serverPid": each.server_pid,
                    "heldSeconds": round(now - each.since, 3),
                    "place": each.place,
                }
                for each in held[:LISTED_CHECKOUTS]
            ],
        }


_pools: list[WatchedPool] = []


def watch_pool(engine: Engine, name: str, application_name: str) -> None:
    """Count what happens in the engine's pool, and name its sessions."""
    watched = WatchedPool(engine, name, application_name)
    _name_sessions(watched)
    _count_waits(watched)
    _count_events(watched)
    _pools.append(watched)
    if len(_pools) == 1:
        _publish()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=_publish)
    _measure(watched)


def document() -> dict[str, object]:
    """Return everything that is told, ready for JSON."""
    return {
        "version": 1,
        "process": {
            "pid": os.getpid(),
            "program": _program(),
            "folder": str(Path.cwd()),
        },
        "at": datetime.now(${zone}).isoformat(),
        "pools": [each.described() for each in _pools],
    }


def _program() -> str:
    """Return what people call the process: no option, no URL."""
    script = Path(sys.argv[0])
    name = script.parent.name if script.name == "__main__.py" else script.name
    plain = [each for each in sys.argv[1:3] if not set(each) & set("-@=/")]
    return " ".join([name, *plain])


def _name_sessions(watched: WatchedPool) -> None:
    @event.listens_for(watched.engine, "do_connect")
    def name_session(
        dialect: Dialect,
        _record: ConnectionPoolEntry,
        _arguments: list[object],
        parameters: dict[str, Any],
    ) -> None:
        if dialect.name != "postgresql":
            return
        named = parameters
        if dialect.driver == "asyncpg":
            settings: dict[str, Any] = dict(parameters.get("server_settings") or {})
            parameters["server_settings"] = named = settings
        watched.application_name = named.setdefault(
            "application_name",
            watched.application_name,
        )

    _ = name_session


def _count_waits(watched: WatchedPool) -> None:
    take = watched.engine.raw_connection

    def raw_connection() -> PoolProxiedConnection:
        start = time.monotonic()
        with watched.lock:
            watched.waiting += 1
        try:
            return take()
        except PoolTimeoutError:
            with watched.lock:
                watched.timeouts += 1
            raise
        finally:
            waited = time.monotonic() - start
            with watched.lock:
                watched.waiting -= 1
                watched.checkout_seconds += waited
            for record in _wait_recorders:
                record(waited, watched.name)

    watched.engine.raw_connection = raw_connection  # type: ignore[method-assign]


def _count_events(watched: WatchedPool) -> None:
    engine = watched.engine

    @event.listens_for(engine, "connect")
    def connect(_connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
        with watched.lock:
            watched.connects += 1

    @event.listens_for(engine, "invalidate")
    def invalidate(
        _connection: DBAPIConnection,
        record: ConnectionPoolEntry,
        _exception: BaseException | None,
    ) -> None:
        with watched.lock:
            watched.invalidations += 1
            watched.in_use.pop(id(record), None)

    @event.listens_for(engine, "checkout")
    def checkout(
        _connection: DBAPIConnection,
        record: ConnectionPoolEntry,
        _proxy: PoolProxiedConnection,
    ) -> None:
        pid = _server_pid(record.driver_connection)
        taken = Checkout(time.monotonic(), pid, _place())
        with watched.lock:
            watched.checkouts += 1
            watched.in_use[id(record)] = taken

    @event.listens_for(engine, "checkin")
    def checkin(_connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
        with watched.lock:
            watched.in_use.pop(id(record), None)

    _ = connect, invalidate, checkout, checkin


def _server_pid(connection: object) -> int | None:
    read: object = getattr(connection, "get_server_pid", None)
    information: object = getattr(connection, "info", None)
    found: object = getattr(information, "backend_pid", None)
    # A connection that has just been lost has no number.
    with contextlib.suppress(Exception):
        found = read() if callable(read) else found
    return found if isinstance(found, int) else None


def _place() -> dict[str, str | int] | None:
    """Return the code outside of libraries that asked for the connection."""
    frames = [inspect.currentframe()]
    # Who awaits is on the stack of the greenlet that started this one.
    greenlet: Any = sys.modules.get("greenlet")
    if greenlet is not None and greenlet.getcurrent().parent is not None:
        frames.append(greenlet.getcurrent().parent.gr_frame)
    for start in frames:
        frame: FrameType | None = start
        while frame is not None:
            path = frame.f_code.co_filename
            if path != __file__ and not _is_library(path):
                return {
                    "path": path,
                    "line": frame.f_lineno,
                    "function": frame.f_code.co_name,
                }
            frame = frame.f_back
    return None


_LIBRARIES = (
    "site-packages",
    "dist-packages",
    str(Path(os.__file__).parent),
    str(Path(sqlalchemy.__file__).parent),
    "<",
)


def _is_library(path: str) -> bool:
    return any(each in path for each in _LIBRARIES)


${telemetryPublishing}`;
}
