"""Measures: one number per page, each with a formula, a unit and a reference.

Every module lists its measures in ``MEASURES``; ``catalogue`` puts them together.
"""
