"""Public HTTP API and MCP endpoint, thin over actions and queries."""
