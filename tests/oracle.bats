# Random logs: every figure against an independent implementation in R (tests/oracle/define.R).
# Seeds 1 to 20; ORACLE=1000 make check CASE=oracle tries as many from 1 on.
setup() { load lib; }

@test "random logs agree with R in every figure" {
	needs Rscript
	attempt "Rscript $TESTS/oracle/run.R 1 ${ORACLE:-20}"
	tail -n 30 stdout
	[ "$status" -eq 0 ]
	grep -q ', 0 wrong$' stdout
}
