"""Components, forms, widgets, middleware; no models."""
