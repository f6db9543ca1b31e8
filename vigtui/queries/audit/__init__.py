"""The service's audit: what is counted, what is left out of it for others, and how counts are added up."""
