#!/usr/bin/env bats
# ptreport: what is said, for whom, and how it looks in plain text.

setup() {
	load lib
	export SOURCE_DATE_EPOCH=1795435200 # 2026-11-23
	LOG=$SAMPLES/visits.csv
}

# A log of one patient whose texts try to be something else.
hostile() {
	cat <<'!'
date,patient,kind,item,value,sets,reps,per_week,pain_before,pain_after,decision,rule,note
2026-11-01,Ω.1_a-b,profile,condition,low-back-pain,,,,,,,,
2026-11-01,Ω.1_a-b,profile,goal,"<b>walk</b> | *run* [x](http://h.example) & ""so""",,,,,,,,
2026-11-01,Ω.1_a-b,profile,therapist,"<script>alert(1)</script>",,,,,,,,
2026-11-01,Ω.1_a-b,plan,bridge,,2,8,3,,,start,first-day,"]]> <img src=x onerror=""y""> =1+2"
2026-11-02,Ω.1_a-b,exercise,bridge,,2,8,,5,6,,,"# no heading"
!
}

# ---- One figure, whatever the way ----

@test "the log, and the log with ptstat's series beside it, give equal bytes" {
	agree "ptreport $LOG" "ptlog $LOG | ptstat --tee | ptreport"
}

@test "the log, and the log with ptstat's attention beside it, give equal bytes" {
	agree "ptreport $LOG" "ptlog $LOG | ptstat --attention --tee | ptreport"
}

@test "the order of patients in the log changes nothing" {
	{ head -n 1 "$LOG"; tail -n +2 "$LOG" | sort -t, -s -k2,2r; } >other.csv
	agree "ptreport $LOG" "ptreport other.csv"
}

@test "equal bytes in HTML, story and sheet on every run" {
	for how in '-f html' '--as story' '--as sheet -f html' '-f markdown'; do
		agree "ptreport $how $LOG" "ptreport $how $LOG"
	done
}

@test "series without a log still make a summary" {
	says 0 P01 "ptstat $LOG | ptreport"
}

# ---- Summary ----

@test "a summary says of when it is" {
	says 0 'Summary as of 2026-11-23' "ptreport $LOG"
}

@test "a period is resolved in the heading and set against the one before" {
	says 0 'Summary of 2026-11-16 to 2026-11-22' "ptreport -P last-week $LOG"
	grep -q 'against 2026-11-09 to 2026-11-15' stdout
}

@test "a month is set against the month before" {
	says 0 'against 2026-09-01 to 2026-09-30' "ptreport -P 2026-10 $LOG"
}

@test "since and until are a period too" {
	agree "ptreport -P 2026-11-02..2026-11-08 $LOG" "ptreport -s 2026-11-02 -u 2026-11-08 $LOG"
}

@test "a heading is true of the period" {
	says 0 'Summary until 2026-11-08' "ptreport -u 2026-11-08 $LOG"
	lacks 1900
	says 0 'Clinic, until 2026-11-08' "ptreport -u 2026-11-08 --title Clinic $LOG"
	says 0 'Summary of 2026-11-02 to 2026-11-23' "ptreport -s 2026-11-02 $LOG"
	attempt "ptreport -P 2026-10 $LOG"
	lacks 'two weeks'
}

@test "a table of those who need a look alone has no patients to count" {
	says 0 ' soon' "ptstat --attention $LOG | ptreport"
	lacks 'patients'
	says 0 '0 patients.' "head -n 1 $LOG | ptreport"
}

@test "a summary marks who pauses, was discharged or died" {
	{
		echo date,patient,kind,item,value,pain_before
		for status in active paused discharged deceased; do
			echo 2026-11-20,a-$status,exercise,bridge,,3
			echo 2026-11-22,a-$status,profile,status,$status,
		done
	} >log.csv
	for how in '' '-P this-month'; do
		says 0 'a-active ' "ptreport $how log.csv"
		for status in paused discharged deceased; do
			grep -qF "a-$status ($status)" stdout || told_wrong "$status is not marked"
		done
	done
}

@test "a symptom of long ago is not that of now" {
	printf 'date,patient,kind,item,value\n2026-02-02,P,measure,nprs,7\n2026-02-09,P,measure,nprs,5\n2026-11-22,P,note,x,\n' >log.csv
	says 0 '-2 too few, 2026-02-09' 'ptreport log.csv'
	lacks -E '^P +[^ ]+ +5 '
	says 0 '  5  -2 too few ' 'ptreport --today 2026-03-23 log.csv'
}

@test "no line is wider than 80 columns in a pipe" {
	needs python3
	for how in '' '-P last-week' '--as story' '--as sheet' '--as first-session'; do
		attempt "ptreport $how $LOG"
		[ "$status" -eq 0 ]
		python3 - <<-'!'
			import unicodedata
			wide = lambda s: sum(0 if unicodedata.combining(c) else
			                     2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in s)
			bad = [l for l in open("stdout", encoding="utf-8").read().split("\n") if wide(l) > 80]
			assert not bad, bad
		!
	done
}

@test "names of any script line up" {
	needs python3
	cat >log.csv <<-'!'
		date,patient,item,sets,reps,pain_before
		2026-11-20,Μαρία,bridge,2,8,3
		2026-11-20,日本,bridge,2,8,3
		2026-11-20,José,bridge,2,8,3
		2026-11-20,P1,bridge,2,8,3
	!
	attempt 'ptreport log.csv'
	python3 - <<-'!'
		import unicodedata
		wide = lambda s: sum(0 if unicodedata.combining(c) else
		                     2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in s)
		rows = [l for l in open("stdout", encoding="utf-8") if "▃" in l]
		assert len(rows) == 4, rows
		assert len({wide(l[:l.index("▃")]) for l in rows}) == 1, rows
	!
}

@test "cron's locale gets ASCII" {
	attempt "LC_ALL=C ptreport $LOG"
	[ "$status" -eq 0 ]
	lacks '[^ -~]'
	attempt "LC_ALL=C ptreport --as story -p P01 $LOG"
	lacks '[^ -~]'
}

@test "no colour in a pipe, and only where it was asked for" {
	attempt "ptreport $LOG"
	lacks "$(printf '\033')"
	attempt "ptreport --color always $LOG"
	grep -q "$(printf '\033')" stdout
}

@test "a terminal gets colour, unless NO_COLOR or TERM say no" {
	tty "TERM=xterm ptreport $LOG"
	grep -q "$(printf '\033')" stdout
	tty "NO_COLOR=1 TERM=xterm ptreport $LOG"
	lacks "$(printf '\033')"
	tty "TERM=dumb ptreport $LOG"
	lacks "$(printf '\033')"
}

@test "more than a page of patients: those in need first, the rest counted" {
	awk 'BEGIN { print "date,patient,kind,item,value,pain_before"
		for (i = 1; i <= 5000; i++) printf "2026-11-20,Q%04d,exercise,bridge,,3\n", i
		print "2026-11-21,Q4999,redflag,chest-pain,1," }' >many.csv
	attempt 'ptreport many.csv'
	[ "$status" -eq 0 ]
	grep -q '^5000 patients' stdout
	grep -q 'and 4960 more: ' stdout
	[ "$(wc -l <stdout)" -lt 200 ]
	sed -n '/^Patients/,$p' stdout | grep '^Q' | head -n 1 | grep -q '^Q4999'
}

