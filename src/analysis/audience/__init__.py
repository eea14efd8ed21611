"""Whom posts reach: the people of each page, and the share of the target groups they belong to."""
