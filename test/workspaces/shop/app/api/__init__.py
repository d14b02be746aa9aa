"""The HTTP side: routers, what they take and give, and what errors become."""
