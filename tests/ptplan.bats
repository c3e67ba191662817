# ptplan: plans, replays, explanations, the check of a catalogue.
setup() {
	load lib
	HEAD=$(head -n 1 "$TESTS/walkthroughs/red-flag.csv")
	COURSE=$TESTS/walkthroughs
}

# log ROW...: a log of rows; what a row lacks at its end is empty.
log() {
	printf '%s\n' "$HEAD" "$@" | awk -F, -v OFS=, 'NR == 1 { n = NF } { $n = $n "" } 1'
}

# replayed NAME: the plans of a walk-through are those that are expected, row for row.
replayed() {
	quiet "ptplan --today 2026-12-31 --replay 2026-01-01..2026-12-31 $COURSE/$1.csv" || return 1
	awk -v kind=trial -f "$TESTS/plan-columns.awk" "$COURSE/$1.expected.csv" stdout >got
	tail -n +2 "$COURSE/$1.expected.csv" | diff -u - got
}

# refiled NAME: on every day of a walk-through the replay decides what was decided then.
refiled() {
	quiet "ptplan --today 2026-12-31 --replay 2026-01-01..2026-12-31 $COURSE/$1.csv" || return 1
	awk -v kind=trial -f "$TESTS/plan-columns.awk" <(echo date; grep ,plan, "$COURSE/$1.csv") stdout >got
	awk -v kind=plan -f "$TESTS/plan-columns.awk" <(echo date; grep ,plan, "$COURSE/$1.csv") \
		"$COURSE/$1.csv" | diff -u - got
}

@test "walk-through: low back pain" { replayed low-back-pain; refiled low-back-pain; }
@test "walk-through: knee osteoarthritis, thigh" {
	replayed knee-oa-quadriceps; refiled knee-oa-quadriceps; }
@test "walk-through: knee osteoarthritis, hip, with a flare" {
	replayed knee-oa-hip-control; refiled knee-oa-hip-control; }
@test "walk-through: neuropathy, near fall and skin break" {
	replayed peripheral-neuropathy; refiled peripheral-neuropathy; }
@test "walk-through: positional vertigo, by side and canal" {
	replayed bppv-posterior-right; refiled bppv-posterior-right; }
@test "walk-through: steroid myopathy, small steps and strength watched" {
	replayed steroid-myopathy; refiled steroid-myopathy; }
@test "walk-through: central sensitisation, quotas" {
	replayed central-sensitization; refiled central-sensitization; }
@test "walk-through: red flag, pause and careful return" { replayed red-flag; refiled red-flag; }

@test "a patient with only a profile gets a first plan at once" {
	log 2026-03-02,A,profile,condition,low-back-pain >in.csv
	quiet "ptplan --today 2026-03-02 in.csv"
	[ "$(grep -c ,start, stdout)" -ge 3 ]
}

@test "two patients with one diagnosis and different findings get different routines" {
	log 2026-03-02,A,profile,condition,knee-oa 2026-03-02,A,finding,quadriceps-lag,3,left \
		2026-03-02,B,profile,condition,knee-oa 2026-03-02,B,finding,trendelenburg-gait,3,right >in.csv
	quiet "ptplan --today 2026-03-02 in.csv"
	! diff <(grep ,A, stdout | cut -d, -f4) <(grep ,B, stdout | cut -d, -f4)
}

@test "no condition: what is done adapts and a review says what to add" {
	log 2026-03-02,A,exercise,bridge,,,2,8,,3,,3,3 >in.csv
	says 0 review,no-condition "ptplan --today 2026-03-03 in.csv"
	grep -q ,bridge,,,2,8,0,3, stdout
}

@test "a limit that the catalogue lacks is told, since it excludes nothing" {
	log 2026-03-02,A,profile,condition,low-back-pain 2026-03-02,A,profile,limit,pregnancy >in.csv
	says 0 review,unknown-limit "ptplan --today 2026-03-02 in.csv"
	log 2026-03-02,A,profile,condition,low-back-pain 2026-03-02,A,profile,limit,pregnancy \
		2026-03-03,A,profile,limit,"not pregnancy" >in.csv
	ptplan --today 2026-03-03 in.csv >stdout
	lacks unknown-limit
	log 2026-03-02,A,profile,condition,low-back-pain 2026-03-02,A,profile,limit,no-kneeling >in.csv
	ptplan --today 2026-03-02 in.csv >stdout
	lacks unknown-limit
}

@test "an imported log begins with what was done and invents no dose" {
	log 2026-11-01,A,profile,condition,vestibular-hypofunction \
		2026-11-1{3,6,8}',A,exercise,vor-x1-sitting,,,1,20' \
		2026-11-{18,20}',A,exercise,walk-short,,,1,,,600' >in.csv
	quiet "ptplan --today 2026-11-20 in.csv"
	grep -q ',vor-x1-sitting,,,1,20,0,,3,' stdout
	grep -q ',walk-short,,,1,1,0,600,2,' stdout
	mv stdout plan.csv
	says 0 '20 times; 3 days a week' 'ptreport --as sheet --today 2026-11-20 in.csv plan.csv'
}

@test "an old bad day or fall does not hold back the first plan of an imported log" {
	log 2026-11-01,A,profile,condition,low-back-pain 2026-04-22,A,exercise,bridge,,,2,8,,3,,3,7 \
		2026-04-22,A,exercise,single-leg-stand,,,2,1,,10 2026-04-22,A,finding,near-fall,1 \
		2026-11-20,A,exercise,bridge,,,2,8,,3,,2,2 \
		2026-11-20,A,exercise,single-leg-stand,,,2,1,,10 >in.csv
	quiet "ptplan --today 2026-11-23 in.csv"
	lacks -E 'red-day|near-fall'
	grep -q ',bridge,.*,hold,default-hold,' stdout
	grep -q ',single-leg-stand,.*,hold,' stdout
	sed -i 's/2026-04-22/2026-11-17/' in.csv
	quiet "ptplan --today 2026-11-23 in.csv"
	grep -q ',hold,red-day,' stdout
	grep -q ',near-fall-easier,' stdout
}

