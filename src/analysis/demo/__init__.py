"""The simulated data of the demo study: invented pages, with a stated truth."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from analysis.demo.ad_library import FILE as AD_LIBRARY
from analysis.demo.ad_library import write_spend
from analysis.demo.business_suite import write_insights
from analysis.demo.channels import simulate_channel
from analysis.demo.comment_rule_errors import write_comment_rule_errors
from analysis.demo.comments import simulate_comments
from analysis.demo.crowdtangle import write_export
from analysis.demo.graph_api import write_comments
from analysis.demo.instagram import write_instagram
from analysis.demo.mastodon import write_statuses
from analysis.demo.page_days import FILES as DAYS_OF_PAGES
from analysis.demo.page_days import write_days
from analysis.demo.post_codes import write_post_codes
from analysis.demo.posts import simulate
from analysis.demo.reach import with_reach
from analysis.demo.registers import write_audiences, write_register
from analysis.demo.truth import TRUTH, Truth

FILE_OF_TIER = {
    "rijksoverheid": "rijksoverheid.csv",
    "provincie": "provincies.csv",
    "gemeente": "gemeenten.csv",
}


def write_demo(folder: Path, truth: Truth = TRUTH) -> list[Path]:
    """Write the demo study's raw files: lists of pages and audiences, and exports of every kind.

    The same bytes every time. The files are written in a folder beside and moved when all are
    there.

    Parameters
    ----------
    folder : pathlib.Path
        Where to write; made when it is not there.
    truth : Truth, optional
        Of another truth, for studies of what the measures make of it.

    Returns
    -------
    list of pathlib.Path
        The files written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    writers = _writers(with_reach(simulate(truth), truth), truth)
    with TemporaryDirectory(dir=folder, prefix=".") as beside:
        for name, write in writers.items():
            write(Path(beside, name))
        return [Path(beside, name).replace(folder / name) for name in writers]


def _writers(posts: pl.DataFrame, truth: Truth) -> dict[str, Callable[[Path], None]]:
    """What writes each file."""
    exports = {
        name: partial(write_export, posts=posts.filter(tier=tier))
        for tier, name in FILE_OF_TIER.items()
    }
    days = {
        name: partial(write_days, posts=posts.filter(page_id=page_id), truth=truth)
        for name, page_id in DAYS_OF_PAGES.items()
    }
    comments = simulate_comments(posts, truth)
    return {
        "register.csv": write_register,
        "audiences.csv": write_audiences,
        **exports,
        "business-suite.csv": partial(write_insights, posts=posts, truth=truth),
        "post_codes.csv": partial(write_post_codes, posts=posts, truth=truth),
        "comments.ndjson": partial(write_comments, comments=comments),
        "comment_rule_errors.json": partial(
            write_comment_rule_errors, comments=comments, truth=truth
        ),
        "instagram.csv": partial(write_instagram, posts=simulate_channel("instagram", truth)),
        "mastodon.ndjson": partial(write_statuses, posts=simulate_channel("mastodon", truth)),
        AD_LIBRARY: partial(write_spend, posts=posts, truth=truth),
        **days,
    }
