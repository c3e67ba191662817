# What is too much is refused with words, early, and in little memory.
setup() {
	load lib
	must_be_alone
}

# Runs COMMAND with at most so many KiB of addresses.
within() { attempt "ulimit -v $1; $2"; }

# A log of N rows of P patients.
rows() {
	awk -v n="$1" -v p="$2" 'BEGIN {
		print "date,patient,item,sets,reps,pain_before,pain_after"
		for (i = 0; i < n; i++)
			printf "2026-%02d-%02d,P%06d,bridge,3,10,%d,%d\n", i % 10 + 1, i % 28 + 1, i % p, i % 10, i % 7
	}'
}

@test "a filter's memory does not grow with the log" {
	rows 100000 1000 >log.csv
	for command in ptlog 'ptlog -w "pain_after > 3"' 'ptlog --check' 'ptlog --shard 1/3' 'ptlog -p P000001'; do
		within 32768 "$command log.csv"
		[ "$status" -eq 0 ] || told_wrong "$command"
	done
}

@test "nor does it grow with the patients, and what is not compared any more is said" {
	rows 150000 150000 >log.csv
	within 24576 'ptlog --check log.csv'
	[ "$status" -eq 0 ] || told_wrong 'many patients'
	[ "$(grep -c 'may go unnoticed' stderr)" -eq 1 ]
}

@test "nor with what one profile says" {
	awk 'BEGIN { print "date,patient,kind,item,value"
		for (i = 0; i < 200000; i++) printf "2026-01-01,P1,profile,clinic,a clinic of a long name %d\n", i }' >log.csv
	within 24576 'ptlog --check log.csv'
	[ "$status" -eq 0 ] || told_wrong 'many values'
}

@test "a quote that never closes ends early and cheaply" {
	{
		rows 10 2
		printf '2026-11-01,P1,"never closed\n'
		head -c 16777216 /dev/zero | tr '\0' x
	} >open.csv
	for command in 'ptlog --check' ptlog ptplan ptstat ptreport; do
		within 49152 "timeout 10 $command open.csv"
		[ "$status" -eq 1 ] || [ "$status" -eq 2 ] || told_wrong "$command"
		grep -q 'open.csv:12: ' stderr || told_wrong "$command does not say where"
		[ "$(wc -c <stderr)" -lt 4000 ]
	done
}

@test "a header of 10,000 columns and a row of 10,000 fields" {
	{ printf 'date,patient,item'; seq -f ',c%g' 10000 | tr -d '\n'; printf '\n2026-11-01,P1,bridge\n'; } >wide.csv
	for program in ptlog ptplan ptstat ptreport; do
		within 65536 "timeout 10 $program wide.csv"
		[ "$status" -eq 2 ] && [ -s stderr ] || told_wrong "$program"
	done
	{ echo date,patient,item; printf '2026-11-01,P1,bridge'; printf '%010000d\n' 0 | tr 0 ,; } >row.csv
	within 65536 'timeout 10 ptlog --check row.csv'
	[ "$status" -lt 3 ] || told_wrong 'a long row'
}

@test "a long field is refused, not stored" {
	{ echo date,patient,item,note; printf '2026-11-01,P1,bridge,'; head -c 8388608 /dev/zero | tr '\0' x; echo; } >long.csv
	within 49152 'timeout 10 ptlog --check long.csv'
	[ "$status" -eq 1 ] || [ "$status" -eq 2 ] || told_wrong 'a note of 8 MiB'
	[ "$(wc -c <stderr)" -lt 2000 ]
}

@test "groups keep little besides the rows" {
	rows 200000 40000 >log.csv
	for options in '--by item' '--by all' '--by item --every week' '--by all --every day'; do
		within 81920 "ptstat $options log.csv"
		[ "$status" -eq 0 ] || told_wrong "$options"
	done
}

@test "as many patients as rows" {
	rows 20000 20000 >log.csv
	for program in 'ptstat --metric pain' 'ptstat --by all' ptplan; do
		within 262144 "timeout 60 $program log.csv"
		[ "$status" -lt 2 ] || told_wrong "$program"
	done
}

@test "a hostile folder of tables is refused with words" {
	mkdir folder
	refused() {
		for command in 'ptlog --check' 'ptplan' 'ptstat' 'ptreport' 'ptplan --check-catalogue'; do
			case $command in *--check-catalogue) input= ;; *) input=$SAMPLES/visits.csv ;; esac
			within 131072 "timeout 10 $command --catalogue folder $input"
			[ "$status" -eq 2 ] || [ "$status" -eq 1 ] || told_wrong "$1: $command" || return 1
			[ -s stderr ] || told_wrong "$1: no word" || return 1
			[ "$(wc -c <stderr)" -lt 10000 ] || told_wrong "$1: too many words" || return 1
		done
	}
	mkdir folder/exercises.csv && refused 'a folder as a table' && rmdir folder/exercises.csv
	mkfifo folder/exercises.csv && refused 'a pipe' && rm folder/exercises.csv
	ln -s exercises.csv folder/exercises.csv && refused 'a link to itself' && rm folder/exercises.csv
	ln -s /dev/zero folder/exercises.csv && refused 'a device' && rm folder/exercises.csv
	: >folder/exercises.csv && refused 'an empty table' && rm folder/exercises.csv
	{ printf 'id,name\nx,"'; head -c 10485760 /dev/zero | tr '\0' y; printf '"\n'; } >folder/exercises.csv
	refused 'a cell of 10 MiB' && rm folder/exercises.csv
	head -c 100000 /dev/urandom >folder/exercises.csv && refused 'noise' && rm folder/exercises.csv
	fails 2 nowhere 'ptlog --catalogue nowhere --check '"$SAMPLES/visits.csv"
}

@test "a chain that goes round is an error of its folder" {
	mkdir folder
	printf 'id,harder\nbridge,bridge\n' >folder/exercises.csv
	attempt 'timeout 10 ptplan --check-catalogue --catalogue folder'
	[ "$status" -eq 2 ] || [ "$status" -eq 1 ] || told_wrong 'a chain round'
}