@test "an imported log where no dose was written: as much as before" {
	log 2026-11-18,A,exercise,bridge 2026-11-18,A,exercise,walk-short >in.csv
	quiet "ptplan --today 2026-11-20 in.csv"
	grep -q ',bridge,,,1,,0,,1,.*,hold,' stdout
	grep -q ',walk-short,,,1,,0,,1,.*,hold,' stdout
	mv stdout plan.csv
	says 0 'As much as before; one day a week' 'ptreport --as sheet --today 2026-11-20 plan.csv'
}

@test "sets that differ on the last day of an imported log: never above their mean" {
	log 2026-11-16,A,exercise,goblet-squat,,,3,12,20 \
		2026-11-18,A,exercise,goblet-squat,,,1,10,4 2026-11-18,A,exercise,goblet-squat,,,1,10,4 \
		2026-11-18,A,exercise,goblet-squat,,,1,7,8 \
		2026-11-18,A,exercise,side-plank,,,1,1,,30 2026-11-18,A,exercise,side-plank,,,1,1,,25 \
		2026-11-18,A,exercise,bridge,,,2,8,11.34 >in.csv
	quiet "ptplan --today 2026-11-20 in.csv"
	grep -q ',goblet-squat,,,3,9,4,,2,' stdout
	grep -q ',side-plank,,,2,1,0,27,1,' stdout
	grep -q ',bridge,,,2,8,11.34,,1,' stdout
}

@test "an item that the catalogue lacks is kept" {
	log 2026-03-02,A,plan,hula-hoop,,,2,8,,,3,,,,,,,start >in.csv
	says 0 ,hold,unknown-item, "ptplan --today 2026-03-03 in.csv"
}

@test "an emergency red flag leaves one referral and no dose" {
	cp "$COURSE/low-back-pain.csv" in.csv
	echo 2026-03-05,P01,redflag,saddle-numbness,1,,,,,,,,,,,,,,,, >>in.csv
	quiet "ptplan --today 2026-03-05 in.csv"
	[ "$(grep -c ,refer, stdout)" -eq 1 ]
	[ "$(grep -c ,pause, stdout)" -eq 4 ]
	! grep -E ',(pause|refer),' stdout | cut -d, -f7 | grep -q .
}

@test "a patient of whom a row was rejected gets no progress but a review" {
	sed 's/^2026-03-02,P01,exercise/2026-13-02,P01,exercise/' "$COURSE/low-back-pain.csv" >in.csv
	sed -i '$ s/^2026-[0-9-]*/2026-99-99/' in.csv
	attempt "ptplan --today 2026-03-06 in.csv"
	[ "$status" -eq 1 ]
	grep -q ,review,row-rejected, stdout
	lacks ,progress,
}

@test "status: discharged and deceased have no plan, paused pauses" {
	log 2026-03-01,A,profile,condition,knee-oa 2026-03-02,A,profile,status,discharged >in.csv
	quiet "ptplan --today 2026-03-02 in.csv"
	[ "$(wc -l <stdout)" -eq 1 ]
	cp "$COURSE/low-back-pain.csv" in.csv
	echo 2026-03-05,P01,profile,status,paused,,,,,,,,,,,,,,,, >>in.csv
	says 0 ,pause,status, "ptplan --today 2026-03-05 in.csv"
	[ "$(grep -c ,pause, stdout)" -eq 5 ]
}

@test "a red flag is heard while training is paused" {
	cp "$COURSE/low-back-pain.csv" in.csv
	echo 2026-03-05,P01,profile,status,paused,,,,,,,,,,,,,,,, >>in.csv
	echo 2026-03-05,P01,redflag,chest-pain,1,,,,,,,,,,,,,,,, >>in.csv
	says 0 ,chest-pain,,,,,,,,,,,,,,refer,red-flag-emergency, "ptplan --today 2026-03-05 in.csv"
}

@test "of several red flags none is left out, and the worst decides" {
	cat >in.csv <<-'!'
		date,patient,kind,item,value
		2026-06-01,E,profile,condition,low-back-pain
		2026-06-02,E,redflag,low-mood,1
		2026-06-02,E,redflag,repeated-falls,1
		2026-06-03,E,redflag,saddle-numbness,1
		2026-06-03,E,redflag,fever-with-pain,1
		2026-06-03,E,redflag,chest-pain,1
	!
	quiet "ptplan --today 2026-06-03 in.csv"
	grep -qF ",chest-pain,,,,,,,,,,,,,,refer,red-flag-emergency,Stop: Chest pain or pressure; Numbness \
between the legs or around the back passage; Fever or chills with back or joint pain. Get" stdout
}

@test "that one cause of a danger sign is absent does not clear the sign" {
	log 2026-11-20,A,redflag,chest-pain,1 "2026-11-20,A,redflag,pulmonary embolism,0" >in.csv
	says 0 'Stop: Chest pain or pressure. Get' 'ptplan --today 2026-11-20 in.csv'
	# the same word clears it, and two words for one sign are told once
	log "2026-11-20,A,redflag,heart attack,1" 2026-11-20,A,redflag,chest-pain,1 \
		2026-11-21,A,redflag,chest-pain,0 >in.csv
	says 0 'Stop: Chest pain or pressure. Get' 'ptplan --today 2026-11-20 in.csv'
	says 0 'Stop: Chest pain or pressure. Get' 'ptplan --today 2026-11-21 in.csv'
	log '2026-11-21,A,redflag,Heart attack,0' | sed 1d >>in.csv
	attempt 'ptplan --today 2026-11-21 in.csv'
	! grep red-flag-emergency stdout || told_wrong 'not cleared'
}

