# Notes, ids and items that try to be something else: harmless in every output, and told to nobody.
setup() {
	load lib
	make_log
}

# ESC CSI OSC, C1, DEL, bidi, HTML, Markdown, formulas: in notes, texts and items.
make_log() {
	local texts=(
		$'\e[2J\e]0;owned\a\x07\b'
		$'\xc2\x9b31m\xc2\x9d0;x\xc2\x9c'
		$'\x7f\x01\x0b\x0c'
		$'\u202egnp.exe\u2066x\u2069\u200f\u202c'
		$'\u2028\u2029\u200b\ufeff'
		'<script>alert(1)</script><img src=x onerror=y>'
		'[x](javascript:alert(1)) ![y](http://h.example) `z` # *b* | a'
		"=cmd|'/c calc'!A1"
		'@SUM(1+1)*+-'
	)
	{
		echo date,patient,kind,item,value,sets,reps,per_week,pain_before,pain_after,decision,rule,note
		for text in "${texts[@]}"; do
			for kind in goal condition therapist clinic language equipment; do
				echo "2026-11-01,P01,profile,$kind,\"$text\",,,,,,,,\"$text\""
			done
			echo "2026-11-01,P01,plan,bridge,,2,8,3,,,start,first-day,\"$text\""
			echo "2026-11-02,P01,plan,heel-raise,,2,8,3,,,override,,\"$text\""
			echo "2026-11-02,P01,exercise,bridge,,2,8,,5,6,,,\"$text\""
			echo "2026-11-03,P01,exercise,\"my $text\",,2,8,,5,6,,,\"$text\""
			echo "2026-11-03,P01,redflag,chest-pain,1,,,,,,,,\"$text\""
			echo "2026-11-03,P01,note,,\"$text\",,,,,,,,\"$text\""
			echo "2026-11-03,\"P $text\",exercise,bridge,,2,8,,5,6,,,"
			echo "2026-11-03,P01,measure,\"m$text\",\"$text\",,,,,,,,"
		done
	} >hostile.csv
}

# No control but line feed, no DEL, no C1, no bidi override or isolate, in these files.  (The marks
# U+200E and U+200F belong to Hebrew and Arabic as they are written, and turn nothing around.)
harmless() {
	for file; do
		! LC_ALL=C grep -nP '[\x00-\x08\x0b-\x1f\x7f]|\x09' "$file" | cat -A | head -n 3 | grep . ||
			told_wrong "$file: a control character" || return 1
		! LC_ALL=C grep -nP '\xc2[\x80-\x9f]' "$file" | cat -A | head -n 3 | grep . ||
			told_wrong "$file: a C1 character" || return 1
		! LC_ALL=C grep -nP '\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]' "$file" |
			cat -A | head -n 3 | grep . || told_wrong "$file: a bidi character" || return 1
	done
}

reports=(
	'ptreport'
	'ptreport --as story'
	'ptreport --as sheet'
	'ptreport --as first-session'
	'ptreport --as table'
)

@test "messages of every program are harmless" {
	for command in 'ptlog' 'ptlog --strict' 'ptlog --check --stats' ptplan 'ptplan --explain' ptstat \
		'ptstat --attention' "${reports[@]}"; do
		attempt "$command hostile.csv"
		[ "$status" -lt 2 ] || told_wrong "$command"
		harmless stderr
	done
}

@test "reports are harmless in text, Markdown and HTML" {
	for report in "${reports[@]}"; do
		for format in text markdown html; do
			attempt "$report -f $format hostile.csv"
			[ "$status" -lt 2 ] && [ -s stdout ] || told_wrong "$report $format"
			harmless stdout
			[ $format = text ] || ! grep -E '(^|[^\\])<(script|img)' stdout || told_wrong 'HTML of the log'
			[ $format != markdown ] || ! grep -E '(^|[^\\])\]\(|(^|[^\\])!\[' stdout || told_wrong 'a link of the log'
		done
	done
}

