# Every fault, one by one, in its short form; "make faults" tries them all.
setup() { load lib; }

@test "system calls and allocations that fail are told, and leave the log whole" {
	needs strace
	strace -o /dev/null true 2>/dev/null || skip 'strace may not trace here'
	must_be_alone
	case $PT_BIN in */coverage*) skip 'an early death leaves no counts' ;; esac
	attempt "$TESTS/faults quick"
	cat stdout
	[ "$status" -eq 0 ]
	grep -q ', 0 failed$' stdout
}
