setup() { load lib; }

# The tree that is tested can also be an installed one.
built_here() {
	[[ $PT_BIN == "$(cd "$TESTS/.." && pwd)"/* ]] || skip "the programs are installed ones"
}

@test "install and uninstall obey DESTDIR and PREFIX, and leave nothing" {
	built_here
	mkdir stage
	make -sC "$TESTS/.." install DESTDIR="$PWD/stage" PREFIX=/opt/pt >/dev/null
	for program in ptlog ptplan ptstat ptreport; do
		[ -x "stage/opt/pt/bin/$program" ]
	done
	[ -f stage/opt/pt/share/doc/pttools/samples/visits.csv ]
	[ -z "$(find stage -type f -not -path 'stage/opt/pt/*')" ]
	make -sC "$TESTS/.." uninstall DESTDIR="$PWD/stage" PREFIX=/opt/pt >/dev/null
	[ "$(find stage)" = "$(printf 'stage\nstage/opt')" ]
}

@test "uninstall leaves the folders of others, and those that every system has" {
	built_here
	mkdir -p stage/usr/local/share/fish/completions
	make -sC "$TESTS/.." install DESTDIR="$PWD/stage" PREFIX=/usr/local >/dev/null
	make -sC "$TESTS/.." uninstall DESTDIR="$PWD/stage" PREFIX=/usr/local >/dev/null
	(cd stage/usr/local && find . -depth) >left
	printf '%s\n' ./share/fish/completions ./share/fish ./share/man ./share ./bin . | sort >expected
	sort left | diff expected -
}

@test "a packager's flags are added to ours" {
	built_here
	make -nBC "$TESTS/.." CFLAGS=-Og CPPFLAGS=-DPACKAGER LDFLAGS=-Wl,-O1 all >commands
	grep -q -- '-DPACKAGER.*-std=c11.*-Og' commands
}

@test "two archives of one commit are the same bytes" {
	needs git
	git -C "$TESTS/.." rev-parse HEAD >/dev/null 2>&1 || skip "not a git checkout"
	git clone -q "$TESTS/.." copy
	make -sC copy dist && cp copy/bin/*.tar.gz one.tar.gz
	# Another clone, made under other rights, in another zone, where git is told to heed them.
	(
		umask 077
		git clone -q "$TESTS/.." other
		git -C other config tar.umask user
		TZ=Asia/Kolkata make -sC other dist
	)
	cmp one.tar.gz other/bin/*.tar.gz
}
