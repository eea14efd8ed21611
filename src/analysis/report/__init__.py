"""Executed notebooks to accessible PDFs. Knows notebooks and Typst, and nothing of Facebook."""
