"""The peer of bench.page: a bare Wagtail page with the same body and nothing around it."""
