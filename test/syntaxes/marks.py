# SYNTAX TEST "source.python" "strings that are marked as SQL"
# language=sql
# ^^^^^^^^ comment.line.number-sign.python
query = "SELECT :id FROM users"
#<----- - meta.embedded.inline.sql
#        ^^^^^^ keyword.other.sql
#               ^^^ variable.parameter.bind.sql
other = "SELECT id FROM users"
#        ^^^^^^ - meta.embedded.inline.sql
# language=PostgreSQL
query: str = """
#      ^^^ support.type.python
    SELECT %(id)s
#   ^^^^^^ keyword.other.sql
#          ^^^^^^ variable.parameter.bind.sql
"""
other = "SELECT 1"
#        ^^^^^^ - meta.embedded.inline.sql
# language = sql
rows = await fetch("SELECT $1", "select")
#      ^^^^^ keyword.control.flow.python
#                   ^^^^^^ keyword.other.sql
#                          ^^ variable.parameter.bind.sql
#                                ^^^^^^ - meta.embedded.inline.sql
# language=sql
query = (
    "SELECT 1 "
#    ^^^^^^ keyword.other.sql
    "FROM users"
#    ^^^^ keyword.other.sql
)
other = "SELECT 1"
#        ^^^^^^ - meta.embedded.inline.sql
query = "-- sql\nSELECT 1"
#                ^^^^^^ keyword.other.sql
query = f"""--sql
#           ^^^^^ comment.line.double-dash.sql
    SELECT {column}
#   ^^^^^^ keyword.other.sql
#           ^^^^^^ meta.interpolation.python
"""
option = "--sql"
#         ^^^^^ string.quoted.single.python - meta.embedded.inline.sql
option = "-- SQL with quotes"
#         ^^^^^^^^^^^^^^^^^^ string.quoted.single.python - meta.embedded.inline.sql
# language=sql
count = total + 1
#       ^^^^^ source.python - meta.embedded.inline.sql
other = "SELECT 1"
#        ^^^^^^ - meta.embedded.inline.sql
run(
    # language=sql
    "SELECT 1",
#    ^^^^^^ keyword.other.sql
    "SELECT 2",
#    ^^^^^^ - meta.embedded.inline.sql
)
