"""Independent executions held to the reference interpreter."""
