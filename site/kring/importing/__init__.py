"""Reading JSON-lines content; registry of what can be imported."""
