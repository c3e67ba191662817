# The options of a program are the same in --help, in its page and in the completions; the examples
# of the pages are run by tests/examples.
setup() { load lib; }

options_of_help() {
	"$1" --help | grep -oE -- '--[a-z][a-z-]*' | sort -u
}
# Only what stands in an option list, not what the text speaks of.
options_of_page() {
	grep -E '^\.It Fl ' "$TESTS/../man/$1.1" | grep -oE -- '(Fl|,) -[a-z][a-z-]*' |
		sed 's/^.* -/--/' | sort -u
}
options_of_bash() {
	bash -c '. "$1"
		COMP_WORDS=("$2" --) COMP_CWORD=1
		_pttools "$2" -- "$2"
		printf "%s\n" "${COMPREPLY[@]}"' bash "$TESTS/../src/completions/pttools.bash" "$1" |
		grep -- '^--' | sort -u
}

@test "--help, page and completion name the same options" {
	for program in ptlog ptplan ptstat ptreport; do
		options_of_help "$program" >help
		[ -s help ]
		options_of_page "$program" >page
		options_of_bash "$program" >completion
		diff -u help page || { echo "$program: --help (-) and its page (+)"; return 1; }
		diff -u help completion || { echo "$program: --help (-) and completion (+)"; return 1; }
	done
}

@test "--help fits one screen and says the exit statuses" {
	for program in ptlog ptplan ptstat ptreport; do
		attempt "$program --help"
		[ "$status" -eq 0 ]
		[ ! -s stderr ]
		[ "$(wc -l <stdout)" -le 60 ]
		[ "$(wc -L <stdout)" -le 100 ]
		grep -qi 'exit status' stdout
	done
}

@test "--version says what and which licence" {
	for program in ptlog ptplan ptstat ptreport; do
		attempt "$program --version"
		[ "$status" -eq 0 ]
		grep -q "^$program (pttools) [0-9]" stdout
		grep -q 'GPL' stdout
	done
}

@test "completion knows ids, metrics and columns" {
	complete_word() {
		bash -c '. "$1"; shift
			COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
			_pttools "$1" "${@: -1}" "${@: -2:1}"
			printf "%s\n" "${COMPREPLY[@]}"' bash "$TESTS/../src/completions/pttools.bash" "$@"
	}
	complete_word ptlog --item sit-to-st | grep -qx sit-to-stand
	complete_word ptstat --metric mm | grep -qx mme
	complete_word ptstat --by patient,cond | grep -qx patient,condition
	complete_word ptlog -w pain_a | grep -qx pain_after
	complete_word ptlog "$SAMPLES/visits.csv" -p P0 | grep -qx P01
}

@test "the completion of zsh is sound" {
	needs zsh
	zsh -n "$TESTS/../src/completions/_pttools"
}

@test "the completion of fish is sound" {
	needs fish
	fish -n "$TESTS/../src/completions/pttools.fish"
}

@test "every page names the others and every table is described" {
	for program in ptlog ptplan ptstat ptreport; do
		grep -q "^\.Xr ptlog 5" "$TESTS/../man/$program.1"
		grep -q "^\.Xr pttools 7" "$TESTS/../man/$program.1"
	done
}

@test "the columns of the log are those of its page" {
	needs mandoc
	ptlog "$SAMPLES/new-patient.csv" | head -n 1 | tr , '\n' >columns
	sed -n '/^\.Ss Columns/,/^\.Ss Kinds/p' "$TESTS/../man/ptlog.5" | sed -n 's/^\.It Li //p' |
		sed 's/ , /\n/g' >page
	diff -u columns page
}
