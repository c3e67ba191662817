# ptlog --append: what is acknowledged is on the disk, what fails leaves no trace.

setup() {
	load lib
	HEADER=date,patient,kind,item,value,side,sets,reps,load_kg,seconds,per_week,pain_before,pain_after,dizzy_before,dizzy_after,settle_min,rpe,decision,rule,note,recorded
	STAMP=2026-11-23T12:00:00Z
}

add() {
	ptlog --append log.csv patient=P1 item=bridge "$@"
}

@test "append: a row from fields is dated, checked and stamped; a new log is said and private" {
	umask 022
	fails 0 'ptlog: log.csv: new log' 'ptlog --append log.csv patient=P1 item="Sit to stand" dose=3x10@20kg'
	[ "$(stat -c %a log.csv)" = 600 ]
	same 0 'cat log.csv' <<-!
	$HEADER
	2026-11-23,P1,exercise,sit-to-stand,,,3,10,20,,,,,,,,,,,,$STAMP
	!
	quiet 'ptlog --append log.csv patient=P1 item=bridge reps=8'
}

@test "append: rows on standard input, with columns they lack by --set" {
	add reps=1 2>/dev/null
	quiet "printf 'item,dose,pain_after\nbridge,2x10,3\nclamshell,3x8/side,2\n' | ptlog --append log.csv --set patient=P7"
	same 0 'tail -n 2 log.csv' <<-!
	2026-11-23,P7,exercise,bridge,,,2,10,,,,,3,,,,,,,,$STAMP
	2026-11-23,P7,exercise,clamshell,,both,3,8,,,,,2,,,,,,,,$STAMP
	!
}

@test "append: an id is compared with those of the log, when the row is added" {
	alike='the id differs from that of log.csv:2 only in case, leading zeros or look-alike letters: two patients?'
	ptlog --append log.csv patient=P01 item=bridge reps=8 2>/dev/null
	fails 0 "ptlog: command line:1: patient: $alike" 'ptlog --append log.csv patient=p01 item=bridge reps=8'
	fails 0 "ptlog: standard input:3: patient: $alike" \
		"printf 'patient,item,reps\nP02,bridge,8\nP1,bridge,8\n' | ptlog --append log.csv"
	[ "$(grep -c 'two patients' stderr)" = 1 ]
	[ "$(wc -l <log.csv)" = 5 ]
	fails 0 "$alike" 'ptlog --append log.csv --check patient=p001 item=bridge reps=8'
	# The log's own pairs are not told again, nor what else is wrong in it.
	quiet 'ptlog --append log.csv patient=p01 item=bridge reps=9'
	printf 'broken,row\nkind,item,patient,date\n,bridge,X1,2026-11-01\n' >>log.csv
	quiet 'ptlog --append log.csv patient=P02 item=bridge reps=9'
	fails 0 'differs from that of log.csv:9 only' 'ptlog --append log.csv patient=x1 item=bridge reps=9'
	printf 'date;patient;item\n2026-11-01;A1;bridge\n' >other.csv && chmod 600 other.csv
	fails 0 'differs from that of other.csv:2 only' 'ptlog --append other.csv patient=a1 item=bridge'
	# A new log has nobody to be compared with; one of itself a second time.
	fails 0 'new log' "printf 'patient,item\nA1,bridge\na1,bridge\n' | ptlog --append new.csv"
	grep -q 'differs from that of standard input:2 only' stderr
}

@test "append: one bad row and nothing is written" {
	add reps=1 2>/dev/null
	cp log.csv before.csv
	fails 2 'standard input:3: reps:' "printf 'patient,item,reps\nP1,bridge,8\nP1,bridge,8x\n' | ptlog --append log.csv"
	grep -q 'nothing was written' stderr
	cmp log.csv before.csv
}

@test "append: a log with other columns, another order and delimiter keeps them" {
	printf 'patient;date;item;reps;Therapist\nP1;2026-11-01;bridge;8;AB\n' >log.csv
	chmod 600 log.csv
	quiet 'ptlog --append log.csv patient=P1 item=bridge reps=9 date=2026-11-02'
	[ "$(tail -n 1 log.csv)" = 'P1;2026-11-02;bridge;9;' ]
	fails 2 'load_kg: log.csv has no such column' 'ptlog --append log.csv patient=P1 item=bridge reps=9 load_kg=5'
	[ "$(wc -l <log.csv)" = 3 ]
}

@test "append: a row that could not be read back is refused, and a new log is not made" {
	{
		echo date,patient,item,note
		printf '2026-01-05,P1,bridge,'
		head -c 1048555 /dev/zero | tr '\0' x
		echo
	} >long.csv
	quiet 'ptlog --check long.csv 2>&1 | grep -q "rejected 0"'
	fails 2 'long.csv' 'ptlog --append log.csv <long.csv 2>&1 | sed s/standard.input:2:/long.csv:/ >&2'
	grep -q 'could be read again; nothing was written' stderr
	[ ! -e log.csv ]
}

