#include "server/settings/settings.hpp"

#include "base/phone/phone.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "server/arrival/origin.hpp"
#include "server/settings/mail_settings.hpp"
#include "server/settings/oidc_settings.hpp"
#include "server/settings/values.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace server {

namespace {

bool is_ip_address(const std::string& text)
{
    std::array<unsigned char, 16> bytes{};
    return ::inet_pton(AF_INET, text.c_str(), bytes.data()) == 1 ||
           ::inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1;
}

bool is_host_name(std::string_view text)
{
    if (text == "*")
        return true;
    if (text.starts_with('[') && text.ends_with(']'))
        return is_ip_address(std::string(text.substr(1, text.size() - 2)));
    return std::ranges::all_of(text,
        [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_'; });
}

bool is_postgres_url(std::string_view url)
{
    return url.starts_with("postgresql://") || url.starts_with("postgres://");
}

void apply_database_url(Config& config, std::string_view text)
{
    const std::string url = checked_text(text);
    // Not repeated: it may be a server's URL with a password, mistyped.
    if (!is_postgres_url(url) && (!url.starts_with(sqlite_scheme) || url.size() == sqlite_scheme.size()))
        throw UsageError(
            "this is neither sqlite:///PATH (four slashes for an absolute path) nor postgresql://USER@HOST/DATABASE");
    config.database_url = url;
}

void apply_allowed_hosts(Config& config, std::string_view text)
{
    std::vector<std::string> hosts = list_items(base::ascii_lower(text));
    if (hosts.empty())
        throw UsageError("must name at least one host");
    for (const std::string& host : hosts)
        if (!is_host_name(host))
            throw UsageError(fmt::format("\"{}\" is not a host name without port, such as gas.example", host));
    config.allowed_hosts = std::move(hosts);
}

void apply_trusted_origins(Config& config, std::string_view text)
{
    std::vector<std::string> origins;
    for (const std::string& item : list_items(text)) {
        const auto origin = parse_origin(item);
        // Not quoted: somebody may have put a password into it.
        if (!origin)
            throw UsageError(
                "each must be https://HOST, http://HOST or one of these with :PORT, and nothing behind it, "
                "not even a slash");
        origins.push_back(*origin);
    }
    config.trusted_origins = std::move(origins);
}

void apply_time_zone(Config& config, std::string_view text)
{
    const std::string name = checked_text(text);
    try {
        const base::Zone zone(name);
    } catch (const std::runtime_error&) {
        throw UsageError(fmt::format("\"{}\" is not in this machine's time zone database (package tzdata)", name));
    }
    config.time_zone = name;
}

void apply_phone(std::string_view text, std::string& phone, std::string& link)
{
    const std::string typed = checked_text(text);
    const std::string dialled = dialled_number(typed);
    if (dialled.size() < 3 || dialled.size() > 16)
        throw UsageError(fmt::format("\"{}\" is not a phone number", typed));
    phone = typed;
    link = dialled;
}

void apply_secure_cookies(Config& config, std::string_view text)
{
    constexpr std::array rules{web::SecureCookies::Auto, web::SecureCookies::Always, web::SecureCookies::Never};
    config.secure_cookies = rules.at(checked_choice(text, {"auto", "always", "never"}));
}

void apply_second_factor(Config& config, std::string_view text)
{
    constexpr std::array<std::optional<base::Role>, 3> least{
        std::nullopt, base::Role::Administrator, base::Role::Representative};
    config.rules.second_factor_from = least.at(checked_choice(text, {"none", "administrators", "staff"}));
}

void apply_log_format(Config& config, std::string_view text)
{
    const std::string word = base::ascii_lower(base::trim(text));
    if (word != "text" && word != "json")
        throw UsageError(fmt::format("\"{}\" is neither text nor json", text));
    config.log_format = word == "json" ? base::log::Format::Json : base::log::Format::Text;
}

void apply_log_level(Config& config, std::string_view text)
{
    constexpr std::array levels{base::log::Level::Info, base::log::Level::Warning, base::log::Level::Error};
    config.log_level = levels.at(checked_choice(text, {"info", "warning", "error"}));
}

void apply_attachments(Config& config, std::string_view text)
{
    const std::string wanted = checked_text(text);
    storage::S3Settings s3;
    if (wanted != "local") {
        const auto parsed = storage::parse_s3_url(wanted);
        if (!parsed)
            throw UsageError(fmt::format("\"{}\" is neither local nor s3://BUCKET or s3://BUCKET/PREFIX", wanted));
        s3 = *parsed;
    }
    config.s3.bucket = s3.bucket;
    config.s3.prefix = s3.prefix;
}

void apply_s3_endpoint(Config& config, std::string_view text)
{
    std::string endpoint = checked_text(text);
    if (endpoint.ends_with('/'))
        endpoint.pop_back();
    // Not quoted: somebody may have put a password into it.
    if (!storage::is_s3_endpoint(endpoint))
        throw UsageError("is not http(s)://HOST, http(s)://HOST:PORT or https://{bucket}.HOST");
    config.s3.endpoint = endpoint;
}

constexpr std::array all_settings = {
    Setting{"database_url", "sqlite:///<data_dir>/gas-utility.sqlite3",
        "The database: sqlite:///PATH, with four slashes for an absolute path, or postgresql://USER@HOST/DATABASE",
        apply_database_url},
    Setting{"database_connections", "16", "PostgreSQL: forms written at the same time, each with a connection",
        [](Config& config, std::string_view text) { config.database_connections = checked_number(text, 1, 256); }},
    Setting{"database_prepared", "on", "PostgreSQL: off behind PgBouncer in transaction mode",
        [](Config& config, std::string_view text) {
            config.database_prepared = checked_switch(text) ? db::PreparedStatements::On : db::PreparedStatements::Off;
        }},
    Setting{"database_listen_url", "<database_url>",
        "PostgreSQL: where nodes notify each other; behind PgBouncer the server itself",
        [](Config& config, std::string_view text) {
            const std::string url = checked_text(text);
            // Not repeated, for it may hold a password.
            if (!is_postgres_url(url))
                throw UsageError("this is not postgresql://USER@HOST/DATABASE");
            config.database_listen_url = url;
        }},
    Setting{"data_dir", "var", "Directory of the database and the attachments",
        [](Config& config, std::string_view text) { config.data_dir = checked_text(text); }},
    Setting{"attachments", "local",
        "Where attachments are kept: local (in data_dir) or s3://BUCKET/PREFIX; several nodes need one that all share",
        apply_attachments},
    Setting{"s3_endpoint", "<Amazon's>",
        "Origin of another S3-compatible store: https://HOST:PORT, or https://{bucket}.HOST", apply_s3_endpoint},
    Setting{"s3_region", "us-east-1", "Region that requests to the store are signed for",
        [](Config& config, std::string_view text) { config.s3.region = checked_word(text); }},
    Setting{"s3_access_key_id", "none", "Name of the store's access key",
        [](Config& config, std::string_view text) { config.s3.access_key_id = checked_word(text); }},
    Setting{"s3_secret_access_key", "none", "The secret of that key; not as an option, where others could read it",
        [](Config& config, std::string_view text) { config.s3.secret_access_key = checked_word(text); }, true},
    Setting{"s3_secret_access_key_file", "none", "File that holds the secret of that key instead",
        [](Config& config, std::string_view text) { config.s3.secret_access_key = secret_in_file(text); }},
    Setting{"mail_url", "none",
        "Where mail goes: smtp://HOST:PORT (with STARTTLS), smtps://HOST:PORT, file:///DIRECTORY or none",
        apply_mail_url},
    Setting{"mail_password", "none", "Password of the user in mail_url; not as an option, where others could read it",
        apply_mail_password, true},
    Setting{"mail_password_file", "none", "File that holds that password instead", apply_mail_password_file},
    Setting{
        "mail_ca_file", "<the system's>", "File of the certificates to trust at the mail server", apply_mail_ca_file},
    Setting{"mail_from", "none", "The sender's email, needed for mail", apply_mail_from},
    Setting{"mail_reply_to", "none", "The email that gets answers to mail; without it mail says that nobody reads them",
        apply_mail_reply_to},
    Setting{"mails_a_second", "300", "So many mails each node sends in a second at most: what the mail server allows",
        apply_mails_a_second},
    Setting{"site_url", "none",
        "Origin of the site, https://HOST, for links in mail; needed for mail and for oidc_issuer", apply_site_url},
    Setting{"listen", "127.0.0.1:8000", "Where runserver listens: ADDRESS:PORT, ADDRESS or PORT; IPv6 as [::1]:8000",
        apply_listen},
    Setting{"allowed_hosts", "localhost, 127.0.0.1, [::1]", "Host names the site answers to; * for all",
        apply_allowed_hosts},
    Setting{"trusted_proxies", "none",
        "IP addresses and networks (10.0.0.0/8) of proxies whose X-Forwarded-For and X-Forwarded-Proto count",
        [](Config& config, std::string_view text) { config.trusted_proxies = checked_networks(text); }},
    Setting{"metrics_networks", "none",
        "IP addresses and networks that may read /metrics, besides this machine: where monitoring runs",
        [](Config& config, std::string_view text) { config.metrics_networks = checked_networks(text); }},
    Setting{"trusted_origins", "none",
        "Origins (https://HOST) besides the one that Host names whose pages may send forms: where a proxy rewrites "
        "Host",
        apply_trusted_origins},
    Setting{"time_zone", "America/New_York", "The zone in which pages show times", apply_time_zone},
    Setting{"site_name", "Hearthway Gas", "The utility's name on every page",
        [](Config& config, std::string_view text) { config.names.name = checked_text(text); }},
    Setting{"emergency_phone", "1-800-555-0199", "The number to call about a gas leak",
        [](Config& config, std::string_view text) {
            apply_phone(text, config.names.emergency_phone, config.names.emergency_phone_link);
        }},
    Setting{"service_phone", "1-800-555-0142", "The number for everything else",
        [](Config& config, std::string_view text) {
            apply_phone(text, config.names.service_phone, config.names.service_phone_link);
        }},
    Setting{"reply_reopens", "on", "A customer's comment on a resolved request reopens it: on or off",
        [](Config& config, std::string_view text) { config.rules.reply_reopens = checked_switch(text); }},
    Setting{"text_to_911", "off",
        "Whether 911 takes text messages in the whole area, so that pages offer it: on or off",
        [](Config& config, std::string_view text) { config.names.has_text_to_911 = checked_switch(text); }},
    Setting{"requests_a_day", "100",
        "Requests that a customer may send within 24 hours, gas leaks apart; 0: any number",
        [](Config& config, std::string_view text) { config.rules.requests_a_day = checked_number(text, 0, 100'000); }},
    Setting{"upload_mb_a_day", "500",
        "MB of files that a customer may send within 24 hours, those of gas leaks apart; 0: any amount",
        [](Config& config, std::string_view text) {
            config.quota.upload_bytes = std::int64_t{checked_number(text, 0, 1'000'000)} << 20U;
        }},
    Setting{"registration", "on", "Where mail is on: people may register at /accounts/register/: on or off",
        [](Config& config, std::string_view text) { config.registration = checked_switch(text); }},
    Setting{"password_length_customer", "12", "Characters that a new password of a customer has at least",
        [](Config& config, std::string_view text) { config.passwords.customer = checked_number(text, 8, 64); }},
    Setting{"password_length_staff", "15", "The same for the staff",
        [](Config& config, std::string_view text) { config.passwords.staff = checked_number(text, 8, 64); }},
    Setting{"password_length_with_factor", "8", "The same for whoever signs in with a second factor",
        [](Config& config, std::string_view text) { config.passwords.with_factor = checked_number(text, 8, 64); }},
    Setting{"oidc_issuer", "none",
        "Where the staff may sign in by OpenID Connect: the provider's issuer, https://HOST/PATH, or none",
        apply_oidc_issuer},
    Setting{"oidc_client_id", "none", "This site's name at the provider", apply_oidc_client_id},
    Setting{"oidc_client_secret", "none",
        "The secret that the provider gave this site; not as an option, where others could read it",
        apply_oidc_client_secret, true},
    Setting{"oidc_client_secret_file", "none", "File that holds that secret instead", apply_oidc_client_secret_file},
    Setting{
        "oidc_name", "<your work account>", "What the button on the sign-in page calls the provider", apply_oidc_name},
    Setting{"oidc_group_claim", "groups", "Claim of the ID token that lists somebody's groups, or OUTER.INNER",
        apply_oidc_group_claim},
    Setting{"oidc_groups", "none",
        "Which groups have which role: GROUP=ROLE with representative, supervisor or administrator; the highest counts",
        apply_oidc_groups},
    Setting{"oidc_link_by_email", "off",
        "At the first sign-in, take the one user of the staff with the same verified email: on or off",
        apply_oidc_link_by_email},
    Setting{"oidc_ca_file", "<the system's>", "File of the certificates to trust at the provider", apply_oidc_ca_file},
    Setting{"local_sign_in", "all",
        "Who of the staff may sign in with a password of this site: all or administrators; customers always may",
        apply_local_sign_in},
    Setting{"session_idle_minutes", "720", "An unused session ends after this time",
        [](Config& config, std::string_view text) {
            config.sessions.idle = std::chrono::minutes{checked_number(text, 1, 60 * 24 * 366)};
        }},
    Setting{"session_absolute_hours", "336", "Every session ends after this time",
        [](Config& config, std::string_view text) {
            config.sessions.absolute = std::chrono::hours{checked_number(text, 1, 24 * 366)};
        }},
    Setting{"second_factor_required", "none",
        "Who must sign in with a code of an app besides the password: none, administrators or staff",
        apply_second_factor},
    Setting{"connections", "10000",
        "Connections open at the same time; fewer when the system does not allow that many open files",
        [](Config& config, std::string_view text) { config.connections = checked_number(text, 16, 1000000); }},
    Setting{"connections_per_address", "256",
        "Connections of one IP address (IPv6: of one /64 network); a trusted proxy may have all",
        [](Config& config, std::string_view text) {
            config.connections_per_address = checked_number(text, 8, 1000000);
        }},
    Setting{"streams_per_user", "32", "Browsers of one user with live pages; one more ends the oldest one's stream",
        [](Config& config, std::string_view text) { config.streams_per_user = checked_number(text, 1, 10000); }},
    Setting{"io_threads", "2", "Threads that read from and write to the network",
        [](Config& config, std::string_view text) { config.io_threads = checked_number(text, 1, 64); }},
    Setting{"readers", "4", "Pages rendered at the same time, each with a database connection",
        [](Config& config, std::string_view text) { config.readers = checked_number(text, 1, 256); }},
    Setting{"write_threads", "32", "Forms carried out at the same time; their commits are grouped",
        [](Config& config, std::string_view text) { config.write_threads = checked_number(text, 1, 256); }},
    Setting{"heavy_threads", "2", "Threads for uploads and exports",
        [](Config& config, std::string_view text) { config.heavy_threads = checked_number(text, 1, 64); }},
    Setting{"drain_wait_seconds", "0",
        "After SIGTERM, /readyz fails this long before connections are closed: behind a load balancer",
        [](Config& config, std::string_view text) {
            config.drain_wait = std::chrono::seconds{checked_number(text, 0, 300)};
        }},
    Setting{"secure_cookies", "auto",
        "Cookies marked Secure and HSTS sent: auto (when the request came over TLS), always or never",
        apply_secure_cookies},
    Setting{"access_log", "off", "One line per request on standard error: on or off",
        [](Config& config, std::string_view text) { config.access_log = checked_switch(text); }},
    Setting{"log_format", "text", "Lines on standard error: text, or json for one object a line", apply_log_format},
    Setting{"log_level", "info",
        "Least level of the lines: info, warning or error; it drops none of the access log and the security log",
        apply_log_level},
};

/// "::1:8000" is an IPv6 address, but most likely was meant to be "::1" with a port.
bool may_end_with_port(const std::string& typed)
{
    const std::size_t colon = typed.rfind(':');
    return colon != std::string::npos && is_ip_address(typed) && is_ip_address(typed.substr(0, colon));
}

} // namespace

std::string Setting::flag() const
{
    std::string text = "--" + std::string(name);
    std::ranges::replace(text, '_', '-');
    return text;
}

std::string Setting::variable() const
{
    std::string text = "GAS_UTILITY_";
    for (const char c : name)
        text += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return text;
}

std::span<const Setting> settings()
{
    return all_settings;
}

const Setting* find_setting(std::string_view name)
{
    const auto* found = std::ranges::find(all_settings, name, &Setting::name);
    return found == all_settings.end() ? nullptr : found;
}

void apply_listen(Config& config, std::string_view text)
{
    const std::string typed = checked_text(text);
    if (may_end_with_port(typed))
        throw UsageError(
            fmt::format("\"{}\" may or may not end with a port; put the IPv6 address into brackets: [{}]:{} "
                        "or [{}]",
                typed, typed.substr(0, typed.rfind(':')), typed.substr(typed.rfind(':') + 1), typed));
    std::string address = config.address;
    std::string port = typed;
    const std::size_t colon = typed.rfind(':');
    if (is_ip_address(typed) || typed == "localhost" || typed.ends_with(']')) {
        address = typed;
        port = std::to_string(config.port);
    } else if (colon != std::string::npos) {
        address = typed.substr(0, colon);
        port = typed.substr(colon + 1);
    }
    if (address.starts_with('[') && address.ends_with(']'))
        address = address.substr(1, address.size() - 2);
    if (address == "localhost")
        address = "127.0.0.1";
    const auto number = base::parse_integer(port);
    if (!is_ip_address(address) || !number || *number > 65535)
        throw UsageError(fmt::format("\"{}\" is not ADDRESS:PORT with an IP address and a port up to 65535; an IPv6 "
                                     "address goes into brackets: [::1]:8000",
            typed));
    config.address = address;
    config.port = static_cast<std::uint16_t>(*number);
}

std::string endpoint_text(std::string_view address, std::uint16_t port)
{
    const bool is_v6 = address.find(':') != std::string_view::npos;
    return fmt::format(fmt::runtime(is_v6 ? "[{}]:{}" : "{}:{}"), address, port);
}

} // namespace server
