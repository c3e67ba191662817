# The options of a program are the same in --help, in its page and in the completions; the examples
# of the pages are run by tests/examples.
setup() { load lib; }

options_of_help() {
	"$1" --help | sed -nE 's/^ +(-[a-zA-Z], )?(--[a-z-]+).*/\2/p' | sort -u
}
# Only what stands in an option list, not what the text speaks of.
options_of_page() {
	grep -E '^\.It Fl ' "$TESTS/../man/$1.1" | grep -oE -- '(Fl|,) -[a-z][a-z-]*' |
		sed 's/^.* -/--/' | sort -u
}
# What a shell offers behind two dashes.
options_of_bash() { "$TESTS/typed" bash "$1 --" 2>&1 >/dev/null | list_options; }
options_of_zsh() { "$TESTS/typed" zsh "$1 --" 2>&1 >/dev/null | list_options; }
options_of_fish() {
	fish -c 'source $argv[1]; complete -C $argv[2]' "$TESTS/../src/completions/pttools.fish" \
		"$1 --" | list_options
}
list_options() { grep -oE -e '(^|[ /])--[a-z][a-z-]*' | tr -d ' /' | sort -u; }

@test "--help and page name the same options" {
	for program in ptlog ptplan ptstat ptreport; do
		options_of_help "$program" >help
		[ -s help ]
		options_of_page "$program" >page
		diff -u help page || { echo "$program: --help (-) and its page (+)"; return 1; }
	done
}

@test "each shell offers the options of --help" {
	needs python3
	for shell in bash zsh fish; do
		command -v "$shell" >/dev/null || continue
		for program in ptlog ptplan ptstat ptreport; do
			options_of_help "$program" >help
			"options_of_$shell" "$program" >completion
			diff -u help completion || { echo "$program --help (-) and $shell (+)"; return 1; }
		done
	done
}

@test "--help fits one screen and says the exit statuses" {
	for program in ptlog ptplan ptstat ptreport; do
		attempt "$program --help"
		[ "$status" -eq 0 ]
		[ ! -s stderr ]
		[ "$(wc -l <stdout)" -le 60 ]
		[ "$(wc -L <stdout)" -le 100 ]
		grep -qi 'exit status' stdout
	done
}

@test "--version says what and which licence" {
	for program in ptlog ptplan ptstat ptreport; do
		attempt "$program --version"
		[ "$status" -eq 0 ]
		grep -q "^$program (pttools) [0-9]" stdout
		grep -q 'GPL' stdout
	done
}

# What stands on the line, what TAB completes, and to what.
completions() {
	cp -r "$SAMPLES" samples
	cat <<-'!'
		ptlog |--app|--append
		ptlog --item |lower-tr|lower-trunk-rotation
		ptlog --item=nprs,|lower-tr|lower-trunk-rotation
		ptlog samples/visits.csv -p |P1|P10
		ptlog -k exercise,|pl|plan
		ptlog -w |pain_a|pain_after
		ptlog --where 'rpe > 3 and |pain_a|pain_after
		ptlog --where "pain_before>=|pain_a|pain_after
		ptlog -s |tod|today
		ptlog --from |stro|strong
		ptlog --from |samples/stro|samples/strong.csv
		ptlog --list |im|imports
		ptlog --unit |k|kg
		ptlog --date-format |d|dmy
		ptlog --sort |p|patient
		ptlog |samples/vis|samples/visits.csv
		ptstat --metric pain,|mm|mme
		ptstat --by patient,|cond|condition
		ptstat --every |m|month
		ptreport --as=|st|story
		ptreport -f |h|html
		ptreport --color |al|always
	!
}

# typed SHELL: each of these lines in an interactive shell, but for what it puts behind a word.
typed() {
	completions | while IFS='|' read -r line word whole; do
		"$TESTS/typed" "$1" "$line$word" >stdout 2>stderr || told_wrong "$1" || return 1
		[ "$(sed 's/[ ,=]$//' stdout)" = "$line$whole" ] || told_wrong "$line$word: no $whole" || return 1
	done
}

@test "bash completes options, ids, metrics, columns and the words of options" {
	needs python3
	typed bash
}

@test "zsh completes options, ids, metrics, columns and the words of options" {
	needs python3 zsh
	typed zsh
}

@test "fish completes options, ids, metrics, columns and the words of options" {
	needs fish
	completions | while IFS='|' read -r line word whole; do
		fish -c 'source $argv[1]; complete -C $argv[2]' "$TESTS/../src/completions/pttools.fish" \
			"$line$word" >words
		cut -f 1 words | grep -q -e "$whole\$" || { cat words; echo "$line$word: no $whole"; return 1; }
	done
}

