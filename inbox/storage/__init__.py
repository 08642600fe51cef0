"""Where cases are kept: schema, migrations, the one writer, and the queries. The only home of SQLAlchemy."""
