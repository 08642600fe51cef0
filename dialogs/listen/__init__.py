"""What a story says, heard without being asked: proposals, each with the words it comes from."""
