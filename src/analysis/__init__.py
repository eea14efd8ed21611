"""Reusable functions behind the Bereik notebooks, in the order the data flow through them.

sources → tables → ingest → measures → inference → claims, figures → findings → notebooks →
batch and report. Imports go this way only; ``lint-imports`` holds it.
"""

import os

# polars gives memory back after half a second and asks for it anew, from more pools than there are
# processors; a tenth of the time of a large file goes there. It reads this when it is imported.
os.environ.setdefault("_RJEM_MALLOC_CONF", f"narenas:{os.cpu_count()},dirty_decay_ms:5000")
