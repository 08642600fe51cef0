"""The one way a case is looked at; every look is recorded before anything is shown."""