@test "append: tables with columns of their own wait side by side" {
	fails 0 'new log' "printf 'date,patient,item,reps,room\n2026-01-05,P1,bridge,8,\"a,b\"\nkind,date,patient,item,value,mood\nmeasure,2026-01-06,P1,nprs,4,\"so \"\"so\"\"\"\ndate,patient,item,reps,room\n2026-01-07,P2,clamshell,9,2\n' | ptlog --append log.csv"
	same 0 'cut -d, -f1-5,20- log.csv' <<-!
	date,patient,kind,item,value,note,room,mood,recorded
	2026-01-05,P1,exercise,bridge,,,"a,b",,$STAMP
	2026-01-06,P1,measure,nprs,4,,,"so ""so""",$STAMP
	2026-01-07,P2,exercise,clamshell,,,2,,$STAMP
	!
	fails 2 'standard input:2: ward: log.csv has no such column' "printf 'date,patient,item,ward\n2026-01-05,P1,bridge,3\n' | ptlog --append log.csv"
}

# wide N [LETTER]: a table of one row with N columns that the log does not know.
wide() {
	printf 'date,patient,item'
	printf ",${2:-c}%s" $(seq "$1")
	printf '\n2026-01-05,P1,bridge'
	printf ',%.0sx' $(seq "$1")
	echo
}

@test "append: a table of which a log could not be read again is refused" {
	wide 235 >in.csv
	fails 0 'new log' 'ptlog --append log.csv <in.csv'
	quiet 'ptlog log.csv | ptlog | cmp - log.csv'
	wide 253 >in.csv
	fails 2 'standard input:1: that makes 253 columns' 'ptlog --append new.csv <in.csv'
	[ ! -e new.csv ]
	{ wide 200; wide 200 d; } >in.csv
	fails 2 'standard input:3: that makes 400 columns' 'ptlog --append new.csv <in.csv'
	[ ! -e new.csv ]
}

@test "append: tables whose columns stand at other places are read each by its own" {
	short='date,patient,item\n2026-01-05,P1,bridge\n'
	long='date,patient,item,mood\n2026-01-06,P1,bridge,good\n'
	for tables in "$short$long" "$long$short"; do
		rm -f log.csv
		printf "$tables" >in.csv
		fails 0 'written 2' 'ptlog --append log.csv --unique --stats <in.csv'
		[ "$(grep -c ',good,2026' log.csv)" = 1 ]
		fails 0 'written 0, folded 0, repeated 2' 'ptlog --append log.csv --unique --stats <in.csv'
	done
}

@test "append: what a log holds behind an open quote is not known, and nothing is added by it" {
	add reps=8 2>/dev/null
	printf '2026-11-23,P1,note,,"open\n' >>log.csv
	printf '2026-11-23,P1,exercise,bridge,,,,9,,,,,,,,,,,,,%s\n' $STAMP >>log.csv
	cp log.csv before.csv
	fails 2 "log.csv:3: " 'ptlog --append log.csv --unique patient=P1 item=bridge reps=9'
	grep -q 'nothing was written' stderr
	fails 2 "log.csv:3: " 'ptlog --append log.csv kind=void patient=P1 item=bridge reps=9'
	cmp log.csv before.csv
}

@test "append: stamped rows are refused; --unique adds what is not there, counted" {
	add reps=8 2>/dev/null
	add reps=8
	cp log.csv copy.csv
	fails 2 'the row comes from a log' 'ptlog --append log.csv <copy.csv'
	fails 0 'written 0, folded 0, repeated 2' 'ptlog --append log.csv --unique --stats <copy.csv'
	cmp log.csv copy.csv
	tail -n 1 copy.csv >>copy.csv
	fails 0 'written 1, folded 0, repeated 2' 'ptlog --append log.csv --unique --stats <copy.csv'
}

@test "append: an import twice with --unique changes nothing, and a void stays" {
	cp "$SAMPLES/strong.csv" export.csv
	ptlog --from strong --unit kg --set patient=S1 --append log.csv --unique <export.csv 2>/dev/null
	cp log.csv once.csv
	fails 0 'written 0' 'ptlog --from strong --unit kg --set patient=S1 --append log.csv --unique --stats <export.csv'
	cmp log.csv once.csv
	IFS=, read -r date patient kind item rest < <(sed -n 2p log.csv)
	sets=$(sed -n 2p log.csv | cut -d, -f7) reps=$(sed -n 2p log.csv | cut -d, -f8) load=$(sed -n 2p log.csv | cut -d, -f9)
	ptlog --append log.csv kind=void "date=$date" "patient=$patient" "item=$item" "sets=$sets" "reps=$reps" "load_kg=$load"
	cp log.csv voided.csv
	ptlog --from strong --unit kg --set patient=S1 --append log.csv --unique <export.csv 2>/dev/null
	cmp log.csv voided.csv
}

