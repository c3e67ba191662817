# The columns of a plan that a walk-through lists, of rows of one kind (-v kind=trial), on the
# days of the expected file read first.  No field of these columns holds a comma.
BEGIN {
	FS = ","
	n = split("date item side decision rule sets reps load_kg seconds per_week", want, " ")
}
FNR == 1 {
	delete at
	for (i = 1; i <= NF; i++)
		at[$i] = i
	next
}
FNR == NR {
	day[$at["date"]] = 1
	next
}
$at["kind"] == kind && ($at["date"] in day) {
	line = $at[want[1]]
	for (i = 2; i <= n; i++)
		line = line "," $at[want[i]]
	print line
}
