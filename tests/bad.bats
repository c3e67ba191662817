# Bad input of every kind, from a table: bad-inputs.csv.

setup() {
	load lib
	export TESTS
}

@test "bad input: each file gets its verdict and its message" {
	"$TESTS/bad-cases" whole
}

@test "bad input: the same through a pipe" {
	"$TESTS/bad-cases" pipe
}

@test "bad input: the same with CR LF" {
	"$TESTS/bad-cases" crlf
}

@test "bad input: the same read byte by byte" {
	must_be_alone
	command -v cc >/dev/null || skip "no compiler here"
	cc -shared -fPIC -o slow.so "$TESTS/slowread.c"
	PT_SLOW=$PWD/slow.so "$TESTS/bad-cases" byte
}