@test "that a part of a finding is absent does not end it" {
	while IFS='|' read -r id part rule; do
		log "2026-11-20,A,finding,$id,1" "2026-11-20,A,finding,$part,0" >in.csv
		says 0 ",$rule," 'ptplan --today 2026-11-20 in.csv'
	done <<-!
		new-numbness|new weakness|neuro-loss
		unwell|fever|unwell
		foot-skin-break|blister|skin-break-tell
	!
}

@test "a wound, a fall and a routine flag are heard while all exercise rests" {
	cat >in.csv <<-'!'
		date,patient,kind,item,value,side,sets,reps,seconds,per_week,decision,rule
		2026-06-01,E,profile,condition,peripheral-neuropathy,,,,,,,
		2026-06-01,E,plan,foot-check,,,1,1,120,7,start,first-day
		2026-06-03,E,finding,foot-skin-break,1,left,,,,,,
		2026-06-03,E,finding,fall,1,,,,,,,
		2026-06-03,E,redflag,low-mood,1,,,,,,,
		2026-06-03,E,finding,unwell,1,,,,,,,
	!
	for rests in unwell status; do
		quiet "ptplan --today 2026-06-03 in.csv"
		for rule in fall-recent skin-break-tell red-flag-routine; do
			grep -q ",refer,$rule," stdout || told_wrong "$rests hides $rule"
		done
		[ "$(grep -c ",pause,$rests," stdout)" -eq 2 ]
		sed -i s/,finding,unwell,1/,profile,status,paused/ in.csv
	done
}

@test "with an open wound of the foot nothing bears weight, whether it goes on or begins" {
	local rows=(2026-11-01,A,profile,condition,knee-oa 2026-11-20,A,finding,foot-skin-break,1)
	for item in sit-to-stand sit-to-stand-with-arms bridge; do
		rows+=("2026-11-10,A,plan,$item,,,2,8,,,3")
	done
	log "${rows[@]}" >in.csv
	quiet 'ptplan --today 2026-11-20 in.csv'
	[ "$(grep -c ,pause,neuropathy-skin-break-load, stdout)" -eq 3 ] || told_wrong 'not all pause'
	sed -i /,plan,/d in.csv
	quiet 'ptplan --today 2026-11-20 in.csv'
	lacks -e sit-to-stand -e bridge -e cycle -e leg-press
}

@test "a limit excludes: the easier exercise, or a stop" {
	cp "$COURSE/red-flag.csv" in.csv
	echo 2026-03-05,P10,profile,limit,high-fall-risk,,,,,,,,,,,,,,,, >>in.csv
	quiet "ptplan --today 2026-03-05 in.csv"
	grep -q ,goblet-squat,.*,stop,limit, stdout
	grep -q ,mini-squat,.*,regress,limit, stdout
}

@test "an exercise that takes another's place is not called left out" {
	cp "$COURSE/red-flag.csv" in.csv
	echo 2026-03-05,P10,profile,limit,high-fall-risk,,,,,,,,,,,,,,,, >>in.csv
	quiet "ptplan --today 2026-03-05 in.csv"
	grep -q ',stop,limit,Left out because' stdout
	grep -q ',regress,limit,"An easier exercise, in place of' stdout
	log 2026-03-02,A,profile,condition,knee-oa 2026-03-02,A,profile,language,de \
		'2026-03-02,A,profile,equipment,not chair' \
		2026-03-02,A,plan,goblet-squat,,,3,8,0,0,3,,,,,,,start,first-day >in.csv
	quiet "ptplan --today 2026-03-03 in.csv"
	grep -q ',mini-squat,.*,regress,equipment,"Eine leichtere Übung anstelle' stdout
}

@test "what the minutes hold back and what they leave out have words of their own" {
	log 2026-03-02,A,profile,condition,low-back-pain 2026-03-02,A,profile,minutes,1 \
		2026-03-02,A,plan,bridge,,,2,8,0,3,3,,,,,,,start,first-day >in.csv
	quiet "ptplan --today 2026-03-03 in.csv"
	grep -q ',stop,minutes-budget,Left out so that' stdout
	log 2026-02-02,A,profile,condition,low-back-pain 2026-02-02,A,profile,minutes,3 \
		2026-02-02,A,plan,bridge,,,2,10,0,3,3,,,,,,,start,first-day \
		2026-02-2{3,5,7},A,exercise,bridge,,,2,10,0,3,,2,2,,,,5 >in.csv
	quiet "ptplan --today 2026-02-27 in.csv"
	grep -q ',bridge,,,2,10,0,3,3,.*,hold,minutes-budget,Same dose: more would not fit' stdout
}

@test "an override stands, yields to a limit, and sets 0 forbids" {
	cp "$COURSE/red-flag.csv" in.csv
	echo 2026-03-05,P10,plan,goblet-squat,,,1,5,0,0,2,,,,,,,override,override,, >>in.csv
	says 0 ,override,override, "ptplan --today 2026-03-06 in.csv"
	grep -q ,goblet-squat,,,1,5,0,0,2, stdout
	echo 2026-03-05,P10,profile,limit,high-fall-risk,,,,,,,,,,,,,,,, >>in.csv
	says 0 ,review,override-limit, "ptplan --today 2026-03-06 in.csv"
	grep -q ,goblet-squat,.*,pause,override-limit, stdout
}

@test "filing a plan and planning again the same day gives the same plan" {
	sed -n '1,/^2026-03-02,P01,plan/p' "$COURSE/low-back-pain.csv" | sed '$ d' >in.csv
	ptplan --today 2026-03-02 in.csv >first.csv
	tail -n +2 first.csv >>in.csv
	same 0 "ptplan --today 2026-03-02 in.csv" <first.csv
}

