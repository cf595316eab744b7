#include "commands/command_line.hpp"

#include "commands/unknown_word.hpp"
#include "server/settings/settings.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace commands {

namespace {

constexpr const char* footer = R"(
Settings come from options, then GAS_UTILITY_ environment variables, then the settings file (--config FILE,
GAS_UTILITY_CONFIG, ./gas-utility.toml or /etc/gas-utility/gas-utility.toml), then the defaults shown above. The secret of
the S3 store's key is not an option, because everybody on the machine could read it: use
GAS_UTILITY_S3_SECRET_ACCESS_KEY, or s3_secret_access_key in the file. A name that is no setting is an error, in the file
and in the environment; "gas-utility config show" lists what is in effect.

Exit codes: 0 done, 1 failed (the reason is on standard error), 2 wrong option, setting or settings file.)";

constexpr const char* import_footer = R"(
The report goes to standard output. Run again, even after a kill, the command continues and adds new rows of the source.

Examples:
  gas-utility import-django --database sqlite:////srv/site/db.sqlite3 --media /srv/site/media \
      --source-time-zone UTC --dry-run > report.txt
  gas-utility import-django --database sqlite:////srv/site/db.sqlite3 --media /srv/site/media \
      --source-time-zone America/New_York --map type=category_id --map status:waiting=Pending

  gas-utility import-django --database postgresql://reader@db.example/site --media /srv/site/media

Put the password of a PostgreSQL source into ~/.pgpass, because other users can read command lines.
Step by step, and how to go back: docs/import-django.md. Settings and exit codes: gas-utility --help)";

constexpr const char* copy_footer = R"(
Copies every row and then compares by count and SHA-256; run it again to continue after an interruption.
Stop the servers of both sites first. Attachment files are read and compared, too; without --to-attachments they
stay where they are. Put a password into PGPASSFILE, because other users of this machine can read command lines.

Examples:
  gas-utility copy --from sqlite:////srv/gas/gas-utility.sqlite3 --to 'postgresql://gas@db1,db2/gas?target_session_attrs=read-write'
  gas-utility copy --from sqlite:////srv/gas/gas-utility.sqlite3 --to postgresql://gas@db/gas --to-attachments s3://gas/files

Settings and exit codes: gas-utility --help)";

constexpr const char* backup_footer = R"(
The servers keep running. PLACE/TIME/ gets the database as it is at one moment and manifest.json with versions, counts
and the SHA-256 of everything; PLACE/files/ gets the attachments that no earlier backup brought. PostgreSQL needs
pg_dump of the server's version or newer. Run it as the server's user. A kill at any moment leaves the earlier backups
as they are. A file that the site has lost is named; the backup is complete without it, and the exit code is 1.
A bucket is in the store that s3_endpoint, s3_region and the two keys name, also when attachments are local.

Examples:
  gas-utility backup /backup/gas --keep 7d4w12m
  gas-utility backup --verify /backup/gas
  gas-utility backup s3://gas-backups/north --keep 7d4w12m

Settings and exit codes: gas-utility --help)";

constexpr const char* restore_footer = R"(
Restores into the place that the settings name: no database (PostgreSQL: an empty one) and no attachments may be
there. All is compared with its SHA-256, and the database comes last and at once. After an interruption run it again.
A SQLite backup becomes a PostgreSQL site, or the other way around, with "gas-utility copy" afterwards.

Examples:
  gas-utility --data-dir /tmp/rehearsal restore /backup/gas
  gas-utility restore /backup/gas/2026-11-28T015524Z
  gas-utility restore s3://gas-backups/north

Settings and exit codes: gas-utility --help)";

constexpr const char* sweep_footer = R"(
The running server moves such files to the trash after an hour, at most 20 or 1 % of all files at once,
and none when they may belong to another database: its log then says so. The server may run. The trash, trash/DAY/NAME beside the files,
is kept for 30 days; a file that a row names is restored from it automatically.

Settings and exit codes: gas-utility --help)";

