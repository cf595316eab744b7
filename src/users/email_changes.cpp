#include "users/email_changes.hpp"

#include "base/crypto.hpp"
#include "base/text.hpp"

namespace users {

namespace {

constexpr std::chrono::hours limit_lasts{1};

std::string hash_of(std::string_view token)
{
    return base::hex(base::sha256(token));
}

EmailChange change_from_row(const db::Row& row)
{
    return {.id = row.integer(0), .user = row.id<UserId>(1), .email = row.string(2), .language = row.string(3)};
}

} // namespace

bool add_email_change(db::Transaction& tx, const EmailChange& change, base::Time at)
{
    const std::int64_t asked = tx.query("SELECT COUNT(*) FROM auth_email_change WHERE user_id = $1 AND asked_at > $2",
                                     change.user, base::Time(at - limit_lasts))
                                   .integer();
    if (asked >= most_email_changes)
        return false;
    end_email_changes(tx, change.user);
    tx.apply("INSERT INTO auth_email_change (user_id, email, language, asked_at) VALUES ($1, $2, $3, $4)", change.user,
        change.email, change.language, at);
    return true;
}

std::optional<std::string> find_wanted_email(db::Connection& db, UserId user, base::Time now)
{
    return db
        .query(R"(
        SELECT email FROM auth_email_change WHERE user_id = $1 AND state <> 'over' AND asked_at > $2
         ORDER BY id DESC LIMIT 1)",
            user, base::Time(now - email_link_works_for))
        .first([](const db::Row& row) { return row.string(0); });
}

std::vector<EmailChange> list_unanswered_email_changes(db::Connection& db, std::size_t limit)
{
    return map_rows(db.query(R"(
        SELECT id, user_id, email, language FROM auth_email_change WHERE state = 'asked' ORDER BY id LIMIT $1)",
                        limit),
        change_from_row);
}

bool has_enough_email_mails(db::Connection& db, std::string_view email, base::Time now)
{
    return db.query(R"(
        SELECT COUNT(*) FROM auth_email_change WHERE lower(email) = $1 AND state <> 'asked' AND asked_at > $2)",
                 base::ascii_lower(email), base::Time(now - limit_lasts))
               .integer() >= most_email_mails;
}

std::optional<std::string> note_email_answer(db::Transaction& tx, const EmailChange& change, EmailAnswer answer)
{
    const bool is_link = answer == EmailAnswer::Link;
    const std::string token = is_link ? base::random_token() : std::string();
    const auto answered =
        tx.execute("UPDATE auth_email_change SET state = $2, token_hash = $3 WHERE id = $1 AND state = 'asked'",
            change.id, is_link ? "mailed" : "known", is_link ? hash_of(token) : std::string());
    return answered == 1 ? std::optional(token) : std::nullopt;
}

std::optional<EmailChange> find_email_change(db::Connection& db, std::string_view token, UserId user, base::Time now)
{
    return db
        .query(R"(
        SELECT id, user_id, email, language FROM auth_email_change
         WHERE token_hash = $1 AND token_hash <> '' AND user_id = $2 AND state = 'mailed' AND asked_at > $3)",
            hash_of(token), user, base::Time(now - email_link_works_for))
        .first(change_from_row);
}

bool end_email_changes(db::Transaction& tx, UserId user)
{
    return tx.execute(
               "UPDATE auth_email_change SET state = 'over', token_hash = '' WHERE user_id = $1 AND state <> 'over'",
               user) > 0;
}

std::int64_t remove_old_email_changes(db::Transaction& tx, base::Time now)
{
    return tx.execute("DELETE FROM auth_email_change WHERE asked_at <= $1", base::Time(now - email_link_works_for));
}

} // namespace users
