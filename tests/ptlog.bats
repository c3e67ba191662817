# ptlog as a filter: what is read, checked, selected and ordered.

setup() {
	load lib
	HEADER=date,patient,kind,item,value,side,sets,reps,load_kg,seconds,per_week,pain_before,pain_after,dizzy_before,dizzy_after,settle_min,rpe,decision,rule,note,recorded
}

# log ROW...: makes log.csv of date, patient, kind, item, value, reps, pain_before, pain_after.
log() {
	printf '%s\n' date,patient,kind,item,value,reps,pain_before,pain_after "$@" >log.csv
}

@test "ptlog: what people write becomes what the log says" {
	cat >in.csv <<-!
	date,Patient,item,dose,seconds,pain_before
	2026-01-05 10:30:59,P1,Sit to Stand,3x10@44lb,,8/10
	2026-01-06,P1,sit_to_stand,2x12/side,1:30,
	!
	same 0 'ptlog in.csv' <<-!
	$HEADER
	2026-01-05T10:30,P1,exercise,sit-to-stand,,,3,10,19.96,,,8,,,,,,,,,
	2026-01-06,P1,exercise,sit-to-stand,,both,2,12,,90,,,,,,,,,,,
	!
	cat >in.csv <<-!
	date,patient,kind,item,side,sets,reps
	"2026-01-05 "," P1"," exercise","bridge "," left"," 3","10 "
	!
	same 0 'ptlog in.csv' <<-!
	$HEADER
	2026-01-05,P1,exercise,bridge,,left,3,10,,,,,,,,,,,,,
	!
}

@test "ptlog: unknown columns are kept before recorded, of all files" {
	printf 'date,patient,item,Room\n2026-01-05,P1,bridge,a\n' >a.csv
	printf 'date,patient,Floor,item\n2026-01-05,P2,2,bridge\n' >b.csv
	same 0 'ptlog a.csv b.csv' <<-!
	${HEADER%recorded}Room,Floor,recorded
	2026-01-05,P1,exercise,bridge,,,,,,,,,,,,,,,,,a,,
	2026-01-05,P2,exercise,bridge,,,,,,,,,,,,,,,,,,2,
	!
}

# wide N LETTER: a table of one row with N columns that the log does not know.
wide() {
	printf 'date,patient,item'
	printf ",$2%s" $(seq "$1")
	printf '\n2026-01-05,P1,bridge'
	printf ',%.0sx' $(seq "$1")
	echo
}

@test "ptlog: more unknown columns than its output could be read again with are refused" {
	wide 235 c >c.csv && wide 236 d >d.csv && wide 253 g >e.csv
	quiet 'ptlog c.csv | ptlog | ptlog --sort date >c.out && ptlog c.csv | cmp - c.out'
	for options in '' --check '--sort date' --net; do
		fails 2 'd.csv:1: that makes 236 columns that the log does not know' "ptlog $options d.csv"
		[ ! -s stdout ]
		fails 2 'e.csv:1: that makes 488 columns' "ptlog $options c.csv e.csv"
	done
	fails 2 'd.csv:1: that makes 236 columns' 'ptplan --tee d.csv'
	wide 1 f >>c.csv
	fails 2 'c.csv:3: that makes 236 columns' 'ptlog c.csv'
	says 0 date, 'ptlog --deidentify key e.csv'
	quiet 'ptstat e.csv'
}

@test "ptlog: its own output goes through unchanged, whatever came in" {
	for seed in 1 2 3 4 5 6 7 8; do
		"$TESTS/random-rows" $seed >in.csv
		ptlog --stats in.csv >once.csv 2>stderr || [ $? -eq 1 ]
		sed -n 's/.*read \(.*\), written \(.*\), folded 0, repeated 0, filtered 0, rejected \(.*\)/\1 \2 \3/p' stderr >sum
		read -r read written rejected <sum
		[ "$read" -eq 400 ] && [ "$written" -gt 5 ] && [ $((written + rejected)) -eq "$read" ]
		ptlog once.csv 2>/dev/null | cmp - once.csv
		cat once.csv | ptlog 2>/dev/null | cmp - once.csv
		lacks $'\x1b' once.csv
	done
}

