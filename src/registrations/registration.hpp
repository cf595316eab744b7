#pragma once
// registrations/ holds people who want to become users and have not shown yet that they read their mail. Each is
// answered in the background: by a link, or by a mail to the user whose email it is already.

#include "base/time.hpp"
#include "db/connection.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace registrations {

inline constexpr std::chrono::hours link_works_for{48};
/// So many mails an hour about registrations with one email.
inline constexpr std::int64_t most_mails_an_hour = 3;
/// After as many wrong passwords the link works no more.
inline constexpr std::int64_t most_wrong_passwords = 10;

struct Registration
{
    std::int64_t id = 0;
    std::string email;
    /// Empty: the email is the user name.
    std::string username = {};
    std::string first_name = {};
    std::string last_name = {};
    /// An encoded hash, never the password.
    std::string password_hash = {};
    /// In the normal spelling; empty for none.
    std::string account_number = {};
    std::string postal_code = {};
    /// Everybody of the claimed account sees their service requests of it.
    bool shares = false;
    /// A BCP 47 tag.
    std::string language = {};
};

void add_registration(db::Transaction& tx, const Registration& registration, base::Time at);
/// The oldest ones that nobody answered.
std::vector<Registration> list_unanswered(db::Connection& db, std::size_t limit);

enum class Answer : std::uint8_t
{
    /// A mail with a link.
    Link,
    /// A mail to the user who has this email; what was typed is removed.
    Known,
    /// None: this email got enough of them. The registration is removed.
    Nothing
};
/// How to answer a registration, knowing whether a user has its email.
Answer answer_for(db::Connection& db, const Registration& registration, bool is_known, base::Time now);
/// Note the answer. Returns the token of a link, which is stored nowhere, and otherwise an empty text. Nothing when
/// somebody else answered it meanwhile.
std::optional<std::string> note_answer(db::Transaction& tx, const Registration& registration, Answer answer);

/// What a link belongs to that still works.
std::optional<Registration> find_registration(db::Connection& db, std::string_view token, base::Time now);
void note_wrong_password(db::Transaction& tx, std::int64_t id);
/// False when it is gone: the link was used a moment ago.
bool remove_registration(db::Transaction& tx, std::int64_t id);
/// Remove at most `limit` of those that have ended; returns how many.
std::int64_t remove_old_registrations(db::Transaction& tx, base::Time now, std::size_t limit);

} // namespace registrations
