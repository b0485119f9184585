"""`make bench`: how long the acts take, against the bare statements for the same rows."""