@test "ptlog: safety rows keep what is good in them" {
	log 2026-01-05,P1,redflag,saddle-numbness,yes,,, 2026-01-05,P1,medicine,prednisone,n/a,,, \
		2026-01-05,P1,profile,limit,no-kneeling,x,,
	fails 0 "log.csv:2: value: 'yes' is neither 1, raised, nor 0, cleared; left empty, which is raised" 'ptlog --stats log.csv'
	grep -qF 'written 3' stderr
	fails 1 'rejected 3' 'ptlog --strict --stats log.csv'
}

@test "ptlog: what a message shows of a value is visible, and cut with its sign" {
	log $'2026-01-05,P1,,bridge,,8\u200b,,' "2026-01-05,P1,,bridge,,$(printf '%060d' 0)x,,"
	fails 1 "log.csv:2: reps: '8\\u200b' " 'ptlog log.csv'
	grep -qF "log.csv:3: reps: '$(printf '%040d' 0)…'" stderr || told_wrong 'not cut'
}

@test "ptlog: a red flag that was denied is not raised" {
	for word in no No none - – n/a negative false N 'not asked' '0 (asked)'; do
		log 2026-01-05,P1,profile,condition,low-back-pain,,, "2026-01-05,P1,redflag,saddle-numbness,$word,,,"
		fails 1 "log.csv:3: value: '$word' of a red flag: write 0 for no, 1 for yes, and no row at all for what was not asked" 'ptlog log.csv'
		! grep saddle stdout || told_wrong "$word: it passes"
		fails 2 'nothing was written' "ptlog --append new.csv patient=P1 kind=redflag item=saddle-numbness value='$word'"
		attempt 'ptlog log.csv | ptplan --today 2026-01-05'
		! grep refer stdout || told_wrong "$word: it is raised"
	done
	for word in yes '?' north 2 '' 'no sensation when wiping' 'Not able to pass urine' 'off balance' \
		'clear loss of control' '0.5' '05'; do
		log "2026-01-05,P1,redflag,saddle-numbness,$word,,,"
		says 0 '2026-01-05,P1,redflag,saddle-numbness,,' 'ptlog log.csv'
	done
}

@test "ptlog: selection by patient, kind, item, days, condition and shard" {
	log 2026-01-05,P1,,bridge,,8,3,5 2026-01-06,P1,measure,odi,40,,, "2026-01-07,P2,,Sit to Stand,,8,4,4" 2026-02-01,P2,,bridge,,9,,
	count() { ptlog "$@" log.csv | tail -n +2 | wc -l; }
	[ "$(count -p P1)" = 2 ]
	[ "$(count -p P1,P2)" = 4 ]
	[ "$(count -k measure,plan)" = 1 ]
	[ "$(count -i sit-to-stand)" = 1 ]
	[ "$(count -i 'Sit to Stand',odi)" = 2 ]
	[ "$(count -s 2026-01-06 -u 2026-01-07)" = 2 ]
	[ "$(count -P 2026-01)" = 3 ]
	[ "$(count -P this-month --today 2026-02-10)" = 1 ]
	[ "$(count -w 'pain_after - pain_before >= 2')" = 1 ]
	[ "$(count -w "value > 30 or item = 'sit-to-stand'")" = 2 ]
	[ $(($(count --shard 1/3) + $(count --shard 2/3) + $(count --shard 3/3))) = 4 ]
}

@test "what is proposed for an item is an id, and of the two for the ears that of the side" {
	while IFS='|' read -r item side near; do
		printf 'date,patient,item,side\n2026-11-02,V1,%s,%s\n' "$item" "$side" >one.csv
		fails 0 "kept; did you mean $near?" 'ptlog one.csv'
		fails 1 "is not in the catalogue; did you mean $near?" 'ptlog --strict one.csv'
	done <<-!
		epley manoeuvre|right|'epley-right'
		epley manoeuvre|L|'epley-left'
		semont||'semont-left' or 'semont-right'
		gufoni|both|'gufoni-left' or 'gufoni-right'
		Kniestreker||'seated-knee-extension'
	!
	fails 2 "knows 'epley'; did you mean 'epley-left' or 'epley-right'?" 'ptlog -i epley one.csv'
}

