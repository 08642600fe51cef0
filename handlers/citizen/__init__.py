"""Pages of citizens outside a conversation: start, home, the final answer, who takes part, taking a case back."""