@test "append: a void means one row, or equal ones" {
	add reps=8 2>/dev/null
	add reps=8
	add reps=9
	fails 2 'agrees with several rows, which differ (log.csv:2, 3, 4)' 'ptlog --append log.csv kind=void patient=P1 item=bridge'
	fails 2 'agrees with no row of log.csv on 2026-11-30 (today); date= must be as in the row that is wrong' \
		'ptlog --append log.csv --today 2026-11-30 kind=void patient=P1 item=bridge reps=10'
	fails 2 'no row of log.csv on 2026-11-20T10:30; date= must be' \
		'ptlog --append log.csv kind=void date=2026-11-20T10:30 patient=P1 item=bridge'
	quiet 'ptlog --append log.csv kind=void patient=P1 item=bridge reps=8 note=typing'
	quiet 'ptlog --append log.csv kind=void patient=P1 item=bridge reps=8'
	fails 2 'agrees with no row' 'ptlog --append log.csv kind=void patient=P1 item=bridge reps=8'
	same 0 'ptlog --net log.csv' <<-!
	$HEADER
	2026-11-23,P1,exercise,bridge,,,,9,,,,,,,,,,,,,$STAMP
	!
}

@test "append: a void means a row of the log or an equal one on the way there, whatever columns they lack" {
	row=2026-11-23,P1,exercise,bridge,8
	void=2026-11-23,P1,void,bridge,8
	for log in "date,patient,kind,item,reps\n$row" "patient;date;item;reps;kind;Room;recorded\nP1;2026-11-23;bridge;8;;;"; do
		printf "$log\n" >log.csv && chmod 600 log.csv
		quiet "printf 'date,patient,kind,item,reps\n$row\n$void\n' | ptlog --append log.csv"
		[ "$(wc -l <log.csv)" = 4 ]
		[ "$(ptlog --net log.csv | wc -l)" = 2 ]
	done
	# What the log lacks and the other row has not is no difference; what one of them says is.
	printf "date,patient,kind,item,reps,room,mood\n$row,2,\n" >log.csv
	quiet "printf 'mood,ward,date,patient,kind,item,reps,room\n,,$row,2\n,,$void,\n' | ptlog --append log.csv"
	cp log.csv before.csv
	for other in ',3\n' ',\n'; do
		fails 2 'standard input:3: the void agrees with several rows, which differ (log.csv:2, standard input:2): fill in' \
			"printf 'date,patient,kind,item,reps,room\n$row$other$void,\n' | ptlog --append log.csv"
		cmp log.csv before.csv
	done
}

@test "append: what is no log is refused, and stays as it is" {
	mkdir folder
	fails 2 'folder: is a directory' 'ptlog --append folder patient=P1 item=bridge'
	mkfifo fifo
	fails 2 'fifo: not a regular file' 'ptlog --append fifo patient=P1 item=bridge'
	fails 2 'not a regular file' 'ptlog --append /dev/null patient=P1 item=bridge'
	add reps=8 2>/dev/null
	ln -s log.csv link
	fails 2 'link: is a symbolic link' 'ptlog --append link patient=P1 item=bridge'
	fails 2 'input and log are the same file' 'ptlog --append log.csv --unique <log.csv'
	echo 'to do' >text
	fails 2 'text: ' 'ptlog --append text patient=P1 item=bridge'
	[ "$(cat text)" = 'to do' ]
	fails 2 "'itm' is not a column" 'ptlog --append log.csv patient=P1 itm=bridge'
	grep -q "'item'" stderr
	fails 2 'try: ptlog --append log.csv patient=P1 kind=profile item=condition value=low-back-pain' \
		'ptlog --append log.csv patient=P1 condition=low-back-pain'
	chmod 644 log.csv
	fails 0 'readable by others (mode 0644): chmod 600 log.csv' 'ptlog --append log.csv patient=P1 item=bridge'
}

@test "append: items of profiles given as columns get commands that work as they are" {
	while IFS='|' read -r words rows; do
		fails 2 'is a row of the log, not a column' "ptlog --append log.csv patient=A1 $words"
		sed -n 's/^try: //p' stderr >line
		rm -f log.csv
		bash -e line 2>stderr || told_wrong "$words: $(cat line)"
		[ "$(tail -n +2 log.csv | cut -d, -f3-5,8 | tr '\n' ' ')" = "$rows " ] || told_wrong "$words: $(cat log.csv)"
	done <<-'!'
		kind=profile condition=knee-oa|profile,condition,knee-oa,
		condition='knee oa' limit=no-kneeling|profile,condition,knee oa, profile,limit,no-kneeling,
		kind=exercise item=bridge reps=8 limit=no-kneeling date=2026-11-02|profile,limit,no-kneeling, exercise,bridge,,8
	!
}

