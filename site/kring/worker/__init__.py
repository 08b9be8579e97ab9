"""Background tasks: lease, heartbeat, reaper, retries."""
