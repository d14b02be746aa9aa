/** The second half of the telemetry module: the socket that it answers on, and OpenTelemetry's metrics by their semantic names. */

export const telemetryPublishing = `def _publish() -> None:
    """Answer on this process's socket; without sockets of files, on none."""
    if not hasattr(socket, "AF_UNIX"):
        return
    # To tell of its pools must never keep a process from its work.
    with contextlib.suppress(OSError):
        path = _folder() / f"{os.getpid()}.sock"
        path.unlink(missing_ok=True)
        server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        server.bind(str(path))
        server.listen()
        atexit.register(path.unlink, missing_ok=True)
        threading.Thread(target=_answer, args=(server,), daemon=True).start()


def _folder() -> Path:
    named = os.environ.get("DATABASE_PATTERNS_TELEMETRY")
    own = Path(tempfile.gettempdir()) / f"database-patterns-{os.getuid()}"
    folder = Path(named) if named else own
    folder.mkdir(mode=stat.S_IRWXU, parents=True, exist_ok=True)
    status = folder.stat()
    others = status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    if status.st_uid != os.getuid() or others:
        message = f"{folder} belongs to others"
        raise PermissionError(message)
    return folder


def _answer(server: socket.socket) -> None:
    while True:
        connection, _ = server.accept()
        with connection, contextlib.suppress(OSError):
            connection.settimeout(1)
            connection.sendall(json.dumps(document()).encode())


Observer = Callable[[object], Iterable[object]]

_wait_recorders: list[Callable[[float, str], None]] = []


def _measure(watched: WatchedPool) -> None:
    """Give OpenTelemetry what its conventions name, where it is installed."""
    try:
        metrics = importlib.import_module("opentelemetry.metrics")
    except ModuleNotFoundError:
        return
    pool = {"db.client.connection.pool.name": watched.name}
    meter = metrics.get_meter(__name__)

    def observe(read: Callable[[], int | None]) -> Observer:
        def observed(_options: object) -> Iterable[object]:
            value = read()
            return [] if value is None else [metrics.Observation(value, pool)]

        return observed

    def states(_options: object) -> Iterable[object]:
        return _states(watched, metrics, pool)

    meter.create_observable_up_down_counter(
        "db.client.connection.count",
        callbacks=[states],
        unit="{connection}",
    )
    meter.create_observable_up_down_counter(
        "db.client.connection.max",
        callbacks=[observe(lambda: _largest(watched))],
        unit="{connection}",
    )
    meter.create_observable_up_down_counter(
        "db.client.connection.pending_requests",
        callbacks=[observe(lambda: watched.waiting)],
        unit="{request}",
    )
    meter.create_observable_counter(
        "db.client.connection.timeouts",
        callbacks=[observe(lambda: watched.timeouts)],
        unit="{timeout}",
    )
    if not _wait_recorders:
        waits = meter.create_histogram("db.client.connection.wait_time", unit="s")

        def record(seconds: float, name: str) -> None:
            waits.record(seconds, {"db.client.connection.pool.name": name})

        _wait_recorders.append(record)


def _largest(watched: WatchedPool) -> int | None:
    counted = watched.counted()
    size, overflow = counted["size"], counted["maxOverflow"]
    if size is None or overflow is None or overflow < 0:
        return None
    return size + overflow


def _states(
    watched: WatchedPool,
    metrics: ModuleType,
    pool: dict[str, str],
) -> list[object]:
    counted = watched.counted()
    states = {
        "idle": counted.get("checkedIn"),
        "used": counted.get("checkedOut"),
    }
    return [
        metrics.Observation(value, {**pool, "db.client.connection.state": state})
        for state, value in states.items()
        if value is not None
    ]
`;
