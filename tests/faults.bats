# Every fault, one by one, in its short form; "make faults" tries them all.
setup() { load lib; }

@test "system calls and allocations that fail are told, and leave the log whole" {
	needs strace
	strace -o /dev/null true 2>/dev/null || skip 'strace may not trace here'
	case $PT_BIN in */san*) skip 'a sanitizer takes the memory and the calls' ;; esac
	cc -O2 -shared -fPIC -o mfail.so "$TESTS/mfail.c"
	export MFAIL_LIBRARY=$PWD/mfail.so
	attempt "$TESTS/faults quick"
	cat stdout
	[ "$status" -eq 0 ]
	grep -q ', 0 failed$' stdout
}
