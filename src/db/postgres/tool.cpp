#include "db/postgres/tool.hpp"

#include "base/file.hpp"
#include "base/text.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <system_error>

namespace db {

namespace {

constexpr int not_found = 127;
constexpr std::size_t most_words = 2000;

struct Ended
{
    int code = 0;
    /// The end of what it said on both outputs.
    std::string words;
};

/// "host='db1' dbname='gas'", with all but the password.
std::string without_password(const PostgresKeywords& keywords)
{
    std::string text;
    for (const auto& [keyword, value] : keywords) {
        if (keyword == "password")
            continue;
        text += keyword + "='";
        for (const char c : value) {
            if (c == '\'' || c == '\\')
                text += '\\';
            text += c;
        }
        text += "' ";
    }
    return text;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts)
{
    std::vector<char*> pointers;
    for (std::string& text : texts)
        pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

std::vector<std::string> environment_with(const std::string& password)
{
    std::vector<std::string> variables;
    for (char** each = environ; *each != nullptr; ++each) {
        if (!std::string_view(*each).starts_with("PGPASSWORD=") || password.empty())
            variables.emplace_back(*each);
    }
    if (!password.empty())
        variables.push_back("PGPASSWORD=" + password);
    return variables;
}

// Between fork() and exec only calls that are safe in a signal handler.
[[noreturn]] void become(pid_t parent, int output, char* const* arguments, char* const* environment)
{
    // Killed with us, so that nobody writes into a place that the next run cleans up.
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent)
        ::_exit(not_found);
    ::umask(S_IRWXG | S_IRWXO);
    if (::dup2(output, 1) >= 0 && ::dup2(output, 2) >= 0)
        ::execvpe(arguments[0], arguments, environment);
    ::_exit(not_found);
}

Ended run(std::vector<std::string> arguments, const std::string& password)
{
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        throw Error("no pipe: " + std::generic_category().message(errno));
    const base::Descriptor reading(ends[0]);
    base::Descriptor writing(ends[1]);
    std::vector<std::string> environment = environment_with(password);
    const auto argument_pointers = pointers_to(arguments);
    const auto environment_pointers = pointers_to(environment);
    const pid_t parent = ::getpid();
    const pid_t child = ::fork();
    if (child < 0)
        throw Error("no process: " + std::generic_category().message(errno));
    if (child == 0)
        become(parent, writing.get(), argument_pointers.data(), environment_pointers.data());
    writing.close();
    Ended ended;
    for (std::string said = base::read_some(reading, 512); !said.empty(); said = base::read_some(reading, 512)) {
        ended.words += said;
        ended.words.erase(0, ended.words.size() - std::min(ended.words.size(), most_words));
    }
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    ended.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    ended.words = std::string(base::trim(ended.words));
    return ended;
}

[[noreturn]] void refuse_missing(const std::string& name)
{
    throw Error(name + " is not installed or not in PATH; install PostgreSQL's client programs (Debian: "
                       "postgresql-client)");
}

/// 15 of "pg_dump (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"; 0 when it says something else.
int major_in(std::string_view words)
{
    constexpr std::string_view before = "(PostgreSQL) ";
    const std::size_t at = words.find(before);
    return at == std::string_view::npos ? 0 : std::atoi(std::string(words.substr(at + before.size())).c_str());
}

} // namespace

void run_postgres_tool(
    const std::string& name, const PostgresKeywords& keywords, const std::vector<std::string>& arguments)
{
    std::vector<std::string> all{name, "--no-password", "--dbname=" + without_password(keywords)};
    all.insert(all.end(), arguments.begin(), arguments.end());
    const auto password = keywords.find("password");
    const Ended ended = run(std::move(all), password == keywords.end() ? std::string() : password->second);
    if (ended.code == not_found)
        refuse_missing(name);
    if (ended.code != 0)
        throw Error(name + " failed: " + (ended.words.empty() ? "code " + std::to_string(ended.code) : ended.words));
}

void require_postgres_tool(const std::string& name, int server_major)
{
    const Ended ended = run({name, "--version"}, {});
    if (ended.code != 0)
        refuse_missing(name);
    const int major = major_in(ended.words);
    if (major < server_major)
        throw Error(name + " has version " + std::to_string(major) + " and the server " + std::to_string(server_major) +
                    ": install the client programs of PostgreSQL " + std::to_string(server_major) +
                    " (Debian: postgresql-client-" + std::to_string(server_major) + ") and put them first in PATH");
}

} // namespace db