void add_settings(CLI::App& root, CommandLine& line)
{
    root.add_option("--config", line.config_file, "Settings file (TOML), also GAS_UTILITY_CONFIG")
        ->type_name("FILE")
        ->check([](const std::string& file) { return std::string(file.empty() ? "needs the name of a file" : ""); })
        ->group("Settings");
    for (const server::Setting& setting : server::settings()) {
        if (setting.is_secret)
            continue;
        root.add_option_function<std::string>(
                setting.flag(),
                [&line, &setting](const std::string& text) { line.flags[std::string(setting.name)] = text; },
                fmt::format("{} [{}; default {}]", setting.help, setting.variable(), setting.default_text))
            ->type_name("")
            ->group("Settings");
    }
}

CLI::App* add_command(CLI::App& root, CommandLine& line, Command command, const char* name, const char* help)
{
    CLI::App* added = root.add_subcommand(name, help);
    added->footer("Settings and exit codes: gas-utility --help");
    added->callback([&line, command] { line.command = command; });
    return added;
}

void add_import_django(CLI::App& root, CommandLine& line)
{
    CLI::App* command = add_command(root, line, Command::ImportDjango, "import-django",
        "Import a running Django site: users with their passwords, accounts, service requests, files, comments");
    command->add_option("--database", line.import_django.database, "The site's database; it is only read")
        ->type_name("URL")
        ->required();
    command->add_option("--media", line.import_django.media, "The site's MEDIA_ROOT with the uploaded files")
        ->type_name("DIR")
        ->required();
    command
        ->add_option("--source-time-zone", line.import_django.time_zone,
            "Of the site's times when they have none: UTC for USE_TZ = True, otherwise its TIME_ZONE")
        ->type_name("ZONE");
    command
        ->add_option("--map", line.import_django.maps,
            "What is not found or not known there: type=COLUMN, status:WORD=Pending or status:WORD=Resolved; "
            "repeatable")
        ->type_name("WHAT=HERE");
    command
        ->add_option("--rows", line.import_django.rows,
            "Append a line for each row to FILE; the report gives each reason with its number and its first rows")
        ->type_name("FILE");
    command->add_flag("--dry-run", line.import_django.dry_run,
        "Write nothing: report counts, missing and orphan files and every value that would change");
    command->footer(import_footer);
}

void add_copy(CLI::App& root, CommandLine& line)
{
    CLI::App* command = add_command(root, line, Command::Copy, "copy",
        "Copy a whole site into an empty database of either engine, and compare both");
    command->add_option("--from", line.copy.from, "The site's database; stop its servers first")
        ->type_name("URL")
        ->required();
    command->add_option("--to", line.copy.to, "An empty database, or one that an unfinished copy left")
        ->type_name("URL")
        ->required();
    command
        ->add_option("--from-attachments", line.copy.from_attachments,
            "Where its files are, if not as in the settings: a directory or s3://BUCKET/PREFIX")
        ->type_name("PLACE");
    command
        ->add_option("--to-attachments", line.copy.to_attachments,
            "An existing directory or s3://BUCKET/PREFIX to bring the files to; without it they stay where they are")
        ->type_name("PLACE");
    command->footer(copy_footer);
}

void add_backup_commands(CLI::App& root, CommandLine& line)
{
    CLI::App* backup = add_command(root, line, Command::Backup, "backup",
        "Save database and attachments beside the running server, each attachment once");
    backup
        ->add_option(
            "PLACE", line.backup.place, "Where the backups are: a directory, made when missing, or s3://BUCKET/PREFIX")
        ->required();
    backup
        ->add_option("--keep", line.backup.keep,
            "Then remove older ones: keep the newest of the last 7 days, 4 weeks and 12 months that have one")
        ->type_name("7d4w12m");
    backup->add_flag("--verify", line.backup.verify, "Make none: read and compare PLACE/TIME, or the newest of PLACE");
    backup->footer(backup_footer);

    CLI::App* restore = add_command(root, line, Command::Restore, "restore", "Restore a backup into an empty place");
    restore->add_option("PLACE", line.restore_from, "PLACE/TIME, or PLACE for the newest backup in it")->required();
    restore->footer(restore_footer);
}