@test "the folders of README are those of the tree" {
	[ -d "$TESTS/../src/log" ] || skip 'no sources here'
	cd "$TESTS/.."
	sed -nE 's|^    ((src\|man\|tests)/[a-z]*/?) .*|\1|p' README.md | sort >"$BATS_TEST_TMPDIR/named"
	printf '%s\n' src/*/ man/ tests/ | sort | diff "$BATS_TEST_TMPDIR/named" -
	shortest=$(wc -l src/pt*.c | sort -n | head -n 1 | awk '{ print $2 }')
	grep -q "^A tour: \`$shortest\`, the shortest program" README.md
	for file in $(sed -n '/^A tour:/,/^$/p' README.md | grep -oE '`[a-z]+/[a-z.]+`' | tr -d '`'); do
		[ -f "src/$file" ] || [ -f "$file" ]
	done
}

@test "every page names the others and every table is described" {
	for program in ptlog ptplan ptstat ptreport; do
		grep -q "^\.Xr ptlog 5" "$TESTS/../man/$program.1"
		grep -q "^\.Xr pttools 7" "$TESTS/../man/$program.1"
	done
}

@test "the columns of the log are those of its page" {
	needs mandoc
	ptlog "$SAMPLES/new-patient.csv" | head -n 1 | tr , '\n' >columns
	sed -n '/^\.Ss Columns/,/^\.Ss Kinds/p' "$TESTS/../man/ptlog.5" | sed -n 's/^\.It Li //p' |
		sed 's/ , /\n/g' >page
	diff -u columns page
}

@test "the rules of their page are those of the table" {
	awk -f "$TESTS/../man/rules.awk" "$TESTS/../src/catalogue/rules.csv" >table
	sed '1,/Generated by rules.awk/d; /^\.Sh SEE ALSO/,$d' "$TESTS/../man/ptrules.7" >page
	diff -u page table || { echo 'type: make man/ptrules.7'; return 1; }
}

@test "every name that a rule can ask for is in their page" {
	[ -d "$TESTS/../src/log" ] || skip 'no sources here'
	sed '/^\.Sh THE RULES/,$d' "$TESTS/../man/ptrules.7" >page
	grep -ohE '\<X\([a-z_0-9]+\)' "$TESTS"/../src/plan/*.h | sed 's/X(\(.*\))/\1/' | sort -u >names
	[ "$(wc -l <names)" -gt 90 ]
	while read -r name; do
		grep -qw -e "$name" page || { echo "not in ptrules(7): $name"; return 1; }
	done <names
}

@test "every message of ptlog is in its page" {
	needs python3 mandoc
	[ -d "$TESTS/../src/log" ] || skip 'no sources here'
	cd "$TESTS/.."
	python3 - <<-'!'
		import glob, re, subprocess
		page = subprocess.run("mandoc -T utf8 -O width=300 man/ptlog.1 | col -b", shell=True, capture_output=True, text=True).stdout
		page = re.sub(r"\s+", " ", page).lower()
		# What stands in the same files and is no message: help, commands that a message
		# proposes, the progress line, parts of a sentence whose beginning is looked for.
		others = ("Exit status:", "(pttools)", "too many options in", "mlr --ijson", "sqlite3 -header", "SQLite format",
		          "rows/s", "--date-format mdy", "goes over several lines", "kind=profile item=", "did you mean", "TZeE", "\\r", "' &&",
		          # of ptstat and ptreport
		          "say the same twice", "the period ends before")
		missing = []
		files = [f for layer in ("base", "records", "log") for f in glob.glob(f"src/{layer}/*.c")]
		for name in files:
		    code = re.sub(r"/\*.*?\*/", "", open(name).read(), flags=re.S)
		    code = re.sub(r'"\s*\n\s*"', "", code)
		    for text in re.findall(r'"((?:[^"\\\n]|\\.)*)"', code):
		        if any(o in text for o in others):
		            continue
		        plain = re.sub(r"\\x[0-9a-f]{2}|\\n", " ", text.replace('\\"', '"'))
		        parts = [p.strip(" ;:,.?'()") for p in re.split(r"%(?:\.\*)?[-+0-9.]*[lz]?[A-Za-z]", plain)]
		        parts = [p for p in parts if " " in p and len(p) >= 12]
		        if parts and not any(p[:18].lower() in page for p in parts):
		            missing.append((name, text))
		for name, text in missing:
		    print(name, text)
		assert not missing
	!
}