@test "reports of statistics and plans are harmless" {
	for source in 'ptplan --tee' 'ptplan' 'ptplan --explain' 'ptstat --tee' 'ptstat --by patient,item' \
		'ptstat --attention' 'ptstat --by condition' 'ptstat --by therapist' 'ptstat --every week'; do
		for report in 'ptreport' 'ptreport --as table' 'ptreport --as table -f html'; do
			attempt "$source hostile.csv 2>/dev/null | $report"
			harmless stdout stderr
		done
	done
}

@test "a terminal is sent no control but line feed and colours of our own" {
	needs script
	for report in 'ptreport --color=never' 'ptreport --as table --color=never' \
		'ptreport --as story --color=never' 'ptplan' 'ptstat' 'ptlog --check'; do
		tty "$report hostile.csv"
		case $report in
		ptplan | ptstat) grep -av '[[:cntrl:]]' stdout >shown ;; # CSV carries what it was given
		*) cp stdout shown ;;
		esac
		harmless shown
	done
	tty 'ptreport hostile.csv'
	# A colour is ESC [ digits ; m, written by us and only here: the terminal was found to have colours.
	sed 's/\x1b\[[0-9;]*m//g' stdout >shown
	harmless shown
}

@test "rejected rows, which are kept byte for byte, are no sight for a terminal" {
	needs script
	tty 'ptlog --rejects /dev/tty hostile.csv 2>err'
	grep -q 'is a terminal' err && [ "$status" -eq 2 ] || told_wrong 'shown'
	harmless stdout
}

@test "a plan's own texts are harmless" {
	attempt 'ptplan hostile.csv'
	harmless stdout
	attempt 'ptstat --by therapist,patient hostile.csv'
}

@test "a mail is harmless and its heads are ours" {
	attempt 'ptreport --mail-to a@example.org hostile.csv'
	tr -d '\r' <stdout >shown
	harmless shown
	! sed '/^$/q' shown | grep -i 'P01' || told_wrong 'a patient in a head'
	fails 2 mail-to $'ptreport --mail-to $\'a@b.org\\nBcc: c@d.org\' hostile.csv'
}

@test "a table carries the log's texts unchanged, and no more" {
	# A filter keeps the bytes it was given: what goes out as CSV reads back as the same text.
	attempt 'ptlog hostile.csv'
	cp stdout once.csv
	attempt 'ptlog once.csv'
	cmp stdout once.csv || told_wrong 'ptlog changes what it wrote'
	for command in 'ptplan' 'ptplan --explain' 'ptstat' 'ptstat --by patient,item' 'ptstat --attention'; do
		attempt "$command hostile.csv"
		! LC_ALL=C grep -nP '[\x00-\x08\x0b-\x1f\x7f]' stdout || told_wrong "$command: a control character"
		# No cell of a table of ours begins a formula, but numbers below 0.
		! grep -E '(^|,)"?([=@+]|-[^0-9,])' stdout || told_wrong "$command: a formula"
	done
}

# ---- Who must not be told ----

