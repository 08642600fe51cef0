"""Who may attach what to a draft or a conversation, and uploads that go on where they were cut off."""
