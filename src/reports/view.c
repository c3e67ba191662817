#include "reports/view.h"

const struct view *const views[] = { &view_summary, &view_sheet, &view_story, &view_first,
	&view_table, NULL };
