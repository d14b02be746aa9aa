"""What the snippets speak of."""
