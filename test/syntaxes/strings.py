# SYNTAX TEST "source.python" "each kind of string, and what SQL holds"
text('SELECT 1')
#     ^^^^^^ keyword.other.sql
#             ^ punctuation.definition.string.end.python
text(r"SELECT E'\d'")
#    ^ storage.type.string.python
#      ^^^^^^ keyword.other.sql
text(rf'''SELECT {name}''')
#         ^^^^^^ keyword.other.sql
#                 ^^^^ meta.interpolation.python
cursor.execute(b"SELECT 1")
#              ^ storage.type.string.python
#                ^^^^^^ keyword.other.sql
text("SELECT 'it''s :name', \"Total\" FROM t")
#             ^^ string.quoted.single.sql
#                   ^^^^^ string.quoted.single.sql - variable.parameter.bind.sql
#                           ^^^^^^^^^ string.quoted.double.sql
#                                     ^^^^ keyword.other.sql
# A quote that is left open ends with the string.
text("SELECT 'open") + other
#             ^^^^ string.quoted.single.sql
#                      ^^^^^ - meta.embedded.inline.sql string.quoted.single.sql string.quoted.single.python string.quoted.multi.python
text("SELECT 1 -- note") + other
#              ^^^^^^^ comment.line.double-dash.sql
#                          ^^^^^ - meta.embedded.inline.sql comment.line.double-dash.sql comment.line.ini
text("SELECT 1 -- note\nFROM t")
#                 ^^^^ comment.line.double-dash.sql
#                       ^^^^ keyword.other.sql - comment.line.double-dash.sql comment.line.ini
text('SELECT \'quoted\' FROM t')
#              ^^^^^^ string.quoted.single.sql
#                       ^^^^ keyword.other.sql
text("""
    SELECT "Total", /* which */ 1.5e3
#          ^^^^^^^ string.quoted.double.sql
#                      ^^^^^ comment.block.sql
#                               ^^^^^ constant.numeric.sql
    FROM t -- it's "open"
#             ^^^^ comment.line.double-dash.sql
    WHERE a IS NOT NULL AND b = true
#   ^^^^^ keyword.other.sql
#                  ^^^^ constant.language.sql
#                               ^^^^ constant.language.sql
""")
x = other
#   ^^^^^ - meta.embedded.inline.sql string.quoted.single.sql string.quoted.single.python string.quoted.multi.python comment.line.double-dash.sql comment.line.ini
text("""SELECT 'open""") + other
#                          ^^^^^ - meta.embedded.inline.sql string.quoted.single.sql string.quoted.single.python string.quoted.multi.python
text('''SELECT 'a', "b"''') + other
#              ^^^ string.quoted.single.sql
#                   ^^^ string.quoted.double.sql
#                             ^^^^^ - meta.embedded.inline.sql string.quoted.single.sql string.quoted.single.python string.quoted.multi.python
op.execute("DO $body$ BEGIN END $body$")
#              ^^^^^^ punctuation.definition.dollar-quote.sql
#                     ^^^^^ keyword.other.sql
text("SELECT users.key, users.date, value::date FROM users")
#                  ^^^ meta.embedded.inline.sql - keyword.other.sql
#                             ^^^^ meta.embedded.inline.sql - storage.type.sql
#                                        ^^ keyword.operator.cast.sql
#                                          ^^^^ storage.type.sql
text("SELECT data ->> 'a' || 'b'")
#                 ^^^ keyword.operator.sql
#                         ^^ keyword.operator.sql
text("SELECT 1\t\u0041")
#             ^^ constant.character.escape.python
#               ^^^^^^ constant.character.escape.python
# A string that is not closed ends with its line.
text("SELECT 1
#     ^^^^^^ keyword.other.sql
y = 2)
#<- - meta.embedded.inline.sql string.quoted.single.sql string.quoted.single.python string.quoted.multi.python