@test "the order of patients does not matter" {
	for n in low-back-pain red-flag knee-oa-quadriceps; do tail -n +2 "$COURSE/$n.csv"; done >rows
	head -n 1 "$COURSE/red-flag.csv" >a.csv
	cp a.csv b.csv
	cat rows >>a.csv
	sort -s -t, -k2,2r rows >>b.csv
	agree "ptplan --today 2026-03-10 a.csv" "ptplan --today 2026-03-10 b.csv"
}

@test "--tee continues the log's table with the plan, without a second header" {
	quiet "ptplan --tee --today 2026-04-10 $COURSE/red-flag.csv"
	[ "$(grep -c ^date, stdout)" -eq 1 ]
	[ "$(wc -l <stdout)" -gt "$(wc -l <"$COURSE/red-flag.csv")" ]
}

@test "--explain says for every rule what it saw and why it won or lost" {
	grep -v '^2026-0[34]' "$COURSE/knee-oa-quadriceps.csv" | grep -v '^2026-02-0[3-9]\|^2026-02-[12]' >in.csv
	quiet "ptplan --explain --today 2026-02-02 in.csv"
	[ "$(head -n 1 stdout)" = patient,date,item,side,rule,decision,outcome,saw,because ]
	grep -q ",pain-high-risk,regress,won," stdout
	grep -q ",outvoted," stdout
	grep -q ",unknown," stdout
	quiet "ptplan --explain --today 2026-02-02 in.csv | ptreport --as table"
}

@test "sentences are in the patient's language, English where there is none, said once" {
	log 2026-03-02,A,profile,condition,knee-oa 2026-03-02,A,profile,language,de >in.csv
	quiet "ptplan --today 2026-03-02 in.csv"
	lacks 'Start today'
	sed -i s/language,de/language,fi/ in.csv
	attempt "ptplan --today 2026-03-02 in.csv"
	grep -q 'Start today' stdout
	[ "$(wc -l <stderr)" -eq 1 ]
}

@test "the built-in catalogue passes its check" {
	quiet "ptplan --check-catalogue"
	[ ! -s stdout ]
}

@test "the check names what is wrong with a rule by file and line" {
	mkdir cat
	cat >cat/rules.csv <<-'!'
	id,scope,applies_to,when,decision,change,cap,priority,note_patient,source
	one,exercise,any,pain_aftr > 5,hold,,,2001,,x
	two,exercise,any,unit > 5,hold,,,2002,,x
	three,exercise,any,red = 1,regress,dosis -1,,2003,,x
	four,exercise,any,red = 1,hold,,dosis +1,2004,,x
	five,exercise,any,red = 1,hold,,,2005,{pain_aftr},x
	six,exercise,any,rpe > 9 and rpe < 3,hold,,,2006,,x
	seven,exercise,any,days_since >= 10 and days_since <= 12,hold,,,2007,,x
	eight,patient,any,mme > 5,progress,dose +1,,2008,,x
	nine,patient,any,mme > 5,start,add bird-dog; add bridge,,2009,,x
	!
	attempt "ptplan --check-catalogue --catalogue cat"
	[ "$status" -ne 0 ]
	for line in 2 3 4 5 6 7 8 9 10; do grep -q "rules.csv:$line: " stderr; done
	grep -q "did you mean 'pain_after'" stderr
	grep -q "'six' can never be true" stderr
	grep -q "'seven' is never heard: 'gap-8-14' comes first" stderr
}

@test "the check names a rule that waits for what no patient can be" {
	mkdir cat
	cat >cat/rules.csv <<-'!'
	id,scope,applies_to,when,decision,change,cap,priority,note_patient,source
	one,exercise,any,irritability = 'hihg',hold,,,2001,,x
	two,metric,any,metric = 'nprss',review,,,2002,,x
	three,exercise,any,red = 2,hold,,,2003,,x
	four,patient,any,redflag = 1,review,,,2004,,x
	five,exercise,any,unit = 'second',hold,,,2005,,x
	six,exercise,any,rpe > 10,hold,,,2006,,x
	seven,exercise,any,last_change_rule = 'gap-8-15',hold,,,2007,,x
	eight,exercise,any,per_week > 7,hold,,,2008,,x
	nine,patient,any,pain_week - pain_week_before > 9.5,review,,,2009,,x
	ten,patient,any,irritability != 'low',review,,,2010,,x
	!
	attempt "ptplan --check-catalogue --catalogue cat"
	[ "$status" -eq 1 ]
	for line in 2 3 4 5 6 7 8 9; do grep -q "cat/rules.csv:$line: when: .* can never be true" stderr; done
	[ "$(grep -c 'rules.csv:' stderr)" -eq 8 ]
}

@test "a clinic's folder adds an exercise, a measure and a rule" {
	quiet "ptplan --check-catalogue --catalogue $SAMPLES/clinic-catalogue"
	log 2026-03-02,A,profile,condition,knee-oa 2026-03-02,A,profile,equipment,loop-band \
		2026-03-02,A,finding,trendelenburg-gait,3 2026-03-02,A,measure,y-balance,70 >in.csv
	quiet "ptplan --today 2026-03-02 --catalogue $SAMPLES/clinic-catalogue in.csv"
	grep -q ',review,clinic-y-balance,' stdout
}

# setting NAME,VALUE: a folder that changes one setting.
setting() {
	mkdir -p own
	printf '%s\n' id,value "$1" >own/settings.csv
}

@test "settings: how many exercises, and how many minutes a day" {
	log 2026-03-02,A,profile,condition,low-back-pain >in.csv
	quiet "ptplan --today 2026-03-02 in.csv"
	[ "$(grep -c ,start, stdout)" -eq 4 ]
	setting exercises,2
	quiet "ptplan --today 2026-03-02 --catalogue own in.csv"
	[ "$(grep -c ,start, stdout)" -eq 2 ]
	setting minutes,5
	quiet "ptplan --today 2026-03-02 --catalogue own in.csv"
	[ "$(grep -c ,start, stdout)" -lt 4 ]
	echo 2026-03-02,A,profile,minutes,20,,,,,,,,,,,,,,,, >>in.csv
	quiet "ptplan --today 2026-03-02 --catalogue own in.csv"
	[ "$(grep -c ,start, stdout)" -eq 4 ]
}

