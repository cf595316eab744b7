#pragma once

#include "commands/commands.hpp"
#include "server/settings/config.hpp"

#include <map>
#include <string>
#include <variant>

namespace commands {

enum class Command : std::uint8_t
{
    Migrate,
    CreateSuperuser,
    RunServer,
    Demo,
    ImportDjango,
    Copy,
    Backup,
    Restore,
    Check,
    AdoptAttachments,
    Sweep,
    Verify,
    Admin,
    ConfigShow,
    Version
};

/// What somebody typed after "gas-utility".
struct CommandLine
{
    Command command = Command::Version;
    /// Settings given as options: name → text.
    std::map<std::string, std::string> flags;
    std::string config_file;
    /// runserver's ADDR:PORT; empty when not given.
    std::string listen;
    SuperuserOptions superuser;
    RunServerOptions runserver;
    AdminOptions admin;
    DemoOptions demo;
    ImportDjangoOptions import_django;
    CopyOptions copy;
    BackupOptions backup;
    /// restore's PLACE or PLACE/TIME.
    std::string restore_from;
    CheckOptions check;
    /// --yes of the commands that ask for it.
    Consent consent = Consent::Missing;
};

/// The text was help or a usage error and has been printed; the program ends with this exit code.
struct Answered
{
    int exit_code = 0;
};

/// Reads the command line; help goes to standard output, errors to standard error.
std::variant<CommandLine, Answered> read_command_line(int argc, const char* const* argv);

} // namespace commands
