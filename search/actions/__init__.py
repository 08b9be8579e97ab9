"""What this app writes: one module a matter."""
