"""What needs a second pair of eyes: hours entered afterwards, and what looks odd."""
