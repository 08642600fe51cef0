"""Who may do what, and from when to when: roles are given and taken by commands, and what was done is kept."""
