-- SYNTAX TEST "source.sql" "parameters in a file"
SELECT id FROM users WHERE email = :email;
--                                 ^^^^^^ variable.parameter.bind.sql
SELECT :'name', :"column", $1, %(id)s, %s FROM t;
--     ^^^^^^^ variable.parameter.bind.sql
--              ^^^^^^^^^ variable.parameter.bind.sql
--                         ^^ variable.parameter.bind.sql
--                             ^^^^^^ variable.parameter.bind.sql
--                                     ^^ variable.parameter.bind.sql
SELECT id::text, :id ::uuid, a[1:2], a[lo:hi], a[:n] FROM t;
--       ^^ keyword.operator.cast.sql
--         ^^^^ source.sql - variable.parameter.bind.sql
--               ^^^ variable.parameter.bind.sql
--                              ^^ source.sql - variable.parameter.bind.sql
--                                       ^^^ source.sql - variable.parameter.bind.sql
--                                               ^^ source.sql - variable.parameter.bind.sql
SELECT '12:30', ':name' FROM t;
--               ^^^^^ string.quoted.single.sql - variable.parameter.bind.sql
SELECT 1; -- :note
--           ^^^^^ comment.line.double-dash.sql - variable.parameter.bind.sql
