#pragma once
// A page with a box for a comment and a button that changes the status has one form for both, so that the server sees
// text that is typed but not sent when the status changes, and asks.

#include "web/context.hpp"
#include "web/forms/draft.hpp"

#include <cstdint>
#include <string_view>

namespace web {

/// What the visitor wants done with the typed comment.
enum class Unsent : std::uint8_t
{
    /// The visitor has not answered yet: ask.
    Ask,
    Send,
    Leave
};

/// The form's answer ("unsent" is "send" or "leave"), Ask for anything else.
Unsent read_unsent(const http::Request& request);
/// True when the comment's box ("text") or its file field has something, also a file that was too large.
bool has_unsent_comment(const Context& ctx);
/// Keep a comment that was left out, for the next page and its reloads: for ten minutes. `form` is the path that the
/// comment's own button sends it to.
void keep_left_out(db::Transaction& tx, const Context& ctx, std::string_view form);
/// True when the kept text was left out, not interrupted by the end of a session.
bool was_left_out(const Fields& draft);
/// Keep a typed field that a plain form carried but did not ask for, so that the next page shows it.
void keep_beside(db::Transaction& tx, const Context& ctx, std::string_view field);

} // namespace web
