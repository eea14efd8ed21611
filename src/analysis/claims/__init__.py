"""The sentences under test, as decision rules over pages.

``rule`` says what a claim and a verdict are; ``reactions``, ``webcare`` and ``audience`` make the
numbers that decide; ``judging`` puts them together for a selection of pages.
"""
