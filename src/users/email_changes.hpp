#pragma once
// New emails that users typed and have not shown to read yet. The old one counts until then. Each is answered in the
// background: by a link, or by a mail to the user whose email it is already.

#include "base/ids.hpp"
#include "base/time.hpp"
#include "db/connection.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace users {

inline constexpr std::chrono::hours email_link_works_for{48};
/// So many mails an hour about one email.
inline constexpr std::int64_t most_email_mails = 3;
/// So often in an hour one user may ask.
inline constexpr std::int64_t most_email_changes = 5;

struct EmailChange
{
    std::int64_t id = 0;
    UserId user;
    std::string email;
    /// A BCP 47 tag.
    std::string language = {};
};

/// Ask for it; the one that the user asked for before is over. False, and nothing is written, when the user asked too
/// often.
bool add_email_change(db::Transaction& tx, const EmailChange& change, base::Time at);
/// The email that the user wants and has not confirmed yet. The same whether a link could be sent.
std::optional<std::string> find_wanted_email(db::Connection& db, UserId user, base::Time now);
/// The oldest ones that nobody answered.
std::vector<EmailChange> list_unanswered_email_changes(db::Connection& db, std::size_t limit);
/// True when this email got enough mails.
bool has_enough_email_mails(db::Connection& db, std::string_view email, base::Time now);

enum class EmailAnswer : std::uint8_t
{
    /// A mail with a link.
    Link,
    /// No link: a mail to the user who has this email, or none.
    NoLink
};
/// Note the answer. Returns the token of a link, which is stored nowhere, and otherwise an empty text. Nothing when
/// somebody else answered it meanwhile.
std::optional<std::string> note_email_answer(db::Transaction& tx, const EmailChange& change, EmailAnswer answer);

/// What a link belongs to that still works, for the user who asked for it and nobody else.
std::optional<EmailChange> find_email_change(db::Connection& db, std::string_view token, UserId user, base::Time now);
/// All that the user asked for are over: confirmed or taken back. False when none was still to come.
bool end_email_changes(db::Transaction& tx, UserId user);
/// Remove those that have ended; returns how many.
std::int64_t remove_old_email_changes(db::Transaction& tx, base::Time now);

} // namespace users
