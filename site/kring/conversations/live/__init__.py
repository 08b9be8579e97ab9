"""Conversations as they happen: rooms in this process, and what is sent to those who read along.

The contract, versioned: docs/live.md.
"""
