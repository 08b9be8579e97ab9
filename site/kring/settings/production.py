"""For real use: refuses what is insecure, each refusal with a hint."""

from .base import *  # noqa: F403
