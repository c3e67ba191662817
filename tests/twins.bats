# What two processes read or work out together is what one alone gives; see src/log/ahead.h.
setup() {
	load lib
	all=$(taskset -pc $$ | sed 's/.*: *//') one=${all%%[-,]*}
}

# A log of several MB, with more patients than one block.
large_log() { "$TESTS/noisy-log" 7 110000 >log.csv; }

# alike COMMAND: on one processor and on all, the status, both outputs, and the rejected rows.
alike() {
	for processors in "$one" "$all"; do
		attempt "taskset -c $processors $1"
		mkdir -p "on-$processors"
		mv stdout stderr "on-$processors/"
		[ ! -e rejected ] || mv rejected "on-$processors/"
		echo "$status" >"on-$processors/status"
	done
	diff -r "on-$one" "on-$all" >difference || { head -n 20 difference; return 1; }
}

@test "twins: noisy logs in small blocks come out as from one process" {
	[ -x "$PT_BIN/twins/ptlog" ] || skip "not built"
	attempt "$TESTS/twins 1 $([ -n "${PT_UNDER-}" ] && echo 1 || echo 4)"
	[ "$status" -eq 0 ] || told_wrong 'another output'
}

# 100 rows of 20 patients, of which row N is ROW, where @ is the patient whose turn it is.
with_row() {
	ROW=$2 awk -v n="$1" 'BEGIN {
		row = ENVIRON["ROW"]
		gsub(/@/, n % 20, row)
		print "date,patient,kind,item,sets,reps,pain_after,note"
		for (i = 1; i <= 100; i++)
			print i == n ? row : "2026-11-0" i % 9 + 1 ",P" i % 20 ",exercise,bridge,3," i ",4,as every day"
	}' >log.csv
}

# lines N TEXT: N lines of it.
lines() { yes "$2" | head -n "$1"; }

# once ROW COMMAND: it is the same, whichever process meets the row.
once() {
	for n in {60..73}; do
		with_row "$n" "$1"
		alike "$2" || { echo "row $n: $2"; return 1; }
	done
}

@test "twins: what happens once comes out alike, wherever it stands" {
	[ -x "$PT_BIN/twins/ptlog" ] || skip "not built"
	[ -z "${PT_UNDER-}" ] || skip "natively only"
	PATH=$PT_BIN/twins:$PATH
	local other=2026-11-05,other,exercise,own-thing,3,10,4,once
	once "$other" 'ptlog log.csv'
	once "$other" 'ptlog -p other log.csv'
	once "$other" 'ptlog -i own-thing log.csv'
	once "$other" "ptlog -w \"patient = 'other' or item = 'own-thing'\" log.csv"
	once 2026-11-05,P@,exercise,clamshell,3,10,4,once 'ptlog -i clamshell,heel-raise log.csv'
	once 2026-11-05,P@,exercise,clamshell,3,10,4,once "ptlog -w \"item = 'clamshell' or reps > 90\" log.csv"
	once 2026-11-05,P@,exercise,clamshell,3,10,4,once 'ptlog -i own-thing log.csv'
	once "$other" "ptlog -w \"patient = 'othre'\" log.csv"
	once "$other" 'ptlog -p othre log.csv'
	once ,,,,,,, 'ptlog log.csv'
	once 2026-11-05,p1,exercise,bridge,3,10,4.0,alike 'ptlog log.csv'
	once 2026-11-05,p1,exercise,bridge,3,10,44,bad 'ptlog --stats --rejects rejected log.csv log.csv'
	once $'date,patient,kind,item,reps,sets,pain_after,note\n2026-11-05,P1,exercise,bridge,1,2,3,x' 'ptlog log.csv'
	once $'date,patient,item,value\n2026-11-05,P1,bridge,\n2026-11-05,P1,bridge,' 'ptstat log.csv'
	once '2026-11-05,P1,note,,,,,"line\n\nline\nbridge\n"' 'ptlog log.csv'
	once '2026-11-05,P1,note,,,,,"quote' 'ptlog log.csv'
	once '2026-11-05,P1,exercise,bridge,3,7.0625,4,wide' 'ptstat log.csv'
	once 2026-12-24,P2,exercise,bridge,3,10,4,later 'ptplan log.csv'
	once 2026-11-05,P@,measure,own-score,,,,rare 'ptstat log.csv'
	once $'date,patient,kind,item,value\n2026-11-05,P@,measure,own-score,3\n2026-11-06,P@,measure,own-score,4' \
		'ptstat --metric own-score log.csv'
	# Rows in a note, which a twin takes for rows, and one of them for good.
	local rows
	rows="2026-11-05,P1,note,,,,,\"$(lines 14 "$other")\"
$(lines 14 2026-11-05,P1,exercise,bridge,3,10,4,again)
$other"
	once "$rows" 'ptlog -p other log.csv'
	once "$rows" 'ptlog --check log.csv'
	once "$rows" 'ptlog -i own-thing log.csv'
	once '2026-11-05,P1,plan,bridge,3,10,,"in words"' 'ptreport log.csv'
}

