#pragma once
// server/ is the program: its settings, its long-lived objects, its routes. It may include everything but commands/;
// only commands/ includes it.

#include "base/log.hpp"
#include "db/database.hpp"
#include "mail/mail_settings.hpp"
#include "oidc/settings.hpp"
#include "server/bodies/daily_quota.hpp"
#include "sign_in/local_sign_in.hpp"
#include "sign_in/password_rules.hpp"
#include "sign_in/session.hpp"
#include "storage/s3_settings.hpp"
#include "web/page.hpp"
#include "web/secure.hpp"
#include "web/site.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace server {

/// What a database_url begins with; the file's path follows.
inline constexpr std::string_view sqlite_scheme = "sqlite:///";

/// All settings, checked. What each means stands in settings.cpp, which is also what --help and README show.
struct Config
{
    /// Never empty once read_config() has made it. May hold a password: show db::shown_url() of it.
    std::string database_url;
    unsigned database_connections = 16;
    db::PreparedStatements database_prepared = db::PreparedStatements::On;
    /// May hold a password, too.
    std::string database_listen_url;
    std::filesystem::path data_dir = "var";
    /// Where runserver listens; IPv6 without brackets.
    std::string address = "127.0.0.1";
    std::uint16_t port = 8000;
    std::vector<std::string> allowed_hosts = {"localhost", "127.0.0.1", "[::1]"};
    std::vector<std::string> trusted_proxies;
    /// Who may read /metrics besides this machine.
    std::vector<std::string> metrics_networks;
    /// As parse_origin() makes them.
    std::vector<std::string> trusted_origins;
    std::string time_zone = "America/New_York";
    web::SiteNames names;
    web::SiteRules rules{.reply_reopens = true, .requests_a_day = 100};
    sign_in::SessionRules sessions;
    sign_in::PasswordLengths passwords;
    /// Anybody may ask for a sign-in, where the site sends mail.
    bool registration = true;
    /// Open at the same time, in all and of one IP address.
    unsigned connections = 10000;
    unsigned connections_per_address = 256;
    /// Live pages' streams of one user on this node.
    unsigned streams_per_user = 32;
    DailyQuota quota{.upload_bytes = std::int64_t{500} << 20U};
    unsigned io_threads = 2;
    unsigned readers = 4;
    unsigned write_threads = 32;
    unsigned heavy_threads = 2;
    web::SecureCookies secure_cookies = web::SecureCookies::Auto;
    /// From the signal to stop until connections are closed; /readyz fails meanwhile.
    std::chrono::seconds drain_wait{0};
    bool access_log = false;
    base::log::Format log_format = base::log::Format::Text;
    base::log::Level log_level = base::log::Level::Info;
    /// Not a setting: runserver --rehearsal.
    bool is_rehearsal = false;

    /// Where attachments are kept when a bucket is named; otherwise in attachments_dir().
    storage::S3Settings s3;

    /// How mail leaves the site, if it sends any.
    mail::MailSettings mail;

    /// Where the staff sign in besides, if anywhere; its redirect_url is not set.
    oidc::Settings oidc;
    sign_in::LocalSignIn local_sign_in = sign_in::LocalSignIn::All;

    bool has_s3() const { return !s3.bucket.empty(); }
    /// Where the files of service requests lie, or with S3 only those under way.
    std::filesystem::path attachments_dir() const { return data_dir / "attachments"; }
    /// What a successful `backup` leaves for the server; may not exist.
    std::filesystem::path last_backup_file() const { return data_dir / "last-backup"; }
    /// What the server leaves for `check`; may not exist.
    std::filesystem::path undeclared_proxies_file() const { return data_dir / "undeclared-proxies"; }
};

/// A setting, option or settings file is wrong; the text names it and where it came from. Exit code 2.
struct UsageError : std::runtime_error
{
    using std::runtime_error::runtime_error;
};

/// Where settings come from, the strongest first.
struct ConfigSources
{
    /// From the command line: name of the setting → text.
    std::map<std::string, std::string> flags;
    /// Variables whose names begin with GAS_UTILITY_; an empty value counts as absent. One that is no setting is an
    /// error.
    std::map<std::string, std::string> environment;
    /// From --config; empty when not given. Then GAS_UTILITY_CONFIG counts, else the first usual file that exists.
    std::string file;
    std::vector<std::filesystem::path> usual_files = {"gas-utility.toml", "/etc/gas-utility/gas-utility.toml"};
};

/// The settings of all sources laid over the defaults. Throws UsageError.
Config read_config(const ConfigSources& sources);
/// The settings file that read_config() reads; empty for none.
std::filesystem::path config_file_of(const ConfigSources& sources);
/// This process's GAS_UTILITY_ variables.
std::map<std::string, std::string> environment_settings();

} // namespace server
