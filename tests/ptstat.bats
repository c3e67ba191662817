# ptstat: its tables, what is refused, and that parts give the whole.
setup() { load lib; }

# A clinic of 150 patients, 3 conditions, an approach, pain, a measure, a plan and a dose.
clinic() {
	awk 'BEGIN {
		srand(11)
		print "date,patient,kind,item,value,sets,reps,load_kg,per_week,pain_before,pain_after,decision,rule"
		split("low-back-pain knee-oa neck-pain", condition, " ")
		for (p = 1; p <= 150; p++) {
			id = "P" p
			print "2026-01-01," id ",profile,condition," condition[p % 3 + 1] ",,,,,,,,"
			if (p % 4 == 0) print "2026-01-01," id ",profile,condition,chronic-pain,,,,,,,,"
			print "2026-01-01," id ",profile,approach," (p % 2 ? "guided" : "manual") ",,,,,,,,"
			print "2026-01-01," id ",plan,sit-to-stand,,3,10,,5,,,start,first-plan"
			print "2026-01-01," id ",medicine,tramadol," int(rand() * 5) * 50 ",,,,,,,,"
			for (d = 1; d <= 28; d++) {
				if (rand() < 0.3) continue
				before = int(rand() * 90) / 10
				printf "2026-01-%02d,%s,exercise,sit-to-stand,,3,%d,%d,,%s,%s,,\n", d, id,
					8 + rand() * 4, rand() * 20, before, before + 1
			}
			if (p % 5) print "2026-01-02," id ",measure,tug," 12 + int(rand() * 80) / 10 ",,,,,,,,"
			if (p % 7) print "2026-01-28," id ",measure,tug," 10 + int(rand() * 80) / 10 ",,,,,,,,"
		}
	}' >clinic.csv
}

# parts N: shard01.csv … of the clinic, each patient in one.
parts() {
	for i in $(seq "$1"); do
		ptlog --shard "$i/$1" clinic.csv >"shard$(printf %02d "$i").csv"
	done
}

# parts_agree OPTIONS KEYS GROUPS: 1, 2, 7 and 64 parts, in turn and in reverse, give the whole.
# Under valgrind or an emulator not 64: in three tests, 576 more starts of a program.
parts_agree() {
	clinic
	ptstat $1 --by "$3" clinic.csv >whole.csv 2>notes
	[ "$(wc -l <whole.csv)" -gt 10 ]
	for n in 1 2 7 $([ -n "${PT_UNDER-}" ] || echo 64); do
		rm -f shard*.csv
		parts "$n"
		agree 'cat whole.csv' "parallel --will-cite -k -j2 ptstat $1 --by $2 ::: shard*.csv 2>notes |
			ptstat $1 --by $3"
		agree 'cat whole.csv' "parallel --will-cite -k -j2 ptstat $1 --by $2 ::: $(ls -r shard*.csv | tr '\n' ' ') 2>notes |
			ptstat $1 --by $3"
	done
}

@test "parts give the whole, byte for byte: groups" {
	needs parallel
	parts_agree "" patient,condition condition
}

@test "parts give the whole, byte for byte: two keys, one dropped" {
	needs parallel
	parts_agree "" patient,condition,approach approach
}

@test "parts give the whole, byte for byte: timelines of groups" {
	needs parallel
	parts_agree "--every week" patient,condition condition
}

@test "the order of patients in the log is of no matter, nor is --grouped" {
	clinic
	{ head -n 1 clinic.csv; tail -n +2 clinic.csv | sort -s -t, -k1,1r; } >mixed.csv
	agree 'ptstat clinic.csv' 'ptstat mixed.csv'
	agree 'ptstat --by condition clinic.csv' 'ptstat --by condition --grouped clinic.csv'
	agree 'ptlog --sort patient clinic.csv | ptstat' \
		'ptlog --sort patient clinic.csv | ptstat --grouped'
}

