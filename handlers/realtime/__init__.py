"""What is pushed to open pages: subscriptions, the publisher, presence, and the events of other processes."""