@test "ptlog: a typo never gives a silently empty result" {
	log 2026-01-05,P07,,bridge,,8,3,5
	fails 1 "--patient: no row is of 'P7'; did you mean 'P07'?" 'ptlog -p P7 log.csv'
	[ "$(cat stdout)" = "$HEADER" ]
	fails 2 "did you mean 'exercise'?" 'ptlog -k exercize log.csv'
	fails 2 "knows 'brige'; did you mean 'bridge'?" 'ptlog -i brige log.csv'
	fails 2 "unknown name 'pain_aftr'; did you mean 'pain_after'?" "ptlog -w 'rpe > pain_aftr' log.csv"
	sed -n '/rpe > pain/,$p' stderr | head -n 2 | diff - <(printf '  rpe > pain_aftr\n        ^\n')
	fails 2 'did you mean' 'ptlog --list exercise'
	same 0 'ptlog -s 2027-01-01 log.csv' <<<"$HEADER"
}

@test "ptlog: --unique counts, within and across inputs" {
	log 2026-01-05,P1,,bridge,,8,, 2026-01-05,P1,,bridge,,8,,
	cp log.csv a.csv
	echo 2026-01-05,P1,,bridge,,8,, >>log.csv
	fails 0 'read 5, written 3, folded 0, repeated 2' 'ptlog --unique --stats a.csv log.csv'
	fails 0 'read 5, written 3, folded 0, repeated 2' 'ptlog --unique --stats log.csv a.csv'
}

@test "ptlog: --sort is stable, --net drops pairs" {
	log 2026-01-07,P2,,bridge,,1,, 2026-01-05,P1,,bridge,,2,, 2026-01-07,P1,,bridge,,3,, \
		2026-01-05,P2,,bridge,,4,, 2026-01-07,P2,void,bridge,,1,,
	[ "$(ptlog --sort date log.csv | tail -n +2 | cut -d, -f8 | tr '\n' ' ')" = '2 4 1 3 1 ' ]
	[ "$(ptlog --sort patient log.csv | tail -n +2 | cut -d, -f8 | tr '\n' ' ')" = '2 3 4 1 1 ' ]
	[ "$(ptlog --net log.csv | tail -n +2 | cut -d, -f8 | tr '\n' ' ')" = '2 3 4 ' ]
	[ "$(ptlog --net --sort date log.csv | tail -n +2 | cut -d, -f8 | tr '\n' ' ')" = '2 4 3 ' ]
	fails 0 'read 5, written 3, folded 0, repeated 0, filtered 2, rejected 0' 'ptlog --net --stats log.csv'
}

@test "ptlog: --sort of more than memory" {
	awk 'BEGIN { srand(7); print "date,patient,item,note"; for (i = 0; i < 300000; i++)
		printf "2026-%02d-%02d,P%d,bridge,row %d%200s\n", 1 + int(rand() * 12), 1 + int(rand() * 28), int(rand() * 90), i, "." }' >big.csv
	alone && limit='ulimit -v 200000;' || limit=
	attempt "$limit ptlog --sort date big.csv | tail -n +2 | cut -d, -f1 | sort -c"
	[ "$status" -eq 0 ]
	attempt "$limit ptlog --sort date big.csv | wc -l"
	[ "$(cat stdout)" = 300001 ]
}

