"""Many people at once, on real servers and real files."""
