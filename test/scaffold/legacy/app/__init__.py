"""Code as it was written for SQLAlchemy 1.x: converted in the tests, and held against itself."""
