"""Phone sign-in, households, and help at the desk."""
