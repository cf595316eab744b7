#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace commands::import_django {

/// Where a value stands: "service request 12, status".
struct Place
{
    std::string_view noun;
    std::int64_t id = 0;
    std::string_view field = {};
};

struct Counts
{
    std::int64_t added = 0;
    std::int64_t updated = 0;
    std::int64_t same = 0;
    std::int64_t skipped = 0;
    std::int64_t kept_ours = 0;
};

/// What an import did or would do: lines as they come, counts at the end. What a page finds is told only once its
/// transaction is durable; used by one thread at a time.
class Report
{
  public:
    using Tell = std::function<void(std::string_view line)>;
    explicit Report(Tell tell) : tell_(std::move(tell)) {}

    Counts& counts(std::string_view noun) { return page_.counts[std::string(noun)]; }
    /// The value here differs from the one there.
    void changed(const Place& place, std::string_view before, std::string_view after, std::string_view reason);
    /// The value is taken over although no form of ours would take it.
    void taken_as_it_is(const Place& place, std::string_view value, std::string_view reason);
    void skipped(const Place& place, std::string_view reason);
    /// Changed there since the last run, and here too: ours stays.
    void kept_ours(const Place& place, std::string_view reason);
    void note(std::string_view line);
    void missing_file(std::int64_t request, std::string_view path, std::string_view reason);
    void orphan_file(std::string_view path);
    /// A time lost its microseconds.
    void rounded(std::string_view noun, std::string_view field);

    /// The page is durable: its lines are told, its counts count.
    void commit();

    std::int64_t count_lines(std::string_view kind) const;
    /// Committed rows that an earlier run knew.
    std::int64_t count_known(std::string_view noun) const;
    /// The counts of everything committed, as lines.
    std::vector<std::string> summary(bool is_dry_run) const;

  private:
    struct Findings
    {
        std::map<std::string, Counts> counts;
        std::map<std::string, std::int64_t> rounded;
        std::map<std::string, std::int64_t> kinds;
        std::vector<std::string> lines;
    };
    void line(std::string_view kind, std::string text);

    Tell tell_;
    Findings page_;
    Findings all_;
};

} // namespace commands::import_django