@test "ptlog: --rejects keeps the record's own bytes, and its correction is read again" {
	log 2026-01-05,P1,,bridge,,8,3,5 2026-01-05,P1,,bridge,,8,12,5 '2026-01-05,P1,,"bri"dge,,8,1,5'
	attempt 'ptlog --rejects bad.csv log.csv'
	[ "$status" -eq 1 ]
	[ "$(stat -c %a bad.csv)" = 600 ]
	diff bad.csv - <<-!
	date,patient,kind,item,value,reps,pain_before,pain_after,reject_line,reject_reason
	2026-01-05,P1,,bridge,,8,12,5,3,pain_before: '12' is not between 0 and 10
	2026-01-05,P1,,"bri"dge,,8,1,5
	!
	sed -i '/bri"dge/d; s/,12,5,/,2,5,/' bad.csv
	same 0 'ptlog bad.csv' <<-!
	$HEADER
	2026-01-05,P1,exercise,bridge,,,,8,,,,2,5,,,,,,,,
	!
}

@test "ptlog: --check writes only messages and the sum" {
	log 2026-01-05,P1,,bridge,,8,3,5
	fails 0 'ptlog: read 1, written 1, folded 0, repeated 0, filtered 0, rejected 0' 'ptlog --check log.csv'
	[ ! -s stdout ]
}

@test "ptlog: ids that a person could mix up are warned of, and never shown" {
	log 2026-01-05,SECRET7,,bridge,,8,, 2026-01-05,secret07,,bridge,,8,,
	fails 0 'log.csv:3: patient: the id differs from that of log.csv:2 only in case' 'ptlog log.csv'
	lacks -i secret stderr
	printf 'date,patient,kind,item,value\n2026-01-05,P1,profile,birth-year,1950\n' >a.csv
	printf 'date,patient,kind,item,value\n2026-01-05,P1,profile,birth-year,1960\n' >b.csv
	fails 0 'b.csv:2: patient: the id has another birth-year than at a.csv:2' 'ptlog a.csv b.csv'
}

@test "ptlog: other tables are skipped and named once, joined files read" {
	log 2026-01-05,P1,,bridge,,8,3,5
	printf 'patient,metric,baseline,current,verdict\nP1,pain,4,3,\n' >series.csv
	fails 0 'an attention table was skipped' 'ptstat --attention log.csv | ptplan'
	fails 0 'a series table was skipped' 'cat log.csv series.csv log.csv | ptlog --stats'
	grep -qF 'read 2, written 2' stderr
}

@test "ptlog: a full disk and a closed output are status 2" {
	log 2026-01-05,P1,,bridge,,8,3,5
	fails 2 'No space left on device' 'ptlog log.csv >/dev/full'
	attempt 'ptlog log.csv >&-'
	[ "$status" -eq 2 ]
}

@test "a mistyped limit is told, since it would exclude nothing" {
	printf 'date,patient,kind,item,value\n2026-11-02,P1,profile,limit,no-kneling\n2026-11-03,P1,profile,limit,not No Kneeling\n' >log.csv
	fails 0 "log.csv:2: value: 'no-kneling' is no limit of the catalogue and excludes nothing; did you mean 'no-kneeling'?" 'ptlog log.csv'
	[ "$(wc -l <stderr)" -eq 1 ]
	fails 0 'is no limit of the catalogue' 'ptplan --today 2026-11-09 log.csv'
	fails 1 'is no limit of the catalogue' 'ptlog --strict log.csv'
}

@test "a limit or equipment that the catalogue lacks is answered by the id of the nearest name" {
	while IFS='|' read -r item value id; do
		printf 'date,patient,kind,item,value\n2026-11-02,P1,profile,%s,%s\n' "$item" "$value" >log.csv
		fails 0 "did you mean '$id'?" 'ptlog log.csv'
	done <<-!
	limit|pregnancy|pregnancy-no-supine
	limit|no lifting|lifting-limit
	limit|no twisting|no-loaded-twisting
	limit|no weight bearing|non-weight-bearing-left
	equipment|resistence bands|band
	equipment|dumbell|weight
	equipment|tobillera|ankle-weight
	!
	printf 'date,patient,kind,item,value\n2026-11-02,P1,profile,limit,no squatting\n' >log.csv
	fails 0 "excludes nothing; ptlog --list limits shows them all" 'ptlog log.csv'
}

