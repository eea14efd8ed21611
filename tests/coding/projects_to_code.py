"""Two small projects, one with comments and one with posts to be coded, and a coder for each."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.coding.comments import draw_sample, read_codes
from analysis.coding.posts import draw_posts, read_coded_posts
from analysis.study import Study
from sources.json_twins import GRAPH_COMMENT, lines

Row = dict[str, str]

COMMENTS_STUDY = """\
title = "Webcare"
period = {start = 2023-01-01, end = 2023-12-31}
tiers = [{name = "gemeente", label = "Gemeenten"}]
[[raw.posts]]
path = "data/raw/posts.csv"
simulated = false
tier = "gemeente"
table = {columns = {page_id = "page", page_name = "name", post_id = "post"}}
[[raw.comments]]
path = "data/raw/comments.json"
format = "graph_comments"
simulated = false
"""
PAGES = {"100": 400, "200": 60, "300": 5}
COMMENTS = {
    "Wanneer gaat het open?": "question",
    "Wat een schande": "complaint",
    "De lamp is kapot,\nbij café Zoë": "none",
    "=Mooi": "question",
}

POSTS_STUDY = """\
title = "Content"
period = {start = 2023-01-01, end = 2023-12-31}
tiers = [{name = "gemeente", label = "Gemeenten"}, {name = "provincie", label = "Provincies"}]
[[raw.posts]]
path = "data/raw/posts.csv"
simulated = false
observed_at = 2024-01-31
[raw.posts.table]
tier_column = "tier"
categories = {gemeente = "gemeente", provincie = "provincie"}
[raw.posts.table.columns]
page_id = "page"
page_name = "name"
post_id = "post"
message = "message"
"""
POSTS = {
    "crisis": "Grote brand:\nsluit ramen en deuren",
    "service": "De balie is gesloten",
    "none": "=Zomaar een tekst",
}
HOW_MANY = {("gemeente", "service"): 90, ("gemeente", "crisis"): 6, ("provincie", "none"): 60}
WITHOUT_TEXT = 4


def in_cell(text: str) -> str:
    """How a text stands in a sheet: on one line, and never as a formula."""
    return text.replace("\n", " ").replace("=", "'=")


def comments_project(root: Path) -> None:
    """A project with three pages of very different size."""
    _folders(root)
    posts = "".join(f"{page},Page {page},{page}1\n" for page in PAGES)
    (root / "data/raw/posts.csv").write_text("page,name,post\n" + posts)
    texts = list(COMMENTS)
    comments = [
        GRAPH_COMMENT
        | {"id": f"{page}1_{page}{number}", "message": texts[number % len(texts)], "comments": {}}
        for page, size in PAGES.items()
        for number in range(size)
    ]
    (root / "data/raw/comments.json").write_bytes(lines(*comments))
    (root / "studies/here.toml").write_text(COMMENTS_STUDY)


def posts_project(root: Path) -> None:
    """A project with few crisis posts among many others, and ids that a spreadsheet rounds."""
    _folders(root)
    found = [
        (tier, f"7{tier[0]}", f"Page of a {tier}", POSTS[purpose])
        for (tier, purpose), number in HOW_MANY.items()
        for _ in range(number)
    ] + [("gemeente", "7g", "Page of a gemeente", "")] * WITHOUT_TEXT
    with (root / "data/raw/posts.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["tier", "page", "name", "message", "post"])
        writer.writerows((*row, 100_000_000_000_000 + n) for n, row in enumerate(found))
    (root / "studies/here.toml").write_text(POSTS_STUDY)


def _folders(root: Path) -> None:
    for folder in ("studies", "notebooks", "data/raw"):
        (root / folder).mkdir(parents=True)


def opened(sheet: Path) -> list[Row]:
    """The rows of a drawn sheet, as a spreadsheet shows them."""
    with sheet.open(encoding="utf-16", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def saved(rows: Iterable[Row], to: Path, encoding: str = "utf-16", separator: str = "\t") -> Path:
    """Save rows as a spreadsheet does."""
    found = list(rows)
    with to.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, found[0].keys(), delimiter=separator)
        writer.writeheader()
        writer.writerows(found)
    return to


@dataclass(frozen=True)
class Kind:
    """What is coded, how it is drawn and read, and what a coder writes behind a text.

    Attributes
    ----------
    read : callable
        Reads one sheet and gives what its codes say, without the moment at which it was read.
    more : int
        A number that draws other rows than the fewest do.
    """

    name: str
    project: Callable[[Path], None]
    draw: Callable[[Study, Path, Path, int], int]
    read: Callable[[Study, Path, Path], Any]
    codes: Mapping[str, Row]
    fewest: int
    more: int

    def coded(self, sheet: Path) -> list[Row]:
        """The rows of a sheet with a code behind each."""
        by_cell = {in_cell(text): codes for text, codes in self.codes.items()}
        return [row | by_cell[row["text"]] for row in opened(sheet)]


def _read_comments(study: Study, root: Path, path: Path) -> dict[str, Any]:
    return read_codes(study, root, path).model_dump(exclude={"read_at"})


def _read_posts(study: Study, root: Path, path: Path) -> list[tuple[str, ...]]:
    return sorted(read_coded_posts(study, root, (path,)).itertuples(index=False, name=None))


KINDS = (
    Kind(
        "comments",
        comments_project,
        draw_sample,
        _read_comments,
        {text: {"code": code} for text, code in COMMENTS.items()},
        fewest=200,
        more=300,
    ),
    Kind(
        "posts",
        posts_project,
        draw_posts,
        _read_posts,
        {
            text: {"coder": "anna", "purpose": purpose, "strategy": "push"}
            for purpose, text in POSTS.items()
        },
        fewest=50,
        more=100,
    ),
)
