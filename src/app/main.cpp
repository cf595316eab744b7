#include "app/command_line.hpp"
#include "app/commands.hpp"

#include <iostream>

namespace {

int run(const app::CommandLine& line)
{
    app::ConfigSources sources{
        .flags = line.flags, .environment = app::environment_settings(), .file = line.config_file};
    if (!line.listen.empty())
        sources.flags["listen"] = line.listen;
    switch (line.command) {
    case app::Command::Version:
        return app::version_command();
    case app::Command::Check:
        return app::check_command(sources, line.check);
    case app::Command::AdoptAttachments:
        return app::adopt_attachments_command(app::read_config(sources), line.consent);
    case app::Command::Sweep:
        return app::sweep_command(app::read_config(sources), line.consent);
    case app::Command::Migrate:
        return app::migrate_command(app::read_config(sources));
    case app::Command::CreateSuperuser:
        return app::createsuperuser_command(app::read_config(sources), line.superuser);
    case app::Command::RunServer:
        return app::runserver_command(app::read_config(sources));
    case app::Command::Demo:
        return app::demo_command(app::read_config(sources), line.demo);
    case app::Command::ImportDjango:
        return app::import_django_command(app::read_config(sources), line.import_django);
    case app::Command::Copy:
        return app::copy_command(app::read_config(sources), line.copy);
    }
    return app::exit_usage;
}

} // namespace

int main(int argc, char** argv)
{
    try {
        const auto line = app::read_command_line(argc, argv);
        if (const auto* answered = std::get_if<app::Answered>(&line))
            return answered->exit_code;
        return run(std::get<app::CommandLine>(line));
    } catch (const app::UsageError& error) {
        std::cerr << "gas-utility: " << error.what() << '\n';
        return app::exit_usage;
    } catch (const std::exception& error) {
        std::cerr << "gas-utility: " << error.what() << '\n';
        return app::exit_failed;
    }
}
