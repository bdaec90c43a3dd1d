"""Service teams: kind, leader, members."""
