"""A study of one page's posts, for tests of what else is known of that page."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from analysis.ingest.making import ingest
from analysis.ingest.passport import Passport
from analysis.study_file import load_study

from ..sources.planted import PAGE

STUDY = """\
title = "One page"
period = {start = 2023-01-01, end = 2023-12-31}
tiers = [{name = "gemeente", label = "Gemeenten"}]

[[raw.posts]]
path = "data/raw/posts.csv"
simulated = false
tier = "gemeente"
observed_at = 2023-12-31
table = {columns = {platform = "where", page_id = "page", published_at = "day", reactions = "n"}}
"""


class OnePageStudy:
    """A project with this study, to which raw files are added."""

    def __init__(self, root: Path, platform: str = "facebook") -> None:
        self.root = root
        for folder in ("studies", "notebooks", "data/raw"):
            (root / folder).mkdir(parents=True)
        post = f"{platform},{PAGE},2023-06-01,4"
        (root / "data/raw/posts.csv").write_text(f"where,page,day,n\n{post}\n")
        self.study_file = root / "studies/here.toml"
        self.study_file.write_text(STUDY)

    def add(self, kind: str, name: str, content: bytes, **keys: str) -> None:
        """Add a raw file, with further keys as they are written in a study file."""
        (self.root / "data/raw" / name).write_bytes(content)
        told = {"path": f'"data/raw/{name}"', "simulated": "false", **keys}
        lines = [f"[[raw.{kind}]]", *(f"{key} = {value}" for key, value in told.items()), ""]
        with self.study_file.open("a") as study:
            study.write("\n".join(lines))

    def ingest(self) -> Passport:
        """Make the tables."""
        return ingest(load_study("here", self.root), self.root)

    def read(self, table: str) -> pl.DataFrame:
        """Read a table that was made."""
        return pl.read_parquet(self.root / f"data/processed/here/{table}.parquet")
