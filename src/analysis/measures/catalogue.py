"""Every measure there is, and the table of them: one row per page."""

from __future__ import annotations

import pandas as pd

from analysis.measures import activity, concentration, content, engagement, reach, webcare
from analysis.measures.measure import Material, Measure

CATALOGUE: dict[str, Measure] = {
    measure.name: measure
    for module in (activity, engagement, reach, webcare, concentration, content)
    for measure in module.MEASURES
}


def page_measures(material: Material, pages: pd.DataFrame) -> pd.DataFrame:
    """Compute every measure for every page.

    Parameters
    ----------
    material : Material
        The posts to measure.
    pages : pandas.DataFrame
        One row per page, with ``page_id``, ``name``, ``tier``.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``page_id``, one row per page, pages without posts included: ``name``, ``tier``,
        ``followers`` (mean of followers at posting), ``n_posts``, and a float column per measure,
        NaN where not measured.
    """
    table = pages.set_index("page_id")[["name", "tier", "target_group_size"]].copy()
    table["followers"] = material.per_page("followers_at_posting").mean()
    table["n_posts"] = material.posts.groupby("page_id").size()
    table["n_posts"] = table["n_posts"].fillna(0).astype(int)
    columns = {
        name: measure.compute(material).reindex(table.index).astype(float)
        for name, measure in CATALOGUE.items()
    }
    return pd.concat([table, pd.DataFrame(columns, index=table.index)], axis="columns")
