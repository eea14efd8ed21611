"""Counts of what a rule picks out, corrected for how often the rule errs."""

from __future__ import annotations

import pandas as pd


def rogan_gladen(
    flagged: pd.Series, everyone: pd.Series, sensitivity: float, specificity: float
) -> pd.Series:
    r"""Count how many there truly are, from how many a rule with known errors picks out.

    Parameters
    ----------
    flagged, everyone : pandas.Series
        How many the rule picks out, :math:`x`, and of how many that it could read, :math:`n`. What
        the rule could not read belongs in neither.
    sensitivity, specificity : float
        Share of what is to be found that the rule finds, and share of the others that it leaves
        alone; together over 1.

    Returns
    -------
    pandas.Series of float
        Under 0 where fewer are picked out than the rule picks out by mistake.

    Raises
    ------
    ValueError
        When the two together are not over 1: such a rule does no better than chance.

    Notes
    -----
    :math:`\big(x - (1 - \text{spec})\,n\big) / (\text{sens} + \text{spec} - 1)`, Rogan & Gladen
    1978, doi:10.1093/oxfordjournals.aje.a112510.
    """
    better_than_chance = sensitivity + specificity - 1
    if better_than_chance <= 0:
        raise ValueError("sensitivity, specificity: together over 1")
    return (flagged - (1 - specificity) * everyone) / better_than_chance
