"""Before a case exists: drafts, and what a filled-in dialog becomes when it is sent."""
