"""Simulated codes: what two invented coders wrote behind a sample of the simulated posts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

from analysis.demo.coders import SLIPS, with_slips
from analysis.demo.crowdtangle import id_of_post
from analysis.demo.messages import TEMPLATES
from analysis.demo.posts import VIDEO
from analysis.demo.truth import Truth

OF_EVERY_TIER_AND_PURPOSE = 12
PURPOSES = tuple(TEMPLATES)
STRATEGIES = ("push", "pull", "networking")
_PASSED_ON = "kregen we van een volger"


def write_post_codes(path: Path, posts: pl.DataFrame, truth: Truth) -> None:
    """Write the codes of twelve posts of every tier and purpose, by each coder.

    Parameters
    ----------
    path : pathlib.Path
        A CSV with ``platform, page_id, post_id, coder, purpose, strategy``.
    posts : polars.DataFrame
        As ``analysis.demo.posts.simulate`` gives them.
    truth : Truth
        Its seed draws the sample and the slips.
    """
    rng = np.random.default_rng([truth.seed, len(posts)])
    # A video has another id in the page's own insights, which then stands for the post.
    shuffled = posts[rng.permutation(len(posts))].filter(pl.col("kind") != VIDEO)
    turn = pl.int_range(pl.len()).over("tier", "purpose")
    sample = shuffled.filter(turn < OF_EVERY_TIER_AND_PURPOSE).sort("page_id", "number")
    identifiers = [id_of_post(post) for post in sample.iter_rows(named=True)]
    strategies = [_strategy(post) for post in sample.iter_rows(named=True)]
    pl.concat(
        pl.DataFrame(
            {
                "platform": "facebook",
                "page_id": sample["page_id"],
                "post_id": identifiers,
                "coder": coder,
                "purpose": with_slips(rng, sample["purpose"].to_list(), PURPOSES, slips),
                "strategy": with_slips(rng, strategies, STRATEGIES, slips),
            }
        )
        for coder, slips in SLIPS.items()
    ).write_csv(path)


def _strategy(post: dict[str, str]) -> str:
    """How a post truly speaks."""
    if post["purpose"] == "participation":
        return "pull"
    return "networking" if _PASSED_ON in post["message"] else "push"