@test "--grouped: a patient who comes back is an error" {
	printf 'date,patient,item\n2026-01-01,P1,step-up\n2026-01-01,P2,step-up\n2026-01-02,P1,step-up\n' >log.csv
	fails 2 'do not stand together' 'ptstat --grouped log.csv'
	lacks P1 stderr
	# Also with a row that is rejected: what is known of the first ones was told already.
	sed -i '$s/$/,x/; 1s/$/,reps/; 2,3s/$/,8/' log.csv
	for command in 'ptstat --grouped' 'ptplan --grouped'; do
		fails 2 'log.csv:4: patient: the rows of one patient do not stand together' "$command log.csv"
	done
	sed -i 3d log.csv
	fails 1 'log.csv:3: reps: ' 'ptstat --grouped log.csv'
}

@test "one patient in two parts is an error" {
	printf 'date,patient,pain_before,item\n2026-01-01,P1,4,step-up\n' >a.csv
	printf 'date,patient,pain_before,item\n2026-01-02,P1,5,step-up\n' >b.csv
	fails 2 'shards must not split a patient: ptlog --shard' \
		'{ ptstat a.csv; ptstat b.csv; } | ptstat --by all'
	fails 2 'shards must not split a patient: ptlog --shard' \
		'{ ptstat --every week a.csv; ptstat --every week a.csv; } | ptstat --every week --by all'
}

@test "period and horizon belong to the run that makes the series" {
	printf 'date,patient,pain_before,item\n2026-01-01,P1,4,step-up\n' >a.csv
	fails 2 'belong to the run that makes' 'ptstat a.csv | ptstat --by all -P 2026'
	fails 2 'belong to the run that makes' 'ptstat a.csv | ptstat --by all --at 4w'
	fails 2 "no column 'condition'" 'ptstat a.csv | ptstat --by condition'
	says 0 'all,pain,points,1,0' 'ptstat a.csv | ptstat --by all --today 2020-01-01'
}

@test "typing errors are answered with the nearest word, never with an empty table" {
	printf 'date,patient,pain_before,item\n2026-01-01,P07,4,step-up\n' >a.csv
	fails 2 "did you mean 'pain'" 'ptstat --metric payn a.csv'
	fails 2 "did you mean 'medicine:tramadol'" 'ptstat --metric medicine:tramadoll a.csv'
	fails 2 "did you mean 'condition'" 'ptstat --by conditon a.csv'
	fails 2 'named twice' 'ptstat --by patient,patient a.csv'
	fails 2 "is not known for one exercise" 'ptstat --by patient,item --metric mme a.csv'
	fails 2 'write 26w or 90d' 'ptstat --at 6m a.csv'
	fails 2 'a table of its own' 'ptstat --attention --by patient a.csv'
	fails 1 "--patient: no row is of 'P70'; did you mean 'P07'?" 'ptstat -p P70 a.csv'
	[ "$(wc -l <stdout)" -eq 1 ]
}

@test "a metric of any length is told apart, and one that is too long is unknown" {
	local long umlauts
	long=$(printf 'a%.0s' {1..255}) # with one letter more the longest that an item may be
	umlauts=$(printf 'ä%.0s' {1..200})
	printf 'date,patient,kind,item,side,value\n' >a.csv
	printf '2026-01-01,P1,measure,%s,left,%s\n' "${long}b" 4 "${long}c" 5 >>a.csv
	attempt 'ptstat a.csv'
	cut -d, -f2,8 stdout >metrics
	{ echo metric,baseline && printf '%s:left,%s\n' "${long}b" 4 "${long}c" 5; } | diff - metrics
	for metric in "$umlauts" "a$umlauts" "medicine:$umlauts" "medicine:a$umlauts"; do
		fails 2 'not known and not in the input' "ptstat --metric $metric a.csv"
	done
	printf 'patient,metric,baseline,current,verdict\nP1,%s,,,\n' "$umlauts" "a$umlauts" >series.csv
	attempt 'ptstat series.csv'
	[ "$status" -le 2 ] || told_wrong 'a series of a long metric'
}

