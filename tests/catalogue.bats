# The tables: what breaks the build, what a folder of a clinic may do, what --list prints.
setup() {
	load lib
	MK=$PT_BIN/obj/mkcatalogue
	cp -r "$TESTS/../src/catalogue" tables
}

# broken TABLE 's/sed/script/' TEXT: the table, so changed, breaks the build with this message.
broken() {
	cp "$TESTS/../src/catalogue/$1.csv" "tables/$1.csv"
	sed -i "$2" "tables/$1.csv"
	if cmp -s "tables/$1.csv" "$TESTS/../src/catalogue/$1.csv"; then
		echo "$2 changed nothing"
		return 1
	fi
	attempt "$MK tables"
	cp "$TESTS/../src/catalogue/$1.csv" "tables/$1.csv"
	[ "$status" -eq 2 ] || told_wrong "$1 $2: status" || return 1
	grep -qF ".csv:$3" stderr || told_wrong "$1 $2: not said: $3"
}

@test "the tables as they are" {
	attempt "$MK tables"
	[ "$status" -eq 0 ] && [ ! -s stderr ]
}

@test "an unknown id breaks the build, with the nearest one" {
	broken exercises 's/,knee-oa;steroid-myopathy,strength,/,knee-ao;steroid-myopathy,strength,/' \
		"2: conditions: no 'knee-ao' in conditions; did you mean 'knee-oa'?"
	broken exercises '2s/quadriceps-lag/quadriceps-lap/' \
		"2: helps_findings: no 'quadriceps-lap' in findings; did you mean 'quadriceps-lag'?"
	broken exercises '2s/rolled-towel/rolled-towels/' "2: equipment: no 'rolled-towels' in equipment"
	broken goals '2s/walk-short/walk-sort/' "2: exercises: no 'walk-sort' in exercises"
	broken conditions 's/nprs;psfs;promis-pi/nprs;psfs;promis-px/' "2: default_measures: no 'promis-px'"
	broken measures '2s/knee-oa/knee/' "2: conditions: no 'knee' in conditions"
	broken limits '2s/bird-dog/bird-dock/' "2: excludes: no 'bird-dock' in exercises"
	broken limits 's/position:stand/position:stend/' "4: excludes: no exercise has the position 'stend'"
	broken questions 's/,knee-oa,/,knee-pain,/' "23: condition: no 'knee-pain' in conditions"
	broken findings 's/measure:gait-speed/measure:gait/' "6: scale: no 'gait' in measures"
	broken findings '2s/graded-exposure/exposure/' "2: suggests_focus: no exercise has the focus 'exposure'"
	broken exercises '2s/,strength,/,strenght,/' "2: focus: no condition and no finding asks for"
	broken rules '/^opioid-high-dose,/s/,balance,/,balanse,/' "14: applies_to: 'balanse' is no condition"
}

@test "an alias is no id" {
	broken exercises '2s/,knee-oa;/,gonarthrosis;/' "2: conditions: no 'gonarthrosis' in conditions"
}

@test "a chain leads there and back, and ends" {
	broken exercises '/^bridge,/s/,glute-set,/,clamshell,/' "16: harder: no way back: easier of 'bridge' is 'clamshell'"
	broken exercises '/^bridge-march,/s/,bridge,,/,,,/' "17: harder: no way back: easier of 'bridge-march' is ''"
	broken exercises '/^heel-slide,/s/,,seated-knee-bend,/,seated-knee-bend,seated-knee-bend,/;/^seated-knee-bend,/s/,heel-slide,,/,heel-slide,heel-slide,/' \
		"110: harder: the chain comes back to 'heel-slide'"
	broken exercises '/^bridge,/s/,glute-set,bridge-march,/,glute-set,brigde-march,/' "17: harder: no 'brigde-march'"
}

