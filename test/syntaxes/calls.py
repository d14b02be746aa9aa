# SYNTAX TEST "source.python" "calls whose first argument is SQL"
# SQLAlchemy's own names, imported or by their module.
stmt = text("SELECT id FROM users")
#      ^^^^ meta.function-call.generic.python
#            ^^^^^^ meta.embedded.inline.sql keyword.other.sql
#                   ^^ meta.embedded.inline.sql - keyword.other.sql
#                      ^^^^ keyword.other.sql
#                                ^ punctuation.definition.string.end.python
#                                 ^ punctuation.definition.arguments.end.python - meta.embedded.inline.sql
stmt = sa.text("SELECT 1")
#               ^^^^^^ keyword.other.sql
#                      ^ constant.numeric.sql
stmt = tstring(t"SELECT {user_id}")
#                ^^^^^^ keyword.other.sql
#                        ^^^^^^^ meta.interpolation.python
column = literal_column("count(*)")
#                        ^^^^^ support.function.sql
check = CheckConstraint("price > 0", name="positive_price")
#                        ^^^^^ meta.embedded.inline.sql
#                              ^ keyword.operator.sql
#                                          ^^^^^^^^^^^^^^ - meta.embedded.inline.sql
created = mapped_column(server_default=text("now()"), comment="select")
#                                            ^^^ support.function.sql
#                                                              ^^^^^^ - meta.embedded.inline.sql
op.execute("ALTER TABLE users ADD COLUMN note text")
#           ^^^^^ keyword.other.sql
#                                             ^^^^ storage.type.sql
op.execute(text("UPDATE users SET note = :note"))
#                ^^^^^^ keyword.other.sql
#                                        ^^^^^ variable.parameter.bind.sql
connection.exec_driver_sql("SELECT 1")
#                           ^^^^^^ keyword.other.sql
engine_connection().exec_driver_sql("SELECT 1")
#                                    ^^^^^^ keyword.other.sql
# Drivers, by what connections and cursors are called.
cursor.execute("SELECT %s", ("select",))
#               ^^^^^^ keyword.other.sql
#                             ^^^^^^ - meta.embedded.inline.sql
self._conn.fetchrow("SELECT $1", "from here")
#                    ^^^^^^ keyword.other.sql
#                                 ^^^^ - meta.embedded.inline.sql
rows = await self.pool.fetch("WITH x AS (SELECT 1) TABLE x")
#                             ^^^^ keyword.other.sql
#                                                  ^^^^^ keyword.other.sql
async with db.execute("PRAGMA user_version") as rows:
#                      ^^^^^^ meta.embedded.inline.sql
    pass
cur.executemany("INSERT INTO t (a) VALUES (?)", [("a",)])
#                ^^^^^^ keyword.other.sql
#                                  ^^^^^^ keyword.other.sql
#                                          ^ variable.parameter.bind.sql
#                                                 ^^^ - meta.embedded.inline.sql
# Any other object, where the string begins as SQL does.
job.execute("SELECT id FROM users")
#            ^^^^^^ keyword.other.sql
store.execute("insert into users values (1)")
#              ^^^^^^ keyword.other.sql
repository.fetch("create unique index ix on t (a)")
#                 ^^^^^^ keyword.other.sql
# The argument may begin on the next line, and be put together of several strings.
rows = connection.execute(
    text(
        # The newest first.
#         ^^^^^^^^^^ comment.line.number-sign.python
        "SELECT id "
#        ^^^^^^ keyword.other.sql
        "FROM users "
#        ^^^^ keyword.other.sql
        f"ORDER BY {column}"
#         ^^^^^ keyword.other.sql
#                   ^^^^^^ meta.interpolation.python
    ),
#   ^ punctuation.definition.arguments.end.python - meta.embedded.inline.sql
    {"id": "from"},
#           ^^^^ string.quoted.single.python - meta.embedded.inline.sql
)
op.execute("""
    CREATE INDEX ix ON users (email)
#   ^^^^^^ keyword.other.sql
#                      ^^^^^ meta.embedded.inline.sql - keyword.other.sql
""")
total = 1
#<----- - meta.embedded.inline.sql
