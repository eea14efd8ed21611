"""Reusable functions behind the Bereik notebooks, in the order the data flow through them.

sources → tables → ingest → measures → inference → claims, figures → findings → notebooks →
batch and report. Imports go this way only; ``lint-imports`` holds it.
"""
