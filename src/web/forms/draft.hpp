#pragma once

#include "web/context.hpp"

#include <chrono>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace web {

/// Typed fields of a form, in order.
using Fields = std::vector<std::pair<std::string, std::string>>;

/// Hidden fields of the sign-in page that say where the form went whose text it carries, and what it was
/// (submission_content).
inline constexpr std::string_view kept_form = "kept-form";
inline constexpr std::string_view kept_content = "kept-content";

/// The fields of a form worth keeping: not tokens, passwords or submission keys; at most 64 KiB together.
Fields keepable_fields(const Fields& form);

/// How long typed text is kept when nobody comes back to it.
inline constexpr std::chrono::hours longest_kept{72};

/// Keeps typed text for the form that is sent to the path `action`, until that form is carried out or `at` is longer
/// ago than `longest_kept`.
void save_draft(db::Transaction& tx, UserId user, std::string_view action, const Fields& fields, base::Time at);
/// What was kept for the forms of a page, newest first, each with where it is sent to as seen from the page:
/// "comments/", or "" for the page's own address.
using Drafts = std::vector<std::pair<std::string, Fields>>;
/// What was kept for this visitor and the forms of this page. Changes nothing: a page is also drawn for a reload, a
/// second tab, a preview. Empty for a guest.
Drafts find_drafts(Context& ctx);
/// What was kept for one of them; empty when nothing was.
const Fields& fields_for(const Drafts& drafts, std::string_view form);
/// The newest of several, for one form whose buttons send it to several addresses.
const Fields& newest_for(const Drafts& drafts, std::initializer_list<std::string_view> forms);
/// In the transaction that carries out the form under way: its text is not shown again.
void remove_draft(db::Transaction& tx, const Context& ctx);
/// The same for all forms of the page at this path.
void remove_drafts_of(db::Transaction& tx, const Context& ctx, std::string_view page);
/// A field's kept value, empty when there is none.
std::string_view field_of(const Fields& fields, std::string_view name);
std::int64_t remove_old_drafts(db::Transaction& tx, base::Time now);

} // namespace web
