#pragma once

#include "db/database.hpp"
#include "db/lock_file.hpp"
#include "server/settings/config.hpp"
#include "storage/store.hpp"

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

namespace server {

/// A command does not do what it was asked for; the text says why in plain words. Exit code 1.
struct Refused : std::runtime_error
{
    using std::runtime_error::runtime_error;
};

/// Another process has the database open, most likely the server.
struct DatabaseInUse : Refused
{
    using Refused::Refused;
};

/// Opens the configured database, its directory made where missing. Throws DatabaseInUse or Refused in plain words.
std::unique_ptr<db::Database> open_database(const Config& config);
/// Opens it and brings it up to date, telling what was applied on standard output. Throws Refused also when
/// find_loss() says something, and for a half copy.
std::unique_ptr<db::Database> open_updated_database(const Config& config);
/// For commands on a site that is there and whose server, with SQLite, is stopped. Throws Refused in plain words.
std::unique_ptr<db::Database> open_existing_database(const Config& config);
/// Throws Refused when migrations are missing: the command works only on an up-to-date database.
void require_migrated(db::Database& database);
/// Where the configured database is, whatever directory this process was started in: the file's whole path, or the URL
/// without a password.
std::string place_of_database(const Config& config);
/// True when the configured SQLite database is not there or has no bytes.
bool has_no_file(const Config& config);
/// What is wrong, and what to do, when attachments are there that a database which is yet to be made cannot name: most
/// likely the right one was lost. Nothing when there are none.
std::optional<std::string> find_loss(const Config& config);

/// The configured store of attachments. Throws Refused when its directory cannot be made.
std::unique_ptr<storage::Store> open_store(const Config& config);
/// The configured store for a rehearsal: see storage::RehearsalStore. Throws Refused.
std::unique_ptr<storage::Store> open_rehearsal_store(const Config& config);
/// The store at another place than the configured one: an existing directory or "s3://BUCKET/PREFIX", with the
/// configured access. Throws Refused.
std::unique_ptr<storage::Store> open_store_at(const Config& config, const std::string& place);
/// Held by whoever may move files: on SQLite the site is one process, and a second database with the same directory
/// would take the files of the first for forgotten ones. Nothing on PostgreSQL, whose nodes share the directory, and
/// for a bucket. Throws db::InUse.
std::optional<db::LockFile> lock_attachments(const Config& config, db::Engine engine);
/// Makes sure that the store is the one that this site's attachments are in. Throws Refused in plain words.
void claim_store(db::Database& database, storage::Store& store);
/// Both of these.
std::unique_ptr<storage::Store> open_claimed_store(const Config& config, db::Database& database);

} // namespace server
