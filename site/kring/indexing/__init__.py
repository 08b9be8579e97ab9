"""Registry of what can be found, and the outbox of changes."""
