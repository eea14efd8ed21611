"""What is counted of a whole page on its ordinary day."""

from __future__ import annotations

import pandas as pd


def ordinary_days(days: pd.DataFrame) -> pd.DataFrame:
    """Give the median over the measured days of every number of every page.

    Parameters
    ----------
    days : pandas.DataFrame
        The columns of ``analysis.tables.PAGE_DAYS``, with the ``tier`` of each page.

    Returns
    -------
    pandas.DataFrame
        One row per page and number: ``variable``, ``definition``, ``page_id``, ``tier``, ``value``
        (median over its days) and ``n_days``. A day that is not in the export, or has no value, is
        not measured and does not count; numbers under two definitions are two numbers.
    """
    measured = days.dropna(subset=["value"])
    by_page = measured.groupby(["variable", "definition", "page_id", "tier"])["value"]
    return by_page.agg(value="median", n_days="size").reset_index()