@test "a metric that is known but has no value gives the header alone" {
	printf 'date,patient,pain_before,item\n2026-01-01,P07,4,step-up\n' >a.csv
	says 0 patient,metric,unit 'ptstat --metric rpe a.csv'
	[ "$(wc -l <stdout)" -eq 1 ]
}

@test "an unknown measure has change without verdict; one of a clinic's catalogue is judged" {
	cat >log.csv <<-end
	date,patient,kind,item,value
	2026-01-01,P1,measure,wall-sit,20
	2026-03-01,P1,measure,wall-sit,40
	end
	says 0 'P1,wall-sit,,2,2026-01-01,2026-03-01,8.428571428571,20,40,20,100,' \
		'ptstat --metric wall-sit log.csv'
	mkdir own
	printf 'id,name,unit,min,max,better,mcid,mcid_kind,mdc,source\n' >own/measures.csv
	printf 'wall-sit,Wall sit,seconds,0,600,higher,10,points,5,Own\n' >>own/measures.csv
	says 0 ',improved,' 'ptstat --catalogue own --metric wall-sit log.csv'
	says 0 'P1,wall-sit,seconds,' 'ptstat --catalogue own log.csv'
}

@test "an opioid without factor is named once, with the number of patients" {
	cat >log.csv <<-end
	date,patient,kind,item,value
	2026-01-01,P1,medicine,buprenorphine-patch,20
	2026-01-01,P2,medicine,buprenorphine-patch,10
	2026-01-01,P2,medicine,tramadol,100
	2026-01-05,P2,medicine,buprenorphine-patch,0
	2026-01-06,P2,note,,
	end
	fails 0 'buprenorphine-patch has no morphine factor: days on it have no mme (2 patients)' \
		'ptstat --metric mme log.csv'
	[ "$(wc -l <stderr)" -eq 1 ]
	grep -q '^P2,mme,MME/day,2,2026-01-05,2026-01-06' stdout
	lacks '^P1,mme' stdout
}

@test "a medicine that the catalogue lacks is left out of mme with one note, and what to type" {
	cat >log.csv <<-end
	date,patient,kind,item,value
	2026-01-01,P1,medicine,morphine,60
	2026-01-01,P1,medicine,morphine-IR,20
	2026-01-02,P1,medicine,Morphine IR,30
	2026-01-01,P2,medicine,palexiaa,100
	2026-01-01,P3,medicine,morphine-ir,20
	2026-01-01,P3,medicine,herbal tea,1
	2026-01-01,P3,medicine,gone,0
	end
	attempt 'ptstat log.csv'
	[ "$status" -eq 0 ]
	sort stderr >notes
	diff - notes <<-end
	ptstat: medicine 'herbal-tea' is not in the catalogue, so mme leaves it out
	ptstat: medicine 'morphine-ir' is not in the catalogue, so mme leaves it out; did you mean 'morphine'?
	ptstat: medicine 'palexiaa' is not in the catalogue, so mme leaves it out; did you mean 'tapentadol'?
	end
	attempt 'ptstat --metric sessions,pain log.csv'
	[ ! -s stderr ] || told_wrong 'a note on what was not asked for'
	{ echo date,patient,kind,item,value
	  printf '2026-01-01,P1,medicine,own-%s,1\n' {01..25}; } >log.csv
	fails 0 '5 more medicines are not in the catalogue' 'ptstat log.csv'
	[ "$(wc -l <stderr)" -eq 21 ]
}

@test "rows after the day of the table are said once; switchers are counted" {
	cat >log.csv <<-end
	date,patient,kind,item,value,pain_before
	2026-01-01,P1,profile,approach,manual,
	2026-01-08,P1,profile,approach,guided,
	2026-01-01,P1,exercise,step-up,,4
	2026-02-01,P1,exercise,step-up,,3
	end
	fails 0 '1 patient changed approach and count' 'ptstat --by approach log.csv'
	fails 0 '1 row after 2026-01-31 is not used' 'ptstat -u 2026-01-31 log.csv'
	fails 0 '1 row after 2026-01-31 is not used' 'ptstat --today 2026-01-31 log.csv'
}

