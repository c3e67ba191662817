# pttools: ptlog, ptplan, ptstat, ptreport
#
#   make            the four programs, in bin/
#   make demo       the main job on samples/
#   make check      all tests; ends with "N passed, N failed"
#   make install    obeys DESTDIR and PREFIX
#
# SAN=address,undefined, CSVIN=libcsv, COVERAGE=1 and ARCH=NAME build into folders of their own.
# What is built for another machine runs here through RUN.
# CC, CFLAGS, CPPFLAGS, LDFLAGS are the packager's: ours are added, never put in their place.

VERSION  = 0.1.0
PREFIX   ?= /usr/local
BINDIR   ?= $(PREFIX)/bin
MANDIR   ?= $(PREFIX)/share/man
DOCDIR   ?= $(PREFIX)/share/doc/pttools
BASHDIR  ?= $(PREFIX)/share/bash-completion/completions
ZSHDIR   ?= $(PREFIX)/share/zsh/site-functions
FISHDIR  ?= $(PREFIX)/share/fish/vendor_completions.d
# Optimised across files: the row loop calls small functions of many.
CFLAGS   ?= -O3 -g $(if $(SAN)$(findstring clang,$(CC)),,-flto=auto -ffat-lto-objects)

B := bin$(if $(ARCH),/$(ARCH))$(if $(LIBFUZZER),/$(LIBFUZZER),$(if $(SAN),/san))$(if $(CSVIN),/$(CSVIN))$(if $(COVERAGE),/coverage)
O := $(B)/obj

# Files over 2 GB and days after 2038 on a machine of 32 bits too.
PT_CPPFLAGS = -Isrc -I$(O) -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -D_TIME_BITS=64 -DPT_VERSION='"$(VERSION)"' \
	$(if $(filter libcsv,$(CSVIN)),-DCSVIN_PLAIN=0)
