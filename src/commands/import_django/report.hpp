#pragma once

#include <array>
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

/// What an import did or would do: a line for each row as it comes, at the end the reasons with their numbers and the
/// counts. What a page finds is told only once its transaction is durable; used by one thread at a time.
class Report
{
  public:
    /// A note is about the whole site, every other line about one row.
    enum class About : std::uint8_t
    {
        Row,
        Site
    };
    using Tell = std::function<void(About about, std::string_view line)>;
    explicit Report(Tell tell) : tell_(std::move(tell)) {}

    Counts& counts(std::string_view noun) { return page_.counts[std::string(noun)]; }
    /// The value here differs from the one there.
    void changed(const Place& place, std::string_view before, std::string_view after, std::string_view reason);
    /// The value is taken over although no form of ours would take it.
    void taken_as_it_is(const Place& place, std::string_view value, std::string_view reason);
    void skipped(const Place& place, std::string_view reason);
    /// Something to know about the row; `what` may be empty.
    void remarked(const Place& place, std::string_view what, std::string_view reason);
    /// Changed there since the last run, and here too: ours stays.
    void kept_ours(const Place& place, std::string_view reason);
    void note(std::string_view line);
    void missing_file(std::int64_t request, std::string_view path, std::string_view reason);
    void orphan_file(std::string_view path);
    /// A time lost its microseconds.
    void rounded(std::string_view noun, std::string_view field);

    /// The page is durable: its lines are told, its counts count.
    void commit();

    /// Every reason of everything committed with the number of its rows and the first few of them, as lines.
    std::vector<std::string> by_reason() const;
    std::int64_t count_lines(std::string_view kind) const;
    /// Committed rows that an earlier run knew.
    std::int64_t count_known(std::string_view noun) const;
    /// The counts of everything committed, as lines.
    std::vector<std::string> summary(bool is_dry_run) const;

  private:
    struct Line
    {
        std::string kind;
        /// "service request, status".
        std::string field;
        std::string reason;
        /// What tells the row from others of the same reason: "12: "closed" -> "Resolved"".
        std::string row;
        std::string text;
    };
    struct Reason
    {
        std::int64_t rows = 0;
        std::vector<std::string> first;
    };
    struct Findings
    {
        std::map<std::string, Counts> counts;
        std::map<std::string, std::int64_t> rounded;
        std::map<std::string, std::int64_t> kinds;
        std::vector<Line> lines;
    };
    void about_row(std::string_view kind, const Place& place, const std::string& what, std::string_view reason);
    void add(Line line);

    Tell tell_;
    Findings page_;
    Findings all_;
    /// In the order of kinds, fields and reasons; a source has few of them.
    std::map<std::array<std::string, 3>, Reason> reasons_;
};

} // namespace commands::import_django