@test "--tee passes the log on, then the table; ptreport and ptstat read both" {
	printf 'date,patient,pain_before,item\n2026-01-01,P1,4,step-up\n' >a.csv
	attempt 'ptstat --tee a.csv'
	[ "$status" -eq 0 ]
	[ "$(head -c 12 stdout)" = date,patient ] || [ "$(head -n 1 stdout | cut -c1-12)" = "date,patient" ]
	grep -q '^patient,metric,unit' stdout
	agree 'ptstat a.csv' 'ptlog a.csv | ptstat'
}

@test "nothing prints nan, inf or NA" {
	clinic
	for options in "" "--by condition" "--every month" "--every week --by all" "--by patient,item" \
		"--by all --at 2w" "--attention --today 2026-02-10" "--by focus" "-P 2026-01-15..2026-01-20"; do
		attempt "ptstat $options clinic.csv"
		[ "$status" -eq 0 ]
		lacks -E '(^|,)(-?nan|-?inf|NA|NaN|-?Inf|-0)(,|$)' stdout
	done
}

@test "a void takes back the newest row that agrees with it" {
	cat >log.csv <<-end
	date,patient,kind,item,value,pain_before
	2026-01-01,P1,exercise,step-up,,4
	2026-01-01,P1,exercise,step-up,,9
	2026-01-01,P1,void,,,9
	2026-01-01,P1,measure,nprs,8,
	2026-01-01,P1,void,nprs,8,
	end
	says 0 'P1,pain,points,1,2026-01-01,2026-01-01,0,4,4,' 'ptstat --metric pain log.csv'
}

@test "a red flag without a value is raised" {
	printf 'date,patient,kind,item,value\n2026-01-01,P1,redflag,saddle-numbness,\n' >log.csv
	says 0 'P1,urgent,red-flag,2026-01-01,saddle-numbness,1,' \
		'ptstat --attention --today 2026-01-02 log.csv'
}

@test "pain-next of an exercise takes resting pains from all rows" {
	cat >log.csv <<-end
	date,patient,item,pain_before
	2026-01-01,P1,step-up,4
	2026-01-01,P1,bridge,
	2026-01-02,P1,step-up,6
	end
	says 0 'P1,bridge,pain-next,points,1,2026-01-01,2026-01-01,0,2,2,' \
		'ptstat --by patient,item --metric pain-next log.csv'
}

# Figures of real trials, from R 4.2.2: mean, sd, median; prop.test(k, n, correct = FALSE).
@test "a real trial: means, deviations and responders as R gives them" {
	trial="ptstat --catalogue $DATA/dystonia/catalogue --metric twstrs"
	says 0 'arm-1,twstrs,points,2000-W01,37,46.9189189189,9.624558801947,24,49,65' \
		"$trial --every week --by approach $DATA/dystonia/log.csv"
	grep -q '^arm-2,twstrs,points,2000-W17,35,44.9142857143,11.82562379544,16,48,71$' stdout
	grep -q '^arm-3,twstrs,points,2000-W05,35,39.3428571429,11.82704492241,21,41,64$' stdout
	says 0 ',36,38.8888888889,24.78487307,55.1355409,13.8888888889,6.081815009,28.65953039,' \
		"$trial --at 4w --by approach $DATA/dystonia/log.csv"
	grep -q ',35,28.5714285714,16.32653624,45.05493486,14.2857142857,6.260231079,29.37555409,' stdout
	grep -q ',35,20,10.04244647,35.89161307,0,0,9.890099232,' stdout
	says 0 ',36,0,0,9.641862859,0,0,9.641862859,' "$trial --at 16w --by approach $DATA/dystonia/log.csv"
}

@test "a real trial: slopes a week as R gives them" {
	attempt "ptstat --metric twstrs $DATA/dystonia/log.csv"
	for slope in C1-01,0.5 C2-03,0.5 C6-10,0.25; do
		[ "$(awk -F, -v p="${slope%,*}" '$1 == p { print $19 }' stdout)" = "${slope#*,}" ]
	done
}

