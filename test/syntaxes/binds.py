# SYNTAX TEST "source.python" "parameters, and what only looks like one"
text("SELECT :user_id, :a1 FROM t WHERE x=:x")
#            ^^^^^^^^ variable.parameter.bind.sql
#            ^ punctuation.definition.bind.sql
#                      ^^^ variable.parameter.bind.sql
#                                         ^^ variable.parameter.bind.sql
text("SELECT x::int, (x)::text, :x::uuid")
#             ^^ keyword.operator.cast.sql
#               ^^^ storage.type.sql - variable.parameter.bind.sql
#                         ^^^^ storage.type.sql - variable.parameter.bind.sql
#                               ^^ meta.embedded.inline.sql - variable.parameter.bind.sql
text("SELECT :x ::uuid")
#            ^^ variable.parameter.bind.sql
#               ^^ keyword.operator.cast.sql
text("SELECT a[1:2], a[lo:hi]")
#               ^^ meta.embedded.inline.sql - variable.parameter.bind.sql
#                        ^^^ meta.embedded.inline.sql - variable.parameter.bind.sql
text("SELECT '12:30', timestamp '2024-01-01 12:30:00'")
#             ^^^^^ string.quoted.single.sql - variable.parameter.bind.sql
#                                           ^^^^^^^^ string.quoted.single.sql - variable.parameter.bind.sql
text(r"SELECT \:name, a \:\: int")
#             ^^ constant.character.escape.sql
#               ^^^^ meta.embedded.inline.sql - variable.parameter.bind.sql
text("SELECT data ? 'key', %s")
#                 ^ keyword.operator.sql
#                          ^ keyword.operator.sql
cursor.execute("SELECT %s, %(name)s, 5 %% 2", values)
#                      ^^ variable.parameter.bind.sql
#                          ^^^^^^^^ variable.parameter.bind.sql
#                                      ^^ constant.character.escape.sql
conn.fetch("SELECT $1::int + $12", 1, 2)
#                  ^^ variable.parameter.bind.sql
#                            ^^^ variable.parameter.bind.sql
#                      ^^^ storage.type.sql
db.execute("SELECT a FROM t WHERE b = ? AND c IN (?, ?)", values)
#                                     ^ variable.parameter.bind.sql
#                                                 ^ variable.parameter.bind.sql
#                                                    ^ variable.parameter.bind.sql
cursor.execute("SELECT data ? 'a', data ?| array['b'], data ?& x", values)
#                           ^^ meta.embedded.inline.sql - variable.parameter.bind.sql
#                                       ^^ meta.embedded.inline.sql - variable.parameter.bind.sql
#                                                           ^^ meta.embedded.inline.sql - variable.parameter.bind.sql
db.execute("SELECT :name", {"name": 1})
#                  ^^^^^ variable.parameter.bind.sql
#                           ^^^^^^ - meta.embedded.inline.sql
cursor.execute("SELECT '100%s'")
#                          ^^ string.quoted.single.sql - variable.parameter.bind.sql
op.execute("SELECT 1 -- :note")
#                       ^^^^^ comment.line.double-dash.sql - variable.parameter.bind.sql
