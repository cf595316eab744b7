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

/// So many bytes of one form are kept.
inline constexpr std::size_t longest_draft = std::size_t{64} * 1024;
/// The fields of a form worth keeping: not tokens, passwords or submission keys; at most `most_bytes` together.
Fields keepable_fields(const Fields& form, std::size_t most_bytes = longest_draft);

/// How long typed text is kept when nobody returns to it.
inline constexpr std::chrono::hours longest_kept{72};

/// A form's address: its path, and of its query the customer whom it is for. What is typed for one customer is not
/// offered for another.
std::string form_address(const http::Request& request);
/// As above, of a page's address on this site.
std::string form_address(std::string_view page);
/// Keep typed text for the form that is sent to the path `action`, until that form is carried out or `longest_kept` has
/// passed since `at`.
void save_draft(db::Transaction& tx, UserId user, std::string_view action, const Fields& fields, base::Time at);
/// Keep what a form carried that cannot be carried out now, because the session of `typist` ended or somebody else is
/// signed in. Not when it was carried out before and only its answer was lost. True when something is kept.
bool keep_for(Context& ctx, UserId typist);
struct Draft
{
    /// The form's path relative to the page: "comments/", or "" for the page's own path.
    std::string form;
    Fields fields;
    base::Time at;
};
/// Drafts for the forms of a page, newest first.
using Drafts = std::vector<Draft>;
/// Find the drafts of this visitor for the forms of this page. Changes nothing, because a reload, a second tab or a
/// preview also renders the page. Empty for a guest.
Drafts find_drafts(Context& ctx);
/// The draft for one form; empty when there is none.
const Fields& fields_for(const Drafts& drafts, std::string_view form);
/// The newest draft for a form whose buttons send it to several paths.
const Fields& newest_for(const Drafts& drafts, std::initializer_list<std::string_view> forms);
/// Let the page say when the newest draft for one of these forms was written, and offer to start over.
void note_kept(Context& ctx, Page& page, const Drafts& drafts, std::initializer_list<std::string_view> forms);
/// Remove the draft of the form that this transaction carries out, so that its text is not shown again.
void remove_draft(db::Transaction& tx, const Context& ctx);
/// Keep what the browser's tabs had typed and not sent when somebody signs out: each field "unsent" of the form is a
/// form's path, "?", its fields and the names of its chosen files. Returns how many texts are kept. The caller asks
/// whether the computer is public.
std::int64_t keep_unsent(db::Transaction& tx, const Context& ctx);
/// Keep what a form carried whose button only changes how the page looks; the field "kept_at" is the form's path.
void keep_carried(db::Transaction& tx, const Context& ctx);
/// Remove the drafts of all forms of the page at this address; of those that are each for one customer, its own only.
void remove_drafts_of(db::Transaction& tx, const Context& ctx, std::string_view page);
/// A field's kept value, empty when there is none.
std::string_view field_of(const Fields& fields, std::string_view name);
std::int64_t remove_old_drafts(db::Transaction& tx, base::Time now);

} // namespace web
