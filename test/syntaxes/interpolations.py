# SYNTAX TEST "source.python" "interpolations stay Python"
text(f"SELECT {', '.join(names)} FROM {table!r:>10}")
#      ^^^^^^ keyword.other.sql
#                   ^^^^ meta.interpolation.python
#             ^ constant.character.format.placeholder.other.python
#                                ^^^^ keyword.other.sql
#                                           ^^ storage.type.format.python
text(f"SELECT {{1}} FROM {t}")
#             ^^ constant.character.escape.python
#                        ^^ meta.interpolation.python
text(t"SELECT * FROM users WHERE id = {user.id} AND a = :a")
#                                      ^^^^^^^ meta.interpolation.python
#                                                       ^^ variable.parameter.bind.sql
text(f"SELECT '{name}' AS name")
#               ^^^^ meta.interpolation.python
#                      ^^ keyword.other.sql
text(f"""SELECT {
    None if wanted is None else 1
#   ^^^^ constant.language.python
#        ^^ keyword.control.flow.python
#                  ^^ keyword.operator.logical.python
} FROM t""")
# ^^^^ keyword.other.sql
text("SELECT {name} FROM t")
#             ^^^^ meta.embedded.inline.sql - meta.interpolation.python
