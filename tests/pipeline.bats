setup() { load lib; }

@test "a report of a log is the report of the pipeline's tables" {
	agree "ptreport $SAMPLES/visits.csv" \
		"ptlog $SAMPLES/visits.csv | ptstat --tee | ptreport"
}

@test "ptlog of its own output changes no byte" {
	quiet "ptlog $SAMPLES/visits.csv >once.csv"
	agree 'ptlog once.csv' 'cat once.csv'
}

@test "files may be joined with cat" {
	agree "cat $SAMPLES/visits.csv $SAMPLES/new-patient.csv | ptlog" \
		"ptlog $SAMPLES/visits.csv $SAMPLES/new-patient.csv"
}

@test "plan rows continue the table of the log" {
	attempt "ptlog $SAMPLES/visits.csv | ptplan --tee"
	[ "$status" -eq 0 ]
	[ "$(grep -c '^date,patient,' stdout)" -eq 1 ]
	grep -q '^2026-11-23,P01,plan,' stdout
}

@test "planning twice on one day is planning once" {
	ptplan "$SAMPLES/visits.csv" >plan.csv
	ptlog "$SAMPLES/visits.csv" >log.csv
	ptlog --append log.csv <plan.csv
	agree 'cat plan.csv' 'ptplan log.csv'
}

@test "any division by patient gives the figures of the whole" {
	ptstat --by condition "$SAMPLES/visits.csv" >whole.csv
	for n in 1 2 7; do
		rm -f part*.csv
		for i in $(seq "$n"); do
			ptlog --sort patient --shard "$i/$n" "$SAMPLES/visits.csv" >part"$i".csv
		done
		for part in part*.csv; do
			ptstat --grouped --by patient,condition "$part"
		done | ptstat --by condition >parts.csv
		cmp whole.csv parts.csv
	done
}

@test "the order of patients in the log changes no figure" {
	agree "ptstat $SAMPLES/visits.csv" "ptlog --sort patient $SAMPLES/visits.csv | ptstat"
}

@test "a clinic of today: append, plan, file, report" {
	install -m 600 "$SAMPLES/visits.csv" log.csv
	quiet 'ptlog --append log.csv patient=P01 item=bridge dose=2x10 pain_before=3 pain_after=3 rpe=5'
	quiet 'ptplan -p P01 log.csv >plan.csv'
	quiet 'ptlog --append log.csv <plan.csv'
	attempt 'ptlog -p P01 -s today log.csv | cut -d , -f 3 | sort | uniq -c'
	grep -q '1 exercise' stdout
	grep -q 'plan' stdout
	quiet 'ptreport --as sheet -p P01 log.csv'
}

@test "a new patient has a plan on the first day" {
	attempt "ptplan $SAMPLES/new-patient.csv"
	[ "$status" -eq 0 ]
	grep -q ',start,' stdout
}

@test "the next reader's early end is quiet" {
	attempt "ptlog $SAMPLES/visits.csv | head -n 1"
	[ ! -s stderr ]
}

@test "a full disk is status 2, in all four" {
	for command in "ptlog $SAMPLES/visits.csv" "ptplan $SAMPLES/visits.csv" \
		"ptstat $SAMPLES/visits.csv" "ptreport $SAMPLES/visits.csv"; do
		fails 2 'standard output' "$command >/dev/full"
	done
}

@test "nothing on standard input is an error with words, in all four" {
	for program in ptlog ptplan ptstat ptreport; do
		fails 2 'no input on standard input' "printf '' | $program"
	done
}

@test "an item of the clinic's own is named once, on the way in" {
	printf 'date,patient,item,sets,reps\n2026-11-20,P1,garden-walk,2,8\n' >own.csv
	fails 0 "'garden-walk' is not in the catalogue" 'ptlog own.csv'
	for program in ptplan ptstat ptreport; do
		quiet "$program own.csv"
	done
}

@test "the weekly mail: one message, and nothing in a quiet week" {
	mkdir bin
	printf '#!/bin/sh\ncat >sent\n' >bin/sendmail && chmod +x bin/sendmail
	quiet "PATH=$PWD/bin:\$PATH $SAMPLES/weekly.sh $SAMPLES/visits.csv team@clinic.example"
	grep -q '^To: team@clinic.example' sent
	lacks '^Subject:.*P0' sent
	printf 'date,patient,item\n' >empty.csv
	rm sent
	quiet "PATH=$PWD/bin:\$PATH $SAMPLES/weekly.sh $PWD/empty.csv team@clinic.example"
	[ ! -e sent ]
}

@test "the weekly mail: what crontab and the unit of systemd run is there and works" {
	grep -hoE '^0 7.*' "$SAMPLES/crontab" | cut -f 2 | sed "s|/srv/clinic|$SAMPLES|" >line
	grep -qF "$(grep -o '^ptreport .*' line | sed 's|/.*/|/srv/clinic/|')" "$TESTS/../man/pttools.7"
	says 0 'Needs a look' "sh ./line"
	sed -n 's/^ExecStart=//p' "$SAMPLES/pttools-weekly.service" >start
	grep -qx '/usr/local/share/doc/pttools/samples/weekly.sh /srv/clinic/visits.csv team@clinic.example' start
	needs systemd-analyze
	# Where it is installed and what it reads stand here.
	for unit in service timer; do
		sed "s|/usr/local/share/doc/pttools/samples|$SAMPLES|" "$SAMPLES/pttools-weekly.$unit" \
			>"pttools-weekly.$unit"
	done
	SYSTEMD_LOG_LEVEL=warning systemd-analyze verify --man=no "$PWD/pttools-weekly.timer" 2>told ||
		{ cat told; return 1; }
	[ "$(systemd-analyze calendar --iterations=1 "$(sed -n 's/^OnCalendar=//p' pttools-weekly.timer)" |
		sed -n 's/.*Normalized form: //p')" = 'Mon *-*-* 07:00:00' ]
}

@test "no locale and no time zone changes a byte" {
	for locale in C C.UTF-8 de_DE.UTF-8 tr_TR.UTF-8; do
		for zone in UTC Pacific/Kiritimati America/Los_Angeles; do
			LC_ALL=$locale TZ=$zone ptlog "$SAMPLES/visits.csv" | LC_ALL=$locale TZ=$zone \
				ptplan --tee | LC_ALL=$locale TZ=$zone ptstat --tee | md5sum
		done
	done | sort -u >sums
	[ "$(wc -l <sums)" -eq 1 ]
}

@test "pipeline: rows that a pipe leaves out are told, since the plan cannot know of them" {
	cat >in.csv <<-'!'
		date,patient,kind,item,value,sets
		2026-03-01,A,profile,condition,low-back-pain,
		2026-03-02,A,exercise,bridge,,many
	!
	run bash -c 'ptlog in.csv 2>&1 >/dev/null | cat'
	[[ $output != *'this pipe'* ]] || told_wrong "$output"
	ptlog in.csv 2>stderr | ptplan --today 2026-03-03 >plan.csv
	grep -q '1 row was rejected, and what reads this pipe does not know of it' stderr
	ptplan --today 2026-03-03 in.csv 2>&1 | grep -q review,row-rejected
}

# A sentence of a rule that changed since would be told in the words of then.
@test "the sample log is what the planner of today makes of the sample clinic" {
	must_be_alone
	needs python3
	agree "$SAMPLES/make-visits" "cat $SAMPLES/visits.csv"
}