@test "a goal of a metric that is misspelt is told, since it would be words; words are words" {
	while IFS='|' read -r goal word near; do
		printf 'date,patient,kind,item,value\n2026-11-01,P1,profile,goal,%s\n' "$goal" >log.csv
		fails 0 "log.csv:2: value: '$word' is no metric or measure of the catalogue: the goal is words; $near" 'ptlog --check log.csv'
		fails 1 "the goal is words; $near" 'ptlog --check --strict log.csv'
		attempt 'ptstat log.csv' && ! grep 'the goal' stderr || told_wrong 'said by all'
	done <<-!
	gate-speed >= 1|gate-speed|did you mean 'gait-speed'?
	not gate-speed = 1|gate-speed|did you mean 'gait-speed'?
	gate-speed:left < 1|gate-speed:left|did you mean 'gait-speed:left'?
	adherance >= 80|adherance|did you mean 'adherence'?
	medicine:ibuprofin <= 400|medicine:ibuprofin|did you mean 'medicine:ibuprofen'?
	!
	printf 'date,patient,kind,item,value\n' >log.csv
	for goal in 'gait-speed >= 1' 'Gait speed >= 1.0 m/s' 'Pain <= 3' 'Adherence >= 80' '5xSTS < 12' 'climb stairs' \
		'symmetry:single-leg-stance > 90' 'walk >= 0.4 km' 'visits to the lake = 3' 'odi:left < 9' \
		'knee pain <= 3' 'rest pain <= 3' 'VAS <= 3' 'jug >= 1 kg' 'gain >= 5 kg' 'nap < 30 min' 'falls = 0' \
		'sleep >= 7' 'weight < 80' 'sit-to-stand >= 12' 'blink-rate < 5'; do
		echo "2026-11-01,P1,profile,goal,$goal" >>log.csv
	done
	quiet 'ptlog --strict log.csv'
}

@test "a language that the catalogue lacks is told, once" {
	printf 'date,patient,kind,item,value\n2026-11-01,P1,profile,language,Klingon\n2026-11-01,P2,profile,language,klingon\n' >log.csv
	fails 0 "log.csv:2: value: 'Klingon' is no language of the catalogue: the patient is told in English; write en, de or es" 'ptlog log.csv'
	[ "$(wc -l <stderr)" -eq 1 ]
	fails 1 'is no language of the catalogue' 'ptlog --strict log.csv'
	printf 'date,patient,kind,item,value\n' >log.csv
	for language in de de-AT DE_ch en Deutsch spanish; do
		echo "2026-11-01,P1,profile,language,$language" >>log.csv
	done
	quiet 'ptlog --strict log.csv'
}

@test "an item that a profile lacks is answered by the one it means, or by all" {
	while read -r word item; do
		printf 'date,patient,kind,item,value\n2026-11-02,P1,profile,%s,x\n' "$word" >log.csv
		fails 0 "is no item of a profile, kept: no plan and no report reads it; did you mean '$item'?" 'ptlog log.csv'
	done <<-!
	diagnosis condition
	Diagnose condition
	Diagnóstico condition
	age birth-year
	equipmnt equipment
	!
	printf 'date,patient,kind,item,value\n2026-11-02,P1,profile,shoe size,42\n' >log.csv
	fails 0 "item: 'shoe-size' is no item of a profile, kept: no plan and no report reads it; the items are condition, goal, limit, birth-year," 'ptlog log.csv'
}

@test "an item of another kind is asked about, and a danger sign is no exercise" {
	printf 'date,patient,item,value\n2026-11-20,P1,nprs,5\n2026-11-20,P1,saddle-numbness,1\n' >log.csv
	fails 1 "item: 'saddle-numbness' is a red flag, no exercise: the row's kind must be redflag" 'ptlog log.csv'
	grep -qF "item: 'nprs' is kept, but the catalogue has it as a measure: is the row's kind right?" stderr
	! grep saddle stdout || told_wrong 'it passes for an exercise'
	printf 'date,patient,kind,item,value\n2026-11-20,P1,measure,bridge,5\n' >log.csv
	fails 0 'the catalogue has it as an exercise: is' 'ptlog log.csv'
}

