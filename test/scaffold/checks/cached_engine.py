"""Retry, health check, read/write split and pool telemetry of a project whose engine functions give."""

import sqlalchemy as sa
from mill.database import get_engine
from mill.health import check_health
from mill.pool_telemetry import document
from mill.read_write import read_session, replica_engine, write_session
from mill.retry import retry_transaction

READ_ONLY = sa.text("SELECT current_setting('transaction_read_only')")


def check(project, database):
    assert retry_transaction(lambda session: session.scalar(sa.select(7))) == 7
    assert check_health().healthy
    with read_session() as session:
        assert session.scalar(READ_ONLY) == "on"
    with write_session() as session:
        assert session.scalar(READ_ONLY) == "off"
    with read_session() as session:
        assert session.scalar(READ_ONLY) == "off", "what this task has written is not read back"
    with get_engine().connect():
        counted = {pool["name"]: pool["checkedOut"] for pool in document()["pools"]}
        assert counted == {"engine": 1, "replica_engine": 0}, counted
    replica_engine(get_engine()).dispose()
    get_engine().dispose()
