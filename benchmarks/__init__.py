"""Measurements that the repository can repeat; see README.md."""
