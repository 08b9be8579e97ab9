"""One rich-text field, one sanitiser and one widget for pages and comments."""
