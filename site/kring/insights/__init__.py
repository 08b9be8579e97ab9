"""Dashboards and key figures; reads every app."""
