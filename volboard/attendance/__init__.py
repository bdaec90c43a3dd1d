"""The gate: who really came, from when to when, and who saw it."""
