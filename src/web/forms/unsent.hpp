#pragma once
// A page with a box for a comment and a button that changes the status has one form for both, so that the server sees
// what was typed and not sent when the status is changed, and asks.

#include "web/context.hpp"
#include "web/forms/draft.hpp"

#include <cstdint>
#include <string_view>

namespace web {

/// What the visitor wants done with the typed comment.
enum class Unsent : std::uint8_t
{
    /// Nothing was said yet: ask.
    Ask,
    Send,
    Leave
};

/// The form's answer ("unsent" is "send" or "leave"), Ask for anything else.
Unsent read_unsent(const http::Request& request);
/// True when the comment's box ("text") or its file field holds something, also something that was too large to take.
bool has_unsent_comment(const Context& ctx);
/// Keeps a comment that was left out, for the page that follows and its reloads: ten minutes, never days later.
/// `form` is where the comment's own button sends it to.
void keep_left_out(db::Transaction& tx, const Context& ctx, std::string_view form);
/// True when what was kept had been left out, and not cut off by the end of a session.
bool was_left_out(const Fields& draft);
/// Keeps a typed field that a plain form carried along but did not ask for, so that the page that follows shows it.
void keep_beside(db::Transaction& tx, const Context& ctx, std::string_view field);

} // namespace web
