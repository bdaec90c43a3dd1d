"""我们的节日: the days of the year, their customs, and event templates for them."""
