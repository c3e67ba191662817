#include "inside.h"

#include <csv.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <iconv.h>
#include <malloc.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/cli.h"
#include "base/diag.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "plan/rules.h"

#define ARGS_MOST 64
#define FIRST_OWN 64 /* descriptors of ours lie above those of the programs */

void *__real_malloc(size_t n);
void *__real_calloc(size_t count, size_t n);
void *__real_realloc(void *old, size_t n);
void __real_free(void *p);
_Noreturn void __real_exit(int status);
ssize_t __real_write(int fd, const void *s, size_t n);
int __real_close(int fd);
int __real_fclose(FILE *file);
int __real_isatty(int fd);
int __real_nanosleep(const struct timespec *time, struct timespec *rest);
iconv_t __real_iconv_open(const char *to, const char *from);
int __real_iconv_close(iconv_t decoder);
int __real_csv_init(struct csv_parser *p, unsigned char options);

static bool running;
static jmp_buf back;
static struct inside now;
static const char *name_now;
static int input_fd, null_fd;
static FILE *null_file;

void
fault(const char *format, ...)
{
	va_list args;

	running = false;
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fprintf(stderr, "\n--- status %d, standard error:\n%s--- standard output:\n%.20000s\n",
	        now.status, str_text(&now.err), str_text(&now.out));
	abort();
}

/* ---- Memory: the blocks of this run, a set of addresses ---- */

static struct {
	void **slot;
	size_t cap, n; /* cap is a power of two */
} blocks;

static size_t
place_of(const void *p)
{
	return ((uintptr_t)p >> 4) * 0x9e3779b97f4a7c15u >> 20 & (blocks.cap - 1);
}

static void
put(void *p)
{
	size_t i = place_of(p);

	while (blocks.slot[i] != NULL)
		i = (i + 1) & (blocks.cap - 1);
	blocks.slot[i] = p;
	blocks.n++;
}

static void
grow(void)
{
	void **old = blocks.slot;
	const size_t n = blocks.cap;

	blocks.cap = n ? 2 * n : 1024;
	blocks.n = 0;
	blocks.slot = __real_calloc(blocks.cap, sizeof *blocks.slot);
	if (blocks.slot == NULL)
		abort();
	for (size_t i = 0; i < n; i++)
		if (old[i] != NULL)
			put(old[i]);
	__real_free(old);
}

static void *
take_note(void *p)
{
	if (p == NULL || !running)
		return p;
	if (2 * blocks.n >= blocks.cap)
		grow();
	put(p);
	return p;
}

/* Those behind an emptied place move up, so that a search never meets a hole before its end. */
static bool
forget(const void *p)
{
	size_t i = place_of(p);

	while (blocks.slot[i] != p && blocks.slot[i] != NULL)
		i = (i + 1) & (blocks.cap - 1);
	if (blocks.slot[i] == NULL)
		return false;
	for (size_t k = i; (k = (k + 1) & (blocks.cap - 1)), blocks.slot[k] != NULL;) {
		const size_t home = place_of(blocks.slot[k]);

		if (((k - home) & (blocks.cap - 1)) >= ((k - i) & (blocks.cap - 1))) {
			blocks.slot[i] = blocks.slot[k];
			i = k;
		}
	}
	blocks.slot[i] = NULL;
	blocks.n--;
	return true;
}

static void
take_back(void)
{
	for (size_t i = 0; blocks.n > 0 && i < blocks.cap; i++)
		if (blocks.slot[i] != NULL) {
			__real_free(blocks.slot[i]);
			blocks.slot[i] = NULL;
			blocks.n--;
		}
}

void *
__wrap_malloc(size_t n)
{
	return take_note(__real_malloc(n));
}

void *
__wrap_calloc(size_t count, size_t n)
{
	return take_note(__real_calloc(count, n));
}

/* A block of before the run stays one. */
void *
__wrap_realloc(void *old, size_t n)
{
	const bool ours = running && old != NULL && forget(old);
	void *p = __real_realloc(old, n);

	if (ours || old == NULL)
		return take_note(p != NULL ? p : old);
	return p;
}

void *
__wrap_reallocarray(void *old, size_t count, size_t n)
{
	if (n != 0 && count > SIZE_MAX / n) {
		errno = ENOMEM;
		return NULL;
	}
	return __wrap_realloc(old, count * n);
}