@test "settings: how far back an import looks, and how long a notice is not repeated" {
	log 2026-01-02,A,exercise,bridge,,,2,8,,3 >in.csv
	quiet "ptplan --today 2026-03-02 in.csv"
	lacks bridge
	setting history-days,90
	quiet "ptplan --today 2026-03-02 --catalogue own in.csv"
	grep -q ',bridge,,,2,4,0,3,1,.*,regress,gap-29-84,' stdout
	log 2026-03-01,A,exercise,bridge,,,2,8,,3 2026-03-02,A,plan,plan,,,,,,,,,,,,,,review,no-condition \
		2026-03-03,A,exercise,bridge,,,2,8,,3 >in.csv
	quiet "ptplan --today 2026-03-09 in.csv"
	lacks no-condition
	setting review-days,7
	quiet "ptplan --today 2026-03-09 --catalogue own in.csv"
	grep -q no-condition stdout
}

@test "settings: the limit of pain is that of the planner, too" {
	log 2026-03-01,A,profile,condition,knee-oa 2026-03-02,A,exercise,bridge,,,2,8,,3,,4,5 >in.csv
	quiet "ptplan --today 2026-03-03 in.csv"
	lacks red-day
	setting pain-limit,4
	quiet "ptplan --today 2026-03-03 --catalogue own in.csv"
	grep -q ,bridge,.*,hold,red-day, stdout
}

@test "positional vertigo: one manoeuvre, for the worst test and its own side" {
	log 2026-03-02,A,profile,condition,bppv 2026-03-02,A,finding,dix-hallpike-positive,1,right \
		2026-03-02,A,finding,supine-roll-positive,2,left >in.csv
	says 0 ,gufoni-left,,left,1,1,0,60,7,,,,,,,start,bppv-treat, "ptplan --today 2026-03-02 in.csv"
	[ "$(grep -c ,start, stdout)" -eq 1 ]
	echo 2026-03-02,A,profile,limit,no-neck-rotation,,,,,,,,,,,,,,,, >>in.csv
	quiet "ptplan --today 2026-03-02 in.csv"
	lacks ,gufoni
	grep -q ,review,no-candidate, stdout
}

@test "positional vertigo: untested ears get no manoeuvre, but a review" {
	log 2026-03-02,A,profile,condition,bppv >in.csv
	quiet "ptplan --today 2026-03-02 in.csv"
	grep -q ,plan,plan,.*,review,bppv-untested, stdout
	[ "$(wc -l <stdout)" -eq 2 ]
}

@test "positional vertigo: four positive tests refer and pause the manoeuvre" {
	sed '/^2026-03-16/,$ d' "$COURSE/bppv-posterior-right.csv" >in.csv
	for day in 16 23; do
		echo 2026-03-$day,P05,finding,dix-hallpike-positive,1,right,,,,,,,,,,,,,,, >>in.csv
	done
	quiet "ptplan --today 2026-03-23 in.csv"
	grep -q ,plan,plan,.*,refer,bppv-three-fail, stdout
	grep -q ,epley-right,.*,pause,bppv-three-fail-stop, stdout
}

@test "two conditions: exercises of both, limits of both" {
	log 2026-03-02,A,profile,condition,knee-oa 2026-03-02,A,profile,condition,bppv \
		2026-03-02,A,finding,dix-hallpike-positive,2,left 2026-03-02,A,finding,quadriceps-lag,2,left >in.csv
	quiet "ptplan --today 2026-03-02 in.csv"
	grep -q ,epley-left, stdout
	grep -q ,quad-set,,left\\\|,short-arc-quad,,left\\\|,straight-leg-raise,,left stdout
}

@test "what is not at hand is not planned, and leaves the plan when it goes" {
	cp "$COURSE/red-flag.csv" in.csv
	echo 2026-03-05,P10,profile,equipment,not stick,,,,,,,,,,,,,,,, >>in.csv
	quiet "ptplan --today 2026-03-05 in.csv"
	grep -q ,hip-hinge-stick,.*,stop,equipment, stdout
}

@test "an imported log without plans is continued as it was done" {
	log 2026-03-02,A,profile,condition,low-back-pain 2026-03-02,A,exercise,bridge,,,1,10,,3 \
		2026-03-02,A,exercise,bridge,,,1,8,,3 2026-01-02,A,exercise,bird-dog,,,1,8,,3 >in.csv
	quiet "ptplan --today 2026-03-03 in.csv"
	grep -q ,bridge,,,2,9,0,3, stdout
	lacks ,bird-dog,,,1,8
}

@test "no plan row names a medicine" {
	cp "$COURSE/steroid-myopathy.csv" in.csv
	echo 2026-03-05,P07,medicine,prednisone,60,,,,,,,,,,,,,,,, >>in.csv
	quiet "ptplan --today 2026-03-05 in.csv"
	lacks ,prednisone,
	grep -q ,steroid-dose-rise, stdout
}

@test "an override is repeated with the therapist's words" {
	cat >log.csv <<-'!'
		date,patient,kind,item,value,sets,reps,seconds,per_week,decision,rule,note
		2026-11-02,P1,profile,condition,knee-oa,,,,,,,
		2026-11-02,P1,plan,walk-short,,1,1,600,3,override,override,walks to work
	!
	says 0 'override,override,walks to work,' 'ptplan --today 2026-11-09 log.csv'
}

@test "--check-catalogue takes a folder by --catalogue alone" {
	fails 2 'name a folder: --catalogue careful' 'ptplan --check-catalogue careful'
}

