"""What notebooks call: one function per idea, from a selection to something shown.

One module per notebook. A finding is a sentence, a table or a figure; it carries its estimates.
"""