void
__wrap_free(void *p)
{
	if (running && p != NULL)
		forget(p);
	__real_free(p);
}

/* libcsv calls its own malloc. */
int
__wrap_csv_init(struct csv_parser *p, unsigned char options)
{
	const int got = __real_csv_init(p, options);

	csv_set_realloc_func(p, __wrap_realloc);
	csv_set_free_func(p, __wrap_free);
	return got;
}

/* Few are open at a time, and what iconv_open() takes no list of ours knows. */
static iconv_t decoders[32];

iconv_t
__wrap_iconv_open(const char *to, const char *from)
{
	const iconv_t made = __real_iconv_open(to, from);

	for (size_t i = 0; running && made != (iconv_t)-1 && i < LENGTH(decoders); i++)
		if (decoders[i] == NULL) {
			decoders[i] = made;
			break;
		}
	return made;
}

int
__wrap_iconv_close(iconv_t decoder)
{
	for (size_t i = 0; i < LENGTH(decoders); i++)
		if (decoders[i] == decoder)
			decoders[i] = NULL;
	return __real_iconv_close(decoder);
}

static void
close_decoders(void)
{
	for (size_t i = 0; i < LENGTH(decoders); i++)
		if (decoders[i] != NULL)
			__wrap_iconv_close(decoders[i]);
}

/* ---- The rules of the built-in catalogue, which are half of a plan's time: made once ---- */

#ifdef LIBFUZZER
struct rules *__real_rules_open(const struct catalogue *c);
void __real_rules_free(struct rules *rules);
static struct rules *builtin_rules_made;

static void
make_rules(void)
{
	builtin_rules_made = __real_rules_open(catalogue_builtin());
}

struct rules *
__wrap_rules_open(const struct catalogue *c)
{
	return c == catalogue_builtin() ? builtin_rules_made : __real_rules_open(c);
}

void
__wrap_rules_free(struct rules *rules)
{
	if (rules != builtin_rules_made)
		__real_rules_free(rules);
}
#else
static void
make_rules(void)
{
}
#endif

/* ---- What a program writes and how it ends ---- */

static void
check_message(const char *s, size_t n)
{
	const size_t name = strlen(name_now);

	if (n < name + 3 || strncmp(s, name_now, name) != 0 || strncmp(s + name, ": ", 2) != 0 ||
	        s[n - 1] != '\n')
		fault("a message without name or end: %.*s", (int)n, s);
	if (utf8_valid_length(s, n) != n)
		fault("a message that is no UTF-8: %.*s", (int)n, s);
	for (size_t i = 0; i < n; i++)
		if (((unsigned char)s[i] < 0x20 && s[i] != '\n') || s[i] == 0x7f)
			fault("a control character in a message: %.*s", (int)n, s);
}

ssize_t
__wrap_write(int fd, const void *s, size_t n)
{
	if (!running || (fd != STDOUT_FILENO && fd != STDERR_FILENO))
		return __real_write(fd, s, n);
	running = false; /* what is caught is ours */
	str_add(fd == STDOUT_FILENO ? &now.out : &now.err, s, n);
	if (fd == STDERR_FILENO)
		check_message(s, n);
	running = true;
	return (ssize_t)n;
}

int
__wrap_close(int fd)
{
	return running && fd <= STDERR_FILENO ? 0 : __real_close(fd);
}

int
__wrap_fclose(FILE *file)
{
	return running && file == stdout ? 0 : __real_fclose(file);
}

int
__wrap_isatty(int fd)
{
	return running ? 0 : __real_isatty(fd);
}

/* Nobody else writes what is tried, so nobody is waited for. */
int
__wrap_nanosleep(const struct timespec *time, struct timespec *rest)
{
	return running ? 0 : __real_nanosleep(time, rest);
}

_Noreturn void
__wrap_exit(int status)
{
	if (!running)
		__real_exit(status);
	now.status = status;
	longjmp(back, 1);
}

/* ---- Runs ---- */

static int
own(int fd)
{
	const int high = fcntl(fd, F_DUPFD_CLOEXEC, FIRST_OWN);

	if (fd < 0 || high < 0)
		abort();
	__real_close(fd);
	return high;
}

static char *folder_made;

static void
leave_folder(void)
{
	inside_empty();
	if (chdir("/") == 0)
		rmdir(folder_made);
}

