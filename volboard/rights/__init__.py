"""Rights: what a person may do with what is kept about them."""