# gaze ITEM SECONDS AFTER SETTLE DAY...: plan row of a gaze exercise on 2026-03-15 and a session
# as planned on each of the days, with dizziness of 1 before; out comes the row of the next plan.
gaze() {
	local item=$1 seconds=$2 after=$3 settle=$4 day
	shift 4
	log 2026-03-15,A,profile,condition,vestibular-hypofunction \
		"2026-03-15,A,plan,$item,,,3,3,0,$seconds,7,,,,,,,start,first-day" >in.csv
	for day; do
		log "2026-03-$day,A,exercise,$item,,,3,3,,$seconds,,,,1,$after,$settle" | tail -n +2 >>in.csv
	done
	[ -z "${next-}" ] || log "$next" | tail -n +2 >>in.csv
	quiet "ptplan --today 2026-03-20 in.csv"
	grep ',plan,vor-x1-' stdout | cut -d , -f 4,7,8,10,11,18,19
}

@test "vestibular hypofunction: dizziness is expected, and its strength and length decide" {
	{
		gaze vor-x1-sitting 30 3 20 19
		gaze vor-x1-sitting 30 3 10 15 16 17 18 19
		gaze vor-x1-sitting 30 1 0 17 18 19
		gaze vor-x1-sitting 60 1 0 17 18 19
		gaze vor-x1-sitting 30 3 21 19
		gaze vor-x1-sitting 30 6 10 19
		gaze vor-x1-standing 45 6 10 19
		next=2026-03-20,A,measure,dizziness-vas,4 gaze vor-x1-sitting 30 1 0 19
	} >got
	diff -u - got <<-'!'
	vor-x1-sitting,3,3,30,7,hold,vest-expected
	vor-x1-sitting,4,3,30,7,progress,vest-dose
	vor-x1-sitting,3,3,45,7,progress,vest-progress
	vor-x1-sitting,,,,,stop,vest-progress
	vor-x1-standing,3,3,45,7,progress,vest-progress
	vor-x1-sitting,3,3,20,7,regress,vest-too-long
	vor-x1-sitting,3,3,15,7,regress,vest-too-strong
	vor-x1-standing,,,,,stop,vest-too-strong
	vor-x1-sitting,3,3,30,7,regress,vest-too-strong
	vor-x1-sitting,3,3,15,7,regress,vest-next-day
	!
}

@test "limits and equipment by any of their names are those of the catalogue" {
	for names in 'Fall risk|high-fall-risk|resistance bands|band' 'Sturzgefahr|high-fall-risk|Kurzhanteln|weight' \
		'No heavy lifting|lifting-limit|Theraband|band' 'Knochenbruch|recent-fracture|mancuernas|weight'; do
		IFS='|' read -r limit limit_id thing thing_id <<<"$names"
		log 2026-03-02,A,profile,condition,knee-oa 2026-03-02,A,profile,condition,shoulder-pain \
			"2026-03-02,A,profile,limit,$limit_id" "2026-03-02,A,profile,equipment,$thing_id" >ids.csv
		sed "s/,$limit_id/,$limit/; s/,$thing_id/,$thing/" ids.csv >names.csv
		quiet 'ptlog --strict names.csv'
		ptplan --today 2026-03-02 ids.csv >wanted
		same 0 'ptplan --today 2026-03-02 names.csv' <wanted
		! grep -F "$limit" stderr || told_wrong "$limit"
		tail -n 1 ids.csv | sed "s/-02,/-03,/; s/,$thing_id/,not $thing_id/" >end
		cat end >>names.csv
		cat end >>ids.csv
		ptplan --today 2026-03-03 ids.csv >wanted
		same 0 'ptplan --today 2026-03-03 names.csv' <wanted
	done
}

@test "ptplan: the row of a flag that is called like a measure reads back as itself" {
	printf 'date,patient,kind,item,value\n2026-11-20,P1,profile,condition,low-back-pain\n2026-11-21,P1,redflag,pain,1\n' >log.csv
	attempt 'ptplan log.csv'
	[ "$status" -eq 0 ] && grep -q ',plan,plan,.*refer,red-flag' stdout
	mv stdout plan.csv
	quiet 'ptlog plan.csv'
	cmp stdout plan.csv
}

@test "positional vertigo: a negative test ends the manoeuvre, whatever holds the rest" {
	cat >in.csv <<-'!'
		date,patient,kind,item,value,side,sets,reps,seconds,per_week,decision,rule
		2026-02-02,B,profile,condition,bppv,,,,,,,
		2026-02-02,B,finding,dix-hallpike-positive,2,right,,,,,,
		2026-02-02,B,plan,epley-right,,right,1,1,30,7,start,bppv-treat
		2026-02-02,B,exercise,epley-right,,right,1,1,30,,,
		2026-02-09,B,finding,dix-hallpike-positive,0,right,,,,,,
	!
	says 0 ,stop,bppv-clear, "ptplan --today 2026-02-09 in.csv"
	says 0 ,stop,bppv-clear, "ptplan --today 2026-03-20 in.csv"
	sed '/,exercise,/d' in.csv >undone.csv
	says 0 ,stop,bppv-clear, "ptplan --today 2026-02-09 undone.csv"
}

@test "steroid myopathy: slower than at the test before is seen when tests are a month apart" {
	cat >in.csv <<-'!'
		date,patient,kind,item,value,sets,reps,per_week,decision,rule
		2026-01-01,S,profile,condition,steroid-myopathy,,,,,
		2026-01-01,S,measure,5xsts,19.4,,,,,
		2026-01-25,S,plan,sit-to-stand-with-arms,,2,7,3,hold,default-hold
		2026-02-05,S,measure,5xsts,21.8,,,,,
	!
	says 0 ,sit-to-stand-with-arms,,,2,7,,,3,,,,,,,hold,steroid-strength-drop, \
		"ptplan --today 2026-02-05 in.csv"
	grep -q ,5xsts,.*,refer,steroid-strength-drop, stdout
	sed -i s/21.8/21.6/ in.csv
	quiet "ptplan --today 2026-02-05 in.csv"
	lacks steroid-strength-drop
}

