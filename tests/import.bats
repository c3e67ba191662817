# Exports of other programs and clinics' own spreadsheets become rows of the log.

setup() {
	load lib
}

# rows OPTIONS <expected: the rows that in.csv becomes, without the header and trailing commas.
rows() {
	ptlog "$@" in.csv 2>stderr | tail -n +2 | sed 's/,*$//' >stdout
	diff - stdout
}

strong() {
	rows --from strong --set patient=S1 "$@"
}

@test "strong: six shapes of header" {
	printf '%s\n' 'Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,RPE' \
		'2024-05-01 08:00:00,A,1h,Leg Press,1,60,5,0,0,8' '2024-05-01 08:00:00,A,1h,Leg Press,2,60,5,0,0,8' \
		'2024-05-01 08:00:00,A,1h,Leg Press,Rest Timer,0,0,0,90,' '2024-05-01 08:00:00,A,1h,Wall Sit,1,0,0,0,60,' >in.csv
	strong --unit lb <<-!
	2024-05-01T08:00,S1,exercise,leg-press-light,,,2,5,27.22,,,,,,,,8
	2024-05-01T08:00,S1,exercise,wall-sit,,,1,,,60
	!
	printf '%s\n' 'Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE' \
		'2021-02-10 16:46:13,"M",2h 18m,"Leg Press",1,75.0,8,0,0,"easy","leg day",' >in.csv
	strong --unit kg <<-!
	2021-02-10T16:46,S1,exercise,leg-press-light,,,1,8,75,,,,,,,,,,,easy / leg day
	!
	printf '%s\n' 'Date,Workout Name,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE' \
		'2019-02-10 16:46:13,M,Leg Press,1,75,8,0,0,,,' >in.csv
	strong --unit kg <<-!
	2019-02-10T16:46,S1,exercise,leg-press-light,,,1,8,75
	!
	printf '%s\n' 'Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Weight Unit,Reps,RPE,Distance,Distance Unit,Seconds,Notes' \
		'2022-02-10 16:46:13,M,2h,Leg Press,W,100,lbs,8,,,,,' >in.csv
	strong <<-!
	2022-02-10T16:46,S1,exercise,leg-press-light,,,1,8,45.36
	!
	printf '%s\n' 'Date;Workout Name;Exercise Name;Set Order;Weight;Weight Unit;Reps;RPE;Distance;Distance Unit;Seconds;Notes;Workout Notes' \
		'2022-02-10 16:46:13;M;Leg Press;1;12,5;kg;8;;;;;;' >in.csv
	strong <<-!
	2022-02-10T16:46,S1,exercise,leg-press-light,,,1,8,12.5
	!
	printf '%s\n' '"Workout #";"Date";"Workout Name";"Duration (sec)";"Exercise Name";"Set Order";"Weight (kg)";"Reps";"RPE";"Distance (meters)";"Seconds";"Notes";"Workout Notes"' \
		'1;"2025-02-10 16:46:13";"M";3600;"Leg Press";"1";50.5;8;;;;"";""' >in.csv
	strong <<-!
	2025-02-10T16:46,S1,exercise,leg-press-light,,,1,8,50.5
	!
}

@test "strong: a weight without a unit is asked for" {
	printf '%s\n' 'Date,Exercise Name,Set Order,Weight,Reps' '2024-05-01 08:00:00,Leg Press,1,60,5' >in.csv
	fails 2 'in.csv: its loads have no unit, kg or lb' 'ptlog --from strong --set patient=S1 in.csv'
	grep -qx 'try: ptlog --from strong --set patient=S1 --unit kg in.csv' stderr
	# A second table behind the first, too.
	printf '%s\n' 'Date,Exercise Name,Set Order,Weight (kg),Reps' '2024-05-01 08:00:00,Leg Press,1,60,5' |
		cat - in.csv >both.csv
	fails 2 'both.csv: its loads have no unit' 'ptlog --from strong --set patient=S1 both.csv'
}

