"""Sends values by a real driver, and says which of them it or PostgreSQL refuses.

Reads JSON from the file that it is given: `{"url", "setup": SQL, "cases": [{"sql": SQL with :v, "value": Python}]}`; the scheme of `url`
names the driver. Prints a list with an error's first line, or null, for each case.
"""

import asyncio
import datetime
import decimal
import json
import pathlib
import sys
import uuid

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine

NAMES = {"datetime": datetime, "decimal": decimal, "uuid": uuid}


async def answers(given: dict) -> list[str | None]:
    engine = create_async_engine(given["url"])
    found: list[str | None] = []
    async with engine.begin() as connection:
        for statement in given["setup"]:
            await connection.execute(text(statement))
    for case in given["cases"]:
        async with engine.connect() as connection:
            try:
                await connection.execute(text(case["sql"]), {"v": eval(case["value"], NAMES)})
                found.append(None)
            except DBAPIError as error:
                found.append(str(error.orig).splitlines()[0])
    await engine.dispose()
    return found


print(json.dumps(asyncio.run(answers(json.loads(pathlib.Path(sys.argv[1]).read_text())))))
