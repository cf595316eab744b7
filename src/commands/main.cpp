#include "base/log.hpp"
#include "commands/command_line.hpp"
#include "commands/commands.hpp"

#include <iostream>

namespace {

server::Config configured(const server::ConfigSources& sources)
{
    server::Config config = server::read_config(sources);
    base::log::set_format(config.log_format);
    base::log::set_level(config.log_level);
    return config;
}

int run(const commands::CommandLine& line)
{
    server::ConfigSources sources{
        .flags = line.flags, .environment = server::environment_settings(), .file = line.config_file};
    if (!line.listen.empty())
        sources.flags["listen"] = line.listen;
    switch (line.command) {
    case commands::Command::Version:
        return commands::version_command();
    case commands::Command::Check:
        return commands::check_command(sources, line.check);
    case commands::Command::ConfigShow:
        return commands::config_show_command(sources);
    case commands::Command::AdoptAttachments:
        return commands::adopt_attachments_command(configured(sources), line.consent);
    case commands::Command::Sweep:
        return commands::sweep_command(configured(sources), line.consent);
    case commands::Command::Verify:
        return commands::verify_command(configured(sources));
    case commands::Command::Admin:
        return commands::admin_command(configured(sources), line.admin);
    case commands::Command::Migrate:
        return commands::migrate_command(configured(sources));
    case commands::Command::CreateSuperuser:
        return commands::createsuperuser_command(configured(sources), line.superuser);
    case commands::Command::RunServer:
        return commands::runserver_command(configured(sources), sources, line.runserver);
    case commands::Command::Demo:
        return commands::demo_command(configured(sources), line.demo);
    case commands::Command::ImportDjango:
        return commands::import_django_command(configured(sources), line.import_django);
    case commands::Command::Backup:
        return commands::backup_command(configured(sources), line.backup);
    case commands::Command::Restore:
        return commands::restore_command(configured(sources), line.restore_from);
    case commands::Command::Copy:
        return commands::copy_command(configured(sources), line.copy);
    }
    return commands::exit_usage;
}

} // namespace

int main(int argc, char** argv)
{
    try {
        const auto line = commands::read_command_line(argc, argv);
        if (const auto* answered = std::get_if<commands::Answered>(&line))
            return answered->exit_code;
        return run(std::get<commands::CommandLine>(line));
    } catch (const server::UsageError& error) {
        std::cerr << "gas-utility: " << error.what() << '\n';
        return commands::exit_usage;
    } catch (const std::exception& error) {
        std::cerr << "gas-utility: " << error.what() << '\n';
        return commands::exit_failed;
    }
}
