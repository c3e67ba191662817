#include "reports/view.h"

const struct view *const views[] = { &view_summary, &view_sheet, &view_story, &view_first,
	&view_table, NULL };

bool
view_of_nobody(struct out *out, const struct facts *f)
{
	if (!store_asked_in_vain(f->store))
		return false;
	out_paragraph(out, "None of the patients asked for is in this input.");
	return true;
}