@test "habituation: what was cut comes back before the harder movement" {
	cat >in.csv <<-'!'
		date,patient,kind,item,value,sets,reps,per_week,dizzy_before,dizzy_after,settle_min,decision
		2026-03-02,V,profile,condition,vestibular-hypofunction,,,,,,,
		2026-03-02,V,finding,head-turn-dizziness,2,,,,,,,
		2026-03-11,V,plan,head-turns-sitting,,2,5,7,,,,start
		2026-03-12,V,plan,head-turns-sitting,,2,2,7,,,,regress
	!
	for day in 13 14 15 16 17; do
		echo "2026-03-$day,V,exercise,head-turns-sitting,,2,2,,2,2,0," >>in.csv
	done
	says 0 ,head-turns-sitting,,,2,3,,,7,,,,,,,progress,vest-progress, \
		"ptplan --today 2026-03-17 in.csv"
	sed -i s/,2,2,/,2,5,/ in.csv
	says 0 ,vest-habituation-done, "ptplan --today 2026-03-17 in.csv"
}

# A plan of yesterday with one exercise on the left, filed by the planner.
hip() {
	cat <<-'!'
		date,patient,kind,item,value,side,sets,reps,load_kg,seconds,per_week,decision,rule
		2026-06-01,O,profile,condition,hip-oa,,,,,,,,
		2026-06-01,O,plan,clamshell,,left,2,10,0,0,4,start,first-day
	!
}

@test "what the therapist decides on the day of the plan stands" {
	hip >in.csv
	echo 2026-06-01,O,plan,clamshell,,left,,,,,,stop, >>in.csv
	quiet "ptplan --today 2026-06-01 in.csv"
	lacks ,clamshell,
	quiet "ptplan --today 2026-06-02 in.csv"
	lacks ,clamshell,
}

@test "a stop or an override without a side is of every side that is planned" {
	hip >in.csv
	cp in.csv stopped.csv
	echo 2026-06-02,O,plan,clamshell,,,,,,,,stop, >>stopped.csv
	quiet "ptplan --today 2026-06-03 stopped.csv"
	lacks ,clamshell,
	cp in.csv forbidden.csv
	echo 2026-06-02,O,plan,clamshell,,,0,,,,,override, >>forbidden.csv
	says 0 ,clamshell,,left,0,,,,,,,,,,,override, "ptplan --today 2026-06-03 forbidden.csv"
	[ "$(grep -c ,clamshell, stdout)" -eq 1 ]
	echo 2026-06-02,O,plan,clamshell,,,1,5,,,,override, >>in.csv
	says 0 ,clamshell,,left,1,5,,,4, "ptplan --today 2026-06-03 in.csv"
	[ "$(grep -c ,clamshell, stdout)" -eq 1 ]
}

@test "an override may say the days alone, and the therapist's next word ends it" {
	hip >in.csv
	echo 2026-06-02,O,plan,clamshell,,left,,,,,2,override, >>in.csv
	says 0 ,clamshell,,left,2,10,0,0,2,,,,,,,override, "ptplan --today 2026-06-03 in.csv"
	echo 2026-06-04,O,plan,clamshell,,left,3,8,0,0,4,start, >>in.csv
	says 0 ,clamshell,,left,3,8,0,0,4,,,,,,,hold, "ptplan --today 2026-06-05 in.csv"
}

@test "a clinic's folder may have many focuses, be the built-in one, and is reviewed by the check" {
	mkdir cat
	{
		echo id,name,focus,region,position,dose_unit,sets,start_reps,start_seconds,max_reps,per_week,instruction,source
		for n in $(seq 80); do echo "extra-$n,Extra $n,focus-$n,knee,sit,reps,2,8,0,15,3,Do it.,clinic"; done
	} >cat/exercises.csv
	{
		echo id,suggests_focus
		echo "quadriceps-lag,$(seq -f focus-%g -s ';' 80)"
	} >cat/findings.csv
	attempt "ptplan --check-catalogue --catalogue cat"
	grep -q "'extra-1' is for no condition" stderr || told_wrong "not reviewed"
	log 2026-03-02,A,profile,condition,knee-oa 2026-03-02,A,finding,quadriceps-lag,2,left >in.csv
	attempt "ptplan --catalogue cat --today 2026-03-02 in.csv"
	[ "$status" -eq 0 ]
	[ "$(wc -l <stdout)" -gt 3 ]
	quiet "cd $TESTS/.. && ptplan --check-catalogue --catalogue src/catalogue"
}

@test "a ban ends by a dose of the therapist's own, not by a remark" {
	hip >in.csv
	echo 2026-06-02,O,plan,clamshell,,left,0,,,,,override, >>in.csv
	echo 2026-06-03,O,plan,clamshell,,left,,,,,,hold, >>in.csv
	says 0 ,clamshell,,left,0,,,,,,,,,,,override, "ptplan --today 2026-06-04 in.csv"
	echo 2026-06-05,O,plan,clamshell,,left,1,8,0,0,3,start, >>in.csv
	says 0 ,clamshell,,left,1,8,0,0,3,,,,,,,hold, "ptplan --today 2026-06-06 in.csv"
}

@test "a stop without a side is of all sides, also where a row without a side once stood" {
	hip | sed 's/left,2,10/,2,10/' >in.csv
	echo 2026-06-02,O,plan,clamshell,,,,,,,,stop, >>in.csv
	for side in left right; do
		echo 2026-06-10,O,plan,clamshell,,$side,2,10,0,0,4,start,first-day >>in.csv
	done
	echo 2026-06-11,O,plan,clamshell,,,,,,,,stop, >>in.csv
	quiet "ptplan --today 2026-06-12 in.csv"
	lacks ,clamshell,
}