@test "a real trial where higher is better: months as R gives them" {
	same 0 "ptstat --every month --by approach --metric self-assessment $DATA/arthritis/log.csv |
		grep -v -e -0[135], | cut -d, -f1,4-" <<-end
	approach,period,n,mean,sd,min,median,max
	arm-1,2000-02,148,3.0675675676,1.014601977267,1,3,5
	arm-1,2000-04,148,3.0135135135,0.9617620343414,1,3,5
	arm-1,2000-06,147,3.156462585,0.997947759031,1,3,5
	arm-2,2000-02,151,3.2715231788,0.7477412639359,1,3,5
	arm-2,2000-04,148,3.3310810811,0.9646014545761,1,3,5
	arm-2,2000-06,146,3.5273972603,0.9978957549001,1,3.5,5
	end
}

@test "ptstat: a metric may be called by any name that the catalogue has for it" {
	quiet "ptstat --metric 5xsts '$SAMPLES/visits.csv'"
	mv stdout id.csv
	[ "$(wc -l <id.csv)" -gt 1 ]
	quiet "ptstat --metric 5xSTS '$SAMPLES/visits.csv'"
	cmp stdout id.csv
}

@test "ptstat: a metric's own name in any spelling comes before a measure's other names" {
	for how in '' '--by patient,item'; do
		agree "ptstat $how --metric pain,pain-response -p P02 '$SAMPLES/visits.csv'" \
			"ptstat $how --metric Pain,'Pain response' -p P02 '$SAMPLES/visits.csv'"
	done
}

@test "ptstat: a period of a table is one that ptstat prints, or is rejected with its line" {
	head=patient,metric,unit,period,n,mean,sd,min,median,max
	alone && limit='ulimit -v 1000000;' || limit=
	for period in -14d this-month 2026-w47 2026-3; do
		for step in year month week day; do
			printf '%s\nA,pain,points,%s,1,1,,1,1,1\nB,pain,points,%s,1,1,,1,1,1\n' \
				$head -10d $period >table.csv
			fails 1 "table.csv:3: period: '$period' is no day, week, month or year" \
				"$limit ptstat --by all --every $step table.csv"
		done
	done
}

@test "ptstat: who was discharged is not said to leave the plan undone" {
	{
		echo date,patient,kind,item,value,sets,reps,per_week,decision
		echo 2026-06-01,X,plan,bridge,,2,10,3,start
		for day in 01 03 05 08 10 12; do
			echo 2026-06-$day,X,exercise,bridge,,2,10,,
		done
		echo 2026-06-15,X,profile,status,STATUS,,,,
	} >log.csv
	for status in paused discharged deceased; do
		sed "s/STATUS/$status/" log.csv >$status.csv
		says 0 'X,adherence,percent,2,2026-06-01,2026-06-08,1,100,100,0,' \
			"ptstat --metric adherence --today 2026-07-20 $status.csv"
	done
	says 0 ',100,0,-100,' 'sed s/STATUS/active/ log.csv | ptstat --metric adherence --today 2026-07-20'
}

@test "ptstat: -p finds a patient of a table" {
	ptstat "$SAMPLES/visits.csv" >table.csv
	agree "ptstat -p P01 '$SAMPLES/visits.csv'" 'ptstat -p P01 table.csv'
	quiet 'ptstat -p P01 table.csv'
	fails 1 "--patient: no row is of 'P1'" 'ptstat -p P1 table.csv'
}

@test "ptstat: what does not fit says its line, and does not hide what was rejected before" {
	ptstat --every week "$SAMPLES/visits.csv" >table.csv
	fails 2 'table.csv:2: the timeline has another step than --every' \
		'ptstat --every month table.csv'
	fails 2 "table.csv:1: this timeline has no column 'item'" \
		'ptstat --every week --by patient,item table.csv'
	{ echo date,patient,item,pain_before; yes 2026-01-01,P,bridge,11 | head -n 30; } >log.csv
	fails 2 'and 10 more (10 pain_before)' 'ptstat --metric sprint log.csv'
}

