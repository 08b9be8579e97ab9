"""All input about people."""
