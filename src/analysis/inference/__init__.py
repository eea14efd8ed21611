"""Estimates and comparisons. The unit is the page; every function takes one number per page."""
