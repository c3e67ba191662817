# The same input gives the same bytes, whatever the language and the zone of the machine.
setup() { load lib; }

# Every program once, under the environment given; what they print is in OUT.
all_programs() { # all_programs OUT NAME=VALUE...
	local out=$1
	shift
	for command in 'ptlog --sort patient' 'ptlog -w "rpe >= 5.5"' 'ptlog --stats' 'ptlog --shard 1/3' 'ptlog --unique' \
		'ptlog --list measures' ptplan 'ptplan --explain' 'ptplan --tee' 'ptplan --replay 2026-11-20..' ptstat \
		'ptstat --by condition' 'ptstat --by patient,item' 'ptstat --every week' 'ptstat --attention' 'ptreport -f html' \
		'ptreport -f markdown' 'ptreport --as story -f markdown -p P01' 'ptreport --as sheet -f html' \
		'ptreport --as first-session' 'ptreport --as table -f html' 'ptreport --mail-to a@example.org'; do
		env "$@" bash -c "$command \"$SAMPLES/visits.csv\"" || echo "status $?"
	done >"$out" 2>&1
	env "$@" ptlog --delimiter ';' --set patient=K1 - 2>&1 >>"$out" <<-'!'
		date;item;reps;load_kg;pain_after
		2026-11-20;Sit to Stand;10;12,5;3
	!
}

same_as_c() { # same_as_c NAME=VALUE...
	all_programs plain LC_ALL=C TZ=UTC
	all_programs other "$@"
	diff plain other || told_wrong "other bytes under $*"
	[ "$(wc -l <plain)" -gt 1000 ]
}

@test "German commas" {
	locale -a | grep -qi '^de_DE.utf-*8' || skip 'de_DE.UTF-8 is not installed'
	same_as_c LC_ALL=de_DE.UTF-8 TZ=Europe/Berlin
}

@test "a Turkish i" {
	locale -a | grep -qi '^tr_TR.utf-*8' || skip 'tr_TR.UTF-8 is not installed'
	same_as_c LC_ALL=tr_TR.UTF-8 TZ=Asia/Istanbul
}

@test "zones on both sides of the date line" {
	same_as_c LC_ALL=C.UTF-8 TZ=Pacific/Kiritimati
	all_programs other LC_ALL=C.UTF-8 TZ=Pacific/Pago_Pago
	diff plain other
}

@test "no language at all" {
	same_as_c -u LC_ALL -u LANG -u LANGUAGE -u TZ
}
