# The list of rules in ptrules(7), from the table:  awk -f man/rules.awk src/catalogue/rules.csv
# "make man/ptrules.7" puts it in its place, and a test holds page and table together.

# Splits a record of CSV that stands on one line.
function fields(line, cell,    n, i, c, quoted, text) {
	n = 1
	text = ""
	for (i = 1; i <= length(line); i++) {
		c = substr(line, i, 1)
		if (c == "\"")
			quoted = !quoted
		else if (c == "," && !quoted) {
			cell[n++] = text
			text = ""
		} else
			text = text c
	}
	cell[n] = text
	return n
}
# Text as roff takes it, in lines that are not too long.
function say(text,    i, n, word, line) {
	gsub(/\\/, "\\e", text)
	n = split(text, word, / +/)
	line = ""
	for (i = 1; i <= n; i++) {
		if (line != "" && length(line) + length(word[i]) > 75) {
			print line
			line = ""
		}
		if (line == "" && word[i] ~ /^[.']/)
			word[i] = "\\&" word[i]
		line = line (line == "" ? "" : " ") word[i]
	}
	if (line != "")
		print line
}
function row(name, text) {
	if (text == "")
		return
	print ".It " name
	say(text)
}
NR == 1 {
	n = fields($0, cell)
	for (i = 1; i <= n; i++)
		at[cell[i]] = i
	print ".Bl -tag -width Ds"
	next
}
{
	fields($0, cell)
	print ".It Sy " cell[at["id"]] " Pq " cell[at["priority"]] ", " cell[at["scope"]] ", " \
		(cell[at["decision"]] == "" ? "cap" : cell[at["decision"]])
	if (cell[at["note_patient"]] != "")
		say(cell[at["note_patient"]])
	print ".Bl -tag -width applies -compact"
	if (cell[at["applies_to"]] != "any")
		row("applies", cell[at["applies_to"]])
	row("when", cell[at["when"]])
	row("change", cell[at["change"]])
	row("cap", cell[at["cap"]])
	row("source", cell[at["source"]])
	print ".El"
}
END { print ".El" }
