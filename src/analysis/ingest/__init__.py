"""Raw files to the canonical tables of a study, and what became of every row."""
