"""The clinic."""
