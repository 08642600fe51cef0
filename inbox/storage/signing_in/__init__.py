"""Between the sign-in page and a session: sign-ins under way, and by what somebody is known at work."""