@test "a table of the catalogue is asked for without a log" {
	for rest in "$SAMPLES/visits.csv" '--append log.csv' '--append log.csv patient=P1 item=bridge'; do
		fails 2 '--list writes a table of the catalogue: it reads no log' "ptlog --list goals $rest"
	done
	[ ! -e log.csv ]
}

@test "a finding or a medicine without its kind is no exercise to prescribe" {
	while read -r item kind; do
		printf 'date,patient,item,value\n2026-11-20,P1,bridge,\n2026-11-20,P1,%s,1\n' "${item//_/ }" >log.csv
		fails 1 "log.csv:3: item: '${item//_/ }' is a $kind, no exercise: the row's kind must be $kind" 'ptlog log.csv'
		fails 2 'nothing was written' "ptlog --append new.csv patient=P1 item='${item//_/ }' value=1"
	done <<-!
	fall finding
	Fall_since_the_last_session finding
	knee-valgus finding
	prednisone medicine
	!
}

@test "a danger sign or a finding is known by its common name and by that on the sheet" {
	while IFS='|' read -r kind item id; do
		printf 'date,patient,kind,item,value\n2026-11-20,P1,%s,"%s",1\n' "$kind" "$item" >log.csv
		attempt 'ptlog --strict log.csv'
		[ ! -s stderr ] && grep -q "^2026-11-20,P1,$kind,$id,1," stdout || told_wrong "$item" || return 1
		quiet "ptlog -w \"item = '$item'\" log.csv"
	done <<-!
	redflag|cauda equina|cauda-equina
	redflag|Fever or chills with back or joint pain|fever-with-pain
	redflag|Eine Wade geschwollen, warm und druckschmerzhaft|dvt-signs
	redflag|Dolor u opresión en el pecho|chest-pain
	redflag|Stroke|stroke
	finding|Fall since the last session|fall
	finding|falls|fall
	finding|Sturz|fall
	!
	attempt 'printf "date,patient,kind,item\n2026-11-20,P1,redflag,cauda equina\n" | ptplan --today 2026-11-20'
	grep -q ',cauda-equina,.*,refer,red-flag-emergency,Stop: Numbness between' stdout || told_wrong 'no emergency'
}

@test "a red flag that the catalogue lacks is said to be urgent, and where the others are" {
	printf 'date,patient,kind,item\n2026-11-20,P1,redflag,odd feeling\n2026-11-20,P1,redflag,chest-pian\n2026-11-20,P1,redflag,odi\n' >log.csv
	fails 0 "item: 'odd-feeling' is no red flag of the catalogue, kept: it counts as urgent, not as an emergency; ptlog --list redflags shows them all" 'ptlog log.csv'
	grep -qF "kept: it counts as urgent, not as an emergency; did you mean 'chest-pain'?" stderr
	grep -qF "item: 'odi' is kept and counts as urgent, but the catalogue has it as a measure: is the row's kind right?" stderr
}

@test "ptlog: no output goes to a file that is read" {
	cp "$SAMPLES/visits.csv" log.csv
	cp log.csv copy.csv
	fails 2 'log.csv: input and file of --rejects are the same' 'ptlog --check --rejects log.csv log.csv'
	fails 2 'standard output is an input too' 'ptlog log.csv >>log.csv'
	printf 'date,patient,item,reps\n2026-01-05,P1,bridge,8x\n' >bad.csv
	for options in '' '--sort date' '--from de'; do
		fails 2 'o.csv: standard output and file of --rejects are the same' "ptlog $options --rejects o.csv bad.csv >o.csv"
		[ ! -s o.csv ]
	done
	fails 2 'o.csv: standard output and' 'ptlog --rejects o.csv bad.csv >>o.csv'
	fails 1 'reps: ' 'ptlog --check --rejects o.csv bad.csv >o.csv'
	grep -q 8x o.csv
	fails 1 'reps: ' 'ptlog --rejects /dev/null bad.csv >/dev/null'
	fails 2 'log and file of --rejects are the same' 'ptlog --append log.csv --unique --rejects log.csv <copy.csv'
	cmp log.csv "$SAMPLES/visits.csv"
	quiet 'ptlog <log.csv >other.csv'
}