@test "what the therapist stops after a bad day does not free the rest" {
	cat >in.csv <<-'!'
		date,patient,kind,item,value,sets,reps,load_kg,per_week,pain_before,pain_after,rpe,decision,rule
		2026-10-01,A,profile,condition,knee-oa,,,,,,,,,
		2026-10-01,A,plan,mini-squat,,2,8,0,4,,,,start,first-day
		2026-10-01,A,plan,sit-to-stand,,2,8,0,4,,,,start,first-day
	!
	for day in 10 12 14; do echo "2026-10-$day,A,exercise,mini-squat,,2,8,,,1,1,4,," >>in.csv; done
	echo 2026-10-14,A,exercise,sit-to-stand,,2,8,,,2,8,6,, >>in.csv
	says 0 ,mini-squat,,,2,8,0,,4,,,,,,,hold,red-day, "ptplan --today 2026-10-15 in.csv"
	echo 2026-10-15,A,plan,sit-to-stand,,,,,,,,,stop, >>in.csv
	says 0 ,mini-squat,,,2,8,0,,4,,,,,,,hold,red-day, "ptplan --today 2026-10-15 in.csv"
}

@test "graded exposure in an over-reacting system goes on to the next movement" {
	{
		echo date,patient,kind,item,value,side,sets,reps,load_kg,seconds,per_week,pain_before,pain_after,decision,rule
		echo 2026-03-01,A,profile,condition,central-sensitization,,,,,,,,,,
		echo 2026-03-01,A,finding,fear-of-movement,3,,,,,,,,,,
		echo 2026-03-01,A,plan,expose-knees-hug-relaxed,,,1,10,0,5,7,,,progress,cs-progress
		for day in 02 03 04 05 06 07 08; do
			echo "2026-03-$day,A,exercise,expose-knees-hug-relaxed,,,1,10,0,5,,6,7,,"
		done
	} >in.csv
	says 0 ,expose-seated-bend,,,1,5,0,3,7,,,,,,,progress,cs-exposure-step, \
		"ptplan --today 2026-03-09 in.csv"
	grep -q ,expose-knees-hug-relaxed,.*,stop,cs-exposure-step, stdout
}

@test "who reached the goals is not told that nothing improves" {
	{
		echo date,patient,kind,item,value,sets,reps,per_week,decision,rule
		echo 2026-01-01,A,profile,condition,low-back-pain,,,,,
		echo '2026-01-01,A,profile,goal,odi <= 30,,,,,'
		echo 2026-01-20,A,measure,odi,22,,,,,
		echo 2026-02-01,A,plan,bridge,,2,10,3,hold,default-hold
		echo 2026-03-03,A,measure,odi,22,,,,,
		for day in 18 20 22 24 26 28; do echo "2026-02-$day,A,exercise,bridge,,2,10,,,"; done
	} >in.csv
	says 0 review,goals-reached, "ptplan --today 2026-03-03 in.csv"
	lacks ,plateau,
	grep -v goal in.csv >goalless.csv
	says 0 review,plateau, "ptplan --today 2026-03-03 goalless.csv"
}

@test "a plan by rules with a mistake sends nobody to the tables that have none" {
	mkdir cat
	printf 'id,scope,applies_to,when,decision,priority,source\none,exercise,any,pain_aftr > 3,hold,2001,x\n' >cat/rules.csv
	fails 2 'the table of rules cannot be used: 1 mistake' "ptplan --catalogue cat '$SAMPLES/visits.csv'"
	grep -q "cat/rules.csv:2: when: rule 'one': unknown name 'pain_aftr'; did you mean 'pain_after'?" stderr
}

@test "ptplan: an exercise that is held for a measure that got worse says which one" {
	cat >log.csv <<-'!'
	date,patient,kind,item,value,sets,reps,per_week,pain_after,decision,rule
	2026-10-01,P1,profile,condition,knee-oa,,,,,,
	2026-10-01,P1,measure,nprs,2,,,,,,
	2026-10-02,P1,plan,bridge,,2,8,3,,start,first-day
	2026-11-01,P1,measure,nprs,6,,,,,,
	2026-11-08,P1,measure,nprs,6,,,,,,
	2026-11-10,P1,exercise,bridge,,2,8,,2,,
	2026-11-12,P1,exercise,bridge,,2,8,,2,,
	2026-11-14,P1,exercise,bridge,,2,8,,2,,
	!
	says 0 'bridge,,,2,8,,,3,,,,,,,hold,worse-by-mcid,' 'ptplan --today 2026-11-15 log.csv'
	grep -q '^2026-11-15,P1,plan,nprs,.*,refer,worse-by-mcid,' stdout
	[ "$(grep -c 'worse-by-mcid,.* is clearly worse than at the start' stdout)" -eq "$(grep -c worse-by-mcid stdout)" ] ||
		told_wrong 'a note without its measure'
	agree 'ptplan --grouped --today 2026-11-15 log.csv' 'ptplan --today 2026-11-15 log.csv'
	# Also where no line of its own speaks of it.
	mkdir own
	{ head -n 1 "$TESTS/../src/catalogue/rules.csv"; grep ^worse-by-mcid "$TESTS/../src/catalogue/rules.csv"; } |
		sed 's/,refer,hold,/,hold,,/' >own/rules.csv
	says 0 'hold,worse-by-mcid,"Numeric pain rating, average is' 'ptplan --catalogue own --today 2026-11-15 log.csv'
	says 0 bridge, 'ptplan --replay 2026-11-01..2026-11-20 log.csv'
	says 0 '1. Bridge' 'ptreport --as sheet --today 2026-11-15 log.csv <(ptplan --today 2026-11-15 log.csv)'
}
