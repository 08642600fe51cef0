"""From a database file to PostgreSQL: everything, in one transaction, compared before it ends."""
