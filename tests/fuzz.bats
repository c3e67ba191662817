# A short run of each fuzz target with its own driver; "make fuzz" runs them under libFuzzer.
setup() { load lib; }

# short NAME COUNT: from the corpus and at random; a folder of tables takes long to load.
short() {
	[ -x "$PT_BIN/fuzz/$1" ] || skip "$1 is not built"
	case $PT_BIN in */san* | */coverage*) set -- "$1" $(($2 / 10)) ;; esac
	[ -z "${PT_UNDER-}" ] || set -- "$1" $(($2 / 100))
	attempt "$PT_BIN/fuzz/$1 20261123 $2 $TESTS/fuzz/corpus/$1"
	[ "$status" -eq 0 ] || told_wrong "$1"
}

@test "fuzz: any bytes are the same records by both ways, whole and in pieces" { short csvin 100000; }
@test "fuzz: any row reads back as it was written" { short row 20000; }
@test "fuzz: any text is a condition or an error with its place" { short cond 50000; }
@test "fuzz: any word is a date, number, dose or none" { short words 100000; }
@test "fuzz: any table of a catalogue works or is refused" { short table 1500; }
@test "fuzz: any log makes a report that is sound" { short report 5000; }
@test "fuzz: any log gives plans and figures that are read back" { short figures 3000; }
@test "fuzz: any words are a command line that ends" { short options 10000; }
@test "fuzz: any torn log is healed, and nothing whole is lost" { short torn 10000; }

@test "fuzz: every target has a small corpus and a test" {
	for file in "$TESTS"/fuzz/*.c; do
		grep -q 'LLVMFuzzerTestOneInput(const' "$file" || continue
		name=$(basename "$file" .c)
		# What libFuzzer finds is kept elsewhere; each fault found is a file here.
		inputs=$(find "$TESTS/fuzz/corpus/$name" -type f | wc -l)
		[ "$inputs" -gt 0 ] && [ "$inputs" -le 100 ] || told_wrong "$name: $inputs inputs"
		grep -q "short $name " "$BATS_TEST_FILENAME"
	done
}
