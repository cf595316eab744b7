#include "commands/commands.hpp"

#include "base/error.hpp"
#include "base/time.hpp"
#include "base/visitor.hpp"
#include "commands/admin/administer.hpp"
#include "commands/admin/running_settings.hpp"
#include "commands/findings.hpp"
#include "db/inspection.hpp"
#include "oidc/provider.hpp"
#include "oidc/refused.hpp"
#include "outbox/outbox.hpp"
#include "pages/shared/urls.hpp"
#include "server/arrival/forwarding_notes.hpp"
#include "server/opening/site_state.hpp"
#include "server/watch/disk.hpp"
#include "storage/s3_bucket.hpp"
#include "users/user.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <functional>
#include <system_error>

namespace commands {

namespace {

/// A check makes nothing that is not there yet, so it looks at where that would be made.
std::filesystem::path existing_part(std::filesystem::path directory)
{
    std::error_code error;
    directory = std::filesystem::absolute(directory);
    while (directory.has_relative_path() && !std::filesystem::exists(directory, error))
        directory = directory.parent_path();
    return directory;
}

constexpr std::uint64_t megabyte = 1024 * 1024;
constexpr std::uint64_t little_space = 1024 * megabyte;

void check_directory(Findings& findings, const std::filesystem::path& wanted, std::string_view purpose)
{
    const std::filesystem::path directory = existing_part(wanted);
    const std::string shown = fmt::format("{} for {}", directory.string(), purpose);
    try {
        server::try_directory(directory);
    } catch (const base::Unavailable&) {
        return findings.wrong(fmt::format("{} cannot be written to: its disk or quota is full", shown));
    } catch (const std::system_error& error) {
        return findings.wrong(fmt::format("{} cannot be written to: {}", shown, error.code().message()));
    }
    const auto free = server::free_bytes(directory);
    const std::string written = fmt::format("{} can be written to", shown);
    if (!free)
        return findings.note(fmt::format("{}; how much is free is not known", written));
    const std::string with_space = fmt::format("{}, {} MB free", written, *free / megabyte);
    if (*free < server::least_free_bytes)
        return findings.wrong(with_space + "; forms will be refused");
    if (*free < little_space)
        return findings.note(with_space);
    findings.ok(with_space);
}

/// SQLite may be on another disk than the rest of the data.
void check_place_of_database(Findings& findings, const Config& config)
{
    if (!config.database_url.starts_with(server::sqlite_scheme))
        return;
    const std::filesystem::path file = config.database_url.substr(server::sqlite_scheme.size());
    const std::filesystem::path directory = std::filesystem::absolute(file).parent_path();
    if (directory != std::filesystem::absolute(config.data_dir))
        check_directory(findings, directory, "the database");
}

void check_stored_data(Findings& findings, db::Database& database, const CheckOptions& options)
{
    if (options.fast)
        return findings.note("the stored data was not checked (--fast)");
    tell_inspection(findings, db::look_for_damage(*database.read()));
}

/// What runserver would refuse.
void check_standing(Findings& findings, const Config& config, db::Database& database)
{
    // Nothing is made just for looking.
    const bool is_there = config.has_s3() || std::filesystem::exists(config.attachments_dir());
    const auto store = is_there ? open_store(config) : nullptr;
    if (const auto objection = server::objection_to_serve(database, store.get()))
        findings.wrong(*objection);
}

/// Of a database that is yet to be made.
void check_loss(Findings& findings, const Config& config, std::string_view note)
{
    if (const auto loss = find_loss(config))
        return findings.wrong(*loss);
    findings.note(note);
}

/// Of a server that cannot be asked: on PostgreSQL, or one that has stopped.
void check_mail_switch(Findings& findings, const Config& config, db::Database& database)
{
    if (!config.mail.is_on() && outbox::is_on(*database.read()))
        findings.note("the server that was started last sends mail: it has a mail_url that is not among the settings "
                      "of this command");
}

void check_database(Findings& findings, const Config& config, const CheckOptions& options)
{
    try {
        if (has_no_file(config))
            return check_loss(findings, config,
                server::place_of_database(config) + " does not exist yet; migrate or runserver makes it");
        const auto database = open_database(config);
        findings.ok(fmt::format("{} can be opened ({})", db::shown_url(config.database_url), database->version()));
        check_stored_data(findings, *database, options);
        const auto pending = db::pending_migrations(*database);
        if (pending.empty()) {
            check_standing(findings, config, *database);
            check_people(findings, *database);
            check_mail_switch(findings, config, *database);
            return check_mail(findings, *database, base::SystemClock().now());
        }
        const std::string note = fmt::format("to be applied by migrate or runserver: {}", fmt::join(pending, ", "));
        if (pending.size() == db::migrations(database->engine()).size())
            return check_loss(findings, config, note);
        findings.note(note);
    } catch (const DatabaseInUse& in_use) {
        if (const auto answer = ask_server(config, {"check", options.fast ? "fast" : "whole"}))
            return findings.relay(answer->output + answer->error, answer->exit_code == exit_ok ? 0 : 1);
        findings.note(fmt::format("{}; its content was not checked: stop the server, or check a copy", in_use.what()));
    } catch (const std::exception& error) {
        findings.wrong(error.what());
    }
}

void check_bucket(Findings& findings, const Config& config)
{
    try {
        storage::S3Bucket(config.s3).probe();
        findings.ok(fmt::format("{} stores, returns and removes an object", config.s3.url()));
    } catch (const std::exception& error) {
        findings.wrong(error.what());
    }
}

void check_settings(Findings& findings, const ConfigSources& sources, const Config& config)
{
    const auto file = config_file_of(sources);
    findings.ok(file.empty() ? "settings are valid; there is no settings file"
                             : "settings are valid, read from " + file.string());
    findings.ok("times are shown in the zone " + config.time_zone);
}

void check_other_settings(Findings& findings, const std::vector<OtherSetting>& others)
{
    std::vector<std::string> told;
    for (const OtherSetting& other : others)
        told.push_back(fmt::format("{} {} ({}), here {}", other.name, other.value, other.source, other.here));
    if (!told.empty())
        findings.note(fmt::format("the running server has other settings: {}", fmt::join(told, "; ")));
}

void check_provider(Findings& findings, const Config& config)
{
    if (!config.oidc.is_on())
        return;
    const std::string& issuer = config.oidc.issuer;
    const base::SystemClock clock;
    try {
        const std::size_t keys = oidc::Provider(config.oidc, clock).probe();
        findings.ok(
            fmt::format("the staff sign in at {}, which answers with {} keys; it must know the redirect URI {}{}",
                issuer, keys, config.mail.site_url, urls::provider_return()));
    } catch (const oidc::Refused& refused) {
        findings.wrong(fmt::format("oidc_issuer: {} cannot be used: {}", issuer, refused.what()));
    }
    if (config.oidc.client_secret.empty())
        findings.note("oidc_client_secret: there is none; the provider must take this site as a public client");
}

void check_proxies(Findings& findings, const Config& config)
{
    constexpr std::size_t most_named = 5;
    try {
        auto proxies = server::find_undeclared_proxies(config, base::SystemClock().now());
        if (proxies.empty())
            return;
        const bool is_cut = proxies.size() > most_named;
        std::ranges::sort(proxies, std::ranges::greater(), &server::UndeclaredProxy::last);
        proxies.resize(std::min(proxies.size(), most_named));
        std::vector<std::string> named;
        for (const auto& proxy : proxies)
            named.push_back(fmt::format("{} ({})", proxy.address, base::iso_utc(proxy.last)));
        findings.note(fmt::format("X-Forwarded-For or a field like it came from outside of trusted_proxies and did not "
                                  "count: {}{}; if one of these is your proxy, add it: until then all visitors behind "
                                  "it have its IP address",
            fmt::join(named, ", "), is_cut ? ", ..." : ""));
    } catch (const std::exception& error) {
        findings.note(fmt::format("undeclared proxies: {}", error.what()));
    }
}

} // namespace

int check_command(const ConfigSources& sources, const CheckOptions& options)
{
    Findings findings;
    const Config config = read_config(sources);
    const auto others = ask_for_other_settings(config, sources);
    check_settings(findings, sources, config);
    if (others)
        check_other_settings(findings, *others);
    else
        tell_where_mail_goes(findings, config.mail);
    check_provider(findings, config);
    check_proxies(findings, config);
    check_directory(findings, config.data_dir, "data");
    check_place_of_database(findings, config);
    check_directory(findings, config.attachments_dir(), config.has_s3() ? "uploads in progress" : "attachments");
    if (config.has_s3())
        check_bucket(findings, config);
    check_database(findings, config, options);
    if (!others)
        check_descriptors(findings, config);
    if (findings.wrong_count() == 0)
        return exit_ok;
    fmt::print("{} to fix.\n", findings.wrong_count());
    return exit_failed;
}

} // namespace commands
