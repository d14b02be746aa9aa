"""Every form of statement that CPython 3.10 knows, for comparison with `ast`."""
from __future__ import annotations
from __future__ import (division, print_function,)
import a, b.c, d . e as f
import a as b
from a import b, c as d
from a.b import (c, d as e,)
from . import a; from .. import b as c; from ... import d; from .... import e
from .a import b; from ...a.b import c; from . a import (b); from .a import *
from a import *
a = 1; b = c = 2; a, b = c; (a, b) = c; [a, b] = c; a, *b = c; *a, = b; a.b = c; a[b] = c; (a) = 1; (a), b = c
(a, (b, [c, *d])), e = f; a = b, c; a = *b, c; a = b = c, d = e; a = yield_; x = (yield_)
a: int; a: int = 1; a.b: int = 2; a[b]: int = 3; (a): int = 4; a: "B" = c; a: list[int] = b, c
a += 1; a -= b, c; a *= 2; a /= 2; a //= 2; a %= 2; a @= b; a **= 2; a <<= 1; a >>= 1; a &= b; a |= b; a ^= b
a.b += 1; a[b] += c
del a; del a, b; del (a, b); del a.b, a[c]; del (a); del [a, b]
pass; assert a; assert a, b; assert (a, b); raise; raise a; raise a from b; raise a(b) from None
if a: pass
if a:
    b
elif c:
    d
elif e: f
else:
    g
if a:
    pass
else:
    if b:
        pass
while a: break
while a:
    continue
else:
    b
for a in b: pass
for a, b in c: pass
for a, *b in c, d: pass
for (a) in b: pass
for [a, b] in c:
    pass
else:
    d
for a.b in c: pass
for a[b] in *c, d: pass
for x in a if b else c: pass
try: a
except: b
try:
    a
except A:
    b
except (A, B) as c:
    d
except a.B as c:
    pass
else:
    e
finally:
    f
try:
    a
finally:
    b
with a: pass
with a as b: pass
with a as b, c as d, e: pass
with (a): pass
with (a as b): pass
with (a, b): pass
with (a, b,): pass
with (a as b, c as d,): pass
with (a, b) as c: pass
with (a) as b, (c): pass
with a() as (b, c), d as [e, f], g as h.i, j as k[l]: pass
with (a if b else c) as d: pass
with open(a) as b, \
     open(c) as d:
    pass
def f(): pass
def f(a, b=1, *args, c, d=2, **kwargs): return a
def f(a, /, b, *, c): yield
def f(a, b, /): x = yield; y = yield a; z = yield a, b; yield from c; w = yield from d; yield *a, b
def f(a: int, b: str = "c", *args: int, d: "E" = None, **kwargs: list[int]) -> dict[str, int]: return
def f(*, a): return a, b
def f(a, b=c if d else e, *, g=lambda: h,): return *a, b
@a
@b.c(d)
@(lambda f: f)
@a[b].c
def f():
    """Doc."""
    global a, b
    nonlocal_ = 1
    def g():
        nonlocal nonlocal_
        return (yield)
    return g
async def f():
    await a
    await a ** b; -await a; await a.b(c)[d]; await a + await b; not await a; (await a) ** 2; await a ** -b
    async with a as b, c: pass
    async with (a as b, c as d): pass
    async for a in b:
        pass
    else:
        pass
    return [x async for x in y if await z], {x: await y async for x in z}
    x = await f(await g())
class A: pass
class A(): pass
class A(B, c.D, metaclass=E, *f, **g): pass
@dataclass(frozen=True)
class A(Base[int], Generic[T]):
    """Doc."""

    a: Mapped[int] = mapped_column(primary_key=True)
    b: Mapped[Optional[str]]
    c: Mapped[str | None] = mapped_column(String(30), default=None); d = 1

    @property
    def e(self) -> int: return 1

    class Meta(object):
        pass
match a:
    case 1: pass
    case -1 | 2.5 | 1+2j | "a" "b" | None | True: pass
    case [a, b, *_] | (a, b, *_): pass
    case (a): pass
    case (a,): pass
    case a, b: pass
    case a, *rest: pass
    case {"a": b, 1: c, d.e: f, **rest}: pass
    case A(): pass
    case a.B(c, d=e, f=G(h)): pass
    case [A(b), {"c": [d, *e]}] as f if f > 1: pass
    case A.B: pass
    case a if a: pass
    case _: pass
match a, b:
    case _: pass
match a,:
    case [x]: pass
match (a):
    case x: pass
match *a, b:
    case x: pass
match -a:
    case []: pass
    case {}: pass
    case (): pass
if a:
	tab = 1
	if b:
	    mixed = 2
if True:

    # comment alone

    x = 1  # trailing
    # at the end
# less indented

y = 2;
if a: b; c;
if a:
    b; c
try:
    pass
except (A): pass
def f():
    if a:
        return \
            b
    x = [
a,
  b
    ]
    return x
lambda_ = 1
class A:
    x: int
    def f(self): return super().f()
