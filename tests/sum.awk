# Reads the TAP of one job, prints what failed and why, and writes "passed failed skipped" to sum.
# Tests that were planned and never reported count as failed: the program died.
BEGIN { passed = failed = skipped = planned = 0 }

function keep(line) { text = text line "\n" }

/^1\.\.[0-9]+/ { planned += substr($1, 4); next }
/^(not )?ok .*# *[Ss][Kk][Ii][Pp]/ {
	skipped++
	reason = $0
	sub(/^(not )?ok [0-9]+ *(- )?/, "", reason)
	skips = skips "    skipped: " reason "\n"
	failing = 0
	next
}
/^ok / { passed++; failing = 0; next }
/^not ok / {
	failed++
	failing = 1
	sub(/^not ok [0-9]+ *(- )?/, "")
	keep("    failed: " $0)
	next
}
failing { keep("      " $0) }

END {
	lost = planned - passed - failed - skipped
	if (lost > 0 || (status != 0 && failed == 0)) {
		if (lost < 1)
			lost = 1
		failed += lost
		keep("    failed: ended with status " status ", " lost " tests did not report")
		while ((getline line <errors) > 0)
			keep("      " line)
	}
	printf "%-24s %4d passed, %d failed%s, %d s\n%s%s", label, passed, failed,
		skipped ? ", " skipped " skipped" : "", seconds, skips, text
	print passed, failed, skipped >sum
}