@test "what an export lacks is said once, with the command as it was typed" {
	cp "$SAMPLES/strong.csv" "$SAMPLES/klinik.csv" .
	printf 'date,item,reps\n2026-11-20,bridge,10\n' >nobody.csv
	printf 'Date,Patient Name,Exercise,Reps\n2026-11-01,A1,bridge,8\n2026-11-01,B2,bridge,9\n' >many.csv
	printf 'Date,Video,Exercise,Reps\n2026-11-01,x,bridge,8\n' >video.csv
	printf 'Name\tDatum\tÜbung\tSchmerz\nA1\t1.2.26\tBrücke\t4\nB2\t2.2.26\tBrücke\t5\n' >pain.tsv
	printf 'Date,Patient,Exercise,Pain,VAS,Duration,Time\n2026-11-20,P1,Bridge,4,4,20 min,10:30\n' >clock.csv
	printf 'Date,Patient,Exercise,Time\n2026-11-20,P1,Plank,1:30\n' >held.csv
	printf 'Date,Patient,Exercise,Pain,pain_after\n2026-11-20,P1,Plank,1,2\n' >own.csv
	while IFS='|' read -r command wrong try; do
		fails 2 "$wrong" "$command"
		[ "$(wc -l <stderr)" -eq 2 ]
		grep -qxF "try: $try" stderr || told_wrong "$command: not $try"
		[[ $try == *'<FILE'* || $try == *--append* ]] || bash -o pipefail -c "$try" >/dev/null 2>&1 ||
			told_wrong "$try: fails"
	done <<-'!'
		ptlog strong.csv|its loads have no unit, kg or lb; it names no patient|ptlog --from strong --unit kg --set patient=P01 strong.csv
		ptlog --unit lb strong.csv|names no patient|ptlog --unit lb --from strong --set patient=P01 strong.csv
		ptlog --set patient=S1 strong.csv|no unit|ptlog --set patient=S1 --from strong --unit kg strong.csv
		ptlog --from strong --unit kg strong.csv|strong.csv: it names no patient|ptlog --from strong --unit kg --set patient=P01 strong.csv
		ptlog --from strong -w 'rpe > 3' --set "note=it's" strong.csv|no unit|ptlog --from strong -w 'rpe > 3' --set 'note=it'\''s' --unit kg --set patient=P01 strong.csv
		ptlog --append log.csv --unique --from strong <strong.csv|no patient|ptlog --append log.csv --unique --from strong --unit kg --set patient=P01 <FILE
		ptlog --from fr -p P21 klinik.csv|other names than those of a log|ptlog -p P21 --from de klinik.csv
		ptlog nobody.csv|nobody.csv: it names no patient|ptlog --set patient=P01 nobody.csv
		ptlog many.csv|no column is called patient|ptlog --map 'Exercise=item,Patient Name=patient' many.csv
		ptlog video.csv|are all its rows of one|ptlog --set patient=P01 --map Exercise=item video.csv
		ptlog pain.tsv|no column is called patient|ptlog --date-format dmy --map 'Datum=date,Übung=item,Schmerz=pain_after,Name=patient' pain.tsv
		ptlog clock.csv|of a log; passed on as they are: 'VAS', 'Time'|ptlog --map Exercise=item,Pain=pain_after,Duration=seconds clock.csv
		ptlog held.csv|other names|ptlog --map Exercise=item,Time=seconds held.csv
		ptlog --map Pain=note clock.csv|: 'Time'|ptlog --map Pain=note --map Exercise=item,VAS=pain_after,Duration=seconds clock.csv
		ptlog own.csv|passed on as they are: 'Pain'|ptlog --map Exercise=item own.csv
		ptreport --as sheet -p P21 klinik.csv|not UTF-8|ptlog --from de klinik.csv | ptreport --as sheet -p P21
		ptplan -p P21 klinik.csv|not UTF-8|ptlog --from de klinik.csv >NEW.csv && ptplan -p P21 NEW.csv
		ptplan <klinik.csv|standard input: it is not UTF-8|ptlog --from de <FILE >NEW.csv && ptplan NEW.csv
		ptstat <klinik.csv|standard input: it is not UTF-8|ptlog --from de <FILE | ptstat
	!
	[ ! -e log.csv ]
}

# pasted FILE WRONG TRY ROW: the line that is proposed for the file, and a row that it gives.
pasted() {
	fails 2 "$1: $2" "ptlog $1"
	grep -qxF "try: $3" stderr || told_wrong "$1: not $3" || return 1
	bash -o pipefail -c "$3" >rows 2>/dev/null || told_wrong "$3: fails" || return 1
	grep -q "^$4" rows || told_wrong "$3: no row $4"
}