@test "append: a birth year is the year alone, and a whole date is not shown" {
	for year in 1968-05-01 1.1.1968 01/05/1968 68; do
		fails 2 'value: write the year of birth alone, from 1900 to 2199, as in 1968' \
			"ptlog --append log.csv patient=A1 kind=profile item=birth-year value=$year"
		! grep -F "'$year'" stderr || told_wrong 'a date of birth in a message'
	done
	fails 0 'new log' 'ptlog --append log.csv patient=A1 kind=profile item=birth-year value=1968'
}

@test "append: a row that was asked about for its kind can be taken back by the same word" {
	fails 0 "is the row's kind right?" "ptlog --append log.csv patient=A1 kind=finding 'item=foot ulcer' value=1"
	quiet "ptlog --append log.csv patient=A1 kind=void 'item=foot ulcer'"
}

@test "append: a new log is said when its rows are there, and nobody has to listen" {
	quiet "printf 'date,patient,item\n' | ptlog --append log.csv"
	[ ! -e log.csv ]
	fails 2 'agrees with no row' 'ptlog --append log.csv kind=void patient=P1 item=bridge'
	[ ! -e log.csv ] && ! grep 'new log' stderr
	attempt '{ sleep 0.3; ptlog --append log.csv patient=P1 item=bridge; echo $? >code; } 2>&1 | :'
	[ "$(cat code)" = 0 ] && [ "$(wc -l <log.csv)" = 2 ] || told_wrong "code $(cat code)"
	chmod 644 log.csv
	attempt '{ sleep 0.3; ptlog --append log.csv --stats patient=P1 item=bridge; echo $? >code; } 2>&1 | :'
	[ "$(cat code)" = 0 ] && [ "$(wc -l <log.csv)" = 3 ] || told_wrong "code $(cat code)"
}

@test "append: SOURCE_DATE_EPOCH is one clock for the day and the stamp" {
	SOURCE_DATE_EPOCH=1.7e9 ptlog --append log.csv patient=P1 item=bridge 2>/dev/null
	[ "$(sed -n '2s/,.*,/ /p' log.csv)" = '2023-11-14 2023-11-14T22:13:20Z' ]
	cp log.csv before.csv
	for seconds in now -1 1e12 1700000000x; do
		for log in log.csv new.csv; do
			fails 2 "SOURCE_DATE_EPOCH: '$seconds' is not a number of seconds since 1970" \
				"SOURCE_DATE_EPOCH=$seconds ptlog --append $log --today 2026-11-23 patient=P1 item=bridge"
		done
	done
	cmp log.csv before.csv && [ ! -e new.csv ]
}

@test "append: a lock is waited for" {
	add reps=8 2>/dev/null
	flock log.csv sleep 1 &
	sleep 0.2
	quiet 'ptlog --append log.csv patient=P1 item=bridge reps=9'
	wait
	[ "$(wc -l <log.csv)" = 3 ]
}

@test "append: a log cut at any byte is healed, and no whole row is lost" {
	for i in 1 2; do
		add reps=$i note="a \"quoted\", long note" 2>/dev/null
	done
	cp log.csv whole.csv
	first=$(head -n 2 whole.csv | wc -c)
	for k in $(seq "$first" "$(stat -c %s whole.csv)"); do
		head -c "$k" whole.csv >log.csv
		rm -f log.csv.torn
		add reps=99 2>stderr || { echo "cut at $k"; cat stderr; return 1; }
		lines=$(head -c "$k" whole.csv | wc -l)
		head -n "$lines" whole.csv | cmp - <(head -n "$lines" log.csv)
		tail -n 1 log.csv | grep -q ',99,.*Z$'
		# A stump is kept beside the log, byte for byte; only a line without its end is whole.
		head -c "$k" whole.csv | tail -n +$((lines + 1)) >stump
		if [ -s stump ] && [ -e log.csv.torn ]; then
			cmp <(cat stump; echo) log.csv.torn
		elif [ -s stump ]; then
			cmp <(cat stump; echo) <(sed -n $((lines + 1))p log.csv)
		fi
	done
	quiet 'ptlog log.csv'
}

@test "append: a row of fields that an import map passes over is rejected" {
	fails 2 'command line:1: no set, by the rules of --from' \
		'ptlog --from strong --append log.csv kind=void patient=P1 item=bridge'
	[ ! -e log.csv ]
}

