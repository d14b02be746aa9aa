# SYNTAX TEST "source.python" "how the argument is passed"
# By its name.
stmt = text(text="SELECT :id")
#           ^^^^ variable.parameter.function-call.python
#               ^ keyword.operator.assignment.python
#                 ^^^^^^ keyword.other.sql
#                        ^^^ variable.parameter.bind.sql
op.execute(sqltext="DROP TABLE users")
#          ^^^^^^^ variable.parameter.function-call.python
#                   ^^^^ keyword.other.sql
cursor.execute(query="SELECT %s", params=("select",))
#                     ^^^^^^ keyword.other.sql
#                                          ^^^^^^ - meta.embedded.inline.sql
#                                 ^^^^^^ variable.parameter.function-call.python - meta.sql-strings.python
cursor.execute(
    query = "SELECT 1",
#            ^^^^^^ keyword.other.sql
    params=["SELECT 1"],
#            ^^^^^^ - meta.embedded.inline.sql
)
job.execute(sql="SELECT id FROM users")
#                ^^^^^^ keyword.other.sql
job.execute(query="everything there is")
#                  ^^^^^^^^^^ - meta.embedded.inline.sql
cursor.execute(timeout="SELECT")
#                       ^^^^^^ - meta.embedded.inline.sql
cursor.execute(query == "SELECT")
#                        ^^^^^^ - meta.embedded.inline.sql
cursor.execute(query=statement, name="SELECT")
#                                     ^^^^^^ - meta.embedded.inline.sql
check = CheckConstraint(name="SELECT", sqltext="price > 0")
#                             ^^^^^^ - meta.embedded.inline.sql
#                                               ^^^^^ meta.embedded.inline.sql
#                                                     ^ keyword.operator.sql
# In brackets.
stmt = text(("SELECT 1"))
#           ^ punctuation.parenthesis.begin.python
#             ^^^^^^ keyword.other.sql
#                      ^ punctuation.parenthesis.end.python
#                       ^ punctuation.definition.arguments.end.python
op.execute((
    "SELECT 1 "
#    ^^^^^^ keyword.other.sql
    f"FROM {table}"
#     ^^^^ keyword.other.sql
#           ^^^^^ meta.interpolation.python
))
cursor.execute(("SELECT %s" % name), "SELECT")
#                ^^^^^^ keyword.other.sql
#                             ^^^^ - meta.embedded.inline.sql
#                                     ^^^^^^ - meta.embedded.inline.sql
cursor.execute((query), "SELECT")
#                        ^^^^^^ - meta.embedded.inline.sql
cursor.execute((
    build("SELECT 1"),
#          ^^^^^^ - meta.embedded.inline.sql
    "SELECT 2",
#    ^^^^^^ - meta.embedded.inline.sql
))
total = 1
#<----- - meta.embedded.inline.sql - meta.sql-strings.python
# Joined by Python.
stmt = text("SELECT 1 " "FROM users")
#                        ^^^^ keyword.other.sql
stmt = text("SELECT 1 " + "FROM users" + suffix)
#                       ^ keyword.operator.arithmetic.python
#                          ^^^^ keyword.other.sql
#                                        ^^^^^^ - meta.embedded.inline.sql
stmt = text("SELECT 1 " + (
#            ^^^^^^ keyword.other.sql
    "where"
))
stmt = text(
    t"SELECT {column} "
#     ^^^^^^ keyword.other.sql
#             ^^^^^^ meta.interpolation.python
    rf"FROM {table}"
#      ^^^^ keyword.other.sql
)
name = "SELECT"
#       ^^^^^^ - meta.embedded.inline.sql
# The mark behind the string.
query = "SELECT :id"  # language=sql
#        ^^^^^^ keyword.other.sql
#               ^^^ variable.parameter.bind.sql
#                       ^^^^^^^^ comment.line.number-sign.python
rows = run("unrelated", f"SELECT {id}")  # language=sql
#           ^^^^^^^^^ - meta.embedded.inline.sql
#                         ^^^^^^ keyword.other.sql
#                                 ^^ meta.interpolation.python
query = "SELECT :id"  # the language is sql
#        ^^^^^^ - meta.embedded.inline.sql
