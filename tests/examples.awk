# Cuts the examples out of a man page (mdoc) or a Markdown file, one folder a block:
# line, needs, 001.command, 001.expected, 002.command, ...
function begin() {
	inside = 1
	folder_made = 0
	command = 0
	first = NR + 1
}
function end() {
	inside = 0
	needs = ""
}
# The text a reader sees.
function plain(line) {
	if (markdown)
		return line
	gsub(/\\&/, "", line)
	gsub(/\\-/, "-", line)
	gsub(/\\\(aq/, "'", line)
	gsub(/\\\(dq/, "\"", line)
	gsub(/\\\(ti/, "~", line)
	gsub(/\\\(ha/, "^", line)
	gsub(/\\\(bu/, "•", line)
	gsub(/\\e/, "\\", line)
	return line
}
BEGIN { blocks = 0 }
FNR == 1 { markdown = FILENAME ~ /\.md$/ }
!inside && /needs: / {
	needs = $0
	sub(/.*needs: */, "", needs)
	sub(/ *-->.*/, "", needs)
	next
}
!inside && markdown && /^```/ { begin(); next }
!inside && !markdown && /^\.Bd .*-literal/ { begin(); next }
inside && markdown && /^```/ { end(); next }
inside && !markdown && /^\.Ed/ { end(); next }
!inside { next }
{
	line = plain($0)
	if (line ~ /^\$ /) {
		if (!folder_made) {
			block = sprintf("%s/%03d", folder, ++blocks)
			system("mkdir -p '" block "'")
			print first >(block "/line")
			close(block "/line")
			if (needs != "") {
				print needs >(block "/needs")
				close(block "/needs")
			}
			folder_made = 1
		}
		command++
		file = sprintf("%s/%03d.command", block, command)
		print substr(line, 3) >file
		answered = 0
	} else if (folder_made && line ~ /^> / && !answered) {
		print substr(line, 3) >file
	} else if (folder_made) {
		if (!answered) {
			if (line == "")
				next
			close(file)
			file = sprintf("%s/%03d.expected", block, command)
			answered = 1
		}
		print line >file
	}
}
