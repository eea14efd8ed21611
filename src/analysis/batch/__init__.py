"""Notebooks by the dozen: study × tier through papermill, each in its own kernel."""
