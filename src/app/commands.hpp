#pragma once

#include "app/config.hpp"
#include "attachments/store.hpp"
#include "base/time.hpp"
#include "db/database.hpp"
#include "db/lock_file.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace app {

// Exit codes of every command; --help lists them.
inline constexpr int exit_ok = 0;
inline constexpr int exit_failed = 1;
inline constexpr int exit_usage = 2;

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

struct SuperuserOptions
{
    std::string username;
    std::string email;
    /// Asks nothing; the password comes from GAS_UTILITY_SUPERUSER_PASSWORD.
    bool no_input = false;
};

struct DemoOptions
{
    std::int64_t customers = 50;
    std::int64_t requests = 500;
    std::uint64_t seed = 1;
    /// Also beside real users.
    bool force = false;
    /// Does nothing, successfully, when anybody is there already.
    bool when_empty = false;
    /// Only gives the made-up people another password.
    bool new_password = false;
};

struct ImportDjangoOptions
{
    /// The Django site's database.
    std::string database;
    /// The directory of its uploaded files.
    std::string media;
    bool dry_run = false;
};

/// For commands that may harm the attachments.
enum class Consent : std::uint8_t
{
    Missing,
    /// --yes was given.
    Given
};

struct CopyOptions
{
    /// Database URLs of the site that is copied and of the empty one that becomes its copy.
    std::string from;
    std::string to;
    /// Directories or "s3://BUCKET/PREFIX"; empty for the configured store.
    std::string from_attachments;
    std::string to_attachments;
};

struct CheckOptions
{
    /// Does not read the stored data.
    bool fast = false;
};

/// Opens the configured database, its directory made where missing. Throws DatabaseInUse or Refused in plain words.
std::unique_ptr<db::Database> open_database(const Config& config);
/// Opens it and brings it up to date, telling what was applied on standard output. Throws Refused also when
/// find_loss() says something.
std::unique_ptr<db::Database> open_updated_database(const Config& config);
/// For commands on a site that is there and whose server, with SQLite, is stopped. Throws Refused in plain words.
std::unique_ptr<db::Database> open_existing_database(const Config& config);
/// Throws Refused when migrations are missing: the command works only on an up-to-date database.
void require_migrated(db::Database& database);
/// True when the configured SQLite database is not there or has no bytes.
bool has_no_file(const Config& config);
/// What is wrong, and what to do, when attachments are there that a database which is yet to be made cannot name: most
/// likely the right one was lost. Nothing when there are none.
std::optional<std::string> find_loss(const Config& config);

/// The configured store of attachments. Throws Refused when its directory cannot be made.
std::unique_ptr<attachments::Store> open_store(const Config& config);
/// The store at another place than the configured one: an existing directory or "s3://BUCKET/PREFIX", with the
/// configured access. Throws Refused.
std::unique_ptr<attachments::Store> open_store_at(const Config& config, const std::string& place);
/// Held by whoever may move files: on SQLite the site is one process, and a second database with the same directory
/// would take the files of the first for forgotten ones. Nothing on PostgreSQL, whose nodes share the directory, and
/// for a bucket. Throws db::InUse.
std::optional<db::LockFile> lock_attachments(const Config& config, db::Engine engine);
/// Makes sure that the store is the one that this site's attachments are in. Throws Refused in plain words.
void claim_store(db::Database& database, attachments::Store& store);
/// Both of these.
std::unique_ptr<attachments::Store> open_claimed_store(const Config& config, db::Database& database);

// Each command prints what it did to standard output and returns the exit code. They throw Refused and UsageError.
int migrate_command(const Config& config);
int createsuperuser_command(const Config& config, const SuperuserOptions& options);
int runserver_command(const Config& config);
int demo_command(const Config& config, const DemoOptions& options);
int import_django_command(const Config& config, const ImportDjangoOptions& options);
int copy_command(const Config& config, const CopyOptions& options);
int check_command(const ConfigSources& sources, const CheckOptions& options);
int adopt_attachments_command(const Config& config, Consent consent);
int sweep_command(const Config& config, Consent consent);
int version_command();

/// Asks the person for one line (hidden for a password); nothing when the input ended.
using Ask = std::function<std::optional<std::string>(std::string_view question, bool hidden)>;
/// Adds an active administrator and returns the user name. Questions are asked only when `options` allow it; the
/// password is asked twice. Throws Refused: name taken or not allowed, e-mail not valid, password weak or missing.
std::string add_superuser(db::Database& database, SuperuserOptions options, const Ask& ask, base::Time now);

} // namespace app