# Ids and notes with markers; rows that go wrong in each column.
marked() {
	echo date,patient,kind,item,value,side,sets,reps,load_kg,pain_before,pain_after,rpe,decision,rule,note,recorded
	echo 2026-11-01,QQMARK1,profile,condition,low-back-pain,,,,,,,,,,NNMARK,
	echo 2026-11-01,qqmark1,profile,birth-year,1970,,,,,,,,,,NNMARK,
	echo 2026-11-01,QQMARK1,profile,birth-year,1970,,,,,,,,,,NNMARK,
	echo 2026-11-02,QQMARK1,profile,birth-year,1971,,,,,,,,,,NNMARK,
	echo 2026-11-02,QQMARK1,profile,goal,NNMARK walk,,,,,,,,,,NNMARK,
	for bad in ,,,,11,,, ,x,,,,,, ,,,NNX,,,, side,,,,,,, ,,,,,,11, ,,,,,,,wrong; do
		echo "2026-11-03,QQMARK1,exercise,bridge,,$bad,,NNMARK,"
	done
	echo 2026-11-03,QQMARK1,exercise,brigde,,,2,8,,3,4,,,,NNMARK,
	echo 2026-13-03,QQMARK1,exercise,bridge,,,2,8,,3,4,,,,NNMARK,
	echo 2026-11-03,QQMARK1,exercse,bridge,,,2,8,,3,4,,,,NNMARK,
	echo 2026-11-03,QQMARK1,exercise,bridge,,,2,8
	echo 2026-11-03,QQMARK1,exercise,bridge,,,2,8,,3,4,,,,NNMARK,,,NNMARK,extra
	echo 2026-11-03,QQMARK1,void,bridge,,,9,9,,,,,,,NNMARK,
	echo 2026-11-03,QQMARK1,redflag,chest-pain,1,,,,,,,,,,NNMARK,
	echo 2026-11-03,QQMARK1,measure,oswestry,40,,,,,,,,,,NNMARK,
	echo 2026-11-03,QQMARK1,measure,oswestry,400,,,,,,,,,,NNMARK,
	echo 2026-11-04,0QQMARK1,exercise,bridge,,,2,8,,3,4,,,,NNMARK,
	echo 2027-11-04,QQMARK1,exercise,bridge,,,2,8,,3,4,,,,NNMARK,
	printf '%s\n' '2026-11-04,QQMARK1,exercise,bridge,,,2,8,,3,4,,,,"NNMARK'
}

@test "no id and no note in messages of any program" {
	marked >marked.csv
	sed '$d' marked.csv >closed.csv
	for file in marked.csv closed.csv; do
		for command in ptlog 'ptlog --strict' 'ptlog --check' 'ptlog --stats' 'ptlog --net' 'ptlog --unique' \
			'ptlog --sort date' 'ptlog --sort patient' 'ptlog --rejects bad.csv' 'ptlog -w "rpe > 6"' \
			'ptlog --append new.csv <' 'ptlog --deidentify key' 'ptlog --prefix N-' 'ptlog --shard 1/2' \
			ptplan 'ptplan --explain' 'ptplan --grouped' 'ptplan --replay 2026-11-01..' \
			ptstat 'ptstat --attention' 'ptstat --by condition' 'ptstat --grouped' \
			"${reports[@]}" 'ptreport --mail-to a@b.org'; do
			attempt "$command $file"
			! grep -iE 'QQMARK|NNMARK' stderr || told_wrong "$command tells"
		done
	done
}

@test "the message of an append names no id" {
	printf '%s\n' date,patient,item,sets,reps 2026-11-01,QQMARK1,bridge,2,8 >log.csv
	for row in 'pain_after=12' 'kind=void item=bridge sets=9' 'item=brigde' 'date=2026-13-01' 'note=NNMARK pain_after=x'; do
		attempt "ptlog --append log.csv patient=QQMARK1 item=bridge $row"
		! grep -iE 'QQMARK|NNMARK' stderr || told_wrong "$row tells"
	done
	attempt 'cat log.csv log.csv | ptlog --append log.csv'
	! grep -iE QQMARK stderr || told_wrong 'it tells'
}

@test "files that are made are their owner's" {
	umask 022
	marked | sed '$d' >in.csv
	ptlog --append new.csv patient=P01 item=bridge dose=2x8 2>/dev/null
	printf '2026-11-20,P0' >>new.csv
	ptlog --append new.csv patient=P01 item=bridge dose=2x8 2>/dev/null
	attempt 'ptlog --rejects bad.csv in.csv'
	sed '/void/d' in.csv >plain.csv
	attempt 'ptlog --deidentify key plain.csv'
	# One that was there and open to others is its owner's alone from the first row on.
	touch old.csv && chmod 644 old.csv
	attempt 'ptlog --rejects old.csv in.csv'
	for file in new.csv new.csv.torn bad.csv old.csv key; do
		[ -s $file ] && [ "$(stat -c %a $file)" = 600 ] || told_wrong "$file: $(stat -c %a $file)"
	done
}
