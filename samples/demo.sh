#!/bin/bash
# The main job on the sample clinic: last week's log, the next plans, the figures, the summary.
# The date is fixed, so that everyone sees the same.
set -o pipefail
cd "$(dirname "$0")" || exit 2
export SOURCE_DATE_EPOCH=1795435200 # 2026-11-23, noon

echo '$ ptlog visits.csv | ptplan --tee | ptstat --tee | ptreport'
ptlog visits.csv | ptplan --tee | ptstat --tee | ptreport || exit
echo
echo 'next: cd samples; ../bin/ptplan --today 2026-11-23 visits.csv | ../bin/ptreport --as sheet -p P01'
