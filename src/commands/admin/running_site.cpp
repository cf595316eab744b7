#include "attachments/sweeper.hpp"
#include "base/log.hpp"
#include "base/text.hpp"
#include "commands/admin/administer.hpp"
#include "commands/admin/running_settings.hpp"
#include "commands/commands.hpp"
#include "commands/findings.hpp"
#include "outbox/list.hpp"
#include "server/house.hpp"
#include "server/site_task.hpp"
#include "server/watch/connections.hpp"
#include "users/user.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/resource.h>

#include <algorithm>

namespace commands {

namespace {

/// The server keeps one descriptor for each connection and each open file.
constexpr rlim_t fewest_descriptors = 4096;

std::string list_of(const std::vector<storage::KeptFile>& files, const std::optional<std::string>& reason)
{
    std::string text;
    for (const storage::KeptFile& file : files)
        text += fmt::format("{}  {}\n", file.stored_name, base::iso_utc(file.put_at));
    if (reason)
        text += fmt::format("The server does not sweep: {}.\n", *reason);
    if (!files.empty())
        text += fmt::format("Nothing was moved. Are these {} files really no longer needed? gas-utility sweep --yes "
                            "moves them to the trash, which keeps them for {} days.\n",
            files.size(), attachments::days_in_trash);
    return text;
}

server::AdminAnswer check_running(server::House& house, bool is_fast, const server::GoesOn& goes_on)
{
    db::Database& database = house.database();
    server::AdminAnswer answer;
    Findings findings(&answer.output);
    findings.ok(fmt::format("the server runs and answers ({})", database.version()));
    tell_where_mail_goes(findings, house.config().mail);
    check_descriptors(findings, house.config());
    if (is_fast)
        findings.note("the stored data was not checked (--fast)");
    else
        tell_inspection(findings, database.inspect(goes_on));
    check_people(findings, database);
    check_mail(findings, database, base::SystemClock().now());
    answer.exit_code = findings.wrong_count() == 0 ? exit_ok : exit_failed;
    return answer;
}

server::AdminAnswer carry_out(const RunningSite& site, const server::AdminWords& words, const server::GoesOn& goes_on)
{
    server::House& house = site.house;
    db::Database& database = house.database();
    const base::Time now = base::SystemClock().now();
    if (words == server::AdminWords{"config"})
        return {.output = tell_settings(site.settings)};
    const bool has_option = words.size() == 2;
    if (has_option && words[0] == "check")
        return check_running(house, words[1] == "fast", goes_on);
    if (has_option && words[0] == "sweep") {
        const Consent consent = words[1] == "yes" ? Consent::Given : Consent::Missing;
        return house.while_not_sweeping([&] {
            return server::AdminAnswer{.output = sweep_files(database, house.services().attachments, consent, now)};
        });
    }
    return administer(site_of(database, house.config()), words);
}

/// Who asks is root or the server's user. Never what is behind the name: it may be a password.
void log_command(const server::AdminWords& words)
{
    const std::size_t told = words.empty() || words[0] == "createsuperuser" ? 2 : 3;
    base::log::info(
        fmt::format("command: {}", fmt::join(words.begin(), words.begin() + std::min(told, words.size()), " ")));
}

} // namespace

void tell_inspection(Findings& findings, const db::Inspection& inspection)
{
    if (!inspection.damage.empty())
        findings.wrong(
            fmt::format("the database is damaged; restore a backup: {}", fmt::join(inspection.damage, "; ")));
    else if (!inspection.looked_at.empty())
        findings.ok(inspection.looked_at);
    if (!inspection.left_out.empty())
        findings.note(inspection.left_out);
}

void check_descriptors(Findings& findings, const server::Config& config)
{
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_max < fewest_descriptors)
        findings.wrong(fmt::format("only {} files and connections can be open at once; raise the limit (ulimit -Hn, "
                                   "LimitNOFILE=) to {} or more",
            limit.rlim_max, fewest_descriptors));
    else
        findings.ok(fmt::format("{} files and connections can be open at once", limit.rlim_max));
    const auto affordable = server::affordable_connections(config, limit.rlim_max).connections;
    if (affordable < config.connections)
        findings.note(fmt::format("that is enough for {} connections at once, fewer than the setting connections ({})",
            affordable, config.connections));
}

void tell_where_mail_goes(Findings& findings, const mail::MailSettings& mail)
{
    if (mail.is_on())
        findings.ok(fmt::format("mail goes to {} from {}, with links to {}", mail.shown(), mail.from, mail.site_url));
    else
        findings.note("no mail is sent: mail_url is none");
}

void check_people(Findings& findings, db::Database& database)
{
    const auto lease = database.read();
    const users::UserFilter administrators{.role = base::Role::Administrator, .is_active = true};
    if (users::list_users(*lease, administrators).empty())
        findings.note("there is no administrator yet; run: gas-utility createsuperuser");
    constexpr std::size_t most_named = 20;
    if (const auto alike = users::list_usernames_alike(*lease, most_named); !alike.empty())
        findings.note(fmt::format("user names that differ only in upper and lower case: {}{}; each of these users must "
                                  "type their name exactly as it is here, and no new one can be made",
            fmt::join(alike, ", "), alike.size() == most_named ? ", …" : ""));
}

void check_mail(Findings& findings, db::Database& database, base::Time now)
{
    constexpr std::chrono::minutes soon{10};
    const outbox::Figures mail = outbox::count_mail(*database.read(), now);
    if (mail.given_up > 0)
        findings.note(fmt::format(
            "{} mails were given up in the last seven days; /admin/mail/?state=given_up says why", mail.given_up));
    if (!mail.oldest || *mail.oldest + soon > now)
        return;
    findings.note(fmt::format("{} mails wait, the oldest since {}{}{}", mail.waiting, base::iso_utc(*mail.oldest),
        mail.last_error.empty() ? "" : "; last error: ", base::clean_line(mail.last_error)));
}

std::string sweep_files(db::Database& database, storage::Store& store, Consent consent, base::Time now)
{
    const db::ReadLease lease = database.read();
    if (!server::try_task(*lease, server::SiteTask::Sweeping))
        throw Refused("a node is sweeping at this moment; try again");
    const attachments::Survey found = attachments::survey(*lease, store);
    const auto files = attachments::old_enough(found.unnamed, now);
    std::string text = fmt::format(
        "{}: {}.\n{} that no row names are older than an hour.\n", store.place(), in_words(found), files.size());
    if (consent == Consent::Missing)
        return text + list_of(files, attachments::objection(database, store, found, now));
    attachments::take_over(database, store, now);
    return text + fmt::format("{} files were moved to the trash.\n", attachments::move_to_trash(store, files, now));
}

server::AdminAnswer administer_running(
    const RunningSite& site, const server::AdminWords& words, const server::GoesOn& goes_on)
{
    log_command(words);
    try {
        return carry_out(site, words, goes_on);
    } catch (const std::exception& error) {
        return {.exit_code = exit_failed, .error = error.what()};
    }
}

} // namespace commands
