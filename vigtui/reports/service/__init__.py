"""Papers for whoever answers for a service: over all its families."""
