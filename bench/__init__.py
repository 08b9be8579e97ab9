"""Benchmarks: each a command that prints a table beside its peer, and JSON with --json."""
