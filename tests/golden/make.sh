#!/bin/sh
# Make the golden numbers again from the R scripts beside this one.
set -eu
cd "$(dirname "$0")"

if ! command -v Rscript >/dev/null; then
    echo "golden: Rscript is not there. On Debian: apt-get install --no-install-recommends" \
        "r-base-core r-cran-jsonlite r-cran-geepack r-cran-clubsandwich r-cran-metafor r-cran-survival" >&2
    exit 2
fi

for subject in data one_tier bounds comparison effects size_adjusted bootstrap funnel \
    survival; do
    echo "golden: $subject"
    Rscript --vanilla "$subject.R"
done
