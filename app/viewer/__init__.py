"""One photo, large, with what is known of it."""
