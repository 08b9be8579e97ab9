"""Articles and lessons learned."""
