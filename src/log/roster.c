#include "log/roster.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

struct roster {
	struct patients *patients;
	struct csvin *in;
	struct header *header; /* of the table that is read; NULL: none yet */
	int at;                /* its column of patients, or -1 */
	struct row row;
};

/* What else the name may be, append.c refuses later; a pipe would wait for its writer. */
static int
open_log(const char *log)
{
	const int fd = file_open(log, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, 0);
	struct stat st;

	if (fd < 0 || (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)))
		return fd;
	close(fd);
	return -1;
}

/* Does the record begin a table? */
static bool
take_header(struct roster *r)
{
	static const struct header_rules rules = { .any = false };
	const struct record *record = &r->row.record;
	struct header *h;

	if (!may_be_header(record, &rules))
		return false;
	h = header_of(record, &rules, r->header == NULL, r->row.file, csvin_delimiter(r->in));
	if (h == NULL)
		return false;
	header_free(r->header);
	r->row.header = r->header = h;
	r->at = h->table == TABLE_LOG ? header_column(h, column_names[COL_PATIENT]) : -1;
	return true;
}

/* False: no more patients are remembered. */
static bool
take_row(struct roster *r)
{
	const struct record *record = &r->row.record;

	if (take_header(r) || r->at < 0 || record->n != r->header->n)
		return true;
	return patient_know(r->patients, slice_trim(record->field[r->at]), &r->row);
}

void
roster_read(struct patients *p, const char *log)
{
	const struct csvin_opts opts = { .held = true }; /* its writers are not waited for */
	const int fd = open_log(log);
	struct roster r = { .patients = p, .at = -1, .row.file = log };
	enum csvin_got got;

	if (fd < 0)
		return;
	r.in = csvin_open_fd(fd, log, &opts);
	do
		got = csvin_next(r.in, &r.row.record);
	while (got == CSVIN_BAD || (got == CSVIN_RECORD && take_row(&r)));
	header_free(r.header);
	csvin_close(r.in);
}
