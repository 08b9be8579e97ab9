"""Pages and feeds that compose several apps."""
