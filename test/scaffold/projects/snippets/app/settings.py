"""Where the databases are."""

import os

DATABASE_URL = os.environ["DATABASE_URL"]
PRIMARY_URL = os.environ["PRIMARY_URL"]
REPLICA_URL = os.environ["REPLICA_URL"]
