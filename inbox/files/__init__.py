"""Attachments: what is allowed, what is taken out of them, what they are called, and where they lie."""
