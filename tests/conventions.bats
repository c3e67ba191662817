# What all four programs have in common: help, version, options, dates, and how they end.
setup() {
	load lib
	log=$SAMPLES/visits.csv
	programs="ptlog ptplan ptstat ptreport"
}

@test "help is one screen of 80 columns with examples and statuses" {
	for p in $programs; do
		quiet "$p --help"
		awk 'length > 80 { print; wrong = 1 } END { exit wrong }' stdout ||
			told_wrong "$p: a line is too long"
		[ "$(wc -l <stdout)" -le 55 ] || told_wrong "$p: more than a screen"
		head -n 1 stdout | grep -q "^usage: $p " || told_wrong "$p: no usage"
		[ "$(sed -n '/^Examples/,/^$/p' stdout | grep -c "^  .*$p")" -eq 3 ] ||
			told_wrong "$p: three examples"
		grep -q '^Exit status: 0 done, 1 done but rows were rejected, 2 not done' stdout ||
			told_wrong "$p: no statuses"
		agree "$p --help" "$p -h"
	done
}

@test "the version names the suite and the licence" {
	for p in $programs; do
		says 0 "$p (pttools) " "$p --version"
		says 0 "GPLv3+" "$p -V"
	done
}

@test "a wrong option names the nearest and does nothing" {
	for p in $programs; do
		fails 2 "$p: unknown option '--patiens'; did you mean '--patient'?" "$p --patiens P01 $log"
		fails 2 "try: $p --help" "$p --patiens P01 $log"
		fails 2 "$p: unknown option '-Z'" "$p -Z $log"
		fails 2 "$p: unknown option '-Z'" "$p --today=2026-11-23 -ZQ $log"
		fails 2 "$p: option '-p' needs an argument" "$p --today=2026-11-23 -p"
		fails 2 "$p: option '--patient' needs an argument" "$p $log --patient"
		fails 2 "$p: option '--help' takes no argument" "$p --help=x"
		[ ! -s stdout ] || told_wrong "$p: something was written"
	done
}

@test "a wrong day says what would be right" {
	for p in $programs; do
		fails 2 "2026 is not a leap year; February has 28 days" "$p --today 2026-02-29 $log"
		fails 2 "'soon' is not a day; write YYYY-MM-DD, today, yesterday, -14d" "$p --today soon $log"
	done
	for p in ptlog ptstat ptreport; do
		fails 2 "did you mean 'last-week'?" "$p -P last-wek $log"
		fails 2 "ends before it begins" "$p -P 2026-12..2026-11 $log"
		fails 2 "ends before it begins" "$p -s 2026-12-01 -u 2026-11-01 $log"
	done
}

@test "no output goes to a file that is read" {
	cp "$log" log.csv
	for p in $programs; do
		fails 2 "$p: standard output is an input too" "$p log.csv >>log.csv"
		fails 2 "$p: standard output is an input too" "$p <log.csv >>log.csv"
	done
	cmp "$log" log.csv
}

@test "a full disk and a closed output are told" {
	for p in $programs; do
		fails 2 "No space left on device" "$p $log >/dev/full"
		fails 2 "Bad file descriptor" "$p $log >&-"
		fails 2 "Bad file descriptor" "$p --help >&-"
	done
}

@test "a reader that has seen enough ends a program without a word" {
	for p in $programs; do
		bash -c "$p \$1; echo \$? >status" - "$log" 2>stderr | head -n 1 >/dev/null
		[ ! -s stderr ] || told_wrong "$p: $(cat stderr)"
	done
}

@test "no name of a file makes a line of its own" {
	name=$'a\nptlog: forged\e[2J.csv'
	printf 'date,patient,item\n2026-02-30,P01,squat\n' >"$name"
	for p in $programs; do
		"$p" "$name" >stdout 2>stderr || true
		! grep -q -e '^ptlog: forged' -e $'\e' stderr || told_wrong "$p: a forged line"
		grep -qF 'a\x0aptlog: forged\x1b[2J.csv' stderr || told_wrong "$p: not shown"
	done
}

@test "a denied command in a test is the last one, or says so itself" {
	# bash goes on behind "! command" whatever it gives
	awk 'FNR == 1 { before = "" }
		before ~ /^\t+! / && before !~ /\|\|/ && before !~ /(\||; then)$/ && !/^}/ {
			print FILENAME ":" FNR - 1 ":" before; found = 1
		}
		{ before = $0 }
		END { exit found }' "$TESTS"/*.bats
}
