"""How far each reaction has come, what it is handed, and what it fills."""
