#include "attachments/survey.hpp"
#include "base/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>

namespace attachments {

namespace {

// A bucket across a network answers several requests in the time of one.
constexpr std::size_t workers = 4;

struct RowFile
{
    std::string stored_name;
    std::uint64_t size = 0;
    std::string sha256;
    std::string what;
};

std::vector<RowFile> list_row_files(db::Connection& db)
{
    return db::map_rows(db.query(R"(
        SELECT stored_name, size, sha256, 'attachment ' || id || ' of service request ' || service_request_id
          FROM service_attachment
        UNION ALL
        SELECT stored_name, size, sha256, 'preview of attachment ' || attachment_id FROM service_attachment_preview
        UNION ALL
        SELECT stored_name, size, sha256, 'file ' || id || ' that waits for its form' FROM service_held_file)"),
        [](const db::Row& row) {
            return RowFile{.stored_name = row.string(0),
                .size = static_cast<std::uint64_t>(row.integer(1)),
                .sha256 = row.string(2),
                .what = row.string(3)};
        });
}

/// What is wrong with the file; nothing when it is whole.
std::optional<std::string> fault_of(const RowFile& file, const storage::Store& store)
{
    try {
        store.open({.stored_name = file.stored_name, .sha256 = file.sha256, .size = file.size});
        return std::nullopt;
    } catch (const base::NotFound& gone) {
        return gone.what();
    } catch (const storage::DamagedFile& damaged) {
        return damaged.what();
    }
}

class Verification
{
  public:
    Verification(const std::vector<RowFile>& files, const storage::Store& store) : files_(files), store_(store) {}

    /// The indexes of the wrong ones, with what is wrong; the first error ends it and is rethrown.
    std::vector<std::pair<std::size_t, std::string>> run()
    {
        std::array<std::exception_ptr, workers> failures;
        {
            std::vector<std::jthread> threads;
            for (std::exception_ptr& failure : failures)
                threads.emplace_back([&] { work(failure); });
        }
        for (const std::exception_ptr& failure : failures)
            if (failure)
                std::rethrow_exception(failure);
        std::ranges::sort(wrong_);
        return std::move(wrong_);
    }

  private:
    void work(std::exception_ptr& failure)
    {
        try {
            for (std::size_t i = next_++; i < files_.size(); i = next_++) {
                if (auto fault = fault_of(files_[i], store_)) {
                    const std::lock_guard lock(mutex_);
                    wrong_.emplace_back(i, *std::move(fault));
                }
            }
        } catch (const std::exception&) {
            failure = std::current_exception();
            next_ = files_.size();
        }
    }

    const std::vector<RowFile>& files_;
    const storage::Store& store_;
    std::atomic<std::size_t> next_ = 0;
    std::mutex mutex_;
    std::vector<std::pair<std::size_t, std::string>> wrong_;
};

} // namespace

VerifiedFiles verify_files(db::Connection& db, const storage::Store& store)
{
    const auto files = list_row_files(db);
    VerifiedFiles verified{.rows = files.size(), .wrong = {}};
    const auto wrong = Verification(files, store).run();
    std::vector<std::string> names;
    for (const auto& [index, fault] : wrong)
        names.push_back(files[index].stored_name);
    // The site goes on: a file that no row names any more was rightly removed.
    const auto named = named_by_rows(db, names);
    for (const auto& [index, fault] : wrong)
        if (named.contains(files[index].stored_name))
            verified.wrong.push_back({fmt::format("{}: {}", files[index].what, fault)});
    return verified;
}

} // namespace attachments
