#pragma once
// server/watch/ is what a running server tells of itself to those who watch it: load balancers, systemd and monitoring.

#include "db/database.hpp"
#include "server/watch/disk.hpp"
#include "storage/store.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace server {

/// What a form needs in order to be kept.
enum class Part : std::uint8_t
{
    Database,
    Attachments,
    Disk
};
/// "database", "attachments" or "disk".
std::string_view name_of(Part part);

struct ReadinessLimits
{
    /// How long a good result counts, whoever asks, so that many who ask make few writes.
    std::chrono::milliseconds good_for{3000};
    /// How long a bad one does.
    std::chrono::milliseconds bad_for{1000};
    /// After this time without an end, what is being tried counts as failing.
    std::chrono::milliseconds patience{5000};
    std::uint64_t least_free = least_free_bytes;
};

/// Finds out whether this process can keep what people send. Thread-safe.
class Readiness
{
  public:
    Readiness(db::Database& database, const storage::Store& attachments, ReadinessLimits limits = {});

    /// Return the parts that fail; empty when all is well. Reads the database; writes a row and a file when the last
    /// result is too old. Logs each change with its cause. Of a bucket only the local directory for uploads is tried:
    /// a request for each try costs money, and reports without files need no bucket.
    std::vector<Part> failing_parts();

  private:
    struct Finding
    {
        Part part;
        std::string cause;
    };
    using Findings = std::vector<Finding>;
    using SteadyClock = std::chrono::steady_clock;

    Findings read_database();
    Findings try_writing();
    void try_row(Findings& findings);
    void try_files(Findings& findings);
    void look_at_space(Findings& findings);
    void begin(Part part);
    /// With the lock held.
    std::vector<Part> tell(const Findings& findings);

    db::Database& database_;
    const storage::Store& attachments_;
    const ReadinessLimits limits_;

    std::mutex mutex_;
    std::condition_variable ended_;
    bool is_trying_ = false;
    bool has_result_ = false;
    Part tried_ = Part::Database;
    SteadyClock::time_point begun_{};
    SteadyClock::time_point due_{};
    Findings result_;
    std::vector<Part> told_;
};

} // namespace server
