# SYNTAX TEST "source.python" "where nothing is coloured"
"""SELECT the module docstring FROM text('SELECT 1')."""
#  ^^^^^^ - meta.embedded.inline.sql
#                                         ^^^^^^ - meta.embedded.inline.sql
def text(value="SELECT 1"):
#               ^^^^^^ - meta.embedded.inline.sql
    """Execute text("SELECT 1") somewhere."""
#                    ^^^^^^ - meta.embedded.inline.sql
    return value
# text("SELECT 1") in a comment
#       ^^^^^^ - meta.embedded.inline.sql string.quoted.single.sql string.quoted.single.python string.quoted.multi.python
query = "SELECT id FROM users"
#        ^^^^^^ - meta.embedded.inline.sql
message = f"SELECT {name} FROM the menu"
#           ^^^^^^ - meta.embedded.inline.sql
print("SELECT id FROM users")
#      ^^^^^^ - meta.embedded.inline.sql
logger.info("UPDATE users SET a = %s", a)
#            ^^^^^^ - meta.embedded.inline.sql
axes.text("SELECT a point")
#          ^^^^^^ - meta.embedded.inline.sql
plt.text(0.5, 0.5, "where it is")
#                   ^^^^^ - meta.embedded.inline.sql
self.text("update")
#          ^^^^^^ - meta.embedded.inline.sql
context("SELECT 1")
#        ^^^^^^ - meta.embedded.inline.sql
full_text("SELECT 1")
#          ^^^^^^ - meta.embedded.inline.sql
task.execute("update everything")
#             ^^^^^^ - meta.embedded.inline.sql
executor.execute("select")
#                 ^^^^^^ - meta.embedded.inline.sql
client.fetch("https://example.org/select")
#                                 ^^^^^^ - meta.embedded.inline.sql
os.execute("with care")
#           ^^^^ - meta.embedded.inline.sql
text(statement, "SELECT 1")
#                ^^^^^^ - meta.embedded.inline.sql
text(build("SELECT 1"))
#           ^^^^^^ - meta.embedded.inline.sql
cursor.execute(query, {"name": "SELECT"})
#                               ^^^^^^ - meta.embedded.inline.sql
cursor.execute(
    query,
#   ^^^^^ - meta.embedded.inline.sql
    "SELECT 1",
#    ^^^^^^ - meta.embedded.inline.sql
)
text() or "SELECT 1"
#          ^^^^^^ - meta.embedded.inline.sql
value = rows["SELECT"][1:limit]
#             ^^^^^^ - meta.embedded.inline.sql
#                        ^^^^^ - meta.embedded.inline.sql variable.parameter.bind.sql
# Write the language=sql comment above a string.
x = "SELECT 1"
#    ^^^^^^ - meta.embedded.inline.sql
y = "the -- sql mark must come first"
#           ^^^ - meta.embedded.inline.sql
z = "-- sqlite"
#       ^^^^^^ - meta.embedded.inline.sql
