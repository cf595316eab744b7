#pragma once

#include "web/context.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace web {

/// Typed fields of a form, in order.
using Fields = std::vector<std::pair<std::string, std::string>>;

/// The fields of a form worth keeping: not tokens, passwords or submission keys; at most 64 KiB together.
Fields keepable_fields(const Fields& form);

/// Keeps typed text for the form at `path` until the user sees that form again (three days at most).
void save_draft(db::Transaction& tx, UserId user, std::string_view path, const Fields& fields, base::Time now);
/// What was kept for this visitor and this page (its path), removed by reading it; empty for a guest or when there is
/// nothing.
Fields take_draft(Context& ctx);
/// A field's kept value, empty when there is none.
std::string_view field_of(const Fields& fields, std::string_view name);
std::int64_t remove_old_drafts(db::Transaction& tx, base::Time now);

} // namespace web
