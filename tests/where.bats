# Conditions of ptlog --where: what is kept, and what an error says and points at.
setup() {
	load lib
	cat >log.csv <<-!
	date,patient,item,side,load_kg,pain_before,pain_after,rpe,note
	2026-11-01,P01,squat,left,10,3,5.5,7,
	2026-11-02,P01,squat,right,,4.1,6.1,,
	2026-11-03,P02,bridge,,20,2,2,4,it's fine
	!
}

# kept CONDITION DAY...: the days of the rows that are kept.
kept() {
	attempt "ptlog -w \"$1\" log.csv | tail -n +2 | cut -d, -f1 | cut -c9- | paste -sd' '"
	[ "$(cat stdout)" = "$2" ] || told_wrong "$1: kept '$(cat stdout)', not '$2'"
}

@test "a row is kept only where the condition is true" {
	kept "pain_after > 3" "01 02"
	kept "not pain_after > 3" "03"
	kept "rpe > 6" "01"
	kept "not rpe > 6" "03"
	kept "rpe > 6 or not rpe > 6" "01 03"
	kept "known(rpe)" "01 03"
	kept "not known(side)" "03"
	kept "pain_after - pain_before >= 2" "01 02"
	kept "item = 'bridge' or side = 'left'" "01 03"
	kept "item = 'bridge' or side = 'left' and rpe < 5" "03"
	kept "(item = 'bridge' or side = 'left') and rpe > 5" "01"
	kept "load_kg * 2 >= 40" "03"
	kept "load_kg / (pain_after - pain_before) > 0" "01"
	kept "date >= '2026-11-02'" "02 03"
	kept "" "01 02 03"
}

@test "an error points at the character and names what was meant" {
	attempt "ptlog -w 'pain_aftr > 5' log.csv"
	[ "$status" -eq 2 ] && [ ! -s stdout ] || told_wrong "an unknown name"
	diff - stderr <<-!
	ptlog: --where: unknown name 'pain_aftr'; did you mean 'pain_after'?
	  pain_aftr > 5
	  ^
	!
	attempt "ptlog -w \"note = 'größe' and pain_before => 3\" log.csv"
	diff - stderr <<-!
	ptlog: --where: '=>' is not understood here; write >=
	  note = 'größe' and pain_before => 3
	                                 ^
	!
	fails 2 "text is written in quotes, 'like this'" "ptlog -w 'side = left' log.csv"
	fails 2 "neither true nor false" "ptlog -w pain_after log.csv"
	fails 2 "one comparison at a time" "ptlog -w '1 < rpe < 5' log.csv"
	fails 2 "')' is wanted here" "ptlog -w '(rpe > 5' log.csv"
}

@test "what is hostile is shown, not obeyed" {
	attempt $'ptlog -w $\'rpe > \e[2J\' log.csv'
	[ "$status" -eq 2 ] || told_wrong "an escape sequence"
	! grep -q $'\e' stderr || told_wrong "an escape sequence reached the terminal"
	fails 2 "too deeply nested" "ptlog -w \"\$(printf '(%.0s' {1..9999})\" log.csv"
}

@test "where: what is never meant is refused with its place" {
	printf 'date,patient,item,rpe\n2026-11-01,P1,bridge,\n' >log.csv
	for condition in 'date >= 2026-11-20' 'item = 5' "load_kg = 'x'"; do
		fails 2 'text is compared with a number here, which is never true' "ptlog -w \"$condition\" log.csv"
	done
	fails 2 'known() takes a name without quotes' "ptlog -w \"known('rpe')\" log.csv"
	fails 2 'known() takes a name without quotes' 'ptlog -w "known(5)" log.csv'
}
