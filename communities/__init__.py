"""Communities of practice: pages, membership, discussions, curation."""
