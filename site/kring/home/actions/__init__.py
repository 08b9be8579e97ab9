"""Filling a new site with the demo."""

from .demo import DemoAccount, SiteNotEmptyError, load_demo

__all__ = ["DemoAccount", "SiteNotEmptyError", "load_demo"]
