#include "base/text.hpp"
#include "faults/world.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <map>

namespace faults {

namespace {

constexpr int exit_passed = 0;
constexpr int exit_violated = 1;
constexpr int exit_broken = 2;
constexpr int exit_skipped = 77;

constexpr const char* usage = "fault_harness kill|drain|submit|full-disk --binary PATH [--rounds N] [--seed S] "
                              "[--ports FIRST]\n"
                              "              [--judge everybody|audit]\n"
                              "fault_harness cluster --script PATH --lab DIRECTORY --site ADDRESS:PORT --database URL "
                              "--fault NAME ... (for tests/faults/cluster)\n"
                              "Exit codes: 0 all promises kept, 1 one broken (the directory is kept), 2 the harness "
                              "itself failed, 77 not possible on this machine.\n";

bool read_cluster_option(Options& options, const std::string& name, const std::string& value)
{
    if (name == "--script")
        options.script = value;
    else if (name == "--lab")
        options.lab = value;
    else if (name == "--site")
        options.site = value;
    else if (name == "--database")
        options.database = value;
    else if (name == "--fault")
        options.faults.push_back(value);
    else
        return false;
    return true;
}

/// Throws std::runtime_error for what is not an option.
Options read_options(int count, char** arguments)
{
    if (count < 2 || count % 2 != 0)
        throw std::runtime_error(usage);
    Options options;
    options.scenario = arguments[1];
    for (int i = 2; i + 1 < count; i += 2) {
        const std::string name = arguments[i];
        const std::string value = arguments[i + 1];
        const auto number = base::parse_integer(value);
        if (name == "--binary")
            options.binary = std::filesystem::absolute(value);
        else if (name == "--rounds" && number)
            options.rounds = static_cast<int>(*number);
        else if (name == "--seed" && number)
            options.seed = static_cast<std::uint64_t>(*number);
        else if (name == "--ports" && number)
            options.ports = static_cast<std::uint16_t>(*number);
        else if (read_cluster_option(options, name, value))
            continue;
        else if (name == "--judge" && (value == "audit" || value == "everybody"))
            options.judge = value == "audit" ? Judge::AuditAlone : Judge::Everybody;
        else
            throw std::runtime_error(usage);
    }
    if (options.scenario != "cluster" && !std::filesystem::exists(options.binary))
        throw std::runtime_error(fmt::format("there is no {}", options.binary.string()));
    return options;
}

std::filesystem::path new_directory()
{
    std::string pattern = (std::filesystem::temp_directory_path() / "gas-utility-faults-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr)
        throw std::runtime_error("no temporary directory");
    return pattern;
}

int run(const Options& options)
{
    static const std::map<std::string, bool (*)(const Options&)> scenarios{
        {"kill", [](const Options& o) { return run_kill(o), true; }},
        {"drain", [](const Options& o) { return run_drain(o), true; }},
        {"submit", [](const Options& o) { return run_submit(o), true; }},
        {"cluster", [](const Options& o) { return run_cluster(o), true; }},
        {"full-disk", run_full_disk},
    };
    const auto scenario = scenarios.find(options.scenario);
    if (scenario == scenarios.end())
        throw std::runtime_error(usage);
    return scenario->second(options) ? exit_passed : exit_skipped;
}

} // namespace

} // namespace faults

int main(int count, char** arguments)
{
    using namespace faults;
    Options options;
    try {
        options = read_options(count, arguments);
        options.directory = new_directory();
        const int code = run(options);
        std::filesystem::remove_all(options.directory);
        return code;
    } catch (const Violation& violation) {
        fmt::print(stderr, "broken promise with seed {}, evidence in {}:\n  {}\n", options.seed,
            options.directory.string(), violation.what());
        return exit_violated;
    } catch (const std::exception& error) {
        fmt::print(stderr, "the harness failed with seed {}, directory {}:\n  {}\n", options.seed,
            options.directory.string(), error.what());
        return exit_broken;
    }
}
