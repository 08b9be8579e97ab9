"""What the site is measured beside."""
