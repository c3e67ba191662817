# ptstat against tables worked out by R: one test a folder of tests/vectors.
setup() { load lib; }

# vectors CASE: every expected table of the folder, with the options of tests/vectors/cases.
vectors() {
	wrong=0
	while read -r case expected options; do
		[ "$case" = "$1" ] || continue
		attempt "ptstat $options $TESTS/vectors/$case/log.csv"
		if [ "$status" -ne 0 ] ||
			! awk -f "$TESTS/vectors.awk" "$TESTS/vectors/$case/$expected" stdout; then
			wrong=1
			echo "$case/$expected: status $status: ptstat $options"
			cat stderr
		fi
	done <"$TESTS/vectors/cases"
	[ "$wrong" -eq 0 ]
}

@test "one-value: a single day; a profile alone; an unknown measure; an empty value" { vectors 01-one-value; }
@test "flat: all values equal: sd 0" { vectors 02-flat; }
@test "ties-gaps: ties" { vectors 03-ties-gaps; }
@test "day-rules: several rows" { vectors 04-day-rules; }
@test "thresholds: exactly at MCID and MDC" { vectors 05-thresholds; }
@test "short: windows that would overlap are shortened; too-few" { vectors 06-short; }
@test "sides: a series per side" { vectors 07-sides; }
@test "medicine: carried forward to the last contact" { vectors 08-medicine; }
@test "adherence: plan in force" { vectors 09-adherence; }
@test "groups: two conditions" { vectors 10-groups; }
@test "horizon: nearest value within 28 days of the horizon" { vectors 11-horizon; }
@test "timeline: ISO weeks over the year end" { vectors 12-timeline; }
@test "attention: every reason once" { vectors 13-attention; }
@test "provoke: which exercise provokes it; next resting pain within two days" { vectors 14-provoke; }
@test "period: a period chooses what is reported" { vectors 15-period; }
@test "weeks-to-30: median time to the first 30 % window" { vectors 16-weeks-to-30; }
@test "half: the curve ends level at one half; two of four respond" { vectors 17-half; }
@test "midpoint: the curve is level at one half between two events: the middle of the stretch" { vectors 18-midpoint; }
