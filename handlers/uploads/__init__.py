"""Uploads that go on where they were cut off: tus 1.0 over HTTP."""
