"""Notebooks by the dozen: study × tier (× page) through papermill, each in its own kernel."""
