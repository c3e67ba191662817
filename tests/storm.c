/*
 * storm LOG WRITERS KILLS ROW-BYTES...: many writers append to a new log while they are killed at
 * random.
 *
 * Each writer is a ptlog --append of one row, of one of the sizes in turn, with a note of its own.  A row is acknowledged when its
 * ptlog ended with status 0.  Afterwards every acknowledged row must stand in the log exactly once,
 * on a line of its own, and no line may be torn or mixed but the last, which the next append
 * heals.  Prints one line of figures; status 1 when a row was lost, doubled or torn.
 */
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#define WRITERS_MOST 64
#define ROWS_MOST 1000000

/* Few columns, so that a row can be as short as 60 bytes. */
#define HEADER "date,patient,item,note,recorded\n"
#define BARE "2026-11-23,P1,bridge,row--end,2026-11-23T12:00:00Z\n" /* without number and x */

static uint64_t state = 88172645463325252u;
static unsigned char present[ROWS_MOST];
static bool acknowledged[ROWS_MOST];
static size_t sizes[16], n_sizes; /* of rows, with their line feed */

static struct writer {
	pid_t pid;
	long row;
	int64_t kill_at; /* microseconds; 0: it may end by itself */
} writers[WRITERS_MOST];

static uint64_t
next_random(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

static int64_t
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* How many x make the row as long as it must be. */
static size_t
filling(long row)
{
	const size_t bare = sizeof BARE - 1 + (size_t)snprintf(NULL, 0, "%ld", row);
	const size_t size = sizes[(size_t)row % n_sizes];

	return size > bare + 1 ? size - bare - 1 : 0;
}

/* The row's number, and x up to the size. */
static void
start(struct writer *w, const char *log, long row)
{
	const size_t size = filling(row);
	char *note = malloc(size + 64);
	const int n = sprintf(note, "note=row-%ld-", row);

	memset(note + n, 'x', size);
	strcpy(note + n + size, "-end");
	w->row = row;
	w->pid = fork();
	if (w->pid == 0) {
		const int null = open("/dev/null", O_WRONLY);
		dup2(null, STDERR_FILENO);
		execlp("ptlog", "ptlog", "--append", log, "patient=P1", "item=bridge", note,
			(char *)NULL);
		_exit(127);
	}
	w->kill_at = next_random() % 6 == 0 ? now() + 1000 + (int64_t)(next_random() % 30000) : 0;
	free(note);
}

static long
reap(size_t n, long *done)
{
	int status;
	const pid_t pid = waitpid(-1, &status, WNOHANG);

	for (size_t i = 0; pid > 0 && i < n; i++)
		if (writers[i].pid == pid) {
			writers[i].pid = 0;
			acknowledged[writers[i].row] = WIFEXITED(status) && WEXITSTATUS(status) == 0;
			*done += acknowledged[writers[i].row];
			return WIFSIGNALED(status);
		}
	return 0;
}

/* Runs until so many were killed; the rest may finish. */
static long
storm(const char *log, size_t n, long kills, long *killed)
{
	long row = 0, done = 0;
	bool busy = true;

	while (busy) {
		busy = false;
		for (size_t i = 0; i < n; i++) {
			struct writer *w = &writers[i];
			if (w->pid == 0 && *killed < kills && row < ROWS_MOST)
				start(w, log, row++);
			if (w->pid > 0 && w->kill_at > 0 && now() >= w->kill_at) {
				kill(w->pid, SIGKILL);
				w->kill_at = 0;
			}
			busy = busy || w->pid > 0;
		}
		*killed += reap(n, &done);
		usleep(100);
	}
	return done;
}

/* A whole row: from its date to its stamp, with the whole note once. */
static bool
is_whole(const char *line, size_t n, long *row)
{
	const char *note = strstr(line, ",row-"), *end = strstr(line, "-end,");
	char *behind;

	if (note == NULL || end == NULL || n < 40 || line[4] != '-' || line[n - 1] != 'Z' ||
		strstr(note + 1, ",row-") != NULL)
		return false;
	*row = strtol(note + 5, &behind, 10);
	if (*behind != '-' || *row < 0 || *row >= ROWS_MOST)
		return false;
	const size_t size = filling(*row);
	return end == behind + 1 + size && strspn(behind + 1, "x") == size && strlen(end) == 5 + 20 &&
	       (n + 1 == sizes[(size_t)*row % n_sizes] || size == 0);
}

int
main(int argc, char *argv[])
{
	long killed = 0, lost = 0, doubled = 0, torn = 0, unasked = 0, row;
	size_t cap = 0;
	char *line = NULL;
	ssize_t n;

	const int fd = argc > 4 ? open(argv[1], O_WRONLY | O_CREAT | O_EXCL, 0600) : -1;
	if (fd < 0 || write(fd, HEADER, sizeof HEADER - 1) < 0 || close(fd) != 0) {
		fprintf(stderr, "usage: storm NEW-LOG WRITERS KILLS ROW-BYTES...\n");
		return 2;
	}
	for (int i = 4; i < argc && n_sizes < 16; i++)
		sizes[n_sizes++] = (size_t)atol(argv[i]);
	const size_t writer_count = (size_t)atol(argv[2]);
	const long done = storm(argv[1], writer_count, atol(argv[3]), &killed);

	/* The last append heals what the last kill left. */
	char command[4096];
	snprintf(command, sizeof command,
		"ptlog --append '%s' patient=P1 item=bridge note=last 2>/dev/null", argv[1]);
	const bool healed = system(command) == 0;
	FILE *log = fopen(argv[1], "r");
	for (long i = 0; log && (n = getline(&line, &cap, log)) > 0; i++) {
		const bool ended = line[n - 1] == '\n';
		line[n - ended] = '\0';
		if (i == 0 || strstr(line, ",last,") != NULL)
			continue;
		if (ended && is_whole(line, (size_t)(n - 1), &row)) {
			doubled += present[row]++ > 0;
			unasked += !acknowledged[row];
		} else {
			torn++;
		}
	}
	for (long i = 0; i < ROWS_MOST; i++)
		lost += acknowledged[i] && !present[i];
	printf("%zu writers, %ld kills: %ld rows acknowledged, %ld lost, %ld torn, %ld doubled, "
	       "%ld present though nobody was told\n",
		writer_count, killed, done, lost, torn, doubled, unasked);
	return !(healed && lost == 0 && torn == 0 && doubled == 0 && done > 0);
}