@test "units, words and numbers" {
	broken exercises '2s/,reps,/,rep,/' "2: dose_unit: 'rep' is none of reps, steps, seconds, minutes"
	broken exercises '2s/,yes,ankle/,maybe,ankle/;3s/,yes,ankle/,maybe,ankle/' "3: sided: 'maybe' is none of no, yes, left, right"
	broken equipment '2s/,no,/,nein,/' "2: at_home: 'nein' is neither yes nor no"
	broken measures '2s/,lower,/,low,/' "2: better: 'low' is none of none, lower, higher"
	broken measures '2s/,0,10,/,10,0,/' "2: max: is not above min"
	broken medicines '2s/mg\/day/mg/' "2: unit: 'mg' is none of mg/day, mcg/h"
	broken medicines '2s/,0.15,/,0,/' "2: factor: does not go with kind 'mme'"
	broken medicines '2s/,0.15,/,0:15,/' "2: factor: '0:15' is not a number"
	broken redflags '2s/Numbness/N\x16mbness/' "2: name: has a line break or another control character"
	broken redflags '2s/Numbness between\([^,]*\)/"Numbness\nbetween\1"/' "2: name: has a line break or another control character"
	broken redflags '2s/Numbness between[^,]*/#NAME?/' "2: name: is an error that a spreadsheet wrote"
	broken redflags '2s/stop-and-refer-emergency/stop/' "2: what_to_do: 'stop' is none of refer-routine"
	broken exercises '2s/,reps,2,10,5,0,15,7,/,reps,2,10,5,0,9,7,/' "2: max_reps: is below the start dose"
	broken exercises '2s/,reps,2,10,5,0,15,7,/,reps,2,10,5,0,15,8,/' "2: per_week: is not between 1 and 7"
	broken exercises '2s/,reps,2,10,5,0,15,7,/,seconds,2,10,0,0,15,7,/' "2: start_seconds: a timed exercise needs seconds"
	broken rules '3s/,20,/,10,/' "3: priority: is that of 'red-flag-emergency' too"
	broken imports '2s/@header/@heading/' "2: source: '@heading' is no setting of an import map"
}

@test "the shape of a table" {
	broken equipment '1s/,at_home/,home/' "1: no column 'home' in equipment"
	broken equipment '1s/,at_home/,home/' "1: column 'at_home' is missing"
	broken equipment '1s/,at_home/,id/' "1: column 'id' stands there twice"
	broken equipment '3s/^bag,/ankle-weight,/' "3: id: 'ankle-weight' was defined in line 2 already"
	broken equipment '3s/^bag,/Bag,/' "3: id: 'Bag' is no id"
	broken equipment '3s/^bag,Bag/bag,/' "3: name: must not be empty"
	broken equipment '3s/$/,x/' "3: 8 fields under 7 columns"
	rm tables/goals.csv
	attempt "$MK tables"
	[ "$status" -eq 2 ]
	grep -qF "tables/goals.csv: No such file" stderr
}

@test "limits and contraindications mirror each other" {
	broken limits '2s/quadruped-arm-lift;//' "35: contraindications: limit 'no-kneeling' does not exclude 'quadruped-arm-lift'"
	broken exercises '/^bird-dog,/s/no-kneeling;//' "2: excludes: 'bird-dog' does not name 'no-kneeling' in contraindications"
}

@test "a name means one row" {
	broken exercises '/^clamshell,/s/,clamshells;/,clamshells;Bridging;/' "19: aliases: 'bridging' means 'bridge' already"
}

@test "a translation keeps the places that are filled in" {
	broken rules '/^pain-high-risk,/s/stieg danach auf {pain_after}/stieg danach auf {pain_afer}/' "53: note_patient: {pain_after} is in one of the texts, but not in that in 'de'"
}

@test "what is hardly meant breaks the build too" {
	broken exercises '2s/,knee-oa;steroid-myopathy,/,,/' "2: conditions: 'quad-set' is for no condition"
	broken conditions '/^sciatica,/s/,nerve-glide;/,nerve-glide;sensory;/' "9: primary_focus: no exercise for 'sciatica' has the focus 'sensory'"
	broken findings '2s/^antalgic-gait,/limping,/' "2: suggests_focus: no exercise helps 'limping'"
}

@test "all mistakes are told at once" {
	sed -i '2s/,no,/,nein,/;3s/,yes,/,ja,/' tables/equipment.csv
	sed -i '2s/walk-short/walk-sort/' tables/goals.csv
	attempt "$MK tables"
	[ "$(grep -c 'neither yes nor no' stderr)" -eq 2 ]
}

@test "--list prints the table as it is written" {
	for table in exercises equipment goals limits findings conditions measures medicines redflags rules \
		questions first-session imports phrases settings; do
		same 0 "ptlog --list $table" <"$TESTS/../src/catalogue/$table.csv"
	done
}

@test "every setting of the table is read by a program, and none that it lacks" {
	cut -d, -f1 "$TESTS/../src/catalogue/settings.csv" | tail -n +2 | sort >listed
	{
		grep -rhoE --include='*.c' 'cat_setting\([^"]*"[a-z-]+"' "$TESTS/../src" |
			sed 's/.*"\(.*\)"/\1/'
		sed -nE 's/^\tX\(([a-z_]+), "([a-z-]+)"\).*/\1 \2/p' "$TESTS/../src/plan/patient.h" |
			while read -r field setting; do
				grep -rqE --include='*.c' -e "->$field\\b" "$TESTS/../src/plan" && echo "$setting"
			done
	} | sort -u >read
	diff -u listed read
}

