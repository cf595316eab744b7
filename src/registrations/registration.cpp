#include "registrations/registration.hpp"

#include "base/crypto.hpp"
#include "base/text.hpp"

namespace registrations {

namespace {

std::string hash_of(std::string_view token)
{
    return base::hex(base::sha256(token));
}

Registration registration_from_row(const db::Row& row)
{
    return {.id = row.integer(0),
        .email = row.string(1),
        .username = row.string(2),
        .first_name = row.string(3),
        .last_name = row.string(4),
        .password_hash = row.string(5),
        .account_number = row.string(6),
        .postal_code = row.string(7),
        .shares = row.boolean(9),
        .language = row.string(8)};
}

} // namespace

void add_registration(db::Transaction& tx, const Registration& registration, base::Time at)
{
    tx.apply(R"(
        INSERT INTO auth_registration (email, username, first_name, last_name, password, account_number, postal_code,
                                       language, asked_at, shares)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10))",
        registration.email, registration.username, registration.first_name, registration.last_name,
        registration.password_hash, registration.account_number, registration.postal_code, registration.language, at,
        registration.shares);
}

std::vector<Registration> list_unanswered(db::Connection& db, std::size_t limit)
{
    return map_rows(db.query(R"(
        SELECT id, email, username, first_name, last_name, password, account_number, postal_code, language, shares
          FROM auth_registration WHERE state = 'asked' ORDER BY id LIMIT $1)",
                        limit),
        registration_from_row);
}

Answer answer_for(db::Connection& db, const Registration& registration, bool is_known, base::Time now)
{
    const std::int64_t mails = db.query(R"(
        SELECT COUNT(*) FROM auth_registration WHERE lower(email) = $1 AND state <> 'asked' AND asked_at > $2)",
                                     base::ascii_lower(registration.email), base::Time(now - std::chrono::hours(1)))
                                   .integer();
    if (mails >= most_mails_an_hour)
        return Answer::Nothing;
    return is_known ? Answer::Known : Answer::Link;
}

std::optional<std::string> note_answer(db::Transaction& tx, const Registration& registration, Answer answer)
{
    const std::string token = answer == Answer::Link ? base::random_token() : "";
    std::int64_t answered = 0;
    if (answer == Answer::Nothing)
        answered = tx.execute("DELETE FROM auth_registration WHERE id = $1 AND state = 'asked'", registration.id);
    else if (answer == Answer::Link)
        answered = tx.execute(
            "UPDATE auth_registration SET state = 'mailed', token_hash = $2 WHERE id = $1 AND state = 'asked'",
            registration.id, hash_of(token));
    else
        answered = tx.execute(R"(
            UPDATE auth_registration
               SET state = 'known', username = '', first_name = '', last_name = '', password = '', account_number = '',
                   postal_code = ''
             WHERE id = $1 AND state = 'asked')",
            registration.id);
    return answered == 1 ? std::optional(token) : std::nullopt;
}

std::optional<Registration> find_registration(db::Connection& db, std::string_view token, base::Time now)
{
    return db
        .query(R"(
        SELECT id, email, username, first_name, last_name, password, account_number, postal_code, language, shares
          FROM auth_registration
         WHERE token_hash = $1 AND token_hash <> '' AND state = 'mailed' AND asked_at > $2 AND wrong_passwords < $3)",
            hash_of(token), base::Time(now - link_works_for), most_wrong_passwords)
        .first(registration_from_row);
}

void note_wrong_password(db::Transaction& tx, std::int64_t id)
{
    tx.apply("UPDATE auth_registration SET wrong_passwords = wrong_passwords + 1 WHERE id = $1", id);
}

bool remove_registration(db::Transaction& tx, std::int64_t id)
{
    return tx.execute("DELETE FROM auth_registration WHERE id = $1", id) == 1;
}

std::int64_t remove_old_registrations(db::Transaction& tx, base::Time now, std::size_t limit)
{
    return tx.execute(R"(
        DELETE FROM auth_registration
         WHERE id IN (SELECT id FROM auth_registration WHERE asked_at <= $1 ORDER BY asked_at LIMIT $2))",
        base::Time(now - link_works_for), limit);
}

} // namespace registrations
