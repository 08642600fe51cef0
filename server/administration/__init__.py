"""What is administered in any process or on the terminal, and seen by all: the directory, and who may do what."""
