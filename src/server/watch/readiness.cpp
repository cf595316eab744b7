#include "server/watch/readiness.hpp"

#include "base/crypto.hpp"
#include "base/error.hpp"
#include "base/log.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

namespace server {

std::string_view name_of(Part part)
{
    switch (part) {
    case Part::Database:
        return "database";
    case Part::Attachments:
        return "attachments";
    case Part::Disk:
        break;
    }
    return "disk";
}

Readiness::Readiness(db::Database& database, const storage::Store& attachments, ReadinessLimits limits)
    : database_(database), attachments_(attachments), limits_(limits)
{}

std::vector<Part> Readiness::failing_parts()
{
    Findings unread = read_database();
    std::unique_lock lock(mutex_);
    if (!unread.empty())
        return tell(unread);
    if (is_trying_) {
        const auto end = begun_ + limits_.patience;
        if (!has_result_)
            ended_.wait_until(lock, end, [this] { return !is_trying_; });
        if (is_trying_ && SteadyClock::now() >= end)
            return tell({{tried_, "it does not answer"}});
        return tell(result_);
    }
    if (SteadyClock::now() < due_)
        return tell(result_);
    is_trying_ = true;
    begun_ = SteadyClock::now();
    lock.unlock();
    Findings found = try_writing();
    lock.lock();
    result_ = std::move(found);
    due_ = SteadyClock::now() + (result_.empty() ? limits_.good_for : limits_.bad_for);
    is_trying_ = false;
    has_result_ = true;
    ended_.notify_all();
    return tell(result_);
}

Readiness::Findings Readiness::read_database()
{
    try {
        database_.read()->query("SELECT 1").integer();
        return {};
    } catch (const std::exception& error) {
        return {{Part::Database, error.what()}};
    }
}

Readiness::Findings Readiness::try_writing()
{
    Findings findings;
    begin(Part::Database);
    try_row(findings);
    begin(Part::Attachments);
    try_files(findings);
    begin(Part::Disk);
    look_at_space(findings);
    return findings;
}

// Added and removed in one transaction: nobody sees the row, no other node waits for it, and it is in the log on the
// disk all the same.
void Readiness::try_row(Findings& findings)
{
    const std::string fingerprint = "try-" + base::random_token();
    try {
        database_.write([&](db::Transaction& tx) {
            tx.apply(
                "INSERT INTO service_submission (fingerprint, result_id, created_at) VALUES ($1, 0, 0)", fingerprint);
            tx.apply("DELETE FROM service_submission WHERE fingerprint = $1", fingerprint);
        });
    } catch (const std::exception& error) {
        findings.push_back({Part::Database, error.what()});
    }
}

void Readiness::try_files(Findings& findings)
{
    try {
        try_directory(attachments_.temporary_directory());
    } catch (const base::Unavailable& full) {
        findings.push_back({Part::Disk, full.what()});
    } catch (const std::exception& error) {
        findings.push_back({Part::Attachments, error.what()});
    }
}

// The database may have room left in its log for a long time while nothing else has.
void Readiness::look_at_space(Findings& findings)
{
    std::vector<std::filesystem::path> directories{attachments_.temporary_directory()};
    if (database_.engine() == db::Engine::Sqlite)
        directories.push_back(std::filesystem::path(database_.home()).parent_path());
    for (const auto& directory : directories) {
        const auto free = free_bytes(directory);
        if (free && *free < limits_.least_free)
            return findings.push_back({Part::Disk, fmt::format("{} bytes are free in {}", *free, directory.string())});
    }
}

void Readiness::begin(Part part)
{
    const std::lock_guard lock(mutex_);
    tried_ = part;
}

std::vector<Part> Readiness::tell(const Findings& findings)
{
    std::vector<Part> parts;
    std::vector<std::string> causes;
    for (const Finding& finding : findings) {
        parts.push_back(finding.part);
        causes.push_back(fmt::format("{}: {}", name_of(finding.part), finding.cause));
    }
    std::ranges::sort(parts);
    parts.erase(std::ranges::unique(parts).begin(), parts.end());
    if (parts == told_)
        return parts;
    told_ = parts;
    if (parts.empty())
        base::log::info("ready again");
    else
        base::log::error(fmt::format("not ready: {}", fmt::join(causes, "; ")));
    return parts;
}

} // namespace server