void add_verify(CLI::App& root, CommandLine& line)
{
    CLI::App* verify = add_command(root, line, Command::Verify, "verify",
        "Read everything the site holds, also while it runs, and list what is damaged, missing or does not agree");
    verify->add_option("PLACE", line.backup.place, "Read a backup instead, as backup --verify does");
    verify->callback([&line] {
        line.backup.verify = !line.backup.place.empty();
        line.command = line.backup.verify ? Command::Backup : Command::Verify;
    });
}

void add_attachment_commands(CLI::App& root, CommandLine& line)
{
    const auto agree = [&line] { line.consent = Consent::Given; };
    add_command(root, line, Command::AdoptAttachments, "adopt-attachments",
        "Declare that the configured attachments belong to this database, after moving or restoring either")
        ->add_flag_callback("--yes", agree, "Even when there are files that the database does not name");

    CLI::App* sweep = add_command(
        root, line, Command::Sweep, "sweep", "List attachment files that no row names and why the server keeps them");
    sweep->add_flag_callback("--yes", agree, "Move them to the trash, however many they are");
    sweep->footer(sweep_footer);
}

constexpr const char* admin_footer = R"(
It works while the server runs: with SQLite through its socket in data_dir, as root or as the server's user.

Examples:
  gas-utility user list customer
  gas-utility user set-role sofia supervisor
  gas-utility session list mei

Settings and exit codes: gas-utility --help)";

CLI::App* add_admin_command(CLI::App& group, CommandLine& line, const char* verb, const char* help)
{
    CLI::App* added = group.add_subcommand(verb, help);
    added->footer(admin_footer);
    added->callback([&line, &group, verb] {
        line.command = Command::Admin;
        line.admin.words = {group.get_name(), verb};
    });
    return added;
}

CLI::Option* add_arguments(CLI::App* command, CommandLine& line, const char* names, int count)
{
    return command->add_option(names, line.admin.arguments)->expected(count)->required();
}

void add_admin_commands(CLI::App& root, CommandLine& line)
{
    CLI::App* user = root.add_subcommand("user", "Look after users, also while the server runs");
    user->require_subcommand(1);
    user->footer(admin_footer);
    CLI::App* list = add_admin_command(*user, line, "list", "List users with role, state and last sign-in");
    list->add_option("WORDS", line.admin.arguments, "Only those with these words in name, email or phone number");
    add_arguments(
        add_admin_command(*user, line, "unlock", "End the wait after wrong passwords of strangers"), line, "NAME", 1);
    CLI::App* password = add_admin_command(*user, line, "set-password",
        "Give a user a password, which is asked twice and not shown, and sign them out everywhere");
    add_arguments(password, line, "NAME", 1);
    password->add_flag(
        "--no-input", line.admin.no_input, "Ask nothing: take the password from GAS_UTILITY_SUPERUSER_PASSWORD");
    add_arguments(add_admin_command(*user, line, "set-role",
                      "Make a user customer, representative, supervisor or administrator, and sign them out"),
        line, "NAME ROLE", 2);
    add_arguments(add_admin_command(*user, line, "sign-out", "End all sessions of a user"), line, "NAME", 1);
    add_arguments(
        add_admin_command(*user, line, "reset-factor",
            "Let somebody whose phone is lost sign in with the password alone; they are signed out everywhere"),
        line, "NAME", 1);

    CLI::App* session = root.add_subcommand("session", "Look after sessions, also while the server runs");
    session->require_subcommand(1);
    session->footer(admin_footer);
    add_admin_command(*session, line, "list", "List open sessions, of one user or of all")
        ->add_option("NAME", line.admin.arguments, "The user name");
    add_arguments(add_admin_command(*session, line, "end", "End one session"), line, "ID", 1);
}

void add_config_commands(CLI::App& root, CommandLine& line)
{
    CLI::App* config = root.add_subcommand("config", "Look at the settings");
    config->require_subcommand(1);
    config->footer("Settings and exit codes: gas-utility --help");
    add_command(*config, line, Command::ConfigShow, "show",
        "List each setting with its value and where that came from; a secret only as \"set\"");
}

