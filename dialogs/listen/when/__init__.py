"""When something happened: times as people say them, as days."""
