"""Events and their shifts: announced, changed, published."""