PT_CFLAGS   = -std=c11 -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wvla \
	-Wformat=2 -Werror=format-security -ffp-contract=off -fPIE \
	-fstack-protector-strong -fstack-clash-protection \
	$(if $(DEVELOPER),-Werror) $(if $(COVERAGE),--coverage) \
	$(if $(SAN),-fsanitize=$(SAN) -fno-sanitize-recover=all -fno-omit-frame-pointer,-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
PT_LDFLAGS  = -pie -Wl,-z,relro -Wl,-z,now -Wl,--as-needed \
	$(if $(COVERAGE),--coverage) $(if $(SAN),-fsanitize=$(SAN))
PT_LIBS     = -lcsv -lgsl -lgslcblas -lm

PROGRAMS  = $(patsubst src/%.c,%,$(sort $(wildcard src/*.c)))
LAYERS    = base records catalogue log domain plan stat reports
SOURCES   = $(filter-out src/catalogue/mkcatalogue.c,$(foreach l,$(LAYERS),$(sort $(wildcard src/$(l)/*.c))))
OBJECTS   = $(SOURCES:src/%.c=$(O)/%.o) $(O)/catalogue_data.o
TABLES    = $(sort $(wildcard src/catalogue/*.csv))
FACTS     = $(filter $(O)/base/% $(O)/records/% $(O)/catalogue/%,$(OBJECTS))
UNITS     = $(patsubst tests/unit/%.c,$(B)/unit/%,$(sort $(wildcard tests/unit/u-*.c)))
PAGES     = $(sort $(wildcard man/*.[157]))

BUILD     = $(CC) $(PT_CPPFLAGS) $(CPPFLAGS) $(PT_CFLAGS) $(CFLAGS)
# -w: what is worth a warning was said of each file; across files the optimiser sees ghosts.
LINK      = $(CC) $(PT_CFLAGS) $(CFLAGS) -w $(PT_LDFLAGS) $(LDFLAGS)

all: $(PROGRAMS:%=$(B)/%) $(O)/catalogue.checked

$(O)/%.o: src/%.c Makefile
	@mkdir -p $(@D)
	$(BUILD) -MMD -MP -c -o $@ $<

# The catalogue: checked and compiled in.  A failed run leaves nothing behind.
$(O)/mkcatalogue: $(O)/catalogue/mkcatalogue.o $(FACTS)
	$(LINK) -o $@ $^ $(PT_LIBS)
$(O)/catalogue_data.c: $(O)/mkcatalogue $(TABLES)
	$(RUN) $(O)/mkcatalogue src/catalogue > $@.new
	mv $@.new $@
$(O)/catalogue_data.o: $(O)/catalogue_data.c
	$(BUILD) -MMD -MP -c -o $@ $<

$(O)/libpt.a: $(OBJECTS)
	rm -f $@
	$(AR) rcs $@ $^

$(PROGRAMS:%=$(B)/%): $(B)/%: $(O)/%.o $(O)/libpt.a
	$(LINK) -o $@ $^ $(PT_LIBS)

# The rules are checked by the planner itself: a rule that can never fire breaks the build.
$(O)/catalogue.checked: $(B)/ptplan
	$(RUN) $(B)/ptplan --check-catalogue
	touch $@

$(B)/unit/%: tests/unit/%.c $(O)/libpt.a Makefile
	@mkdir -p $(@D)
	$(BUILD) -fno-lto -Itests/unit -MMD -MP -MF $(O)/$(@F).d -o $@ $< $(O)/libpt.a $(PT_LDFLAGS) $(LDFLAGS) $(PT_LIBS) -lcmocka

units: $(UNITS)

# A fuzz target with its own driver: bin/fuzz/NAME [SEED [COUNT [CORPUS]]].  Those that run whole
# programs have their calls handed to tests/fuzz/inside.c.
FUZZ      = $(patsubst tests/fuzz/corpus/%,%,$(sort $(wildcard tests/fuzz/corpus/*)))
WRAPPED   = malloc calloc realloc reallocarray free csv_init iconv_open iconv_close write close fclose isatty nanosleep exit \
	$(if $(LIBFUZZER),rules_open rules_free)
$(O)/main/%.o: src/%.c Makefile
	@mkdir -p $(@D)
	$(BUILD) -Dmain=$*_main -MMD -MP -c -o $@ $<
$(O)/fuzz/%.o: tests/fuzz/%.c Makefile
	@mkdir -p $(@D)
	$(BUILD) $(if $(LIBFUZZER),-DLIBFUZZER) -MMD -MP -c -o $@ $<
$(B)/fuzz/%: $(O)/fuzz/%.o $(O)/libpt.a
	@mkdir -p $(@D)
	$(LINK) $(if $(LIBFUZZER),-fsanitize=fuzzer) -o $@ $(filter %.o,$^) $(O)/libpt.a $(FUZZ_FLAGS) $(PT_LIBS)
INSIDE    = figures options report table torn
$(INSIDE:%=$(B)/fuzz/%): $(O)/fuzz/inside.o $(PROGRAMS:%=$(O)/main/%.o)
$(INSIDE:%=$(B)/fuzz/%): FUZZ_FLAGS = $(WRAPPED:%=-Wl,--wrap=%)
$(B)/fuzz/report $(B)/fuzz/table: $(O)/fuzz/markup.o

fuzzers: $(FUZZ:%=$(B)/fuzz/%)

# The targets under libFuzzer, T seconds each, from the corpora and what was found before; new
# inputs stay in bin/libfuzzer/NAME.found, those with a fault beside it.  With RUNS=N so many inputs
# each instead, without sanitizers, which is many times as fast; `make fuzz` then tries with them
# what those runs kept.
T = 60
FUZZ_PLAIN   = LIBFUZZER=libfuzzer-plain CFLAGS='-O2 -g -fsanitize-coverage=inline-8bit-counters,pc-table'
FUZZ_CHECKED = LIBFUZZER=libfuzzer CFLAGS='-O1 -g' SAN=fuzzer-no-link,address,undefined
FUZZ_SPAN    = $(if $(RUNS),-runs=$(RUNS) -entropic=0 -max_len=512,-max_total_time=$(T) -max_len=4096)
fuzz:
	$(MAKE) CC=clang $(if $(RUNS),$(FUZZ_PLAIN),$(FUZZ_CHECKED)) fuzzers
	set -e; for f in $(FUZZ); do \
		mkdir -p bin/libfuzzer/$$f.found; \
		ASAN_OPTIONS=malloc_context_size=2:quarantine_size_mb=8 bin/libfuzzer$(if $(RUNS),-plain)/fuzz/$$f \
			$(FUZZ_SPAN) -timeout=10 -print_final_stats=1 \
			-artifact_prefix=$(CURDIR)/bin/libfuzzer/$$f- \
			$(CURDIR)/bin/libfuzzer/$$f.found $(CURDIR)/tests/fuzz/corpus/$$f; \
	done

# Every system call and every allocation of representative calls fails in turn (needs strace; CASE=
# chooses the calls, CASE=quick the short form).  The programs of which an allocation fails are linked
# with the leak sanitizer, where there is one, and not optimised across files: on the way to exit() a
# block may then have its only pointer nowhere.
FAILING   = $(B)/failing/mfail.so $(PROGRAMS:%=$(B)/failing/%)
$(B)/failing/mfail.so: tests/mfail.c Makefile
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -shared -fPIC -o $@ $<
$(B)/failing/%: $(O)/%.o $(O)/libpt.a tests/mfail.c
	@mkdir -p $(@D)
	$(LINK) -fsanitize=leak $(FAILING_REST) 2>/dev/null || $(LINK) $(FAILING_REST)
FAILING_REST = -fno-lto -DWRAP -o $@ tests/mfail.c $< $(O)/libpt.a \
	-Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc,--wrap=reallocarray $(PT_LIBS)
faults: all $(FAILING)
	@PT_BIN=$(CURDIR)/$(B) tests/faults $(CASE)

# The programs with blocks so small that a twin has work in a short log, against one process alone.
TWINS     = $(PROGRAMS:%=$(B)/twins/%)
SEEDS     = 1 1000
$(B)/twins/%: $(O)/%.o $(O)/libpt.a src/log/ahead.c src/domain/store_share.c
	@mkdir -p $(@D)
	$(LINK) -fno-lto $(PT_CPPFLAGS) $(CPPFLAGS) -DSMALL_BLOCKS -o $@ src/log/ahead.c src/domain/store_share.c $< $(O)/libpt.a $(PT_LIBS)
twins: all $(TWINS)
	@PT_BIN=$(CURDIR)/$(B) tests/twins $(SEEDS)

# Writers killed at random while they append, and a log on a disk that loses its power (needs root).
KILLS     = 10000
CUTS      = 20
$(B)/storm $(B)/powercut: $(B)/%: tests/%.c Makefile
	$(CC) -std=c11 -D_GNU_SOURCE $(CFLAGS) -Wall -Wextra -o $@ $<
kills: all $(B)/storm
	@PT_BIN=$(CURDIR)/$(B) tests/kills $(KILLS)
cuts: all $(B)/powercut
	@PT_BIN=$(CURDIR)/$(B) tests/cuts $(CUTS)

# The suite on a machine of 32 bits (ARCH=i386) or with the big end first (ARCH=s390x), through qemu.
arch:
	@tests/foreign-arch "$(ARCH)" $(CASE)

# The suite under valgrind, not optimised: on the way to exit() a block may else have its only pointer
# nowhere.
valgrind:
	$(MAKE) -s B=bin/valgrind CFLAGS='-O0 -g' all units fuzzers
	@tests/valgrind $(CASE)

# gcc -fanalyzer, clang-tidy and cppcheck; what they find and is none is explained in tests/analyse.csv.
analyse:
	@tests/analyse

# Lines and branches that the tests reach, by file, with the short form of "make faults".
coverage:
	$(MAKE) COVERAGE=1 CFLAGS='-O0 -g' check
	$(MAKE) -s COVERAGE=1 CFLAGS='-O0 -g' CASE=quick faults
	@tests/coverage bin/coverage/obj

# Beside other programs on the same work; ROWS and RUNS (5) choose how much.
ROWS = 1000000
$(B)/bench/genlog: tests/bench/genlog.c $(O)/libpt.a
	@mkdir -p $(@D)
	$(BUILD) -o $@ $< $(O)/libpt.a $(PT_LDFLAGS) $(LDFLAGS) $(PT_LIBS)
$(B)/bench/collide: tests/bench/collide.c $(O)/libpt.a
	@mkdir -p $(@D)
	$(BUILD) -o $@ $< $(O)/libpt.a $(PT_LDFLAGS) $(LDFLAGS) $(PT_LIBS)
# Time and memory of hostile and of huge input.
exhaust: all $(B)/bench/genlog $(B)/bench/collide
	tests/bench/exhaust $(ROWS)
bench: all $(B)/bench/genlog
	-[ -d $(B)/bench/node_modules ] || npm install --silent --prefix $(B)/bench @duckdb/node-api
	tests/bench/bench $(ROWS) $(or $(RUNS),5)

# CASE=NAME runs the files and cases that contain NAME; bless rewrites what those cases print,
# and git diff is the review.
check: all units fuzzers $(if $(SAN)$(COVERAGE),,$(FAILING)) $(B)/storm $(TWINS)
	@PT_BIN=$(CURDIR)/$(B) tests/run $(CASE)
bless: all
	@PT_BIN=$(CURDIR)/$(B) bless=1 tests/cases/run $(CASE)

demo: all
	@PATH="$(CURDIR)/$(B):$$PATH" samples/demo.sh

# The list of rules in its page, from the table.
man/ptrules.7: src/catalogue/rules.csv man/rules.awk
	sed '/Generated by rules.awk/q' $@ > $@.new
	awk -f man/rules.awk src/catalogue/rules.csv >> $@.new
	sed -n '/^\.Sh SEE ALSO/,$$p' $@ >> $@.new
	mv $@.new $@

lint:
	tests/pages

SAMPLES   = $(sort $(shell find samples -type f))
INSTALLED = $(PROGRAMS:%=$(BINDIR)/%) $(foreach p,$(PAGES),$(MANDIR)/man$(subst .,,$(suffix $(p)))/$(notdir $(p))) \
	$(PROGRAMS:%=$(BASHDIR)/%) $(ZSHDIR)/_pttools $(PROGRAMS:%=$(FISHDIR)/%.fish) $(DOCDIR)/README.md \
	$(SAMPLES:%=$(DOCDIR)/%)

# Folders that every system has, though they be empty.
STANDARD  = /usr/local/bin | /usr/local/share/man

install: all
	for f in $(PROGRAMS:%=$(B)/%); do install -Dm755 $$f -t $(DESTDIR)$(BINDIR) || exit; done
	for f in $(PAGES); do install -Dm644 $$f -t $(DESTDIR)$(MANDIR)/man$${f##*.} || exit; done
	for p in $(PROGRAMS); do \
		install -Dm644 src/completions/pttools.bash $(DESTDIR)$(BASHDIR)/$$p && \
		install -Dm644 src/completions/pttools.fish $(DESTDIR)$(FISHDIR)/$$p.fish || exit; done
	install -Dm644 src/completions/_pttools -t $(DESTDIR)$(ZSHDIR)
	install -Dm644 README.md -t $(DESTDIR)$(DOCDIR)
	for f in $(SAMPLES); do \
		install -Dm$$(test -x $$f && echo 755 || echo 644) $$f $(DESTDIR)$(DOCDIR)/$$f || exit; done
uninstall:
	rm -f $(INSTALLED:%=$(DESTDIR)%)
	@for d in $(patsubst %/,%,$(sort $(dir $(INSTALLED)))); do \
		while case $$d in $(STANDARD)) false ;; $(PREFIX) | $(PREFIX)/*) rmdir $(DESTDIR)$$d 2>/dev/null ;; *) false ;; esac; do \
			d=$${d%/*}; done; done

# The same commit gives the same bytes.
dist:
	git -c tar.umask=0022 archive --format=tar --prefix=pttools-$(VERSION)/ HEAD | gzip -9n > bin/pttools-$(VERSION).tar.gz

clean:
	rm -rf bin/ptlog bin/ptplan bin/ptstat bin/ptreport bin/obj bin/unit bin/fuzz bin/bench bin/san bin/libfuzzer bin/libfuzzer-plain bin/failing bin/storm bin/twins bin/powercut bin/libcsv bin/coverage \
		bin/i386 bin/s390x bin/valgrind bin/pttools-*.tar.gz

.PHONY: all check bless units fuzz fuzzers bench exhaust faults kills twins cuts analyse arch valgrind coverage demo lint install uninstall dist clean
.SECONDARY:
-include $(OBJECTS:.o=.d) $(PROGRAMS:%=$(O)/%.d) $(O)/catalogue/mkcatalogue.d $(wildcard $(O)/u-*.d $(O)/fuzz/*.d $(O)/main/*.d)
