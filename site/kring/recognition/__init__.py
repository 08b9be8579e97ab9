"""Thanks and badges."""
