"""Plain factories: functions that make one thing with sensible values, each overridable."""
