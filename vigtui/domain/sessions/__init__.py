"""What is prepared for a supervision session, and what goes on from one to the next."""
