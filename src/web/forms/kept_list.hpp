#pragma once
// Typed texts that wait for their writer, for a page that is none of their forms.

#include "web/forms/draft.hpp"

namespace web {

/// The visitor's drafts, newest first, at most `most`; `form` is the form's whole path. None for a guest, and none on a
/// public computer.
Drafts list_kept(Context& ctx, int most);

} // namespace web
