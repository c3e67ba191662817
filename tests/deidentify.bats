# ptlog --deidentify: what leaves the clinic names nobody, and gives the same figures.
setup() {
	load lib
	ptlog --net "$SAMPLES/visits.csv" >log.csv
}

# The code and the shift of a patient.
code_of() { awk -F, -v p="$1" '$1 == p { print $2 }' key; }
weeks_of() { awk -F, -v p="$1" '$1 == p { print $3 }' key; }

# days FILE PATIENT: the day numbers of all rows, in order of the file.
days() {
	awk -F, -v p="$2" '$2 == p { print substr($1, 1, 10) }' "$1" | date -u -f - +%s | awk '{ print $1 / 86400 }'
}

@test "codes are random, and the same again from the same key table" {
	attempt 'ptlog --deidentify key log.csv'
	[ "$status" -eq 0 ]
	mv stdout first
	agree 'cat first' 'ptlog --deidentify key log.csv'
	head -n 200 log.csv >part.csv
	attempt 'ptlog --deidentify key part.csv'
	n=$(wc -l <stdout)
	head -n "$n" first | cmp - stdout
	quiet 'ptlog --deidentify key2 log.csv'
	[ -z "$(comm -12 <(cut -d, -f2 key | tail -n +2 | sort) <(cut -d, -f2 key2 | tail -n +2 | sort))" ]
}

@test "whole weeks into the past: gaps and weekdays stay, times do not" {
	sed '2,$s/^\([0-9-]*\),/\1T08:30,/' log.csv >timed.csv
	ptlog --deidentify key timed.csv >out.csv
	lacks 'T08:30' out.csv
	grep -v -e ',therapist,' -e ',clinic,' -e ',note,' log.csv >left.csv
	for p in $(cut -d, -f1 key | tail -n +2); do
		ptlog -p "$(code_of "$p")" out.csv >coded.csv
		# Rows may be left out at the start only as profile rows of the same day.
		paste <(days left.csv "$p" | sort -un) <(days coded.csv "$(code_of "$p")" | sort -un) |
			awk -v w="$(weeks_of "$p")" '$1 - $2 != 7 * w { exit 1 }' || told_wrong "days of one patient"
	done
}

@test "notes, therapist, clinic, free goals and unknown columns are left out" {
	cat >in.csv <<-'!'
		date,patient,kind,item,value,note,recorded,phone
		2026-09-21,P01,profile,therapist,MARKER,,,MARKER
		2026-09-21,P01,profile,clinic,MARKER,,,
		2026-09-21,P01,profile,goal,walk to MARKER again,,,
		2026-09-21,P01,profile,goal,walk to MARKER's house = 5,,,
		2026-09-21,P01,profile,goal,gait-speed >= 1.0,MARKER,,
		2026-09-21,P01,profile,birth-year,1921,,,
		2026-09-21,P01,profile,onset,2026-08-31,,,
		2026-09-22,P01,exercise,bridge,,MARKER,2026-09-22T10:00:00Z,MARKER
		2026-09-22,P01,note,,MARKER,MARKER,,
	!
	attempt 'ptlog --deidentify key in.csv'
	[ "$status" -eq 0 ]
	! grep -i -e MARKER -e P01 stdout stderr || told_wrong 'it is still there'
	[ "$(wc -l <stdout)" -eq 5 ]
	grep -q ',goal,gait-speed >= 1.0,' stdout
	grep -q ',birth-year,1936,' stdout
	onset=$(grep -o 'onset,[0-9-]*' stdout | cut -d, -f2)
	[ $((($(date -ud 2026-08-31 +%s) - $(date -ud "$onset" +%s)) / 604800)) -eq "$(weeks_of P01)" ]
}

@test "a goal stays only if its words are a metric's" {
	rows() {
		echo date,patient,kind,item,value
		for goal; do echo "2026-09-21,P01,profile,goal,$goal"; done
	}
	left() { rows "$@" >in.csv && attempt 'ptlog --deidentify key in.csv' && tail -n +2 stdout | cut -d, -f5; }
	[ -z "$(left 'Anna>=1' 'Anna:left >= 1' 'medicine:Anna = 0' 'symmetry:Anna < 5' 'not Anna >= 1' 'Anna-odi <= 20' \
		'pain <= 2 for Anna' 'Anna = pain' 'odi >== 1' 'pain')" ] || told_wrong 'a name'
	stay=('gait-speed >= 1.0' 'odi<=20' 'not odi<=20' 'pain <= 2' 'grip:left >= 30' 'medicine:tramadol = 0' 'symmetry:bridge < 10')
	[ "$(left "${stay[@]}")" = "$(printf '%s\n' "${stay[@]}")" ] || told_wrong 'a metric'
}

@test "a value and a rule are let through only where they mean something" {
	printf '%s\n' date,patient,kind,item,value,sets,reps,decision,rule 2026-09-21,P01,exercise,bridge,MARKER,2,8,, \
		2026-09-21,P01,plan,bridge,MARKER,2,8,start,first-day 2026-09-22,P01,plan,bridge,,2,8,hold,MARKER \
		2026-09-22,P01,trial,bridge,MARKER,2,8,hold,minutes-budget 2026-09-22,P01,measure,odi,40,,,,MARKER >in.csv
	attempt 'ptlog --deidentify key in.csv'
	[ "$status" -eq 0 ] && [ "$(wc -l <stdout)" -eq 6 ] && ! grep -q MARKER stdout || told_wrong 'words'
	grep -q ',start,first-day,' stdout && grep -q ',hold,minutes-budget,' stdout && grep -q ',odi,40,' stdout
}

