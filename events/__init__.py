"""Topic requests, sessions, scheduling, sign-up."""