@test "English headings of a clinic are proposed, pounds as pounds" {
	printf 'Visit Date,Patient ID,Exercise,Sets,Reps,Weight (lbs),VAS pre,VAS post,Comments\n11/20/2026,1001,Bridge,3,10,5,3,4,ok\n' >en.csv
	pasted en.csv 'its dates begin with the month; its columns have other names than those of a log; its loads are in pounds' \
		"ptlog --date-format mdy --unit lb --map 'Visit Date=date,Patient ID=patient,Exercise=item,Weight (lbs)=load_kg,VAS pre=pain_before,VAS post=pain_after,Comments=note' en.csv" \
		2026-11-20,1001,exercise,bridge,,,3,10,2.27,,,3,4,,,,,,,ok,
	printf 'Date,Patient,Activity,Sets,Dauer (min)\n2026-11-20,P1,Bridge,3,5\n' >act.csv
	pasted act.csv "its columns have other names than those of a log; passed on as they are: 'Dauer (min)'" \
		'ptlog --map Activity=item act.csv' 2026-11-20,P1,exercise,bridge,,,3,,,,
}

@test "a header below titles is found, whatever its language" {
	cp "$SAMPLES/klinik.csv" .
	{ echo 'Praxis Nord'; iconv -f cp1252 -t utf8 klinik.csv; } >one.csv
	{ printf 'Praxis;;Stand;20.11.2026;\n;;;;\n'; cat klinik.csv; } >two.csv
	pasted one.csv 'line 2 looks like the header; its dates begin with the day' \
		'tail -n +2 one.csv | ptlog --from de' 2026-11-16,P21,exercise,sit-to-stand,,,2,8,
	pasted two.csv 'it is not UTF-8; line 3 looks like the header; its dates' \
		'tail -n +3 two.csv | ptlog --from de' 2026-11-16,P21,exercise,sit-to-stand,,,2,8,
	fails 2 'one.csv: line 2 looks like the header' 'ptlog --from de --stats one.csv'
	grep -qx 'try: tail -n +2 one.csv | ptlog --from de --stats' stderr
	fails 2 'try: tail -n +2 one.csv | ptlog --from de >NEW.csv && ptplan NEW.csv' 'ptplan one.csv'
	fails 2 'try: tail -n +2 <FILE | ptlog --from de | ptstat' 'ptstat <one.csv'
	{ echo North; echo date,patient,item; } >ours.csv
	fails 2 'line 2 looks like one; try: tail -n +2 ours.csv | ptlog' 'ptlog ours.csv'
}

@test "what a map reads is told of dates and words as if it had been typed" {
	printf 'Datum;Patient;Übung;Sätze;Schmerz vorher\n' >in.csv
	printf '%s;P1;Brücke;3;%s\n' 31.02.2026 2 20.11.2026 n/a 20.11.2026 k.A. 20.11.2026 N.A. 20.11.2026 NULL \
		20.11.2026 - 20.11.2026 '#N/A' 20.11.2026 3/4 2026-11-20 2 20.13.2026 2 1.2.2026 2 >>in.csv
	attempt 'ptlog --from de in.csv'
	[ "$status" -eq 1 ]
	sed 's/^ptlog: in.csv://' stderr >said
	diff -u - said <<-!
	2: Datum: '31.02.2026': February has 28 days
	3: Schmerz vorher: 'n/a' is not a number: leave it empty when it is unknown
	4: Schmerz vorher: 'k.A.' is not a number: leave it empty when it is unknown
	5: Schmerz vorher: 'N.A.' is not a number: leave it empty when it is unknown
	6: Schmerz vorher: 'NULL' is not a number: leave it empty when it is unknown
	7: Schmerz vorher: '-' is not a number: leave it empty when it is unknown
	8: Schmerz vorher: '#N/A' is an error that a spreadsheet wrote: look at the original
	9: Schmerz vorher: '3/4' is not on this scale: write the number alone
	11: Datum: '20.13.2026': there is no month 13
	!
	grep -c '^2026-' stdout | grep -qx 2
	grep -q '^2026-02-01,' stdout
}

