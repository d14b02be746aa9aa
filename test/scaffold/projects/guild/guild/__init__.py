"""The guild."""
