# Compares a table with the expected one:  awk -f vectors.awk expected.csv got.csv
#
# Text, empty cells, names and order must be equal.  Numbers: 1e-10 relative to the larger of 1
# and the expected figure; those of a distribution 1e-8; trend_p 1e-6 relative to itself.
# Prints what differs; status 1 when anything does.
function split_row(line, out,    n, cell, quoted, i, c) {
	n = 0; cell = ""; quoted = 0
	for (i = 1; i <= length(line); i++) {
		c = substr(line, i, 1)
		if (c == "\"" && quoted && substr(line, i + 1, 1) == "\"") { cell = cell c; i++ }
		else if (c == "\"") quoted = !quoted
		else if (c == "," && !quoted) { out[++n] = cell; cell = "" }
		else cell = cell c
	}
	out[++n] = cell
	return n
}
function is_number(s) { return s ~ /^-?[0-9]+(\.[0-9]+)?(e[-+]?[0-9]+)?$/ }
function abs(x) { return x < 0 ? -x : x }
function close_to(name, got, want,    slack) {
	if (!is_number(got) || !is_number(want)) return got "" == want ""
	got += 0; want += 0
	if (name == "trend_p") return abs(got - want) <= 1e-6 * abs(want) + 1e-15
	slack = name ~ /^change_(lo|hi)$|^effect$|^responders_.*_(lo|hi)$/ ? 1e-8 : 1e-10
	return abs(got - want) <= slack * (abs(want) > 1 ? abs(want) : 1)
}
FNR == NR { want_line[FNR] = $0; wanted = FNR; next }
{
	lines = FNR
	n = split_row($0, got); m = split_row(want_line[FNR], want)
	if (FNR == 1) {
		if ($0 != want_line[1]) { print "header: " $0; wrong = 1 }
		for (i = 1; i <= m; i++) name[i] = want[i]
	}
	if (n != m) { print FNR ": " n " cells, expected " m; wrong = 1 }
	for (i = 1; i <= m; i++)
		if (!close_to(name[i], got[i], want[i])) {
			print FNR ": " name[i] ": '" got[i] "', expected '" want[i] "'"
			wrong = 1
		}
}
END {
	if (lines != wanted) { print lines " lines, expected " wanted; wrong = 1 }
	exit wrong
}