@test "columns that no map knows are named once, with what they likely mean" {
	printf 'Datum;Patient;Übung;Wdh;Schmerz;Schmerz nachher;NRS;Dauer;Raum\n20.11.2026;P1;Brücke;9;4;4;4;20 min;5\n' >in.csv
	fails 0 "in.csv:1: not mapped and passed on as they are: 'Schmerz', 'NRS', 'Dauer' (seconds?), 'Raum'; give --map" \
		'ptlog --from de in.csv in.csv'
	[ "$(grep -c 'not mapped' stderr)" -eq 1 ] || told_wrong 'not once'
	fails 0 "are: 'NRS', 'Raum'; give" "ptlog --from de --map 'Schmerz=pain_before,Dauer=seconds' in.csv"
	grep -qx '2026-11-20,P1,exercise,bridge,,,,9,,1200,,4,4,,,,,,,,4,5,' stdout || told_wrong 'not mapped'
	attempt "ptlog --from strong --unit kg --set patient=P1 '$SAMPLES/strong.csv'"
	! grep 'not mapped' stderr || told_wrong 'what a map drops is known'
	{ printf 'Date,Patient,Exercise'; printf ',x%s' {1..12}; printf '\n2026-11-20,P1,bridge,,,,,,,,,,,,\n'; } >in.csv
	fails 0 "'x9', 'x10' and 2 more; give" 'ptlog --map Exercise=item in.csv'
	# A log's own unknown columns are no mistake, but one that sounds like pain is asked about.
	printf 'date,patient,item,mood,Pain\n2026-11-20,P1,bridge,1,4\n' >in.csv
	for given in '' '--set side=left ' '--append log.csv <'; do
		fails 0 "column 'Pain' is not known and is passed on; did you mean 'pain_after'?" "ptlog ${given}in.csv"
		[ "$(wc -l <stderr)" -le 2 ] || told_wrong 'more than that'
	done
	printf 'date,patient,item,Pain score,weight_lb,Wt\n2026-11-20,P1,bridge,7,10,3\n' >in.csv
	fails 0 "column 'Pain score' is not known and is passed on; did you mean 'pain_after'?" 'ptlog in.csv'
	grep -q "'weight_lb' is not known and is passed on; did you mean 'load_kg'? (its numbers are pounds: give --unit lb)" stderr
	grep -q "'Wt' is not known and is passed on; did you mean 'load_kg'?$" stderr
	fails 2 "'any' is neither a map (strong, hevy, fitnotes, de, fr, es, nl) nor a file" 'ptlog --from any in.csv'
}

@test "hevy: dates of app and web, line breaks, empty sets; other languages are refused with the cure" {
	printf '%s\r\n' '"title","start_time","end_time","description","exercise_title","superset_id","exercise_notes","set_index","set_type","weight_kg","reps","distance_km","duration_seconds","rpe"' \
		'"A","22 Dec 2025, 08:00","x","","Leg Press",,"slow\nand low",0,"normal",60,5,,,8' \
		'"A","22 Dec 2025, 08:00","x","","Leg Press",,"slow\nand low",1,"normal",60,5,,,8' \
		'"A","Dec 22, 2025, 8:00 PM","x","","Wall Sit",,"",0,"normal",,,,60,' \
		'"A","22 Dec 2025, 08:00","x","","Leg Press",,"",1,"normal",,,,,' \
		'"A","16 Juni 2026, 08:00","x","","Leg Press",,"",1,"normal",60,5,,,' >in.csv
	rows --from hevy --set patient=S1 --stats <<-!
	2025-12-22T08:00,S1,exercise,leg-press-light,,,2,5,60,,,,,,,,8,,,slow / and low
	2025-12-22T20:00,S1,exercise,wall-sit,,,1,,,60
	!
	grep -qF 'set it to English and export again' stderr
	grep -qF 'read 5, written 2, folded 1, repeated 0, filtered 1, rejected 1' stderr
}

@test "fitnotes: a unit in each row, in the heading, or two columns" {
	printf '%s\n' 'Date,Exercise,Category,Weight,Weight Unit,Reps,Distance,Distance Unit,Time,Comment' \
		'2024-01-02,Leg Press,Legs,100,lbs,5,,,,' '2024-01-02,Leg Press,Legs,100,lbs,5,,,,' '2024-01-02,Wall Sit,Legs,,,,,,0:01:30,ok' >in.csv
	rows --from fitnotes --set patient=S1 <<-!
	2024-01-02,S1,exercise,leg-press-light,,,2,5,45.36
	2024-01-02,S1,exercise,wall-sit,,,1,,,90,,,,,,,,,,ok
	!
	printf '%s\n' 'Date,Exercise,Category,Weight (lbs),Reps,Distance,Distance Unit,Time' '2024-01-02,Leg Press,Legs,100,5,,,' >in.csv
	rows --from fitnotes --set patient=S1 <<-!
	2024-01-02,S1,exercise,leg-press-light,,,1,5,45.36
	!
	printf '%s\n' 'Date,Exercise,Category,Weight (kg),Weight (lbs),Reps,Distance,Distance Unit,Time,Notes,Kind' '2024-01-02,Leg Press,Legs,45.4,100,5,,,,,' >in.csv
	rows --from fitnotes --set patient=S1 <<-!
	2024-01-02,S1,exercise,leg-press-light,,,1,5,45.4
	!
}