@test "a smaller dose alone is no good news" {
	{
		echo date,patient,kind,item,value,pain_before
		for day in 01 08 15 22; do echo 2026-10-$day,M1,medicine,morphine,$((100 - 10#$day * 2)),; done
		for day in 20 21 22; do echo 2026-11-$day,M1,exercise,bridge,,5; done
	} >log.csv
	attempt 'ptreport log.csv'
	lacks -iE 'good news|success\b.*MME|improved'
}

@test "a patient who is dizzy and rates nothing is asked about dizziness, too" {
	cat >log.csv <<-'!'
		date,patient,kind,item,value,sets,reps,seconds
		2026-11-01,P1,profile,condition,vestibular-hypofunction,,,
		2026-11-01,P1,exercise,vor-x1-sitting,,1,3,30
		2026-11-20,P1,exercise,vor-x1-sitting,,1,3,30
	!
	says 0 'pain (or dizziness)' 'ptreport log.csv | tr "\n" " " | tr -s " "'
}

# ---- Sheet ----

@test "a sheet is made from a plan and never makes one" {
	cat >log.csv <<-'!'
		date,patient,kind,item,value
		2026-11-20,P1,profile,condition,low-back-pain
	!
	says 0 'There is no plan in this input' 'ptreport --as sheet log.csv'
	grep -q 'ptplan' stdout
}

@test "of patients who are not in the input nothing is claimed" {
	for how in '--as sheet' '--as sheet -f html' '--as story' '' '-P last-week' '--mail-to a@b'; do
		says 1 'None of the patients asked for is in this input.' "ptreport $how -p P1,P2 $LOG"
		lacks -e 'no plan' -e 'no patient' -e '0 patients' -e 'obody needs a look'
		says 1 P01 "ptreport $how -p P1,P01 $LOG"
	done
	quiet "ptstat $LOG | ptreport --as sheet -p P01" # other tables name patients too
	grep -q 'There is no plan of the patients asked for' stdout || told_wrong 'no plan'
}

@test "a sheet says dose, days, light, stops and whom to call" {
	attempt "ptreport --as sheet -p P01 $LOG"
	[ "$status" -eq 0 ]
	for words in 'sets of' 'days a week' Green Yellow Red 'Stop and get help at once' 'Whom to call'; do
		grep -q "$words" stdout || told_wrong "lacks $words"
	done
}

@test "a sheet speaks the patient's language" {
	cat >log.csv <<-'!'
		date,patient,kind,item,value,side,sets,reps,seconds,per_week,decision,rule
		2026-11-20,P1,profile,condition,knee-oa,,,,,,,
		2026-11-20,P1,profile,language,de,,,,,,,
		2026-11-20,P1,plan,quad-set,,both,2,10,5,7,start,first-day
	!
	says 0 '2 Sätze zu 10, je 5 Sekunden halten, jede Seite; jeden Tag' \
		'ptreport --as sheet log.csv | tr "\n" " " | tr -s " "'
	[ ! -s stderr ]
	says 0 '<html lang="de">' 'ptreport --as sheet -f html log.csv'
	sed s/language,de,/language,DE-at,/ log.csv >austria.csv
	says 0 '<html lang="de">' 'ptreport --as sheet -f html austria.csv'
	[ ! -s stderr ]
}

@test "a language by its name is the one of that code, for sheets and for sentences of a plan" {
	while read -r name code; do
		printf '%s\n' date,patient,kind,item,value 2026-11-20,P1,profile,condition,knee-oa \
			"2026-11-20,P1,profile,language,$code" >code.csv
		sed "s/language,$code/language,$name/" code.csv >name.csv
		ptplan --today 2026-11-21 code.csv >wanted
		same 0 'ptplan --today 2026-11-21 name.csv' <wanted
		[ ! -s stderr ] || told_wrong "$name: not known"
		says 0 "<html lang=\"$code\">" 'ptreport --as sheet -f html name.csv wanted'
	done <<-!
	German de
	deutsch de
	Español es
	Spanish es
	English en
	!
}

@test "a page is marked as of the language it is in, and says when that is not the patient's" {
	for language in fi '$s' '"' Suomi de- d; do
		printf '%s\n' date,patient,kind,item,value,decision 2026-11-20,P1,plan,bridge,,start \
			"2026-11-20,P1,profile,language,${language/\"/\"\"\"\"}," >log.csv
		for report in sheet first-session; do
			says 0 '<html lang="en">' "ptreport --as $report -f html log.csv"
			grep -q 'some texts are in English' stderr || told_wrong "$language: not said"
		done
	done
}

@test "whom to call and what not to change are sentences apart" {
	for language in en de es; do
		printf '%s\n' date,patient,kind,item,value,sets,reps,decision 2026-11-20,P,plan,bridge,,2,8,start \
			2026-11-20,P,profile,language,$language,,, >log.csv
		attempt 'ptreport --as sheet log.csv'
		grep -qE '_$' stdout || told_wrong "$language: runs on"
		grep -A 1 -E '_$' stdout | tail -n 1 | grep -qx '' || told_wrong "$language: no paragraph"
		says 0 '___</p>' 'ptreport --as sheet -f html log.csv'
	done
}

@test "who is no longer treated, or pauses, gets no exercises to tick" {
	{
		echo date,patient,kind,item,value,sets,reps,per_week,decision
		echo 2026-11-20,X,profile,condition,hip-oa,,,,
		echo 2026-11-20,X,plan,bridge,,2,10,3,start
		echo 2026-11-22,X,profile,status,STATUS,,,,
	} >log.csv
	for status in discharged deceased; do
		says 0 'Treatment has ended' "sed s/STATUS/$status/ log.csv | ptreport --as sheet"
		lacks -e Bridge -e Tick -e Green
	done
	lacks -e 'call' -e 'Stop'
	says 0 'nothing to exercise' "sed s/STATUS/paused/ log.csv | ptreport --as sheet"
	lacks -e Bridge -e Tick -e Green
	says 0 'Bridge' "sed s/STATUS/active/ log.csv | ptreport --as sheet"
	says 0 'Behandlung ist beendet' \
		"{ sed s/STATUS/discharged/ log.csv; echo 2026-11-20,X,profile,language,de,,,,; } |
		ptreport --as sheet"
}

@test "central sensitisation has a quota and no limit by pain" {
	cat >log.csv <<-'!'
		date,patient,kind,item,value,sets,reps,seconds,per_week,decision
		2026-11-20,P1,profile,condition,central-sensitization,,,,,
		2026-11-20,P1,plan,walking-quota,,1,1,300,7,start
	!
	attempt 'ptreport --as sheet log.csv'
	grep -q 'on good days and on bad days' stdout
	lacks 'of 10'
	# what is still tried has no fixed amount
	says 0 'Only where it says to try, stop when it feels enough.' \
		'ptreport --as sheet log.csv | tr -s "\n " " "'
}

@test "a sheet of a day with much pain does not halve its doses twice" {
	cat >log.csv <<-'!'
		date,patient,kind,item,value
		2026-11-01,P1,profile,condition,low-back-pain
		2026-11-01,P1,measure,nprs,9
	!
	says 0 'only the gentle exercises today, in the smaller amount that is written here' \
		'ptplan --tee --today 2026-11-01 log.csv | ptreport --as sheet --today 2026-11-01 | tr -s "\n " " "'
	lacks 'half of each'
}

@test "dizziness has its own light" {
	cat >log.csv <<-'!'
		date,patient,kind,item,value,sets,reps,seconds,per_week,decision
		2026-11-20,P1,profile,condition,vestibular-hypofunction,,,,,
		2026-11-20,P1,plan,vor-x1-sitting,,3,1,30,7,start
	!
	says 0 '20 minutes' 'ptreport --as sheet log.csv'
}

@test "what was referred comes first and nothing is left to exercise" {
	cat >log.csv <<-'!'
		date,patient,kind,item,value,sets,reps,per_week,decision,rule,note
		2026-11-20,P1,profile,condition,low-back-pain,,,,,,
		2026-11-20,P1,plan,bridge,,2,8,3,start,first-day,go
		2026-11-21,P1,plan,chest-pain,,,,,refer,red-flag-emergency,Stop: chest pain. Get help.
		2026-11-21,P1,plan,bridge,,,,,pause,red-flag-emergency,Stop: chest pain. Get help.
	!
	says 0 'Stop: chest pain. Get help.' 'ptreport --as sheet log.csv'
	grep -q 'nothing to exercise' stdout
	lacks -E 'Green|carry on|Tick each day'
	grep -q 'Stop and get help at once' stdout
}

@test "a sheet leaves out no sign of an emergency, however many the conditions" {
	{
		echo date,patient,kind,item,value,sets,reps,per_week,decision
		echo 2026-11-20,P1,plan,bridge,,2,8,3,start
		for condition in low-back-pain sciatica bppv peripheral-neuropathy; do
			echo 2026-11-20,P1,profile,condition,$condition,,,,
		done
	} >log.csv
	attempt 'ptreport --as sheet log.csv | tr -s "\n " " "'
	tells 'Numbness between the legs' 'Sudden hearing loss' 'Sudden worst-ever headache' \
		'Shaky or sweaty or confused' 'Chest pain' 'Face droop' 'New foot wound'
}

@test "what the head of a sheet says is not said again under each exercise" {
	cat >log.csv <<-'!'
		date,patient,kind,item,value,sets,reps,per_week,decision,rule,note
		2026-11-20,P1,profile,condition,knee-oa,,,,,,
		2026-11-21,P1,plan,plan,,,,,refer,fall-recent,You had a fall.
		2026-11-21,P1,plan,plan,,,,,refer,fall-recent,You had a fall.
		2026-11-21,P1,plan,bridge,,2,8,3,hold,fall-recent,You had a fall.
		2026-11-21,P1,plan,mini-squat,,2,8,3,hold,fall-recent,You had a fall.
	!
	attempt 'ptreport --as sheet log.csv'
	[ "$(grep -c 'You had a fall' stdout)" -eq 1 ] || told_wrong 'all exercises held'
	echo '2026-11-21,P1,plan,heel-slide,,2,8,3,progress,x,A little more.' >>log.csv
	attempt 'ptreport --as sheet log.csv'
	[ "$(grep -c 'You had a fall' stdout)" -eq 1 ] || told_wrong 'some exercises held'
	tells 'A little more.'
	sed s/refer/pause/ log.csv >paused.csv # a pause without exercises keeps its words
	attempt 'ptreport --as sheet paused.csv'
	[ "$(grep -c 'You had a fall' stdout)" -eq 1 ] || told_wrong pause
}

# ---- Story and first session ----

@test "a story names its days and what is not known" {
	attempt "ptreport --as story -p P01 $LOG"
	[ "$status" -eq 0 ]
	tr -s '\n ' ' ' <stdout >words
	for words in 'P01, born 1978' 'Pain at rest was' 'Morphine equivalents' 'The dose is no outcome' \
		'Not known' 'Found on 2026-'; do
		grep -q "$words" words || told_wrong "lacks $words"
	done
}

@test "a story tells a rule's note in English, and what somebody wrote as it was written" {
	cat >log.csv <<-'!'
		date,patient,kind,item,value,sets,reps,per_week,decision,rule,note
		2026-10-05,P1,profile,language,de,,,,,,
		2026-10-05,P1,plan,bridge,,2,8,3,start,first-day,Frei geschrieben.
		2026-10-12,P1,plan,bridge,,2,10,3,progress,double-progression-easy,Zweimal alles mit Leichtigkeit: mehr.
		2026-10-19,P1,plan,bridge,,2,5,3,regress,gap-15-28,23 Tage ohne diese Übung: Beginnen Sie wieder mit etwas weniger.
		2026-10-26,P1,plan,bridge,,2,5,3,override,,
	!
	ptreport --as story -f markdown --today 2026-10-27 log.csv >story.md
	grep -qF 'Frei geschrieben.' story.md
	grep -qF 'All done with ease twice: more.' story.md
	grep -qF '23 days without this exercise: begin again a little lower.' story.md
	grep -qF 'no reason noted' story.md
}

@test "a story tells names inside a rule's note in English, and the sentences of built-in rules" {
	for language in de es; do
		printf '%s\n' date,patient,kind,item,value 2026-11-22,B,profile,condition,low-back-pain \
			2026-11-22,B,profile,language,$language 2026-11-23,B,redflag,saddle-numbness,1 \
			2026-11-23,B,redflag,chest-pain,1 2026-11-23,B,redflag,own-sign,1 >log.csv
		attempt "ptplan --tee log.csv | ptreport --as story | tr -s '\n ' ' '"
		tells 'Stop: Chest pain or pressure; Numbness between the legs or around the back passage; own-sign. Get emergency help now'
		lacks -e Stopp -e Pare
	done
	printf '%s\n' date,patient,kind,item,value 2026-11-20,B,profile,condition,nerve-entrapment \
		2026-11-20,B,profile,language,de 2026-11-20,B,profile,limit,ownlimit >log.csv
	attempt "ptplan --tee --today 2026-11-20 log.csv | ptreport --as story -f markdown | tr -s '\n ' ' '"
	tells 'A limit in the profile is not in the catalogue'
	# what has other words around the name was written by somebody
	story 2026-11-20,B,plan,chest-pain,,,,,,refer,red-flag-emergency,'Stopp: Brustschmerz. Ab in die Klinik.'
	tells 'Stopp: Brustschmerz. Ab in die Klinik.'
	story 2026-11-20,B,plan,odi,,,,,,refer,worse-by-mcid,'"Oswestry-Fragebogen zum Rücken (ODI) ist zweimal hintereinander deutlich schlechter als am Anfang: Bevor etwas schwerer wird, soll Ihre Therapeutin oder Ihr Therapeut noch einmal nachsehen."'
	tells 'Oswestry Disability Index is clearly worse than at the start, twice in a row'
}

@test "on its first day a plan has begun, and what was filed twice is told once" {
	cat >log.csv <<-'!'
		date,patient,kind,item,value,side,sets,reps,per_week,decision,rule,note
		2026-11-20,P1,measure,nprs,4,,,,,,,
		2026-11-28,P1,plan,heel-slide,,left,2,10,5,start,first-day,Go.
		2026-11-28,P1,plan,heel-slide,,right,2,10,5,start,first-day,Go.
		2026-11-28,P1,plan,bridge,,,2,8,3,start,first-day,Go.
		2026-11-28,P1,plan,bridge,,,2,8,3,start,first-day,Go.
	!
	ptreport --as story -f markdown --today 2026-11-28 log.csv >story.md
	grep -qF 'The plan began on 2026-11-28.' story.md
	grep -qE '\| *Bridge[^,]*, Heel slide *\|' story.md
	ptreport --as story -f markdown --today 2026-11-29 log.csv >story.md
	grep -qE 'since 2026-11-28, 0.% was done' story.md
}

@test "what was stopped without a side is on no sheet" {
	cat >log.csv <<-'!'
		date,patient,kind,item,value,side,sets,reps,per_week,decision,rule
		2026-11-02,P1,plan,clamshell,,left,2,10,7,start,first-day
		2026-11-02,P1,plan,bridge,,,2,8,7,start,first-day
		2026-11-05,P1,plan,clamshell,,,,,,stop,
	!
	attempt "ptreport --as sheet --today 2026-11-15 log.csv"
	grep -q Bridge stdout
	lacks Clamshell
	attempt "ptreport --as story -f markdown --today 2026-11-15 log.csv"
	lacks 'Clamshell: 2 sets'
}

# story ROW... : the story of a log of these rows, its lines joined, at 2026-11-23.
story() {
	{
		echo date,patient,kind,item,value,side,sets,reps,per_week,decision,rule,note
		printf '%s\n' "$@" | awk -F, '{ printf "%s%s\n", $0, substr(",,,,,,,,,,,", NF) }'
	} >log.csv
	attempt "ptreport --as story log.csv | tr -s '\n ' ' '"
	[ "$status" -eq 0 ] || told_wrong story
}

# tells TEXT...: the last story has all of them.
tells() {
	for text; do
		grep -qF -e "$text" stdout || told_wrong "lacks: $text"
	done
}

@test "a story clears only a red flag that had been raised" {
	story 2026-11-01,R,redflag,saddle-numbness,0 2026-11-05,R,redflag,night-pain,0 \
		2026-11-05,R,redflag,fever,0
	lacks cleared
	tells 'asked about and absent on 2026-11-05: '
	story 2026-11-01,R,redflag,chest-pain,1 2026-11-03,R,redflag,chest-pain,0 \
		2026-11-05,R,redflag,chest-pain,0
	tells 'raised 2026-11-01' 'cleared 2026-11-03' 'absent on 2026-11-05'
}

@test "a story names events with their days" {
	story 2026-11-01,R,finding,fall,0 2026-11-02,R,finding,fall,1 2026-11-03,R,finding,unwell,1 \
		2026-11-04,R,finding,fall,1 2026-11-06,R,finding,unwell,0 \
		2026-11-07,R,finding,foot-skin-break,1,left
	tells 'Reported, the newest first: blister or wound or hot swollen foot, left (2026-11-07); fever or acute illness, over (2026-11-06); fall since the last session (2026-11-04); fever or acute illness (2026-11-03); fall since the last session (2026-11-02).'
	story 2026-11-0{1,2,3,4,5,6,7}',R,finding,fall,1'
	tells '(2026-11-03); and 2 earlier.'
}

@test "a medicine without an amount is not told of as if it had one" {
	story 2026-11-01,R,medicine,morphine,
	tells 'Morphine: amount not noted (2026-11-01).'
	story 2026-11-01,R,medicine,morphine,20 2026-11-03,R,medicine,morphine,10 2026-11-05,R,medicine,ownmix,3
	tells 'Morphine: 20 mg/day from 2026-11-01, 10 from 2026-11-03. ownmix: 3 from 2026-11-05.'
}

@test "a switch to an opioid without factor looks like no dose, neither none nor the old one" {
	set -- 2026-10-01,R,medicine,oxycodone,40 2026-10-01,R,exercise,bridge,,,2,8 \
		2026-10-12,R,medicine,oxycodone,0 2026-10-12,R,medicine,buprenorphine-patch,20 \
		2026-10-30,R,exercise,bridge,,,2,8
	story "$@"
	tells '60 a day at the start (2026-10-01), not known since 2026-10-12: Buprenorphine patch has no morphine factor.'
	lacks -E '60 now|60 at the last'
	for format in text markdown html; do
		attempt "ptreport -f $format log.csv"
		grep -qF '? (was 60)' stdout || told_wrong "$format"
		tr '\n' ' ' <stdout | grep -qE '\?: takes an opioid that has no +factor' || told_wrong "the legend of $format"
	done
	story "$@" 2026-10-30,R,medicine,oxycodone,10 2026-10-30,R,medicine,buprenorphine-patch,0
	tells '60 a day at the start (2026-10-01), 15 at the last contact (2026-10-30).'
	story 2026-10-12,R,medicine,buprenorphine-patch,20
	tells 'Morphine equivalents in all: not known since 2026-10-12: '
}

@test "a medicine that mme leaves out is named beside the sum, and not on standard error each week" {
	story 2026-10-01,R,medicine,morphine,60 2026-10-01,R,medicine,morphine-ir,20 \
		2026-10-02,R,medicine,morphine-ir,30 2026-10-02,R,medicine,buprenorphine-patch,0
	tells '60 at the last contact (2026-10-02). Not in it, as the catalogue lacks it: morphine-ir. The dose'
	[ ! -s stderr ] || told_wrong 'cron would send it'
	says 0 'Not in MME, as the catalogue lacks it: morphine-ir.' 'ptreport log.csv'
	[ ! -s stderr ] || told_wrong 'cron would send it'
	story 2026-10-01,R,medicine,herbal-tea,1
	lacks 'Not in it'
	story 2026-10-01,R,medicine,buprenorphine-patch,20
	attempt 'ptreport log.csv'
	grep -qF '?: takes an' stdout && [ ! -s stderr ] || told_wrong 'a dose that is not known'
	lacks 'Not in MME'
}

@test "a story of medicine alone has no empty section" {
	story 2026-10-01,R,medicine,morphine,60
	lacks 'What changed'
	story 2026-10-01,R,medicine,morphine,60 2026-10-01,R,measure,odi,40
	tells 'What changed ------------ Measure First'
	story 2026-10-01,R,measure,nprs,4
	tells 'What changed ------------ Pain at rest'
}

@test "the line of doses has a gap where no dose is known" {
	{
		echo date,patient,kind,item,value,pain_before
		echo 2026-10-01,R,medicine,oxycodone,40,
		echo 2026-10-01,R,exercise,bridge,,5
		echo 2026-10-12,R,medicine,buprenorphine-patch,20,
		echo 2026-10-20,R,medicine,buprenorphine-patch,0,
		echo 2026-10-30,R,exercise,bridge,,5
	} >log.csv
	attempt 'ptreport --as story -f html log.csv'
	[ "$(grep -o 'class="dose" d="[^"]*' stdout | tr -cd M | wc -c)" -eq 2 ] || told_wrong 'one line'
}

@test "a dose is carried to the last contact, in each report as in ptstat" {
	story 2026-07-06,R,medicine,oxycodone,60 2026-07-20,R,medicine,oxycodone,40 \
		2026-08-07,R,measure,nprs,5
	tells '90 a day at the start (2026-07-06), 60 at the last contact (2026-08-07).'
	attempt 'ptreport --as story -f markdown log.csv'
	grep -qE '^\| 2026-08-03 .*\| 60 \|' stdout || told_wrong 'the week of the last contact'
	grep -E '^\| 2026-08-10 ' stdout >after || told_wrong 'the week after'
	! grep -q 60 after || told_wrong 'a dose after the last contact'
	attempt 'ptreport -f markdown log.csv'
	grep -qF '60 (was 90), 2026-08-07' stdout || told_wrong 'the summary'
	attempt 'ptreport --today 2026-08-09 -f markdown log.csv'
	grep -qF '| 60 (was 90) |' stdout || told_wrong 'the summary of two days later'
	says 0 ',2026-08-07,' 'ptstat --metric mme log.csv'
}

@test "a story tells of a pause, a discharge and a change of therapist" {
	set -- 2026-09-01,R,profile,therapist,Anna 2026-09-01,R,exercise,bridge,,,2,8 \
		2026-10-01,R,profile,status,paused 2026-11-02,R,profile,status,active \
		2026-11-02,R,profile,therapist,Ben 2026-11-03,R,exercise,bridge,,,2,8 \
		2026-11-05,R,measure,nprs,3
	story "$@"
	tells 'Care paused on 2026-10-01, active again on 2026-11-02.' 'Therapist: Ben (before 2026-11-02 Anna).'
	attempt 'ptreport --as story -f markdown log.csv'
	grep -qE '^\| 2026-09-28 .*\| paused \|$' stdout || told_wrong 'the week of the pause'
	grep -qE '^\| 2026-11-02 .*\| active again, therapist Ben \|$' stdout || told_wrong 'the week after'
	story "$@" 2026-11-20,R,profile,status,discharged
	tells 'Care paused on 2026-10-01, active again on 2026-11-02. Discharged on 2026-11-20.'
	attempt 'ptreport --as story -f html log.csv'
	grep -qF '2026-10-01: paused</title>' stdout || told_wrong 'the chart'
}

@test "a story of who was discharged or died is told in the past and asks for nothing" {
	set -- 2026-11-01,R,profile,condition,low-back-pain 2026-11-01,R,exercise,bridge,,,2,8
	story "$@"
	tells 'is treated for chronic low back pain' 'Never taken: '
	story "$@" 2026-11-20,R,profile,status,deceased
	tells 'was treated for chronic low back pain' 'Died on 2026-11-20.' 'Care is over'
	lacks -e 'Care deceased' -e 'Never taken' -e 'No pain at rest'
	story "$@" 2026-11-20,R,profile,status,discharged 2026-11-22,R,profile,status,active
	tells 'is treated for' 'Discharged on 2026-11-20. Care active again on 2026-11-22.'
	story "$@" 2026-11-20,R,profile,status,paused
	tells 'is treated for' 'Care paused on 2026-11-20.' 'Never taken: '
}

@test "a single day is named once" {
	story 2026-11-20,R,exercise,bridge,,,2,8
	tells 'the log has one day, 2026-11-20.' 'Exercise was logged on 2026-11-20 alone.'
	story 2026-11-20,R,exercise,bridge,,,2,8 2026-11-22,R,exercise,bridge,,,2,8
	tells 'the log runs from 2026-11-20 to 2026-11-22.' 'logged on 2 days, from 2026-11-20 to 2026-11-22;'
	attempt 'ptreport -P 2026-11-22 log.csv'
	tells 'Summary of 2026-11-22' 'set against 2026-11-21.'
	lacks ' to 2026'
}

@test "what the newest plan refers is said until something is done again" {
	set -- 2026-11-10,R,exercise,bridge,,,2,8 2026-11-12,R,exercise,bridge,,,2,8 \
		'2026-11-20,R,plan,chest-pain,,,,,,refer,red-flag-emergency,Get help.' \
		'2026-11-20,R,plan,plan,,,,,,refer,worse-by-mcid,See the doctor.'
	story "$@"
	tells 'Referred on 2026-11-20: Get help. See the doctor.'
	says 0 'Referred in the newest plan: R (2026-11-20). Get help. See the doctor.' 'ptreport log.csv'
	grep -q '1 referred' stdout || told_wrong 'not counted'
	lacks 'Nobody needs'
	says 0 'Referred in' 'ptreport --if-attention --today 2026-11-21 log.csv'
	story "$@" 2026-11-21,R,exercise,bridge,,,2,8
	lacks 'Referred on'
	attempt 'ptreport log.csv'
	lacks 'Referred'
}

# days FROM TO COMMAND...: its output with @ replaced by each day of November.
days() {
	local from=$1 to=$2 row
	shift 2
	for row in "$@"; do
		for day in $(seq -w "$from" "$to"); do
			echo "$row" | sed "s/@/2026-11-$day/"
		done
	done
}

@test "an event is named in the summary, whether or not a plan was made since" {
	{
		echo date,patient,kind,item,value,side,sets,reps,pain_before,pain_after
		days 09 22 '@,P1,exercise,bridge,,,2,8,2,2'
		echo 2026-11-19,P1,finding,fall,,,,,,
		echo 2026-11-20,P1,finding,foot-skin-break,1,left,,,,
	} >log.csv
	for how in '' '-f markdown' '-f html'; do
		says 0 'Fall since the last session (2026-11-19)' \
			"ptreport --if-attention --period last-week $how log.csv | sed 's/<[^>]*>//g' | tr -s '\n\\\\ ' ' '"
		tells 'Needs a look' 'hot swollen foot, left (2026-11-20)' 'seen by a nurse or doctor today'
	done
	says 0 '1 patient; set against 2026-11-09 to 2026-11-15. 1 soon.' 'ptreport --period last-week log.csv'
	attempt 'ptreport --today 2026-12-04 log.csv' # it is long ago
	lacks Fall
	# it is over: of the same side, or of both
	echo 2026-11-21,P1,finding,fall,0,,,,, >>log.csv
	echo 2026-11-21,P1,finding,foot-skin-break,0,right,,,, >>log.csv
	says 0 'swollen foot, left' "ptreport --if-attention log.csv | tr -s '\n ' ' '"
	lacks Fall
	echo 2026-11-22,P1,finding,foot-skin-break,0,both,,,, >>log.csv
	quiet 'ptreport --if-attention log.csv'
}

@test "a summary tells of pain that is too high to begin" {
	{
		echo date,patient,item,pain_before
		days 20 20 '@,P1,bridge,9'
		days 21 22 '@,P1,bridge,10'
	} >log.csv
	says 0 'Pain at rest was 10 of 10 (2026-11-22), too high to begin' \
		"ptreport --if-attention log.csv | tr -s '\n ' ' '"
	quiet 'ptreport --if-attention --today 2026-11-29 log.csv'
	lacks 'too high'
	echo 2026-11-23,P1,bridge,4 >>log.csv # it has settled
	quiet 'ptreport --if-attention log.csv'
	lacks 'too high'
}

@test "what was done before the first plan is no part of it" {
	{
		echo date,patient,kind,item,sets,reps,per_week,pain_before,pain_after
		days 10 15 '@,P1,exercise,sit-to-stand,2,8,,3,3'
		days 16 16 '@,P1,plan,sit-to-stand,2,8,7,,'
		days 20 20 '@,P1,exercise,sit-to-stand,2,8,,3,3'
	} >log.csv
	says 0 P1 "ptreport log.csv | grep '^P1 .*unchanged  12'"
	says 0 'planned since 2026-11-16, 12' "ptreport --as story log.csv | tr -s '\n ' ' '"
	lacks 'last 14 days'
	says 0 ',adherence-low,' 'ptplan log.csv'
	# and a plan of today cannot have been done
	sed -i '/,plan,/d' log.csv
	days 23 23 '@,P1,plan,sit-to-stand,2,8,7,,' >>log.csv
	attempt "ptreport log.csv | grep '^P1 .*unchanged'"
	[ "$status" -eq 0 ]
	lacks %
}

@test "a summary tells of dizziness by exercise and of a jump of opioids" {
	{
		echo date,patient,kind,item,value,sets,reps,dizzy_before,dizzy_after
		days 16 22 '@,P1,exercise,vor-x1-sitting,,2,8,1,7' '@,P2,exercise,vor-x1-sitting,,2,8,1,5'
		days 09 22 '@,P3,exercise,bridge,,2,8,,'
		days 20 22 '@,P4,exercise,epley-left,,1,1,1,8' # which works by it
		printf '2026-%s,P3,medicine,morphine,%s,,,,\n' 10-20 60 11-10 120
	} >log.csv
	says 0 '4 patients. 2 soon.' "ptreport --if-attention log.csv | tr -s '\n ' ' '"
	tells 'Exercise raised dizziness by 6 of 10, first on 2026-11-16.' \
		'The opioid dose rose: 120 MME a day in the last two weeks, 60 in the two before.'
	# a mistake in the clinic's rules is ptplan's to tell, and stops no weekly mail
	mkdir rules
	printf 'id,scope,applies_to,when,decision,priority,source\none,exercise,any,pain_aftr > 3,hold,2001,x\n' >rules/rules.csv
	says 0 'The opioid dose rose' 'ptreport --catalogue rules log.csv'
	[ ! -s stderr ]
}

@test "an override of all sides ends when its sides have a word of their own" {
	cat >log.csv <<-'!'
		date,patient,kind,item,value,side,sets,reps,load_kg,seconds,per_week,decision,rule
		2026-11-01,P1,plan,calf-stretch-wall,,left,3,,,30,7,start,first-day
		2026-11-01,P1,plan,calf-stretch-wall,,right,3,,,30,7,start,first-day
		2026-11-02,P1,plan,calf-stretch-wall,,,2,,,20,7,override,
	!
	attempt 'ptplan --tee --today 2026-11-03 log.csv | ptreport --as sheet --today 2026-11-03'
	[ "$(grep -c '^[0-9]\. Calf' stdout)" -eq 2 ]
	echo 2026-11-03,P1,profile,limit,active-foot-ulcer,,,,,,,, >>log.csv
	attempt 'ptplan --tee --today 2026-11-03 log.csv | ptreport --as sheet --today 2026-11-03'
	lacks Calf
}

@test "a drawing has the words of its marks beside it" {
	set -- 2026-10-01,R,measure,nprs,5 2026-10-02,R,measure,nprs,5 2026-10-03,R,plan,bridge,,,2,8,3,start
	story "$@"
	lacks Triangles # a table of weeks has them in words
	attempt "ptreport --as story -f html log.csv"
	tells '<p class="quiet">Triangles: the plan changed.</p>'
	story "$@" 2026-11-10,R,measure,nprs,4 2026-11-10,R,redflag,night-pain,1 2026-11-11,R,profile,status,paused
	attempt "ptreport --as story -f html log.csv"
	tells '>A break in the line is a stretch of more than two weeks without a note. Triangles: the plan changed. Flags: a red flag was raised. Upright broken lines: care paused, went on, ended or changed hands.</p>'
	attempt 'ptreport -f html log.csv'
	tells '>Pain at rest on a fixed scale. A break in the line is a stretch of more than two weeks without a note. Triangles: the plan changed. Flags: a red flag was raised. Upright broken lines: care paused, went on, ended or changed hands.</p>'
}

@test "a course of years is told in months" {
	for month in $(seq 1 12); do
		for year in 2024 2025; do
			printf '%d-%02d-03,P1,measure,nprs,%d\n' $year $month $((month % 10))
		done
	done | sort | { echo date,patient,kind,item,value && cat; } >log.csv
	ptreport --as story --today 2025-12-31 log.csv >story.txt
	grep -qE '^Month of +Pain' story.txt
	[ "$(grep -cE '^20..-..-01 ' story.txt)" -eq 24 ]
}

@test "a first session for every condition" {
	attempt 'ptlog --list conditions'
	[ "$status" -eq 0 ]
	tail -n +2 stdout | cut -d, -f1 >ids
	[ "$(wc -l <ids)" -gt 10 ]
	while read -r id; do
		printf 'date,patient,kind,item,value\n2026-11-20,P1,profile,condition,%s\n' "$id" >log.csv
		says 0 'Questions to ask' 'ptreport --as first-session log.csv' || return 1
		grep -q 'Arrive and sign in' stdout
	done <ids
}

# ---- Table ----

@test "a table is aligned by display width and by the decimal point" {
	printf 'date,patient,item,load_kg\n2026-11-20,日本,bridge,2.5\n2026-11-21,P1,bridge,10\n' >log.csv
	same 0 'ptreport --as table log.csv' <<-'!'
		date        patient  item    load_kg
		----------  -------  ------  -------
		2026-11-20  日本     bridge      2.5
		2026-11-21  P1       bridge     10
	!
}

@test "figures of tables are short, those of a log are as written" {
	printf 'patient,metric,baseline,current,verdict\nP1,pain,4.857142857143,2.5,improved\n' >s.csv
	says 0 '4.857' 'ptreport --as table s.csv'
	lacks '4.8571'
}

@test "a column of words has the room that is left, and a rule names no row of a log" {
	ptplan --today 2026-11-23 "$SAMPLES/new-patient.csv" >plan.csv
	attempt 'ptreport --as table plan.csv'
	tells 'Start today with a little less than the'
	[ "$(awk '{ if (length > n) n = length } END { print n }' stdout)" -le 80 ] || told_wrong 'too wide'
	[ "$(grep -c first-day-careful stdout)" -eq "$(grep -c first-day-careful plan.csv)" ] ||
		told_wrong 'the rule is repeated'
	says 0 '<td class="words">Start today' 'ptreport --as table -f html plan.csv'
	ptplan --today 2026-11-23 --explain "$SAMPLES/new-patient.csv" >explain.csv
	says 0 '<th class="tight" scope="row">red-flag-emergency' 'ptreport --as table -f html explain.csv'
}

@test "columns without a value are named and left out" {
	printf 'date,patient,item,value,note\n2026-11-20,P1,bridge,,\n' >log.csv
	says 0 'Without a value: value, note.' 'ptreport --as table log.csv'
}

@test "a table without rows says so" {
	printf 'date,patient,item\n' >log.csv
	says 0 'No rows.' 'ptreport --as table log.csv'
}

@test "a table obeys -p and -P" {
	attempt "ptreport --as table -p P01 -P 2026-10 $LOG"
	lacks 'P02\|2026-11'
	grep -q 'P01' stdout
}

# ---- Mail ----

@test "tables beside the log obey -p too" {
	for table in '' --attention; do
		ptstat $table "$LOG" >table.csv
		attempt "cat table.csv | ptreport -p P01"
		[ "$status" -eq 0 ] && [ ! -s stderr ] || told_wrong "$table: not quiet"
		grep -q P01 stdout || told_wrong "$table: lacks P01"
		lacks -E 'P(0[2-9]|10)'
		attempt "ptlog $LOG | ptstat $table --tee | ptreport -p P01"
		[ "$status" -eq 0 ] || told_wrong "$table with the log"
		lacks -E 'P(0[2-9]|10)'
	done
	fails 1 "--patient: no row is of 'P1'; did you mean 'P" 'ptreport -p P1 table.csv'
	fails 1 "--patient: no row is of 'P1'; did you mean 'P01'?" "ptreport --as table -p P1 $LOG"
	says 0 'No rows.' "ptreport --as table -p P01 --period 2020 $LOG"
}

@test "tables with the same keys add up; others are named and left out" {
	for n in 1 2; do
		ptlog --shard $n/2 "$LOG" >shard$n.csv
		ptstat shard$n.csv >series$n.csv
		ptstat --by condition shard$n.csv >groups$n.csv
	done
	quiet 'cat series1.csv series2.csv | ptreport'
	grep -qF '10 patients' stdout || told_wrong 'patients are lost'
	agree 'ptstat shard1.csv shard2.csv | ptreport' 'ptreport series1.csv series2.csv'
	ptstat --by patient,condition shard2.csv >other.csv
	fails 0 "other.csv:1: series under other keys" 'ptreport series1.csv other.csv'
	fails 0 'shards must not split a patient' 'ptreport series1.csv series1.csv'
	fails 0 "other.csv:1: series that are not one a patient" \
		'ptstat --by patient,item shard2.csv >other.csv; ptreport series1.csv other.csv'
	grep -qF "$(($(cut -d, -f1 series1.csv | sort -u | wc -l) - 1)) patient" stdout ||
		told_wrong 'the table before is lost'
	quiet 'ptreport groups1.csv groups2.csv'
	for file in groups1.csv groups2.csv; do
		grep -qF "$(sed -n '2s/,.*//p' $file)" stdout || told_wrong "$file is lost"
	done
	ptstat --by therapist shard2.csv >other.csv
	fails 0 'other.csv:1: groups under other keys' 'ptreport groups1.csv other.csv'
}

@test "what no summary takes is named with what shows it, and makes no summary of nobody" {
	for made in 'timelines:ptstat --every month --metric pain' 'explanations:ptplan --explain' \
		'series that are not one a patient:ptstat --by patient,item'; do
		${made#*:} -p P01 "$LOG" >t.csv
		fails 0 "t.csv:1: ${made%%:*} are left out; --as table shows them" 'ptreport t.csv'
		grep -q 'no patient in this input to sum up' stdout || told_wrong "$made"
		lacks -e Summary -e '0 patients'
		attempt 'ptreport --mail-to a@b t.csv'
		lacks 'needs a look'
		says 0 '1 patient. ' "ptreport -p P01 $LOG t.csv"
	done
}

@test "a message is whole: Python reads both parts" {
	needs python3
	attempt "ptreport --mail-to me@clinic.org -P last-week $LOG"
	[ "$status" -eq 0 ]
	python3 - <<-'!'
		import email, email.policy
		raw = open("stdout", "rb").read()
		assert all(len(l) <= 78 for l in raw.split(b"\n")), "long line"
		raw.decode("ascii")
		m = email.message_from_bytes(raw, policy=email.policy.default)
		assert m["To"] == "me@clinic.org" and not m.defects
		assert m.get_content_type() == "multipart/alternative"
		text, html = m.iter_parts()
		assert not text.defects and not html.defects
		assert "Summary of 2026-11-16" in text.get_content()
		assert html.get_content().startswith("<!DOCTYPE html>")
		assert "2026-11-16 to 2026-11-22" in m["Subject"]
		assert "P0" not in m["Subject"]
	!
}

@test "the parts of a message are the reports themselves" {
	needs python3
	attempt "ptreport --mail-to me@clinic.org $LOG"
	python3 - <<-'!' >html
		import email, email.policy, sys
		m = email.message_from_binary_file(open("stdout", "rb"), policy=email.policy.default)
		sys.stdout.write(list(m.iter_parts())[1].get_payload(decode=True).decode())
	!
	ptreport -f html "$LOG" >direct
	diff html direct
}

@test "however many addresses, no line of a message is longer than 76" {
	needs python3
	to=$(seq -f 'person-%g@clinic.example' -s ', ' 60)
	attempt "ptreport --mail-to '$to' $LOG"
	[ "$(awk '{ if (length > n) n = length } END { print n }' stdout)" -le 76 ] || told_wrong 'a long line'
	[ "$(python3 -c '
import email, email.policy, email.utils
m = email.message_from_file(open("stdout"), policy=email.policy.default)
print(", ".join(a.addr_spec for a in m["To"].addresses))')" = "$to" ] || told_wrong 'an address is lost'
	says 0 'To: a@b.example, c@d.example' "ptreport --mail-to a@b.example,c@d.example $LOG"
}

@test "nothing can be smuggled into a header" {
	fails 2 'no address' "ptreport --mail-to 'a@b
Bcc: x@y' $LOG"
	fails 2 'no address' "ptreport --mail-to '-oQ/tmp@x' $LOG"
	attempt "ptreport --title 'weekly
Bcc: x@y' --mail-to a@b $LOG"
	[ "$status" -eq 0 ]
	lacks -i '^bcc:'
	says 0 'Subject: =?UTF-8?B?' "ptreport --title 'Übersicht' --mail-to a@b $LOG"
}

@test "a mail has both formats: --format beside it is a usage error" {
	fails 2 '--format' "ptreport -f html --mail-to a@b $LOG"
}

@test "when nobody needs a look there is silence" {
	printf 'date,patient,item,sets,reps\n2026-11-22,P1,bridge,2,8\n' >log.csv
	same 0 'ptreport --if-attention --mail-to a@b log.csv' </dev/null
	quiet 'ptreport --if-attention --today 2026-11-21 log.csv'
	fails 0 '1 row after 2026-11-21 is not used' 'ptreport --today 2026-11-21 log.csv'
	printf 'date,patient,item,kind,value\n2026-11-22,P1,chest-pain,redflag,1\n' >log.csv
	says 0 'urgent' 'ptreport --if-attention log.csv'
}

# ---- Harmless everywhere ----

@test "no control character reaches a report" {
	printf 'date,patient,kind,item,value,note\n2026-11-20,P1,profile,goal,a\033[31mb\007\302\233c,\n' >log.csv
	for how in '' '-f html' '-f markdown' '--as story' '--as story -f html' '--as table'; do
		attempt "ptreport $how log.csv"
		lacks "$(printf '[\001-\010\013-\037\177]')"
		lacks "$(printf '\302\233')"
	done
}

@test "Markdown of hostile texts stays text" {
	hostile >log.csv
	attempt 'ptreport --as story -f markdown log.csv'
	grep -qF '\<b\>walk\</b\> \| \*run\* \[x\](http\://h.example) \& "so"' stdout
	lacks -F '<b>'
}

# ---- Usage ----

@test "typos name the nearest word" {
	fails 2 summary "ptreport --as sumary $LOG"
	fails 2 html "ptreport -f htm $LOG"
	fails 2 --title "ptreport --titel x $LOG"
	fails 1 P01 "ptreport -p P1 $LOG"
}

@test "a full disk is status 2" {
	[ -c /dev/full ] || skip 'no /dev/full'
	attempt "ptreport $LOG >/dev/full"
	[ "$status" -eq 2 ]
}

@test "rejected rows are status 1 and the report is there" {
	{ cat "$LOG"; echo '2026-11-20,P01,exercise,bridge,,,2,8,,,,12'; } >log.csv
	says 1 'Summary as of' 'ptreport log.csv'
	if grep -q P01 stderr; then told_wrong 'an id in a message'; fi
}

@test "what ptplan --explain writes is a table of its own, without remarks" {
	quiet "ptplan --explain -p P01 $LOG | ptreport --as table"
	grep -q 'because' stdout
}

@test "a patient all of whose rows were rejected is no patient" {
	{ echo date,patient,item,pain_before; echo 2026-11-20,P1,bridge,11; echo 2026-11-20,P2,bridge,3; } >log.csv
	says 1 '1 patient.' 'ptreport log.csv'
	says 1 'Rows of this patient could not be read' \
		'{ cat log.csv; echo 2026-11-21,P1,bridge,4; } | ptreport --as story -p P1 | tr "\n" " "'
}

@test "an old log says of which day its newest entry is" {
	says 0 'The newest entry is of 2026-11-' 'ptreport --today 2027-06-01 '"$SAMPLES/visits.csv | tr '\n' ' '"
	attempt "ptreport --today 2026-11-23 $SAMPLES/visits.csv"
	lacks 'newest entry'
}

@test "a plan that ran out is not called the plan in force" {
	says 0 'Ran out on 2026-11-23; it was:' "ptreport --today 2026-11-24 --as story -p P10 $SAMPLES/visits.csv"
	says 0 'In force:' "ptreport --today 2026-11-23 --as story -p P01 $SAMPLES/visits.csv"
}

@test "a sheet made of a plan alone says what it lacks" {
	ptplan --today 2026-11-23 -p P01 "$SAMPLES/visits.csv" >plan.csv
	fails 0 'name the log too' 'ptreport --today 2026-11-23 --as sheet plan.csv'
	quiet "ptreport --today 2026-11-23 --as sheet -p P01 $SAMPLES/visits.csv plan.csv"
}

@test "a log without profiles is named as what it is, with what to type" {
	printf '%s\n' date,patient,kind,item,value,sets,reps 2026-11-20,A,plan,bridge,,2,8 \
		2026-11-20,A,exercise,bridge,,2,8 2026-11-20,B,plan,bridge,,2,8 >log.csv
	chmod 600 log.csv
	fails 0 '2 patients have no profile in the log, so their sheets are general' 'ptreport --as sheet log.csv'
	grep -qF 'try: ptlog --append LOG patient=ID kind=profile item=condition value=NAME' stderr ||
		told_wrong 'what to type'
	! grep -q 'name the log too' stderr || told_wrong 'the log is named'
	fails 0 '1 patient has no profile in the log, so the sheet is general' 'ptreport --as sheet -p A log.csv'
	attempt 'ptreport --as sheet --mail-to a@b -p A log.csv'
	[ "$(grep -c 'no profile' stderr)" -eq 1 ] || told_wrong 'said twice'
	fails 0 'name the log too' 'grep -v exercise log.csv | ptreport --as sheet'
	quiet 'ptlog --append log.csv patient=A kind=profile item=condition value=low-back-pain'
	quiet 'ptreport --as sheet -p A log.csv'
}

@test "who was not heard of, and rows that could not be read, are no good news" {
	printf 'date,patient,item,pain_after\n2026-01-05,P1,bridge,3\n2026-11-20,P2,bridge,3\n2026-11-21,P2,bridge,11\n' >log.csv
	attempt 'ptreport --today 2026-11-23 log.csv'
	[ "$status" -eq 1 ]
	tr -s '\n ' ' ' <stdout >words
	grep -qF '1 has not been heard of for more than 84 days.' words
	grep -qF 'Rows of 1 patient could not be read and are missing here.' words
}

@test "a row that cannot be read does not stop the weekly mail" {
	printf 'date,patient,item,pain_after\n2026-11-20,P2,bridge,3\n2026-11-21,P2,bridge,11\n' >log.csv
	mkdir bin && printf '#!/bin/sh\ncat >sent\n' >bin/sendmail && chmod +x bin/sendmail
	printf '2026-11-20,P2,redflag,chest-pain,1\n' | { printf 'date,patient,kind,item,value\n'; cat; } >flag.csv
	{ ptlog flag.csv; cat log.csv; } >all.csv
	attempt "PATH=$PWD/bin:\$PATH $SAMPLES/weekly.sh all.csv me@clinic.example"
	[ "$status" -eq 1 ]
	grep -q '^Subject: .*urgent' sent
}

@test "single ratings of a symptom do not contradict its course" {
	ptreport --today 2026-11-23 "$LOG" >report.txt
	! sed -n '/^Good news/,/^Patients/p' report.txt | grep 'Numeric pain rating' ||
		told_wrong 'a rating beside the course'
}

@test "ptreport: what is to come has no report" {
	for period in 2027-01 2026-12.. 2026-11-24..2026-11-30; do
		fails 2 'lies in the future: today is 2026-11-23' "ptreport --today 2026-11-23 -P $period '$SAMPLES/visits.csv'"
	done
	quiet "ptreport --today 2026-11-23 -P this-month '$SAMPLES/visits.csv'"
}

@test "a figure too small for a decimal is shortened too" {
	printf 'patient,metric,baseline,current,trend_p,verdict,unit\nA,pain,1.23456,2.9,2.866670684e-31,x 1.23456 e-2,1.23456e-5\n' >t.csv
	says 0 'pain       1.235      2.9  2.867e-31  x 1.23456 e-2  0.00001235' 'ptreport --as table t.csv'
}

@test "series alone have no period, and that is said" {
	ptstat --metric pain "$SAMPLES/visits.csv" >series.csv
	fails 0 'series are left out: a period is computed from the log' 'ptreport --today 2026-11-23 -P last-week series.csv'
	quiet "cat '$SAMPLES/visits.csv' series.csv | ptreport --today 2026-11-23 -P last-week"
}