@test "a clinic's folder adds and changes rows" {
	mkdir clinic
	printf 'id,value\nplan-days,42\n' >clinic/settings.csv
	sed 's/^plan-days,28,/plan-days,42,/' tables/settings.csv >wanted
	same 0 "ptlog --catalogue clinic --list settings" <wanted
	same 0 "PTCATALOGUE=clinic ptlog --list settings" <wanted
}

@test "a clinic's own exercise, measure and rule" {
	mkdir clinic
	cat >clinic/exercises.csv <<-!
		id,name,aliases,conditions,focus,region,position,dose_unit,sets,start_reps,start_seconds,max_reps,per_week,equipment,helps_findings,instruction,source
		rope-pull,Rope pull,Seilzug,shoulder-pain,strength,shoulder,stand,reps,2,8,2,15,3,band,scapular-dyskinesis,Pull the rope to your chest.,Ours
	!
	printf 'id,name,unit,min,max,better,source\nreach-test,Reach test,cm,0,80,higher,Ours\n' >clinic/measures.csv
	cat >clinic/rules.csv <<-!
		id,scope,applies_to,when,decision,priority,note_patient,source
		rope-sore,exercise,rope-pull,pain_after > 4,hold,605,Same dose: the rope made it sore.,Ours
	!
	cat >in.csv <<-!
		date,patient,kind,item,value,sets,reps
		2026-11-20,P1,exercise,Seilzug,,2,8
		2026-11-20,P1,measure,Reach test,41,,
	!
	attempt "ptlog --catalogue clinic --strict in.csv"
	[ "$status" -eq 0 ] && [ ! -s stderr ] || told_wrong "own items"
	grep -q '^2026-11-20,P1,exercise,rope-pull,' stdout
	grep -q '^2026-11-20,P1,measure,reach-test,41,' stdout
	attempt "ptlog --strict in.csv"
	[ "$status" -eq 1 ]
	says 0 'rope-sore,exercise,rope-pull,pain_after > 4,hold,,,605,' "ptlog --catalogue clinic --list rules"
}

@test "a clinic's folder is checked like the build" {
	mkdir clinic
	printf 'id,valu\nplan-days,42\n' >clinic/settings.csv
	touch clinic/mesures.csv
	attempt "ptlog --catalogue clinic --list settings"
	[ "$status" -eq 2 ]
	grep -qF "clinic/settings.csv:1: no column 'valu' in settings; did you mean 'value'?" stderr
	grep -qF "mesures.csv is no table of the catalogue; did you mean measures.csv?" stderr
	rm clinic/mesures.csv clinic/settings.csv
	touch clinic/measures.CSV
	fails 2 "measures.CSV is no table of the catalogue; did you mean measures.csv?" \
		"ptlog --catalogue clinic --list measures"
	rm clinic/measures.CSV
	printf 'id,value,meaning,source\nplan-day,42,days,ours\n' >clinic/settings.csv
	fails 2 "clinic/settings.csv:2: id: no setting 'plan-day'; did you mean 'plan-days'?" \
		"ptlog --catalogue clinic --list settings"
	printf 'id,value\nplan-days,1e14\nwindow,-7\n' >clinic/settings.csv
	for line in 2 3; do
		fails 2 "clinic/settings.csv:$line: value: is not between 0 and 10000" \
			"ptlog --catalogue clinic --list settings"
	done
	printf "id,value\nwindow,7%0300d\u200bx\n" 0 >clinic/settings.csv
	fails 2 "value: '7000000000000000000000000000000000000000…' is not a number" \
		"ptlog --catalogue clinic --list settings"
	mkdir map
	fails 2 "cannot be used: 1 mistake" "ptlog --from map $SAMPLES/visits.csv"
	rm clinic/settings.csv
	printf 'source,target\nWeight,load_kg\n' >clinic/imports.csv
	fails 2 'clinic/imports.csv:2: map: is empty: name the import map' "ptlog --catalogue clinic --list imports"
	rm clinic/imports.csv
	attempt "ptlog --catalogue no-such-folder --list settings"
	[ "$status" -eq 2 ]
	grep -qF "no-such-folder" stderr
}
