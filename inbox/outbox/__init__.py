"""What is done outside of the database: a way out for each channel, and what sees to it that everything gets out."""
