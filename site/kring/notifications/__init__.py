"""notify(), the inbox and e-mail."""