void
inside_begin(void)
{
	char folder[] = "/dev/shm/pt-fuzz-XXXXXX", other[] = "/tmp/pt-fuzz-XXXXXX";
	const char *made = mkdtemp(folder);
	static char epoch[] = "SOURCE_DATE_EPOCH=1795435200", zone[] = "TZ=UTC", log[] = "PTLOG=",
	            catalogue[] = "PTCATALOGUE=";

	if (made == NULL)
		made = mkdtemp(other);
	if (made == NULL || chdir(made) != 0)
		abort();
	folder_made = strdup(made);
	atexit(leave_folder);
	putenv(epoch);
	putenv(zone);
	putenv(log);
	putenv(catalogue);
	/* windows are opened and closed by the million */
	mallopt(M_MMAP_THRESHOLD, 1 << 24);
	mallopt(M_TRIM_THRESHOLD, 1 << 24);
	input_fd = own(memfd_create("input", MFD_CLOEXEC));
	null_fd = own(open("/dev/null", O_RDWR | O_CLOEXEC));
	null_file = fdopen(null_fd, "w");
	grow();
	make_rules();
	/* what diag.c keeps from run to run is made before the first */
	for (int i = 0; i < 4; i++)
		quote(SLICE("\1\2\3\4\5\6\7\1\2\3\4\5\6\7\1\2\3\4\5\6\7\1\2\3\4\5\6\7\1\2\3\4\5\6\7"
			    "\1\2\3\4\5\6\7"));
}

static void
set_input(struct slice input)
{
	if (ftruncate(input_fd, 0) != 0 ||
	        pwrite(input_fd, input.s, input.n, 0) != (ssize_t)input.n ||
	        lseek(input_fd, 0, SEEK_SET) != 0 || dup2(input_fd, STDIN_FILENO) != STDIN_FILENO)
		abort();
}

/* Descriptors and masks that an early end left. */
static void
tidy(const sigset_t *mask)
{
	close_range(STDERR_FILENO + 1, FIRST_OWN - 1, 0);
	sigprocmask(SIG_SETMASK, mask, NULL);
}

/* Between the two a call of exit() may come back; nothing else lives there. */
static void
run_to_end(inside_main *program, int argc, char *argv[])
{
	running = true;
	if (setjmp(back) == 0) {
		now.status = program(argc, argv);
		now.returned = true;
	}
	running = false;
}

const struct inside *
inside_run(inside_main *program, const char *name, const char *const *args, struct slice input)
{
	char *argv[ARGS_MOST + 2] = { (char *)name };
	FILE *const standard = stdout;
	sigset_t mask;
	int argc = 1;

	for (; args[argc - 1] != NULL && argc <= ARGS_MOST; argc++)
		argv[argc] = (char *)args[argc - 1];
	set_input(input);
	sigprocmask(SIG_SETMASK, NULL, &mask);
	name_now = name;
	str_reset(&now.out);
	str_reset(&now.err);
	now.returned = false;
	cli_set_today("2026-11-23");
	optind = 0;
	stdout = null_file;
	run_to_end(program, argc, argv);
	stdout = standard;
	now.blocks = blocks.n;
	take_back();
	close_decoders();
	tidy(&mask);
	return &now;
}

/* ---- Files ---- */

void
inside_put(const char *name, struct slice bytes)
{
	const int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (fd < 0 || __real_write(fd, bytes.s, bytes.n) != (ssize_t)bytes.n)
		abort();
	__real_close(fd);
}

bool
inside_get(const char *name, struct str *bytes)
{
	const int fd = open(name, O_RDONLY | O_CLOEXEC);
	char block[4096];
	ssize_t got;

	str_reset(bytes);
	if (fd < 0)
		return false;
	while ((got = read(fd, block, sizeof block)) > 0)
		str_add(bytes, block, (size_t)got);
	__real_close(fd);
	return true;
}

void
inside_remove(const char *name)
{
	unlink(name);
}

void
inside_empty(void)
{
	DIR *folder = opendir(".");
	const struct dirent *item;

	while (folder != NULL && (item = readdir(folder)) != NULL)
		if (strcmp(item->d_name, ".") != 0 && strcmp(item->d_name, "..") != 0)
			unlink(item->d_name);
	if (folder != NULL)
		closedir(folder);
}
