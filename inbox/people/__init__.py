"""Identities, seats and roles: who somebody is in a particular case."""