void add_commands(CLI::App& root, CommandLine& line)
{
    add_command(root, line, Command::Migrate, "migrate",
        "Create or update the database's tables; stored search words and the keys of user names are made anew when the "
        "rules for them have changed");

    CLI::App* superuser = add_command(root, line, Command::CreateSuperuser, "createsuperuser",
        "Add an administrator; the password is asked twice and not shown");
    superuser->add_option("--username", line.superuser.username, "User name")->type_name("NAME");
    superuser->add_option("--email", line.superuser.email, "Email")->type_name("EMAIL");
    superuser->add_flag(
        "--no-input", line.superuser.no_input, "Ask nothing: take the password from GAS_UTILITY_SUPERUSER_PASSWORD");

    CLI::App* server = add_command(root, line, Command::RunServer, "runserver",
        "Serve until SIGTERM or SIGINT; missing migrations are applied first; SIGHUP reads the log level again, except "
        "in a terminal");
    server->add_option("listen", line.listen, "Where to listen instead of the setting \"listen\"")
        ->type_name("ADDR:PORT");
    server->add_flag("--rehearsal", line.runserver.is_rehearsal,
        "Serve a restored backup to look at it: no housekeeping, attachments are only read, each page says so");

    CLI::App* demo = add_command(root, line, Command::Demo, "demo",
        "Fill the database with a made-up town; the password comes from GAS_UTILITY_DEMO_PASSWORD or is shown once");
    demo->add_option("--customers", line.demo.customers, "Customers customer0001 and so on")
        ->type_name("N")
        ->check(CLI::Range(1, 100000))
        ->capture_default_str();
    demo->add_option("--requests", line.demo.requests, "Service requests, spread evenly")
        ->type_name("M")
        ->check(CLI::Range(0, 10000000))
        ->capture_default_str();
    demo->add_option("--seed", line.demo.seed, "The same seed makes the same town")
        ->type_name("S")
        ->capture_default_str();
    demo->add_flag("--force", line.demo.force, "Add the town even beside real users");
    demo->add_flag("--when-empty", line.demo.when_empty, "Do nothing when anybody is in the database already");
    demo->add_flag("--new-password", line.demo.new_password, "Only give the made-up people another password");

    add_import_django(root, line);
    add_copy(root, line);
    add_backup_commands(root, line);

    CLI::App* check = add_command(root, line, Command::Check, "check",
        "Explain in plain words what is wrong with the settings, the stored data or the machine");
    check->add_flag("--fast", line.check.fast, "Do not look for damage in the stored data, which reads all of it");
    add_attachment_commands(root, line);
    add_verify(root, line);
    add_admin_commands(root, line);
    add_config_commands(root, line);
    add_command(root, line, Command::Version, "version", "Show the version and the commit it was built from");
}

UnreadLine unread(const CLI::App& root)
{
    UnreadLine line{.words = root.remaining(true), .command = {}, .options = {}, .commands = {}};
    for (const CLI::App* command = &root; command != nullptr;) {
        line.command += (line.command.empty() ? "" : " ") + command->get_name();
        for (const CLI::Option* option : command->get_options())
            for (const std::string& name : option->get_lnames())
                line.options.push_back("--" + name);
        line.commands.clear();
        for (const CLI::App* next : command->get_subcommands([](const CLI::App*) { return true; }))
            line.commands.push_back(next->get_name());
        const auto read = command->get_subcommands();
        command = read.empty() ? nullptr : read.front();
    }
    return line;
}

} // namespace

std::variant<CommandLine, Answered> read_command_line(int argc, const char* const* argv)
{
    CommandLine line;
    CLI::App root("Customer service for a gas utility.", "gas-utility");
    root.fallthrough();
    root.require_subcommand(1);
    root.footer(footer);
    // Each option stands on the line of its words.
    constexpr std::size_t widest_option = 34;
    root.get_formatter()->column_width(widest_option);
    add_settings(root, line);
    add_commands(root, line);
    try {
        root.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        const bool is_help = error.get_exit_code() == 0;
        if (const std::string unknown = is_help ? std::string() : unknown_word(unread(root)); !unknown.empty()) {
            fmt::print(stderr, "gas-utility: {}\n", unknown);
            return Answered{exit_usage};
        }
        return Answered{root.exit(error) == 0 ? exit_ok : exit_usage};
    }
    return line;
}

} // namespace commands
