"""Invitations: telling those who came last time that there is an event again."""
