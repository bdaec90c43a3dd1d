"""A volunteer signup and events board that a residential community runs by itself."""
