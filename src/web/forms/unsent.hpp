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

/// The pressed button: "send_and" sends the comment with the change of status, "leave_and" leaves it; Ask for any
/// other.
Unsent read_unsent(const http::Request& request);
/// True when the comment's box ("text") or its file field has something, also a file that was too large.
bool has_unsent_comment(const Context& ctx);
/// True when that or how an emergency ended ("reason") was typed.
bool has_typed_words(const Context& ctx);
/// Keep a comment that was left out, for the next page and its reloads: for ten minutes. `form` is the path that the
/// comment's own button sends it to.
void keep_left_out(db::Transaction& tx, const Context& ctx, std::string_view form);
/// Keep what was typed and not sent because the status was changed first, like any draft: the comment and how an
/// emergency ended.
void keep_overtaken(db::Transaction& tx, const Context& ctx, std::string_view form);
/// Why a kept text was not sent.
enum class Kept : std::uint8_t
{
    /// The session had ended, or nothing is kept.
    Interrupted,
    LeftOut,
    Overtaken
};
Kept kept_why(const Fields& draft);

} // namespace web
