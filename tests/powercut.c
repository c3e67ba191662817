/*
 * powercut FOLDER LOG WRITERS MILLISECONDS: writers append to a log on a file system of its own, and the
 * file system is shut down under them, as by a power cut: nothing that is not on the disk gets there.
 *
 * Each writer is one ptlog --append after another, with notes row-WRITER-NUMBER-.  Prints WRITER
 * NUMBER for each row acknowledged before the cut.  Status 1 when an append failed before it.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define GOING_DOWN _IOR('X', 125, uint32_t) /* XFS_IOC_GOINGDOWN, EXT4_IOC_SHUTDOWN */
#define WITHOUT_LOG_FLUSH 2

#define WRITERS_MOST 64

static struct shared {
	atomic_bool cut;
	atomic_int failed;
	atomic_long done[WRITERS_MOST]; /* rows 1 to this are acknowledged */
} * shared;

static bool
append(const char *log, int writer, long number)
{
	char note[64];
	int status;

	snprintf(note, sizeof note, "note=row-%d-%ld-", writer, number);
	const pid_t pid = vfork();
	if (pid == 0) {
		execlp("ptlog", "ptlog", "--append", log, "patient=P1", "kind=note", note,
			(char *)NULL);
		_exit(127);
	}
	return waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void
write_rows(const char *log, int writer)
{
	const int null = open("/dev/null", O_WRONLY);

	dup2(null, STDERR_FILENO);
	for (long number = 1; !shared->cut; number++) {
		const bool good = append(log, writer, number);
		if (shared->cut)
			break;
		if (!good) {
			shared->failed++;
			break;
		}
		shared->done[writer] = number;
	}
	_exit(0);
}

int
main(int argc, char *argv[])
{
	uint32_t how = WITHOUT_LOG_FLUSH;

	if (argc != 5 || atoi(argv[3]) > WRITERS_MOST)
		return 2;
	const int writers = atoi(argv[3]);
	shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	const int folder = open(argv[1], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (shared == MAP_FAILED || folder < 0)
		return 2;
	for (int i = 0; i < writers; i++)
		if (fork() == 0)
			write_rows(argv[2], i);
	usleep((useconds_t)atoi(argv[4]) * 1000);
	shared->cut = true;
	if (ioctl(folder, GOING_DOWN, &how) != 0) {
		perror(argv[1]);
		return 2;
	}
	while (wait(NULL) > 0)
		continue;
	for (int i = 0; i < writers; i++)
		for (long number = 1; number <= shared->done[i]; number++)
			printf("%d %ld\n", i, number);
	return shared->failed > 0;
}
