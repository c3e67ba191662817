#!/bin/bash
# The weekly summary by mail:  weekly.sh LOG ADDRESS
#
# Nothing is sent in a week in which nobody needs a look.  Anything that goes wrong is said on
# standard error, and so comes as cron's own mail.
set -o errexit -o nounset -o pipefail
log=$1 address=$2

message=$(mktemp)
trap 'rm -f "$message"' EXIT
status=0
ptreport --period last-week --if-attention --mail-to "$address" "$log" >"$message" || status=$?
# Status 1: a row could not be read.  The summary says so and is sent all the same.
if [ "$status" -le 1 ] && [ -s "$message" ]; then
	sendmail -t -oi <"$message"
fi
exit "$status"
