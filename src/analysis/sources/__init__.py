"""Export formats. One module per format: adding a format is adding a file.

A format's module has one public name, ``SOURCE``, a :class:`analysis.sources.reading.Source`.
"""