@test "ages above 90 are one group, at the very year" {
	for year in 1920 1935 1936 1937 2020; do
		printf '%s\n' date,patient,kind,item,value "2026-09-21,P01,profile,birth-year,$year" >in.csv
		attempt 'ptlog --today 2026-11-23 --deidentify key in.csv'
		shown=$(sed -n 's/.*,birth-year,\([0-9]*\).*/\1/p' stdout)
		[ "$shown" = $((year < 1936 ? 1936 : year)) ] || told_wrong "$year: '$shown'"
	done
}

@test "an id that stands in an item or a value is status 2, in whatever case" {
	for item in P02 'squat P02' 'p02 squat' P02-squat; do
		printf '%s\n' date,patient,item "2026-09-21,P01,$item" 2026-09-21,P02,bridge >in.csv
		attempt 'ptlog --deidentify key in.csv'
		[ "$status" -eq 2 ] && tail -n 1 stderr | grep -q 'do not share' || told_wrong "$item"
		! tail -n 1 stderr | grep -qi p02 || told_wrong 'the id is told'
	done
	printf '%s\n' date,patient,kind,item,value '2026-09-21,P01,profile,condition,as P02' 2026-09-21,P02,exercise,bridge, >in.csv
	fails 2 'do not share' 'ptlog --deidentify key in.csv'
}

@test "patients who are numbers are no ids in numbers" {
	printf '%s\n' date,patient,kind,item,value,sets,reps 2026-09-21,20,profile,minutes,20,, \
		2026-09-21,90,exercise,90-90-hold,,3,10 >in.csv
	attempt 'ptlog --deidentify key in.csv'
	[ "$status" -eq 0 ] || told_wrong 'refused'
}

@test "the key table is its owner's" {
	ptlog --deidentify key log.csv >out.csv
	[ "$(stat -c %a key)" = 600 ]
	[ "$(ls | grep -c '^key')" -eq 1 ]
	chmod 640 key
	cp key before
	fails 2 'others can read' 'ptlog --deidentify key log.csv'
	cmp key before
	ln -s key link
	fails 2 link 'ptlog --deidentify link log.csv'
	printf 'patient,code,weeks\nP01,short,3\n' >bad
	chmod 600 bad
	fails 2 'bad:2: not a line of a key table' 'ptlog --deidentify bad log.csv'
}

@test "a row taken back is not half taken back" {
	printf '%s\n' date,patient,kind,item,note 2026-09-21,P01,exercise,bridge,a 2026-09-21,P01,exercise,bridge,b \
		2026-09-21,P01,void,bridge,a >in.csv
	fails 2 --net 'ptlog --deidentify key in.csv'
	fails 2 --net 'ptlog --net --deidentify key in.csv'
	fails 2 --net 'ptlog --net --deidentify key --from nowhere in.csv'
	fails 2 --append 'ptlog --append new.csv --deidentify key <in.csv'
	[ ! -e new.csv ]
	ptlog --net in.csv | ptlog --deidentify key >out.csv
	[ "$(wc -l <out.csv)" -eq 2 ]
}

@test "the figures are those of the original" {
	ptlog --deidentify key log.csv >out.csv
	# Each patient as of the day that is as far behind as its rows.
	while IFS=, read -r patient code weeks; do
		[ "$patient" != patient ] || continue
		day=$(date -ud "2026-11-23 -$((7 * weeks)) days" +%F)
		ptstat -p "$patient" log.csv >original.csv
		ptstat -p "$code" --today "$day" out.csv >coded.csv
		for f in original coded; do
			awk -F, -v OFS=, '{ $1 = $5 = $6 = "" } 1' $f.csv >$f.cut
		done
		diff original.cut coded.cut || told_wrong 'figures differ'
		[ "$(wc -l <coded.cut)" -gt 1 ]
	done <key
}

@test "two runs at once with one key table lose no code" {
	printf '%s\n' date,patient,item 2026-09-21,A1,bridge >a.csv
	printf '%s\n' date,patient,item 2026-09-21,B1,bridge 2026-09-21,A1,bridge >b.csv
	mkfifo slow
	ptlog --deidentify key slow >a.out &
	first=$!
	exec 7>slow
	for i in {1..100}; do [ -e key ] && break || sleep 0.1; done
	ptlog --deidentify key b.csv >b.out 7>&- &
	second=$!
	sleep 0.5
	cat a.csv >&7
	exec 7>&-
	wait $first && wait $second
	[ "$(cut -d, -f1 key | tail -n +2 | sort | paste -sd ' ')" = 'A1 B1' ] || told_wrong "$(cat key)"
	grep -q "$(code_of A1)" a.out && grep -q "$(code_of A1)" b.out && grep -q "$(code_of B1)" b.out
	[ "$(stat -c %a key)" = 600 ] && [ "$(ls | grep -c '^key')" -eq 1 ]
}

@test "a key table that stays locked is told, and a run that fails makes none" {
	printf '%s\n' date,patient,item 2026-09-21,A1,bridge >a.csv
	ptlog --deidentify key a.csv >out.csv
	cp key before
	flock key sleep 12 3>&- &
	sleep 0.5
	fails 2 'key: locked by another program for 10 s; try again' 'ptlog --deidentify key a.csv'
	cmp key before
	fails 2 'no header' 'echo x | ptlog --deidentify new -'
	[ ! -e new ]
	: >new && chmod 600 new
	quiet 'ptlog --deidentify new a.csv'
	[ "$(wc -l <new)" -eq 2 ]
}

@test "a goal that takes another back goes with it, in whatever case" {
	printf '%s\n' date,patient,kind,item,value '2026-09-21,P01,profile,goal,gait-speed >= 1.0' \
		'2026-10-21,P01,profile,goal,Not gait-speed >= 1.0' >in.csv
	says 0 'Not gait-speed >= 1.0' 'ptlog --deidentify key in.csv'
}
