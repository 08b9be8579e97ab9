"""One index over everything: interface, engines, views."""
