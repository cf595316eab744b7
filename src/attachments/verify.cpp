#include "attachments/named_files.hpp"
#include "attachments/survey.hpp"
#include "base/error.hpp"
#include "storage/at_once.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <mutex>

namespace attachments {

namespace {

/// What is wrong with the file; nothing when it is whole.
std::optional<std::string> fault_of(const NamedFile& file, const storage::Store& store)
{
    try {
        store.open(file.key());
        return std::nullopt;
    } catch (const base::NotFound& gone) {
        return gone.what();
    } catch (const storage::DamagedFile& damaged) {
        return damaged.what();
    }
}

} // namespace

VerifiedFiles verify_files(db::Connection& db, const storage::Store& store)
{
    const auto files = list_named_files(db);
    std::mutex mutex;
    std::map<std::size_t, std::string> faults;
    storage::for_each_at_once(files.size(), [&](std::size_t i) {
        if (auto fault = fault_of(files[i], store)) {
            const std::lock_guard lock(mutex);
            faults.emplace(i, *std::move(fault));
        }
    });
    std::vector<std::string> names;
    for (const auto& [index, fault] : faults)
        names.push_back(files[index].stored_name);
    // The site goes on: a file that no row names any more was rightly removed.
    const auto named = named_by_rows(db, names);
    VerifiedFiles verified{.rows = files.size(), .wrong = {}};
    for (const auto& [index, fault] : faults)
        if (named.contains(files[index].stored_name))
            verified.wrong.push_back({fmt::format("{}: {}", files[index].what, fault)});
    return verified;
}

} // namespace attachments
