"""Finding a unit or a board: the picker, the directory by region, and how a unit is shown."""