@test "append: words of the command line that are no UTF-8 are a usage error" {
	add reps=8 2>/dev/null
	fails 2 "FIELD=VALUE: 'item=bri" "ptlog --append log.csv patient=P1 item=\$'bri\\355e'"
	fails 2 "is not UTF-8" "ptlog --append log.csv patient=P1 item=bridge note=\$'\\xff'"
	for option in --item --kind --patient --set --prefix --map --where; do
		fails 2 "$option: 'item=bri" "ptlog $option item=\$'bri\\355' log.csv"
	done
	[ "$(wc -l <log.csv)" = 2 ]
}

@test "append: a log whose lines end in CR alone is refused, not taken for a stump" {
	for header in 'date,patient,item,recorded\r' 'date,patient,item,recorded\n'; do
		printf "${header}2026-11-20,P1,bridge,\r2026-11-21,P1,bridge,\r" >log.csv
		chmod 600 log.csv
		cp log.csv before.csv
		fails 2 'its lines end in CR alone' 'ptlog --append log.csv patient=P1 item=bridge'
		cmp log.csv before.csv
		[ ! -e log.csv.torn ]
	done
	printf 'date,patient,item\r' >log.csv
	fails 2 'its lines end in CR alone' 'ptlog --append log.csv patient=P1 item=bridge'
}

@test "append: a full disk leaves the log as it was" {
	add reps=8 2>/dev/null
	head -c 900 /dev/zero | tr '\0' x >fill
	ptlog --append log.csv patient=P1 kind=note note="$(cat fill)" 2>/dev/null
	cp log.csv before.csv
	attempt "trap '' XFSZ; ulimit -f 1; ptlog --append log.csv patient=P1 kind=note note=$(cat fill)"
	[ "$status" -eq 2 ]
	grep -q 'log.csv: File too large; nothing was written' stderr
	cmp log.csv before.csv
}

@test "append: every failing call is told, and leaves no trace" {
	command -v strace >/dev/null || skip "no strace"
	must_be_alone
	add reps=8 2>/dev/null
	cp log.csv before.csv
	for fault in write:error=ENOSPC write:error=EIO fdatasync:error=EIO flock:error=ENOLCK \
		fstat:error=EIO pread64:error=EIO openat:error=EACCES; do
		strace -o /dev/null -P "$PWD/log.csv" -e "inject=$fault:when=1" \
			ptlog --append "$PWD/log.csv" patient=P1 item=bridge reps=9 2>stderr && status=0 || status=$?
		# A call that is never made fails nothing.
		[ "$status" -eq 2 ] || { [ "$status" -eq 0 ] && cp before.csv log.csv; } || told_wrong "$fault"
		cmp log.csv before.csv || told_wrong "$fault"
		[ "$status" -ne 2 ] || [ "$(grep -vc strace stderr)" = 1 ] || told_wrong "$fault: $(cat stderr)"
	done
	for fault in write:error=EINTR fdatasync:error=EINTR; do
		cp before.csv log.csv
		strace -o /dev/null -P "$PWD/log.csv" -e "inject=$fault:when=1" \
			ptlog --append "$PWD/log.csv" patient=P1 item=bridge reps=9
		[ "$(wc -l <log.csv)" = 3 ]
	done
	for call in openat flock write fdatasync close; do
		cp before.csv log.csv
		strace -o /dev/null -P "$PWD/log.csv" -e "inject=$call:signal=KILL:when=1" \
			ptlog --append "$PWD/log.csv" patient=P1 item=bridge reps=9 2>/dev/null || true
		head -n 2 log.csv | cmp - before.csv
		add reps=10 2>/dev/null
		ptlog --check log.csv
	done
}

@test "append: sixteen writers, killed at random, lose and tear nothing" {
	[ -x "$PT_BIN/storm" ] || skip "storm is not built"
	alone && kills=500 || kills=50
	"$PT_BIN/storm" log.csv 16 $kills 60 4095 4096 4097 100000
}

@test "append: what is set aside is its owner's, also where a file of that name was open to others" {
	add reps=1 2>/dev/null
	touch log.csv.torn && chmod 644 log.csv.torn
	printf '2026-11-23,P1,exerc' >>log.csv
	attempt 'ptlog --append log.csv patient=P1 item=bridge reps=2'
	[ "$status" -eq 0 ] && [ -s log.csv.torn ]
	[ "$(stat -c %a log.csv.torn)" = 600 ] || told_wrong "mode $(stat -c %a log.csv.torn)"
}

@test "append: a stump is kept in a file or not cut off" {
	add reps=1 2>/dev/null
	printf '2026-11-23,P1,exerc' >>log.csv
	cp log.csv before.csv
	for other in 'mkfifo log.csv.torn' 'mkdir log.csv.torn' 'ln -s before.csv log.csv.torn'; do
		$other
		fails 2 'log.csv.torn: ' 'timeout -s KILL 10 ptlog --append log.csv patient=P1 item=bridge reps=2'
		cmp log.csv before.csv
		rm -rf log.csv.torn
	done
}

