# Annotations, which the grammar reads by rules of their own.
x: A[B]; x: A[B, C]; x: A[B[C]] = D; x: A | B; x: A[B] | None; x: A | B[C] | D[E] | None; x: a.B[C]; x: a.B[c.D] | e.F
x: A["B"]; x: "A"; x: "A" | None; x: A[None]; x: A[...]; x: A[B, ...]; x: A[[B, C], D]; x: A[()]; x: A[1]; x: A[-1]
x: A[B | C]; x: A[B[C] | D]; x: (A | B); x: A[(B, C)]; x: A[B].C; x: type[A]; x: A[type[B]]; x: A[1:2]; x: A[1:2:3]
x: Callable[[A, B], C]; x: Callable[..., A]; x: Annotated[A, B(c=1), "d"]; x: Literal["a", 1, True, None]
x: lambda: 1 = 2; x: A if B else C; x: A(B) = C; x: {"a": 1}; x: not A; x: A == B; x: [A, B]; x: A and B; x: A + B
x: dict[str, list[tuple[int, ...]]] | None = None
x: A[B] | C & D; x: A[B,]
def f(a: A[B], b: A | B = c, *c: A[B], **d: A[B] | None) -> A[B | None] | C: pass
def f(a: A[B] = c[d]) -> "A[B]": pass
async def f(self, a: Annotated[AsyncSession, Depends(get_session)], b: list[A] = []) -> list[A[B]]: pass
class A(B[C], D["E", F]): x: Mapped[list["A"]] = relationship(back_populates="b")
