#!/bin/bash
# The main job on the sample clinic: last week's log, the next plans, the figures, the summary.
# The date is fixed, so that everyone sees the same.
set -o pipefail
cd "$(dirname "$0")" || exit 2
export SOURCE_DATE_EPOCH=1795435200 # 2026-11-23, noon

summary=$(mktemp) || exit 2
trap 'rm -f "$summary"' EXIT

echo '$ ptlog visits.csv | ptplan --tee | ptstat --tee | ptreport'
ptlog visits.csv | ptplan --tee | ptstat --tee | ptreport >"$summary" || exit
head -n 34 "$summary"
echo "... and $(($(wc -l <"$summary") - 34)) more lines, with a line for each patient."
echo
echo 'Next, all of it; then the page that a patient takes home:'
echo '  export PATH=$PWD/bin:$PATH; cd samples; ptreport --today 2026-11-23 visits.csv'
echo '  ptreport --today 2026-11-23 --as sheet -p P01 visits.csv'