@test "a German spreadsheet: everything is found together, and the line to paste works" {
	printf 'Datum;Patient;\334bung;S\344tze;Wdh;Gewicht;Schmerz vorher;Schmerz nachher;Seite;Notiz\n20.11.2026;P07;Clamshell;3;10;12,5;3;4;links;"gut; m\374de"\n' >export.csv
	fails 2 'try: ptlog --from de export.csv' 'ptlog export.csv'
	sed -n 's/^try: //p' stderr >line
	bash line | tail -n 1 >stdout
	[ "$(cat stdout)" = '2026-11-20,P07,exercise,clamshell,,left,3,10,12.5,,,3,4,,,,,,,gut; müde,' ]
}

@test "UTF-16 is read by its mark, in both orders of bytes" {
	printf '2026-01-05,P1,exercise,bridge,,,,8,,,,,,,,,,,,Übung,\n' >row
	for order in 'LE \377\376' 'BE \376\377'; do
		{
			printf "${order#* }"
			printf 'date\tpatient\titem\treps\tnote\r\n2026-01-05\tP1\tbridge\t8\tÜbung\r\n' |
				iconv -f UTF-8 -t "UTF-16${order% *}"
		} >marked.csv
		tail -c +3 marked.csv >bare.csv
		agree 'cat row' 'ptlog marked.csv | tail -n +2'
		agree 'cat row' 'ptlog <marked.csv | tail -n +2'
		fails 2 "try: ptlog --encoding UTF-16${order% *} bare.csv" 'ptlog bare.csv'
		agree 'cat row' "ptlog --encoding UTF-16${order% *} bare.csv | tail -n +2"
	done
}

@test "columns of no map: --map, and day-first dates, are proposed and work" {
	printf 'Datum,patient,item,Wdh\n20.11.2026,P07,bridge,8\n' >export.csv
	fails 2 'try: ptlog' 'ptlog export.csv'
	sed -n 's/^try: //p' stderr >line
	[ "$(bash line | tail -n 1)" = '2026-11-20,P07,exercise,bridge,,,,8,,,,,,,,,,,,,' ]
	printf 'date,patient,item,reps\n20.11.2026,P07,bridge,8\n' >export.csv
	fails 1 'try: ptlog --date-format dmy export.csv' 'ptlog export.csv'
	# One date may be a slip; where all of several stand so, no row is tried.
	printf '21.11.2026,P07,bridge,9\n' >>export.csv
	for p in ptlog ptreport ptstat ptplan; do
		fails 2 'export.csv: its dates begin with the day' "$p export.csv"
		[ "$(wc -l <stderr)" -eq 2 ] && [ ! -s stdout ] || told_wrong "$p: more than one message"
	done
	printf 'date,patient,item,reps\n2026-11-19,P07,bridge,7\n' | cat - export.csv >mixed.csv
	fails 1 "mixed.csv:4: date: '20.11.2026' is not YYYY-MM-DD" 'ptlog mixed.csv'
}