# held CHANGE COMMAND: the command waits for the lock on log.csv while CHANGE is done; then it is let go.
held() {
	exec 9<log.csv
	flock 9
	bash -c "exec $2" >stdout 2>stderr 9<&- &
	for ((i = 0; i < 100; i++)); do
		! grep -q -e "-> FLOCK .* $! " /proc/locks || break
		sleep 0.1
	done
	eval "$1"
	exec 9<&-
	status=0
	wait $! || status=$?
}

@test "append: a log that is replaced while its lock is awaited gets the row in the new file" {
	[ -r /proc/locks ] || skip 'no /proc/locks'
	mkdir one
	other=$(mktemp -d -p /dev/shm 2>/dev/null) || other=$(mktemp -d)
	for change in 'rm log.csv' 'mv log.csv old.csv' 'cp log.csv new.csv && mv new.csv log.csv' \
		'ln log.csv old.csv && cp log.csv new.csv && mv new.csv log.csv' 'ln -sfn "$other" folder'; do
		rm -f log.csv old.csv
		add reps=8 2>/dev/null
		cp log.csv one/log.csv && cp log.csv "$other" && cp log.csv before.csv
		ln -sfn one folder
		case $change in
		'ln -sfn'*) rm log.csv && ln one/log.csv log.csv && log=folder/log.csv ;;
		*) log=log.csv ;;
		esac
		held "$change" "ptlog --append $log patient=P2 item=bridge reps=9"
		[ "$status" -eq 0 ] && [ "$(grep -c ,P2, $log)" -eq 1 ] || told_wrong "$change"
		[ $log = log.csv ] || cmp one/log.csv before.csv
		[ ! -e old.csv ] || cmp old.csv before.csv
	done
	rm -r "$other"
}

@test "append: a log that stays locked is told after ten seconds, and one that frees up is written" {
	[ -r /proc/locks ] || skip 'no /proc/locks'
	add reps=8 2>/dev/null
	cp log.csv before.csv
	held 'sleep 2' 'ptlog --append log.csv patient=P2 item=bridge'
	[ "$status" -eq 0 ] && grep -q ,P2, log.csv || told_wrong 'freed'
	cp before.csv log.csv
	flock log.csv sleep 14 9<&- &
	sleep 0.5
	# Also where whoever started it blocked the signal by which it wakes.
	env --block-signal=ALRM ptlog --append log.csv patient=P2 item=bridge 2>blocked 9<&- &
	fails 2 'locked by another program for 10 s; try again; nothing was written' \
		'ptlog --append log.csv patient=P2 item=bridge'
	wait $! && status=0 || status=$?
	[ "$status" -eq 2 ] && grep -q 'locked by another program for 10 s' blocked || told_wrong 'blocked'
	cmp log.csv before.csv
}

@test "append: what is no regular file is refused" {
	mkdir folder && mkfifo pipe && ln -s nowhere link
	fails 2 'is a directory; nothing was written' 'ptlog --append folder patient=P1 item=bridge'
	fails 2 'not a regular file; nothing was written' 'ptlog --append pipe patient=P1 item=bridge'
	fails 2 'is a symbolic link' 'ptlog --append link patient=P1 item=bridge'
	fails 2 'No such file or directory; nothing' 'ptlog --append nowhere/log.csv patient=P1 item=bridge'
	! command -v python3 >/dev/null || {
		python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("plug")'
		fails 2 'not a regular file; nothing was written' 'ptlog --append plug patient=P1 item=bridge'
	}
}

@test "append: a stump of more than a megabyte is judged by its last line" {
	add reps=8 2>/dev/null
	{
		printf '2026-11-23,P1,note,,"open\n'
		yes 'a line of the note' | head -n 60000
		printf 'the last'
	} >>log.csv
	attempt 'ptlog --append log.csv patient=P1 item=bridge reps=9'
	[ "$status" -eq 0 ] && [ "$(cat log.csv.torn)" = 'the last' ] || told_wrong 'set aside'
	[ "$(grep -c 'a line of the note' log.csv)" -eq 60000 ]
}

# struck STATUS FILE FAULT...: an append of which calls on FILE fail.
struck() {
	local want=$1 file=$2 fault faults=
	shift 2
	for fault; do faults+=" -e inject=$fault"; done
	attempt "strace -qq -o /dev/null -P $PWD/$file $faults ptlog --append $PWD/log.csv patient=P2 item=bridge reps=9 $more"
	[ "$status" -eq "$want" ] || told_wrong "$file $*"
	[ "$want" -eq 0 ] || grep -q '^ptlog: .*' stderr || told_wrong "$file $* is not told"
}