@test "ptlog: a header that is not on its place is found by the command that is proposed" {
	printf 'Clinic North,,\nExport;x\ndate;patient;item\n2026-01-05;P1;bridge\n' >"my log.csv"
	printf '"date,patient,item"\n"2026-01-05,P1,bridge"\n' >twice.csv
	for file in 'my log.csv' twice.csv; do
		fails 2 '; try: ' "ptlog '$file'"
		command=$(sed 's/.*; try: //' stderr)
		says 0 2026-01-05,P1,exercise,bridge, "$command"
		fails 2 ' FILE | ptlog' "ptlog <'$file'"
	done
}

@test "ptlog: the last letter of an encoding that joins letters is not lost" {
	for encoding in CP1258 TCVN; do
		printf 'date,patient,item,note\n2026-01-05,P1,bridge,abc' >in.csv
		says 0 ',abc,' "ptlog --encoding $encoding in.csv"
	done
}

@test "ptlog: the lock of whoever hands it the log stays theirs" {
	needs flock
	printf 'date,patient,item\n2026-01-05,P1,bridge' >log.csv
	for file in - /dev/stdin; do
		attempt "exec 9<log.csv; flock -n 9; ptlog $file <&9 2>/dev/null >out.csv; ! flock -n log.csv true"
		[ "$status" -eq 0 ] && grep -q bridge out.csv || told_wrong "ptlog $file lets it go"
	done
}

@test "ptlog: --net drops what was taken back, whatever is selected, and whatever columns are called" {
	cat >log.csv <<-'!'
	date,patient,kind,item,reps,pain_after,"Foo, bar"
	2026-11-01,P1,exercise,bridge,8,6,x
	2026-11-02,P1,exercise,bridge,9,7,"a,b"
	2026-11-01,P1,void,bridge,8,,
	!
	for options in '' '-k exercise' "-w 'pain_after > 3'" '-i bridge' '--unique' '--sort date'; do
		same 0 "ptlog --net $options log.csv | cut -d, -f1-4,8" <<-'!'
		date,patient,kind,item,reps
		2026-11-02,P1,exercise,bridge,9
		!
	done
	fails 0 'read 3, written 1, folded 0, repeated 0, filtered 2, rejected 0' 'ptlog --net -k exercise --stats log.csv'
}

@test "ptlog: a row of the command line is added whole, or the options are refused" {
	for options in '-p P2' '-k note' '--since 2026-12-01' "-w 'reps > 1'" '--rejects bad.csv' '--shard 1/2'; do
		fails 2 'options that select rows' "ptlog --append log.csv $options patient=P1 item=bridge reps=9"
	done
	[ ! -e log.csv ] && [ ! -e bad.csv ]
}

@test "a column name over several lines is one line of the log" {
	printf 'date,patient,"Item\n","Pain \r\n after\rset","\n x\n\ny "\n2026-01-01,P1,squat,3,4\n' >a.csv
	says 0 ',note,Pain after set,x y,recorded' 'ptlog a.csv'
	[ "$(wc -l <stdout)" -eq 2 ] || told_wrong 'more than two lines'
	says 0 ',3,' "ptlog --map 'Pain after set=pain_after' a.csv"
	agree 'ptlog a.csv' 'ptlog a.csv | ptlog'
}

@test "items that resemble each other in length and in some letters stay apart" {
	cat >log.csv <<-'!'
	date,patient,kind,item,value
	2026-11-01,P1,exercise,sit-ups,
	2026-11-01,P1,exercise,set-ups,
	2026-11-01,P1,exercise,Sat-Ups,
	2026-11-01,P1,exercise,sit-ups,
	2026-11-01,P1,measure,sit-ups,3
	2026-11-01,P1,exercise,set-ups,
	!
	says 0 date 'ptlog log.csv'
	[ "$(cut -d, -f4 stdout | tr '\n' ' ')" = 'item sit-ups set-ups sat-ups sit-ups sit-ups set-ups ' ] ||
		told_wrong 'other items'
}
