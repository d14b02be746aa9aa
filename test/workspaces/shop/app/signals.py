"""Runs a program's main coroutine so that Ctrl-C and SIGTERM end it cleanly."""

import asyncio
import signal
import sys
from collections.abc import Coroutine
from types import FrameType


def run_until_signal(main: Coroutine[object, object, None]) -> None:
    """Run to the end or to the first SIGINT or SIGTERM, which cancels; `finally` blocks run.

    A program that does not handle its cancellation has not finished, and exits with 128 and the
    signal's number, as shells expect it.
    """
    received: list[int] = []

    async def cancellable() -> None:
        task = asyncio.ensure_future(main)
        loop = asyncio.get_running_loop()

        def stop(number: int, _frame: FrameType | None) -> None:
            received.append(number)
            loop.call_soon_threadsafe(task.cancel)

        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, stop)
        try:
            await task
        except asyncio.CancelledError:
            sys.exit(128 + received[0] if received else 1)

    asyncio.run(cancellable())
