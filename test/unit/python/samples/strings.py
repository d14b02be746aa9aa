# Every form of string literal that CPython 3.10 knows, for comparison with `ast`.
'a'; "a"; """a"""; '''a'''; ''; ""; """"""; 'a' "b"; 'a' 'b' """c"""; ('a'
    'b'  # comment
    "c")
'\n\t\\\'\"\a\b\f\r\v'; '\0\7\12\123\400\777\08'; '\x41\xff'; '\u0041\u20ac\ud800'; '\U0001F600\U00000041'
'\d\ \q\%'; 'a\
b'; """a\
b"""; "it's"; 'say "hi"'; """a "quoted" b"""; """a
b
c"""; "€ and 😀"; '😀' + 'x'; f(a='😀', b=1)
r'a\n'; R"\d+"; r'\''; r"\""; r'\\'; r"""\\"""; r'a\
b'; b'a\n\x41\101\777'; B"a"; rb'\n'; Rb"\x41"; bR'a'; b'\u0041\N{DASH}'; u'a'; U"b"; b'a' b'b'; r'a\n' '\n' """\t"""
f'a'; f'{a}'; f"{a}b{c}"; f'{a!r}'; f'{a:>10}'; f'{a!s:>{b}}'; f'{a:{b}{c}}'; f'{a=}'; f'{a = !r:^20}'; f'{{}}'; f'{{{a}}}'
f'{a.b(c)[0]}'; f'{a["b"]}'; f"{'x'}"; f'{(lambda x: x)(1)}'; f'{a if b else c}'; f'{a, b}'; f'{ {a: b} }'; f'{a!r:}'
f'\n{a}\t\x41'; fr'\n{a}\d'; rf"\{a}"; Rf'{a}\\'; f"""a
{b}
c""" f'{d}'; 'a' f'{b}' 'c'; f'{a:%Y-%m-%d %H:%M}'; f'{a != b}'; f'{a:=10}'; f'{(a := 1)}'; f'{a == b}'
f"{a:{'>'}{10}}"; f'{x:{y.z}}'; f"{f'{a}'}"; f'{*a, b}'; f'{[x for x in y]}'; f'{a}' '{b}'; '{a}' f'{b}'; f'' 'a'; f'{a}{{b}}'
text("SELECT :a, '\\:b' FROM t WHERE x = E'\\n'"); text("""
    SELECT *
    FROM t
"""); "a" "\x62" 'c' r"\d"
