"""Settings: base, and on it dev, test and production."""
