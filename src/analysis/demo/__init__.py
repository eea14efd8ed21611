"""The simulated data of the demo study: invented pages, with a stated truth."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from analysis.demo.crowdtangle import write_export
from analysis.demo.organisations import write_register
from analysis.demo.posts import simulate

FILE_OF_TIER = {
    "rijksoverheid": "rijksoverheid.csv",
    "provincie": "provincies.csv",
    "gemeente": "gemeenten.csv",
}


def write_demo(folder: Path) -> list[Path]:
    """Write the demo study's raw files: a register of pages and a CrowdTangle export per tier.

    The same bytes every time. The files are written in a folder beside and moved when all are
    there.

    Parameters
    ----------
    folder : pathlib.Path
        Where to write; made when it is not there.

    Returns
    -------
    list of pathlib.Path
        The files written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    posts = simulate()
    with TemporaryDirectory(dir=folder, prefix=".") as beside:
        write_register(Path(beside, "register.csv"))
        for tier, name in FILE_OF_TIER.items():
            write_export(Path(beside, name), posts.filter(tier=tier))
        names = ("register.csv", *FILE_OF_TIER.values())
        return [Path(beside, name).replace(folder / name) for name in names]
