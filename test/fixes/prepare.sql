INSERT INTO users (id, name, email, age, is_active) SELECT i, 'user ' || i, i || '@example.org', 30, true FROM generate_series(1, 50) AS i;
INSERT INTO posts (id, title, author_id) SELECT i, 'post ' || i, i FROM generate_series(1, 50) AS i;
INSERT INTO events (id, kind, payload, amount, made_at, post_id) SELECT i, 'click', '{}', i, now(), i FROM generate_series(1, 50) AS i;