@test "append: faults of a log that a single failing call does not show" {
	needs strace
	must_be_alone
	more=
	# Before it is opened to be written it is read once, for its patients.
	for fault in fstat,newfstatat:error=EIO:when=3 fstat,newfstatat:error=EIO:when=4 fcntl:error=EMFILE \
		lseek:error=EIO pread64:error=EIO pread64:retval=0 flock:error=EIO; do
		rm -f log.csv && add reps=8 2>/dev/null
		cp log.csv before.csv
		struck 2 log.csv $fault
		cmp log.csv before.csv || told_wrong "$fault"
	done
	# Tried again: another writer made the log first, a signal came, the name was not found.
	for fault in openat:error=ENOENT:when=2 pread64:error=EINTR:when=1 newfstatat:error=EIO:when=5; do
		cp before.csv log.csv
		struck 0 log.csv $fault
		[ "$(grep -c ,P2, log.csv)" -eq 1 ] || told_wrong "$fault"
	done
	cp before.csv log.csv
	struck 2 log.csv write:error=EIO ftruncate:error=EIO
	grep -q 'the rows may be there' stderr
	cp before.csv log.csv
	struck 2 log.csv close:error=EIO:when=3
	grep -q 'the rows may not be there' stderr
	# Whoever cannot read its patients compares with none.
	for fault in openat:error=EACCES:when=1 fstat,newfstatat:error=EIO:when=1 read:error=EIO:when=1; do
		cp before.csv log.csv
		struck 0 log.csv $fault
		[ "$(grep -c ,P2, log.csv)" -eq 1 ] || told_wrong "$fault"
	done
	# Nothing to add, and the file says that it cannot be closed: nothing is lost.
	more=date=2026-11-23\ --unique
	struck 0 log.csv close:error=EIO
	more=
	# A new log is taken away again, its folder's fault included.
	rm log.csv
	struck 2 . fsync:error=EIO
	[ ! -e log.csv ]
}

@test "append: faults while a stump is set aside" {
	needs strace
	must_be_alone
	more=
	while read -r file fault; do
		rm -f log.csv log.csv.torn
		add reps=8 2>/dev/null
		cp log.csv healed.csv
		printf '2026-11-23,P1,exerc' >>log.csv
		cp log.csv before.csv
		touch log.csv.torn && chmod 644 log.csv.torn
		struck 2 $file $fault
		cmp -s log.csv before.csv || { cmp log.csv healed.csv && grep -q exerc log.csv.torn; } || told_wrong "$fault"
	done <<-'!'
		log.csv.torn openat:error=EACCES
		log.csv.torn fchmod:error=EPERM
		log.csv.torn write:error=ENOSPC
		log.csv.torn fdatasync:error=EIO
		log.csv.torn close:error=EIO
		. fsync:error=EIO
		log.csv ftruncate:error=EIO
		log.csv fdatasync:error=EIO
	!
}

@test "append: a writer that is refused takes no row of another away" {
	command -v strace >/dev/null || skip "no strace"
	must_be_alone
	strace -o /dev/null -e inject=flock:delay_enter=3000000:when=1 \
		ptlog --append log.csv date=2026-11-01 patient=P1 kind=void item=bridge 2>stderr &
	first=$!
	for _ in $(seq 100); do [ -e log.csv ] && break; sleep 0.05; done
	quiet 'ptlog --append log.csv patient=P2 item=bridge reps=9 2>/dev/null'
	wait $first && status=0 || status=$?
	[ "$status" -eq 2 ] || told_wrong "the void was taken"
	[ "$(wc -l <log.csv)" = 2 ] && grep -q P2 log.csv
}

@test "append: the day of a typed row may be a word, and one to come is remarked on" {
	quiet "ptlog --append log.csv --today 2026-11-23 patient=P1 item=bridge reps=8 date=yesterday 2>/dev/null"
	fails 0 'command line:1: date: lies in the future' 'ptlog --append log.csv --today 2026-11-23 patient=P1 item=bridge reps=8 date=2026-11-24'
	quiet 'ptlog --append log.csv --today 2026-11-23 patient=P1 item=bridge reps=9 date=today'
	same 0 'cut -d, -f1 log.csv' <<-'!'
	date
	2026-11-22
	2026-11-24
	2026-11-23
	!
}

