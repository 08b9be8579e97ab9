"""Who did what, when: one table."""
