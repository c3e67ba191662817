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

@test "GNU parallel on machines reached by SSH" {
	needs parallel sshd ssh-keygen rsync
	mkdir -p -m 755 /run/sshd 2>/dev/null || true
	ssh-keygen -qt ed25519 -N '' -f host && ssh-keygen -qt ed25519 -N '' -f key
	cp key.pub authorized && chmod 600 authorized
	printf '%s\n' 'Port 2207' 'ListenAddress 127.0.0.1' "HostKey $PWD/host" \
		"AuthorizedKeysFile $PWD/authorized" "PidFile $PWD/sshd.pid" 'StrictModes no' \
		'UsePAM no' 'PermitRootLogin yes' "SetEnv PATH=$PATH LC_ALL=C.UTF-8" >config
	"$(command -v sshd)" -f "$PWD/config" -E "$PWD/sshd.log" || skip 'sshd does not start here'
	ssh="ssh -p 2207 -i $PWD/key -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -q"
	$ssh 127.0.0.1 ptstat --version >/dev/null || skip 'no login over SSH here'
	agree "parallel --will-cite -k --ssh '$ssh' --sshlogin 1/127.0.0.1 --transferfile {} --cleanup \
		ptstat --grouped --by patient,condition {} ::: part?.csv | ptstat --by condition" 'cat whole.csv'
}

@test "an array of jobs: each takes its part of the whole log" {
	for task in 1 2 3; do
		ptlog --sort patient --shard "$task/3" "$SAMPLES/visits.csv" |
			ptstat --grouped --by patient,condition >series."$task".csv
	done
	agree 'cat series.*.csv | ptstat --by condition' 'cat whole.csv'
}

@test "Hadoop streaming: mappers without a shell, reducers fed in any order" {
	for part in part?.csv; do
		ptstat --grouped --by patient,condition <"$part" >map."$part"
	done
	agree 'cat map.part7.csv map.part2.csv map.part1.csv map.part6.csv map.part4.csv \
		map.part3.csv map.part5.csv | ptstat --by condition' 'cat whole.csv'
}

@test "a patient in two parts is an error" {
	awk -F, 'NR == 1 || $3 == "profile" || NR % 2' "$SAMPLES/visits.csv" >a.csv
	awk -F, 'NR == 1 || $3 == "profile" || !(NR % 2)' "$SAMPLES/visits.csv" >b.csv
	for half in a b; do
		ptstat --by patient,condition "$half.csv" >"series.$half.csv"
	done
	fails 2 'shard' 'cat series.a.csv series.b.csv | ptstat --by condition'
}
