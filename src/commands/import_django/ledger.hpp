#pragma once

#include "base/time.hpp"
#include "db/database.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace commands::import_django {

class Rehearsal;

/// Where rows go. Without a transaction nothing is written: a dry run, which has a rehearsal. Without a connection
/// nothing is there yet.
struct Target
{
    db::Connection* db = nullptr;
    db::Transaction* tx = nullptr;
    Rehearsal* rehearsal = nullptr;

    bool writes() const { return tx != nullptr; }
};

/// What import_row knows of a row that was taken over.
struct Known
{
    std::int64_t target_id = 0;
    std::int64_t digest = 0;
    std::int64_t version = 0;
};

/// The subjects of import_row.
inline constexpr std::string_view user_subject = "user";
inline constexpr std::string_view account_subject = "account";
inline constexpr std::string_view request_subject = "service request";
inline constexpr std::string_view comment_subject = "comment";
inline constexpr std::string_view notification_subject = "notification";
inline constexpr std::string_view attachment_subject = "attachment";

std::optional<Known> find_known(const Target& target, std::string_view subject, std::int64_t source_id);
void remember(db::Transaction& tx, std::string_view subject, std::int64_t source_id, const Known& known);
/// How many rows of a subject were taken over by earlier runs.
std::int64_t count_known(const Target& target, std::string_view subject);

/// Throws Refused, naming the way out, for a database that holds users who do not come from this source.
void refuse_other_contents(const Target& target, std::string_view fingerprint);
/// The same for one that nothing was ever imported into.
void refuse_people(db::Connection& db);
void remember_start(db::Transaction& tx, std::string_view fingerprint, base::Time now);
void remember_end(db::Transaction& tx, base::Time now);

/// On PostgreSQL: the next ids that the database hands out are higher than all that are there. Does nothing on SQLite.
void move_sequences(db::Transaction& tx, db::Engine engine);

} // namespace commands::import_django
