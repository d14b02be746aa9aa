# Every form of expression that CPython 3.10 knows, for comparison with `ast`.
a; a.b.c; a . b; a()
f(a, *b, c=1, **d, e=2)
f(x for x in y)
f((x for x in y), 1)
f(*a or b, *c if d else e, **g or h)
f(a := 1, (b := 2))
f(a, b,)
a[b]; a[b, c]; a[(b, c)]; a[b,]; a[1:2]; a[:]; a[::2, ...]; a[(b)]; a[b:c, (d), e:f:g]; a[()]; a[(yield_)]
(a); ((a)); (a, b); (a,); (); a, b; a,; a, *b, c
[a, b]; []; [a,]; [*a, b]; [*a | b, *c ^ d & e]; {a}; {a, *b}; {*a, *b}
{}; {a: b}; {a: b, **c, d: e,}; {**a}; {a if b else c: lambda: d}
1; 0x_ff; 0o17; 0b1_0; 1_000; 1.5; 1.; .5; 1e10; 1E-5; 2j; 1.5J; 1_0.0_1e+1_0j; 0xFFFF_FFFF
None; True; False; ...; not a; not not a; -a; +a; ~a; -1; - -a; -a ** b; a ** -b; (-a) ** b
a + b - c; a * b / c // d % e @ f; a << b >> c; a & b; a | b; a ^ b; a ** b ** c; a + b * c ** d
a & b ^ c; a ^ b & c; a ^ b & c ^ d; a & b ^ c & d; a | b ^ c & d; a ^ b ^ c & d & e; (a ^ b) & c; a & (b ^ c)
a | b & c ^ d | e; a & b + c ^ d << e; a == b & c; not a & b ^ c; a & -b ^ ~c
a and b; a or b; a and b and c; a or b or c; a or b and c or d; (a and b) and c; a and (b and c); not a and not b
not a == b; a < b; a < b <= c != d == e > f >= g; a in b; a not in b; a is b; a is not b; a not  in b; a is  not b
a in b and c not in d; a == (b == c); (a == b) == c; a < b + c; -a < b
a if b else c; a if b else c if d else e; (a if b else c) if d else e; a or b if c and d else not e
lambda: a; lambda x: x; lambda x, *y, z=1, **w: x; lambda x, /, y, *, z: x; lambda *, a=1: a; lambda: (yield)
lambda x: lambda y: x if y else z; lambda *args, **kwargs: (args, kwargs); lambda x=lambda: 1: x
[x for x in y]; [x for x in y if z]; [x for x in y if z if w for a in b if c]; {x for x in y}; {x: y for x, y in z}
[x async for x in y]; [a for a, *b in c]; [a for a[0] in b]; [a for a.b in c]
(x for x in (y for y in z)); [[x for x in y] for y in z]; [x if y else z for x in w if x or y]; {**{a: b for a in b}}
[(x, y) for x in a for y in b]; [y := f(x) for x in z]; any((m := x) for x in y if (n := x))
(yield_ := 3); x[a := 1]; f(a)(b)(c); f(a).b[c].d(e); (f)(a); (a.b)(c); "a".join(b); [a][0]; {a: b}[c]; (a, b)[0]
select(User).where(User.id == 1, User.name.in_(["a", "b"])).order_by(User.id.desc()).limit(10)
(
    select(User)
    # with a comment
    .where(
        User.id == 1,  # and another
        ~User.deleted,
    )
    .options(selectinload(User.posts).joinedload(Post.tags))
)
a if (b) else (c); (a) + (b); ((a) + (b)) * (c); (a)(b); (a).b; (a)[b]; not (a); -(a); (a) and (b); (a) == (b)
x = yield_ = 1; print (a) + b; print(a, file=b); print; print[a]; exec(a); type(a); type(a).b = c; type[a]; match(a)
match.a; match[a]; case = 1; match = case; type = 1; type + 1; _ = 1; async_ = await_ = 1
print >> a, b; match(a).b = 1; match, case = a, b; type: int = 1; match: int = 2
a = b \
    + c; d = \
    e
f(a
  , b = c  # comment
  , * d
  , ** e)
ﬁle = ª = 1; été = naïve.ñ