# What a twin cannot go on from: the next input, the rest of a long line, an end that is written to.
@test "twins: a twin stays in its file, and its lines whole" {
	[ -x "$PT_BIN/twins/ptlog" ] || skip "not built"
	PATH=$PT_BIN/twins:$PATH
	with_row 60 2026-11-05,P1,exercise,bridge,3,10,4,
	cp log.csv next.csv
	lines 100 ,,,,,,, >>log.csv
	alike 'ptlog log.csv <(cat next.csv)'
	alike 'ptstat log.csv <(cat next.csv)'
	for size in 1048000 1048570 1048576 1050000 2500000; do
		{
			head -n 60 next.csv
			printf 2026-11-05,P1,exercise,bridge,3,10,4,
			head -c $size /dev/zero | tr '\0' x
			echo
			tail -n 40 next.csv
		} >log.csv
		alike 'ptlog --stats --rejects rejected log.csv'
	done
	# The output is the same up to where a program ends.
	with_row 99 '2026-11-05,P1,exercise,bridge,3,10,4,"'
	{ head -n 60 log.csv; for _ in {1..200}; do sed -n '2,61p' log.csv; done; tail -n 1 log.csv; } >many.csv
	tail -n 3 log.csv >>many.csv
	alike 'ptlog many.csv'
}

@test "twins: a large log comes out as from one process" {
	large_log
	alike "ptlog --rejects rejected log.csv"
	alike "ptlog --stats -p P17,nobody -s 2026-03-01 log.csv"
	alike "ptstat log.csv"
	alike "ptstat --by item --metric volume log.csv"
	alike "ptstat --by condition --every month log.csv"
	alike "ptplan log.csv"
}

@test "twins: a large file has one, a pipe, a small file and a single processor have none" {
	must_be_alone
	needs strace
	[ "$one" != "$all" ] || skip "only one processor"
	"$TESTS/noisy-log" 7 110000 >log.csv
	head -n 1000 log.csv >small.csv
	forks() {
		attempt "strace -o trace -e trace=clone,clone3,fork,vfork $1"
		grep -c '(' trace || :
	}
	[ "$(forks 'ptlog log.csv')" -eq 1 ]
	[ "$(forks 'ptlog small.csv')" -eq 0 ]
	[ "$(forks "ptlog - <log.csv")" -eq 0 ]
	[ "$(forks 'ptlog --sort date log.csv')" -eq 0 ]
	[ "$(forks "taskset -c $one ptlog log.csv")" -eq 0 ]
}

@test "twins: memory that is enough for one process is enough for two" {
	must_be_alone
	awk 'BEGIN {
		print "date,patient,kind,item,value"
		for (p = 0; p < 2100; p++)
			printf "2020-01-01,P%05d,measure,tug,9\n2026-01-01,P%05d,measure,tug,8\n", p, p
	}' >log.csv
	for kilobytes in 45000 60000; do
		for processors in "$one" "$all"; do
			attempt "ulimit -v $kilobytes; taskset -c $processors ptstat --every day log.csv | sum"
			[ "$status" -eq 0 ] || told_wrong "$kilobytes KB, processors $processors"
			mv stdout "on-$processors"
		done
		cmp "on-$one" "on-$all"
	done
}
