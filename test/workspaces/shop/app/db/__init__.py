"""How the shop talks to its database, whatever the tables are."""
