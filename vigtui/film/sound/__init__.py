"""Who speaks when: hearing a film through, and keeping what was heard."""
