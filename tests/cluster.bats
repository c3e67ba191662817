# A log divided by patient gives on many cores and machines what the whole gives, byte for byte.
setup() {
	load lib
	for i in 1 2 3 4 5 6 7; do
		ptlog --sort patient --shard "$i/7" "$SAMPLES/visits.csv" >part"$i".csv
	done
	ptstat --by condition "$SAMPLES/visits.csv" >whole.csv
}

teardown() {
	[ ! -e sshd.pid ] || kill "$(cat sshd.pid)" || true
}

@test "parts hold each patient once and whole" {
	for part in part*.csv; do
		tail -n +2 "$part" | cut -d , -f 2 | sort -u
	done >patients
	[ "$(wc -l <patients)" -eq "$(sort -u patients | wc -l)" ]
	[ "$(tail -qn +2 part*.csv | wc -l)" -eq "$(ptlog "$SAMPLES/visits.csv" | tail -n +2 | wc -l)" ]
}

@test "GNU parallel: groups" {
	needs parallel
	agree 'parallel -k ptstat --grouped --by patient,condition ::: part?.csv |
		ptstat --by condition' 'cat whole.csv'
}

@test "GNU parallel: plans" {
	needs parallel
	agree 'parallel -k ptplan --grouped ::: part?.csv | ptlog --sort patient' \
		"ptplan $SAMPLES/visits.csv | ptlog --sort patient"
}

# A machine reached by SSH: this one, with a server of our own; $ssh is the command.
serve_ssh() {
	needs sshd ssh-keygen
	port=$((20000 + $$ % 20000)) # others may run these tests too
	mkdir -p -m 755 /run/sshd 2>/dev/null || true
	ssh-keygen -qt ed25519 -N '' -f host && ssh-keygen -qt ed25519 -N '' -f key
	cp key.pub authorized && chmod 600 authorized
	printf '%s\n' "Port $port" 'ListenAddress 127.0.0.1' "HostKey $PWD/host" \
		"AuthorizedKeysFile $PWD/authorized" "PidFile $PWD/sshd.pid" 'StrictModes no' \
		'UsePAM no' 'PermitRootLogin yes' "SetEnv PATH=$PATH LC_ALL=C.UTF-8 SOURCE_DATE_EPOCH=$SOURCE_DATE_EPOCH" >config
	"$(command -v sshd)" -f "$PWD/config" -E "$PWD/sshd.log" || skip 'sshd does not start here'
	ssh="ssh -p $port -i $PWD/key -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -q"
	$ssh 127.0.0.1 ptstat --version >/dev/null || skip 'no login over SSH here'
}

@test "GNU parallel on machines reached by SSH" {
	needs parallel rsync
	serve_ssh
	agree "parallel --will-cite -k --ssh '$ssh' --sshlogin 1/127.0.0.1 --transferfile {} --cleanup \
		ptstat --grouped --by patient,condition {} ::: part?.csv | ptstat --by condition" 'cat whole.csv'
}

@test "a log on another machine: appended to over SSH, in turn" {
	serve_ssh
	ptlog "$SAMPLES/visits.csv" >log.csv
	for i in 1 2 3 4 5 6; do
		printf 'date,patient,item,reps\n2026-11-23,P01,bridge,%d\n' "$i" |
			$ssh 127.0.0.1 ptlog --append "$PWD/log.csv" &
	done
	wait
	[ "$(ptlog -p P01 -s 2026-11-23 log.csv | tail -n +2 | cut -d , -f 8 | sort | tr -d '\n')" = 123456 ]
}

# block WORD: the commands of the block of pttools(7) that begins with WORD, with its folders here.
block() {
	sed -n "/^$1 /,/^\.Ed/p" "$TESTS/../man/pttools.7" | sed '/^\.Ed/d; s/\\e$/\\/' |
		sed "s|/data|$PWD|g; s|1-64|1-4|; s|/64|/4|"
}

@test "Slurm: the commands of the manual, each job with its number in the array" {
	mkdir bin
	cat >bin/sbatch <<-'!'
		#!/bin/bash
		array=${1#--array=}
		for task in $(seq "${array%-*}" "${array#*-}"); do
			SLURM_ARRAY_TASK_ID=$task sh -c "${2#--wrap=}" || exit
		done
	!
	chmod +x bin/sbatch
	ptlog "$SAMPLES/visits.csv" >log.csv
	block sbatch >commands
	agree "PATH=$PWD/bin:\$PATH sh commands" 'cat whole.csv'
	[ "$(ls series.*.csv | wc -l)" -eq 4 ]
}

# Streaming hands a mapper one split on standard input, starts it without a shell, and writes a tab
# behind each line that has none.
@test "Hadoop streaming: the commands of the manual" {
	mkdir bin shards cluster
	mv part?.csv shards
	cat >bin/hdfs <<-!
		#!/bin/bash
		case \$2 in
		-put) mkdir $PWD/cluster\$4 && cp "\$3"/* $PWD/cluster\$4 ;;
		-cat) cat $PWD/cluster\$3 ;;
		esac
	!
	cat >bin/mapred <<-!
		#!/bin/bash
		while [ \$# -gt 0 ]; do
			case \$1 in
			-input) input=$PWD/cluster\$2 ;;
			-output) output=$PWD/cluster\$2 ;;
			-mapper) mapper=(\$2) ;;
			esac
			shift
		done
		mkdir "\$output"
		for split in "\$input"/*; do
			n=\$((n + 1))
			"\${mapper[@]}" <"\$split" | sed 's/\$/\t/' >"\$output/part-\$n"
		done
	!
	chmod +x bin/*
	block hdfs >commands
	agree "PATH=$PWD/bin:\$PATH bash commands" 'cat whole.csv'
}

@test "a patient in two parts is an error" {
	awk -F, 'NR == 1 || $3 == "profile" || NR % 2' "$SAMPLES/visits.csv" >a.csv
	awk -F, 'NR == 1 || $3 == "profile" || !(NR % 2)' "$SAMPLES/visits.csv" >b.csv
	for half in a b; do
		ptstat --by patient,condition "$half.csv" >"series.$half.csv"
	done
	fails 2 'shard' 'cat series.a.csv series.b.csv | ptstat --by condition'
}
