/* Preloaded: every read() gives one byte, as the slowest pipe would. */
#include <sys/syscall.h>
#include <unistd.h>

ssize_t
read(int fd, void *buf, size_t n)
{
	return syscall(SYS_read, fd, buf, n > 0 ? 1 : 0);
}
