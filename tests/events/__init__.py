"""What organizers do in their editor."""
