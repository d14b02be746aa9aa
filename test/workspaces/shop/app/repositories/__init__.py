"""Repositories: the only place where statements are written."""
