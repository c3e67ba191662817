# What every bats file loads:  setup() { load lib; }
#
# The programs under test come first in PATH, the clock, zone and language are fixed, and the
# working directory is a fresh folder of the test's own.  A command is given as one word, so that
# pipes and redirections may stand in it; it runs under bash with pipefail.
TESTS=$(cd "$BATS_TEST_DIRNAME" && pwd)
DATA=$TESTS/data
SAMPLES=$(cd "$TESTS/../samples" 2>/dev/null && pwd)
. "$TESTS/env.bash"
cd "$BATS_TEST_TMPDIR" || exit 2

# attempt COMMAND: runs it; its output is in ./stdout and ./stderr, its status in $status.
attempt() {
	status=0
	bash -o pipefail -c "$1" >stdout 2>stderr || status=$?
}

# told_wrong WHAT: shows the last attempt and fails.
told_wrong() {
	echo "$1"
	echo "status $status"
	sed 's/^/stdout: /' stdout | head -n 40
	sed 's/^/stderr: /' stderr | head -n 40
	return 1
}

# same STATUS COMMAND <expected: the status and every byte of standard output.
same() {
	cat >expected
	attempt "$2"
	if ! diff -u expected stdout >difference; then
		sed -n '3,60p' difference
		told_wrong "$2: standard output is not what was expected (-)"
	elif [ "$status" -ne "$1" ]; then
		told_wrong "$2: status $status, expected $1"
	fi
}

# says STATUS TEXT COMMAND: the status, and a text that stands somewhere in standard output.
says() {
	attempt "$3"
	[ "$status" -eq "$1" ] || told_wrong "$3: status $status, expected $1" || return 1
	grep -qF -e "$2" stdout || told_wrong "$3: standard output lacks: $2"
}

# fails STATUS TEXT COMMAND: the status, and a text that stands somewhere in standard error.
fails() {
	attempt "$3"
	[ "$status" -eq "$1" ] || told_wrong "$3: status $status, expected $1" || return 1
	grep -qF -e "$2" stderr || told_wrong "$3: standard error lacks: $2"
}

# lacks GREP-ARGUMENT...: nothing matches in the files named, or else in standard output.  (A command
# behind "!" fails no test unless it is the last.)
lacks() {
	local found=0 input=stdout
	[ -e stdout ] || input=/dev/null
	LC_ALL=C grep -m 3 "$@" <$input || found=$?
	[ "$found" -eq 1 ] || told_wrong "there is: $*"
}

# quiet COMMAND: status 0 and nothing on standard error.
quiet() {
	attempt "$1"
	[ "$status" -eq 0 ] && [ ! -s stderr ] || told_wrong "$1: not quiet"
}

# agree COMMAND COMMAND: both end well and print the same bytes.
agree() {
	attempt "$1"
	[ "$status" -eq 0 ] || told_wrong "$1" || return 1
	mv stdout other
	attempt "$2"
	[ "$status" -eq 0 ] || told_wrong "$2" || return 1
	diff -u other stdout >difference || {
		head -n 40 difference
		told_wrong "not the same: $1 (-) and $2 (+)"
	}
}

# tty COMMAND: runs it with a terminal of 80 columns on all three; what it showed is in ./stdout.
tty() {
	status=0
	script -qec "stty cols 80; $1" /dev/null >stdout 2>stderr </dev/null || status=$?
	tr -d '\r' <stdout >stdout.lf && mv stdout.lf stdout
}

# Whether the programs run by themselves: not with a sanitizer, nor under valgrind or an emulator
# (PT_UNDER), which take memory, addresses and system calls of their own.
alone() {
	case $PT_BIN/ in */san/*) return 1 ;; esac
	[ -z "${PT_UNDER-}" ]
}

# must_be_alone: skips the test, with a word, where they do not.
must_be_alone() { alone || skip 'calls, addresses and memory are not only the program'"'"'s here'; }

# needs PROGRAM...: skips the test, with a word, where one is not installed.
needs() {
	for program; do
		command -v "$program" >/dev/null || skip "$program is not installed"
	done
}
