#pragma once

#include "base/time.hpp"
#include "db/database.hpp"
#include "server/opening/open.hpp"
#include "server/settings/config.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace commands {

using server::Config;
using server::ConfigSources;
using server::DatabaseInUse;
using server::Refused;

// Exit codes of every command; --help lists them.
inline constexpr int exit_ok = 0;
inline constexpr int exit_failed = 1;
inline constexpr int exit_usage = 2;

struct SuperuserOptions
{
    std::string username;
    std::string email;
    /// Asks nothing; the password comes from GAS_UTILITY_SUPERUSER_PASSWORD.
    bool no_input = false;
};

struct AdminOptions
{
    /// "user", "unlock", and then what was typed behind them.
    std::vector<std::string> words;
    std::vector<std::string> arguments;
    /// Of set-password, as SuperuserOptions has it.
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
    /// Of times without one; empty when nobody said.
    std::string time_zone;
    /// "type=COLUMN", "status:WORD=Pending|Resolved".
    std::vector<std::string> maps;
    /// Where a line for each row goes; empty for nowhere.
    std::string rows;
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

struct BackupOptions
{
    /// A directory or "s3://BUCKET/PREFIX" of all backups; with `verify` it may be one of them.
    std::string place;
    /// "7d4w12m"; empty: nothing is removed.
    std::string keep;
    /// Makes none, but checks the newest one.
    bool verify = false;
};

struct RunServerOptions
{
    /// Serves a copy of a site for looking at it.
    bool is_rehearsal = false;
};

struct CheckOptions
{
    /// Does not read the stored data.
    bool fast = false;
};

// Each command prints what it did to standard output and returns the exit code. They throw Refused and UsageError.
int migrate_command(const Config& config);
int createsuperuser_command(const Config& config, const SuperuserOptions& options);
/// The sources are those of the configuration; SIGHUP reads them again.
int runserver_command(Config config, const ConfigSources& sources, const RunServerOptions& options);
int demo_command(const Config& config, const DemoOptions& options);
int import_django_command(const Config& config, const ImportDjangoOptions& options);
int copy_command(const Config& config, const CopyOptions& options);
int backup_command(const Config& config, const BackupOptions& options);
int restore_command(const Config& config, const std::string& place);
int check_command(const ConfigSources& sources, const CheckOptions& options);
/// Lists every setting with its value, never a secret, and where the value came from.
int config_show_command(const ConfigSources& sources);
int adopt_attachments_command(const Config& config, Consent consent);
int sweep_command(const Config& config, Consent consent);
int verify_command(const Config& config);
/// "user …" and "session …", as they were typed.
int admin_command(const Config& config, const AdminOptions& options);
int version_command();

/// Asks the person for one line (hidden for a password); nothing when the input ended.
using Ask = std::function<std::optional<std::string>(std::string_view question, bool hidden)>;
struct NewSuperuser
{
    std::string username;
    std::string email;
    std::string password;
};

} // namespace commands