@test "French, Spanish and Dutch headings; a clinic's own map" {
	printf 'Date;Patient;Exercice;Séries;Répétitions;Charge;Douleur avant;Côté\n05/01/2026;P1;bridge;3;10;12,5;3;gauche\n' >in.csv
	rows --from fr <<<'2026-01-05,P1,exercise,bridge,,left,3,10,12.5,,,3'
	printf 'Fecha;Paciente;Ejercicio;Series;Repeticiones;Peso;Dolor antes;Lado\n05/01/2026;P1;bridge;3;10;12,5;3;derecho\n' >in.csv
	rows --from es <<<'2026-01-05,P1,exercise,bridge,,right,3,10,12.5,,,3'
	printf 'Datum;Patiënt;Oefening;Sets;Herhalingen;Gewicht;Pijn vooraf;Zijde\n05-01-2026;P1;bridge;3;10;12,5;3;beide\n' >in.csv
	rows --from nl <<<'2026-01-05,P1,exercise,bridge,,both,3,10,12.5,,,3'
	printf 'When,Who,What,Reps\n05.01.2026,P1,bridge,10\n' >in.csv
	printf 'source,target,unit,value\nWhen,date,,\nWho,patient,,\nWhat,item,,\n@date-format,,,dmy\n' >map.csv
	rows --from map.csv <<<'2026-01-05,P1,exercise,bridge,,,,10'
	rows --map When=date,Who=patient,What=item --date-format dmy <<<'2026-01-05,P1,exercise,bridge,,,,10'
	fails 2 "did you mean 'strong'?" 'ptlog --from strng in.csv'
	fails 2 "'itm' is not a column of the log; did you mean 'item'?" 'ptlog --map What=itm in.csv'
}

@test "--prefix, --unit and --set say what the input leaves out" {
	printf 'date,patient,item,load_kg,note\n2026-01-05,P07,bridge,25,\n2026-01-05,P07,bridge,25 kg,own\n' >in.csv
	rows --prefix A- --unit lb --set 'note=one, two' <<-!
	2026-01-05,A-P07,exercise,bridge,,,,,11.34,,,,,,,,,,,"one, two"
	2026-01-05,A-P07,exercise,bridge,,,,,25,,,,,,,,,,,own
	!
	columns='date,patient,kind,item,value,side,sets,reps,load_kg,seconds,per_week,pain_before,pain_after'
	columns+=',dizzy_before,dizzy_after,settle_min,rpe,decision,rule,note,recorded'
	printf '%s\n2026-01-05,"P7",exercise,bridge,,,3,10,,,,,,,,,,,,,\n' "$columns" >in.csv
	rows --prefix AB <<<'2026-01-05,ABP7,exercise,bridge,,,3,10' # as long as the quotes it replaces
}

@test "as many columns as there may be, and every column of the log by --set" {
	{ printf 'x%s,' {1..234}; printf 'x\n'; printf '%s,' {1..234}; printf '235\n'; } >in.csv
	set=$(ptlog "$SAMPLES/visits.csv" 2>/dev/null | head -n 1 | tr , '\n' | sed 's/.*/--set &=/' | tr '\n' ' ')
	set="$set --set date=2026-01-05 --set patient=P1 --set item=bridge --set dose=3x10"
	fails 0 'read 1, written 1' "ptlog --check $set in.csv"
	{ printf 'x%s,' {1..255}; printf 'x\n'; printf '%s,' {1..255}; printf '256\n'; } >in.csv
	fails 2 'at most 235 are kept' "ptlog --check $set in.csv"
}

@test "what --set supplies makes no header of a row" {
	printf 'side,note\nleft,feels well\nright,a bit stiff\nleft,10 min walk\n' >in.csv
	rows --set date=2026-11-01 --set item=bird-dog --set patient=P1 --stats <<-!
	2026-11-01,P1,exercise,bird-dog,,left,,,,,,,,,,,,,,feels well
	2026-11-01,P1,exercise,bird-dog,,right,,,,,,,,,,,,,,a bit stiff
	2026-11-01,P1,exercise,bird-dog,,left,,,,,,,,,,,,,,10 min walk
	!
	grep -qF 'read 3, written 3' stderr
	printf 'patient,note\nP1,feels well\n' >in.csv
	rows --set date=2026-11-01 --set kind=note --set item=diary <<<'2026-11-01,P1,note,diary,,,,,,,,,,,,,,,,feels well'
	printf 'patient,item\nP1,bridge\n' >in.csv
	attempt 'ptlog --append log.csv --set kind=exercise <in.csv'
	[ "$status" -eq 0 ] && [ "$(wc -l <log.csv)" -eq 2 ] || told_wrong 'a row was a header'
}

@test "a later header repeats an earlier one, or names columns of the log" {
	printf 'item,Room,reps\nbridge,a,8\n' >room.csv
	{ cat room.csv room.csv; printf 'item,note,reps\nclamshell,ok,9\n'; } >in.csv
	rows --set date=2026-11-01 --set patient=P1 <<-!
	2026-11-01,P1,exercise,bridge,,,,8,,,,,,,,,,,,,a
	2026-11-01,P1,exercise,bridge,,,,8,,,,,,,,,,,,,a
	2026-11-01,P1,exercise,clamshell,,,,9,,,,,,,,,,,,ok
	!
}

