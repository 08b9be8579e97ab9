"""Comments on anything that can be talked about."""
