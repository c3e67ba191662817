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
	attempt "ptlog -w \"$1\" log.csv | tail -n +2 | cut -d, -f1 | cut -c9-10 | paste -sd' '"
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

@test "a word that no row can have is an error, with the nearest and its place" {
	attempt "ptlog -w \"reps > 3 and side = 'lefft'\" log.csv"
	[ "$status" -eq 2 ] && [ ! -s stdout ] || told_wrong 'side'
	diff - stderr <<-!
	ptlog: --where: 'lefft' is none of left, right, both; did you mean 'left'?
	  reps > 3 and side = 'lefft'
	                      ^
	!
	fails 2 "'progres' is none of start, progress" "ptlog -w \"decision = 'progres'\" log.csv"
	grep -qF "did you mean 'progress'?" stderr
	fails 2 "did you mean 'exercise'?" "ptlog -w \"'exercize' != kind\" log.csv"
	for day in 20.11.2026 2026-02-30 soon 2026-11 -14x; do
		fails 2 "'$day' is not a day; write YYYY-MM-DD, today, yesterday, -14d, -6w or -3m" \
			"ptlog -w \"date >= '$day'\" log.csv"
	done
	for name in side note text date item; do
		fails 2 "an empty field is unknown: write not known($name)" "ptlog -w \"$name = ''\" log.csv"
	done
}

@test "an item is meant by any of its names, a day as options say it" {
	printf 'date,patient,item,value,kind\n2026-11-01T08:00,P01,Sit to Stand,,\n2026-11-03,P02,nprs,5,measure\n' >log.csv
	kept "item = 'Sit to Stand'" "01"
	kept "item = 'SIT_TO_STAND' or item = 'Pain' and value > 4" "01 03"
	kept "item != 'Sit to Stand'" "03"
	kept "kind = 'Measure'" "03"
	kept "date >= '-20d' and date < 'today'" "03"
	kept "date = '2026-11-01'" "01"
	kept "date <= '2026-11-01'" "01"
	kept "date > '2026-11-01T07:59'" "01 03"
	kept "date = '2026-11-01 08:00'" "01"
}

@test "an item that several kinds know is found by its own name and by those of the others" {
	cat >log.csv <<-!
	date,patient,kind,item,value
	2026-11-01,P1,measure,single-leg-stance,12
	2026-11-02,P1,exercise,single-leg-stand,
	2026-11-03,P1,finding,pain,1
	2026-11-04,P1,measure,nprs,5
	2026-11-05,P1,note,diary,well
	!
	kept "item = 'single-leg-stance'" "01 02"
	kept "'Single Leg Stance' = item and kind = 'measure'" "01"
	kept "item = 'single-leg-stand'" "02"
	kept "item = 'pain'" "03 04"
	kept "item = 'nprs'" "04"
	kept "item != 'Pain'" "01 02 05"
	kept "item = 'pain' or item = 'single-leg-stand' or item = 'diary'" "02 03 04 05"
	says 0 ',P1,measure,single-leg-stance,12,' 'ptlog -i "single leg stance" log.csv'
	says 0 ',P1,finding,pain,' 'ptlog -i pain,diary log.csv'
	attempt 'ptlog -i "single leg stance,pain,squat" log.csv'
	[ "$status" -eq 0 ] && [ "$(wc -l <stdout)" -eq 5 ] || told_wrong 'an item by its names'
}

@test "no row need have what is not wanted" {
	quiet "ptlog -w \"item != 'my-own' and patient != 'P9' and 'P8' != patient\" log.csv"
	[ "$(wc -l <stdout)" -eq 4 ] || told_wrong 'all rows'
	fails 2 "knows 'my-own'" "ptlog -w \"item != 'my-own' or item = 'my-own'\" log.csv"
}

@test "a day is the whole day wherever a time stands beside it" {
	cat >log.csv <<-!
	date,patient,item,recorded
	2026-11-01T07:30,P1,bridge,2026-11-01T08:00:00Z
	2026-11-02T08:00,P1,bridge,2026-11-02T09:30:00Z
	2026-11-03,P1,bridge,
	!
	kept "date = '2026-11-01' and recorded >= '2026-11-01T08:00'" "01"
	kept "date <= '2026-11-03T23:00' and date != '2026-11-02'" "01 03"
	kept "'2026-11-02' = date or date < '2026-11-01T08:00'" "01 02"
	kept "recorded = '2026-11-01'" "01"
	kept "recorded <= '2026-11-02'" "01 02"
	kept "recorded > '2026-11-01'" "02"
	kept "recorded != '2026-11-02' and recorded < '2026-11-02T09:00'" "01"
	kept "recorded = '2026-11-02T09:30:00Z'" "02"
	kept "not known(recorded)" "03"
	kept "date > '2026-11-01'" "02 03"
	kept "date > '2026-11-01T07:30'" "02 03"
}

@test "what no row is of is told at the end" {
	fails 2 "--where: neither the catalogue nor the input knows 'sqat'; did you mean" "ptlog -w \"item = 'sqat'\" log.csv"
	quiet "ptlog -w \"item = 'bridge' and rpe > 9\" log.csv"
	fails 2 "--where: neither the catalogue nor the input knows 'red-dy'; did you mean 'red-day'?" "ptlog -w \"rule = 'red-dy'\" log.csv"
	quiet "ptlog -w \"rule = 'red-day' or rule = 'no-candidate' or rule != 'red-dy'\" log.csv"
	printf 'date,patient,kind,item,rule\n2026-11-01,P01,plan,bridge,our-own-rule\n' >rule.csv
	quiet "ptlog -w \"rule = 'our-own-rule'\" log.csv rule.csv"
	says 0 ',red-day,' "sed s/our-own-rule/red-day/ rule.csv | ptlog -w \"rule = 'Red day'\""
	printf 'date,patient,item\n2026-11-01,P01,our own\n' >own.csv
	fails 0 "'our-own' is not in the catalogue" "ptlog -p P02 -w \"item = 'Our Own'\" own.csv log.csv"
	fails 1 "--where: no row is of 'p01'; did you mean 'P01'?" "ptlog -w \"patient = 'p01'\" log.csv"
	quiet "ptlog -w \"patient >= 'P0'\" log.csv"
}

@test "what was rejected is told before an item that nobody knows" {
	{ echo date,patient,item,reps; for i in {1..25}; do echo 2026-11-01,P1,bridge,x; done; } >bad.csv
	fails 2 'and 5 more (5 reps)' 'ptlog -i sqat bad.csv'
}
