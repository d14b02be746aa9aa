"""Visitors for the shop: python -m app.traffic --base-url http://127.0.0.1:8000.

They come in waves: at the crest there are more of them than the shop has connections, so that
the pool fills up and requests wait for it; in the trough it drains.
"""

import argparse
import asyncio
import contextlib
import math
import random
import time
from collections import Counter
from dataclasses import dataclass, field

import httpx

from app.signals import run_until_signal


@dataclass(frozen=True, slots=True)
class Wave:
    """How many visitors there are at a moment."""

    trough: int
    crest: int
    period_seconds: float

    def visitors(self, elapsed_seconds: float) -> int:
        """Return the number of visitors, from trough over crest back to trough in a period."""
        height = (1 - math.cos(2 * math.pi * elapsed_seconds / self.period_seconds)) / 2
        return round(self.trough + (self.crest - self.trough) * height)


@dataclass(slots=True)
class Traffic:
    """The visitors of one shop, and how their requests went."""

    client: httpx.AsyncClient
    wave: Wave
    started: float = field(default_factory=time.monotonic)
    answers: Counter[str] = field(default_factory=Counter[str])

    async def run(self, duration_seconds: float | None) -> None:
        """Send all visitors; without a duration, until cancelled."""
        visitors = [self._visit(number) for number in range(self.wave.crest)]
        everything = asyncio.gather(self._report(), *visitors)
        try:
            await asyncio.wait_for(everything, duration_seconds)
        except asyncio.TimeoutError:
            return

    async def _visit(self, number: int) -> None:
        chance = random.Random(number)
        while True:
            if number >= self.wave.visitors(time.monotonic() - self.started):
                await asyncio.sleep(0.2)
                continue
            try:
                response = await self._request(chance)
                self.answers[f"{response.status_code // 100}xx"] += 1
            except httpx.TransportError:
                self.answers["unreachable"] += 1
                await asyncio.sleep(1)
            await asyncio.sleep(chance.uniform(0.02, 0.2))

    async def _request(self, chance: random.Random) -> httpx.Response:
        kind = chance.random()
        if kind < 0.5:
            seconds = round(chance.uniform(0.3, 1.5), 2)
            return await self.client.get("/reports/sales", params={"seconds": seconds})
        if kind < 0.75:
            tag = chance.choice(("new", "sale", "gift"))
            return await self.client.get("/products", params={"tag": tag, "limit": 20})
        if kind < 0.9:
            return await self.client.get(f"/products/{chance.randint(1, 120)}")
        line = {"product_id": chance.randint(1, 120), "quantity": chance.randint(1, 3)}
        order = {"customer_id": chance.randint(1, 80), "lines": [line]}
        return await self.client.post("/orders", json=order)

    async def _report(self) -> None:
        while True:
            await asyncio.sleep(5)
            visitors = self.wave.visitors(time.monotonic() - self.started)
            answers = ", ".join(f"{count} {kind}" for kind, count in sorted(self.answers.items()))
            print(f"{visitors} visitors; {answers or 'no answers yet'}", flush=True)
            self.answers.clear()


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base-url", default="http://127.0.0.1:8000")
    parser.add_argument("--trough", type=int, default=2, help="visitors when it is quiet")
    parser.add_argument("--crest", type=int, default=30, help="visitors when it is busy")
    parser.add_argument("--period", type=float, default=40, help="seconds from crest to crest")
    parser.add_argument("--duration", type=float, help="seconds in all; without it, no end")
    return parser.parse_args()


async def main(options: argparse.Namespace) -> None:
    """Send visitors until the time is up or a signal comes."""
    wave = Wave(trough=options.trough, crest=options.crest, period_seconds=options.period)
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(base_url=options.base_url, timeout=30, limits=limits) as client:
        with contextlib.suppress(asyncio.CancelledError):
            await Traffic(client, wave).run(options.duration)


if __name__ == "__main__":
    run_until_signal(main(arguments()))