@test "append and --check: dates after tomorrow are told once a table, and kept" {
	printf 'date,patient,kind,item,value\n2026-11-25,Z1,profile,onset,2026-01-01\n2026-11-24,Z1,,bridge,\n2062-11-25,Z1,redflag,chest-pain,1\n2026-12-05,Z1,,bridge,\n' >fu.csv
	fails 0 'standard input:4: date: 2062-11-25 lies in the future, and 1 more row does; if it is wrong, a row of kind void' \
		'ptlog --today 2026-11-24 --append log.csv <fu.csv'
	[ "$(grep -c 'lies in the future' stderr)" -eq 1 ] && [ "$(wc -l <log.csv)" -eq 5 ] || told_wrong 'not once'
	fails 0 'fu.csv:4: date: 2062-11-25 lies in the future, and 1 more row does; is that meant?' 'ptlog --check --today 2026-11-24 fu.csv'
	attempt 'ptlog --today 2026-11-24 fu.csv && ptlog --check --today 2026-12-04 -u 2027-01-01 fu.csv'
	! grep 'lies in the future' stderr || told_wrong 'told of rows that are only read, or not selected'
	quiet 'ptlog --append log.csv --today 2026-11-24 kind=void date=2062-11-25 patient=Z1 item=chest-pain'
}

@test "append: a time alone is a dose" {
	quiet 'ptlog --append log.csv patient=P1 item=walk-short dose=20min 2>&1 | grep -v "new log" >&2 || true'
	says 0 ',P1,exercise,walk-short,,,1,,,1200,' 'cat log.csv'
	fails 2 "'20m' could be minutes or metres: write 20min" 'ptlog --append log.csv patient=P1 item=walk-short dose=20m'
}

@test "append: a typed fact that the catalogue lacks is told with the nearest, and kept" {
	add reps=1 2>/dev/null
	fails 0 "value: 'low bck pain' is no condition of the catalogue: no exercise is chosen for it; did you mean 'low-back-pain'?" \
		"ptlog --append log.csv patient=P1 kind=profile item=condition value='low bck pain'"
	fails 0 "value: 'ankle wieght' is no equipment of the catalogue: no exercise asks for it; did you mean 'ankle-weight'?" \
		'ptlog --append log.csv patient=P1 kind=profile item=equipment value="ankle wieght"'
	quiet "ptlog --append log.csv patient=P1 kind=profile item=condition value='Low Back Pain'"
	quiet "ptlog --append log.csv patient=P1 kind=profile item=equipment value='not Chair'"
	[ "$(wc -l <log.csv)" -eq 6 ]
	cp log.csv twice.csv && tail -n 5 log.csv >>twice.csv
	attempt 'ptlog twice.csv' && [ "$(wc -l <stderr)" -eq 2 ] || told_wrong 'not said once'
	attempt 'ptplan log.csv' && ! grep 'of the catalogue' stderr || told_wrong 'said by all'
	fails 1 'is no equipment' 'ptlog --strict log.csv'
}

@test "append: nothing on standard input is told by what was likely meant" {
	add reps=1 2>/dev/null
	for from in '</dev/null' '< <(:)'; do
		fails 2 'no input on standard input; a row to add is given as FIELD=VALUE, or comes from there' \
			"ptlog --append log.csv $from"
		fails 2 'comes from there; -p picks among such rows: is patient=P01 meant?' "ptlog --append log.csv -p P01 $from"
		fails 2 'is patient=P01 meant?; -i picks among such rows: is item=bridge meant?' \
			"ptlog --append log.csv -p P01 -i bridge $from"
		! grep cron stderr || told_wrong 'the log is named'
	done
}

@test "append: a typed row that says nothing is refused" {
	add reps=1 2>/dev/null
	cp log.csv before.csv
	for words in 'kind=profile item=condition' 'kind=measure item=odi' 'kind=medicine item=tramadol'; do
		fails 2 'value: empty, and without it the row says nothing' "ptlog --append log.csv patient=P1 $words"
		cmp log.csv before.csv
	done
	fails 0 "'condition' is kept, but the catalogue has it as a profile: is the row's kind right?" \
		'ptlog --append log.csv patient=P1 item=condition value=knee-oa'
}

@test "append: an override without a dose or a frequency, or that is no plan, is asked about" {
	add reps=1 2>/dev/null
	fails 0 'per_week: empty: until the next plan the exercise is on no day; how often? per_week=3' \
		'ptlog --append log.csv patient=P1 kind=plan item=bridge dose=3x8 decision=override'
	fails 0 'sets: no dose: until the next plan the sheet says once; how much? dose=3x10' \
		'ptlog --append log.csv patient=P1 kind=plan item=bridge per_week=5 decision=override'
	fails 0 'decision: only a row of kind plan has one: is kind=plan missing?' \
		'ptlog --append log.csv patient=P1 item=bridge dose=3x8 decision=override per_week=3'
	quiet 'ptlog --append log.csv patient=P1 kind=plan item=bridge dose=3x8 decision=override per_week=3'
	quiet 'ptlog --append log.csv patient=P1 kind=plan item=bridge seconds=300 per_week=5 decision=override'
	quiet 'ptlog --append log.csv patient=P1 kind=plan item=bridge sets=0 decision=override'
}