@test "ptstat: a count that no memory holds is rejected" {
	printf 'patient,metric,period,n,mean\nA,pain,2026,1e30,1\n' >table.csv
	fails 1 "table.csv:2: n: '1e30' is not what ptstat prints there" 'ptstat --every year table.csv'
}

@test "ptstat: nobody is sent after the discharged, the deceased and those who pause" {
	{
		echo date,patient,kind,item,value,sets,reps
		for p in active paused discharged deceased; do
			printf '2026-10-01,%s,measure,nprs,5,,\n2026-10-31,%s,exercise,bridge,,3,10\n' $p $p
			echo "2026-11-01,$p,redflag,saddle-numbness,1,,"
			echo "2026-11-02,$p,profile,status,$p,,"
		done
	} >log.csv
	same 0 'ptstat --attention --today 2026-11-28 log.csv | cut -d, -f1-3' <<-'!'
	patient,severity,reason
	active,urgent,red-flag
	discharged,urgent,red-flag
	paused,urgent,red-flag
	active,soon,quiet
	active,watch,measure-overdue
	!
}

@test "a goal is met by its measure in any spelling, with its unit or without" {
	for goal in 'gait-speed >= 1' 'gait speed >= 1' 'Gait_Speed ≥ 1.0 m/s'; do
		printf 'date,patient,kind,item,value\n2026-05-01,P,profile,goal,%s\n' "$goal" >log.csv
		for day in 05-01,0.5 06-01,1.1 06-15,1.1; do
			echo "2026-${day/,/,P,measure,gait-speed,}" >>log.csv
		done
		says 0 good,goal,2026-06-01,gait-speed,1.1,1 'ptstat --attention --today 2026-06-16 log.csv'
	done
	for other in 'gait-speed >= 1 2' 'gait-speed >= 1 km/h' 'walk >= 1 m/s'; do
		sed -i "s|,goal,.*|,goal,$other|" log.csv
		attempt 'ptstat --attention --today 2026-06-16 log.csv'
		! grep -q ,goal, stdout || told_wrong "$other is met"
	done
}

@test "a period is given in one way, and one to come is remarked on" {
	log=$SAMPLES/visits.csv
	fails 2 'say the same twice' "ptstat --today 2026-11-23 -s 2026-11-01 -P 2026-10 $log"
	fails 2 'the period ends before it begins' "ptstat --today 2026-11-23 -s -7d -u -14d $log"
	for period in '-P 2027' '-s 2026-11-24' '--attention -P 2026-12'; do
		fails 0 'lies in the future: today is 2026-11-23' "ptstat --today 2026-11-23 $period $log"
	done
	quiet "ptstat --today 2026-11-23 -P this-month $log"
}

@test "one patient changed, two patients changed" {
	{
		echo date,patient,kind,item,value,pain_before
		for p in A B; do
			printf '2026-11-01,%s,profile,therapist,ann,\n2026-11-10,%s,profile,therapist,bob,\n' $p $p
			echo "2026-11-11,$p,exercise,bridge,,3"
		done
	} >log.csv
	fails 0 '2 patients changed therapist and count wholly under the newest' 'ptstat --by therapist log.csv'
	fails 0 '1 patient changed therapist and counts wholly' 'ptstat --by therapist -p A log.csv'
}

@test "a measure or medicine that the catalogue lacks is named once" {
	cat >log.csv <<-'!'
	date,patient,kind,item,value
	2026-11-01,A,measure,tugg,12
	2026-11-02,B,measure,tugg,12
	2026-11-01,A,medicine,oxycodon-retard,20
	2026-11-01,A,medicine,tramadol,100
	!
	attempt 'ptstat log.csv'
	diff - stderr <<-'!'
	ptstat: measure 'tugg' is not in the catalogue and has no unit, direction or threshold; did you mean 'tug'?
	ptstat: medicine 'oxycodon-retard' is not in the catalogue, so mme leaves it out
	!
	quiet 'ptstat --metric medicine:tramadol log.csv'
	quiet 'ptstat --by item --metric sessions log.csv'
	fails 0 "measure 'tugg'" 'ptstat --metric tugg log.csv'
}
