"""Figures: one function each, giving the figure and the text that tells what it shows."""
