"""The guided chat before a case is sent: its questions, its files, the review, sending."""