@test "a later header may have columns of its own beside two of the log" {
	cat >expected <<-!
	2026-11-01,P1,exercise,bridge,,,,8,,,,,,,,,,,,,fine
	2026-11-02,P1,exercise,bridge,,,,9,,,,,,,,,,,,,,rain
	!
	printf 'date,reps,mood\n2026-11-01,8,fine\ndate,reps,weather\n2026-11-02,9,rain\n' >in.csv
	ptlog --set patient=P1 --set item=bridge in.csv | grep -v ^date | sed 's/,*$//' | diff expected -
	printf 'Tag,mood,reps\n2026-11-01,fine,8\nweather,Tag,reps\nrain,2026-11-02,9\n' >in.csv
	ptlog --map Tag=date --set patient=P1 --set item=bridge in.csv | grep -v ^date | sed 's/,*$//' |
		diff expected -
}

@test "notes of many columns are all kept" {
	printf 'date,patient,item,a,b,c,d,e,f,g,h,i,j\n2026-01-05,P1,bridge,1,2,3,4,5,6,7,8,9,10\n' >in.csv
	rows --map a=note,b=note,c=note,d=note,e=note,f=note,g=note,h=note,i=note,j=note \
		<<<'2026-01-05,P1,exercise,bridge,,,,,,,,,,,,,,,,1 / 2 / 3 / 4 / 5 / 6 / 7 / 8 / 9 / 10'
}

@test "the rows of two maps of a clinic may stand in any order" {
	mkdir clinic
	printf '%s\n' map,source,target,unit,value one,When,date,, two,Tag,date,, one,Who,patient,, two,Wer,patient,, \
		one,What,item,, two,Was,item,, one,@date-format,,,dmy two,@date-format,,,mdy >clinic/imports.csv
	quiet 'ptplan --check-catalogue --catalogue clinic'
	printf 'When,Who,What\n05.01.2026,P1,bridge\n' >in.csv
	rows --catalogue clinic --from one <<<'2026-01-05,P1,exercise,bridge'
	printf 'Tag,Wer,Was\n01/05/2026,P1,bridge\n' >in.csv
	rows --catalogue clinic --from two <<<'2026-01-05,P1,exercise,bridge'
	printf 'When,Wer,Was\n05.01.2026,P1,bridge\n' >in.csv
	fails 2 'other names' 'ptlog --catalogue clinic --from one in.csv'
}

@test "--map of a column that no input has is remarked on" {
	printf 'When,Who,What,Pain\n2026-01-05,P1,bridge,3\n' >a.csv
	printf 'When,Who,What,Effort\n2026-01-05,P1,bridge,3\n' >b.csv
	columns='When=date,Who=patient,What=item,Pain=pain_before,Effort=rpe'
	quiet "ptlog --map $columns a.csv b.csv"
	fails 0 "--map: no input has a column 'Effrot'" "ptlog --map $columns,Effrot=rpe a.csv b.csv"
}

@test "what is no table of rows is told as that, whatever its lines hold twice" {
	printf 'Name,Phone\nMax,max\n\ndate,patient,kind,item,value\n2026-11-01,P1,measure,nprs,3\n' >log.csv
	fails 2 'line 4 looks like one; try: tail -n +4 log.csv | ptlog' 'ptlog log.csv'
	printf 'name,code\nbag,Bag\n' >log.csv
	fails 2 'log.csv:1: no header of a log: missing patient, date, item' 'ptlog log.csv'
}

@test "pounds stay pounds in a line to paste, by whatever name, and when --map was given" {
	for name in 'Weight lb' 'Weight (pounds)' 'Wt. (lbs)' Pounds; do
		printf 'Visit Date,Patient,Exercise,%s\n2026-11-01,P1,squat,20\n' "$name" >log.csv
		fails 2 '--unit lb' 'ptlog log.csv'
	done
	printf 'Visit Date,Patient,Exercise,Weight lb\n2026-11-01,P1,squat,20\n' >log.csv
	fails 2 "try: ptlog --map 'Weight lb=load_kg' --unit lb --map" "ptlog --map 'Weight lb=load_kg' log.csv"
}
