"""The only package that every slice may import."""
