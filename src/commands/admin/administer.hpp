#pragma once
// commands/admin/ are the commands that work on a site whether it runs or not: they open its database, or reach the
// server that has it open through its socket, and do the same there.

#include "base/time.hpp"
#include "commands/commands.hpp"
#include "commands/findings.hpp"
#include "db/database.hpp"
#include "db/inspection.hpp"
#include "server/house.hpp"
#include "server/settings/config.hpp"
#include "server/settings/given.hpp"
#include "server/watch/admin_socket.hpp"
#include "sign_in/session.hpp"
#include "storage/store.hpp"
#include "users/user.hpp"

#include <optional>
#include <string>
#include <vector>

namespace commands {

/// What a command works on.
struct Site
{
    db::Database& database;
    sign_in::SessionRules sessions;
    base::Time now{};
    sign_in::PasswordLengths passwords = {};
    std::string site_name = {};
};

/// The site that a command opened or was sent to.
Site site_of(db::Database& database, const server::Config& config);
/// Throw Refused, with the reason, for a password that this user may not choose. Somebody who is no user yet has the
/// id zero.
void refuse_weak_password(const Site& site, const users::User& user, std::string_view password);

/// Add an active administrator and return the user name. Questions are asked only when `options` allow it; the password
/// is asked twice. Throws Refused: name taken or not allowed, email not valid, password weak or missing.
std::string add_superuser(const Site& site, SuperuserOptions options, const Ask& ask);
/// The same with what was asked before.
std::string add_superuser(const Site& site, const NewSuperuser& wanted);

/// Carry out "user …", "session …" or "createsuperuser NAME EMAIL PASSWORD". A refusal is an answer.
server::AdminAnswer administer(const Site& site, const server::AdminWords& words);
/// A server that runs, and the settings that it was started with.
struct RunningSite
{
    server::House& house;
    const std::vector<server::GivenSetting>& settings;
};
/// What the running server does: these, "config", and "check fast|whole" and "sweep yes|no" on its own store, with a
/// line in its log.
server::AdminAnswer administer_running(
    const RunningSite& site, const server::AdminWords& words, const server::GoesOn& goes_on);

/// Have the server carry it out when one runs on this SQLite database; nothing otherwise, because on PostgreSQL a
/// command works beside it.
std::optional<server::AdminAnswer> ask_server(const server::Config& config, const server::AdminWords& words);
/// True when commands reach a server there; one that was killed may have left this behind.
bool is_served_here(const server::Config& config);
/// Print the answer; return its exit code.
int show(const server::AdminAnswer& answer);
/// Have the server do it, or do it on the database. Throws Refused when that cannot be opened.
int administer_site(const server::Config& config, const server::AdminWords& words);

/// Parts of commands that the running server carries out, too.
void tell_inspection(Findings& findings, const db::Inspection& inspection);
void check_people(Findings& findings, db::Database& database);
/// How many files and connections this process may have open.
void check_descriptors(Findings& findings, const server::Config& config);
void tell_where_mail_goes(Findings& findings, const mail::MailSettings& mail);
/// Mail that waits for long or was given up.
void check_mail(Findings& findings, db::Database& database, base::Time now);
/// List or move files that no row names, and say so. Throws Refused.
std::string sweep_files(db::Database& database, storage::Store& store, Consent consent, base::Time now);

} // namespace commands
