"""Communities, who organizes in them, and who belongs to them."""
