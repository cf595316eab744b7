#pragma once

#include "queue/queue.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace queue {

/// A service request as the export writes it. Text views live until the next row.
struct ExportRow
{
    ServiceRequestId id;
    std::string_view username;
    std::string_view full_name;
    std::string_view email;
    std::string_view account_number;
    std::string_view address;
    std::string_view request_type;
    std::string_view status;
    std::string_view description;
    base::Time submitted_at{};
    std::optional<base::Time> resolved_at;
    base::Time updated_at{};
    std::int64_t public_comments = 0;
    std::int64_t attachments = 0;
    /// Of a guest, or who to ask at the address.
    std::string_view contact_name;
    /// In its normal form; the account's when none was left.
    std::string contact_phone;
    std::string_view channel;
    std::int64_t internal_comments = 0;
    /// When staff first answered the customer.
    std::optional<base::Time> first_answer_at;
    /// Of a resolved emergency: "false_alarm" or "made_safe".
    std::string_view emergency_end;
};

/// The rows of one page of the filter (page_size + 1 at most), in its order: what list_queue() lists.
db::Rows export_rows(db::Connection& db, const search::Filter& filter);
ExportRow export_row(const db::Row& row);

/// Walks through everything that a filter finds, in its order and in constant memory.
class ExportWalk
{
  public:
    /// `begun` is now: what changes from then on may move from behind the walk to before it, and comes at the end.
    ExportWalk(search::Filter filter, base::Time begun);
    /// Take the next rows, a few hundred; false when they were the last.
    bool next(db::Connection& db, const std::function<void(const ExportRow&)>& take);

  private:
    bool is_taken(const ExportRow& row);

    search::Filter filter_;
    base::Time begun_;
    bool is_second_time_ = false;
    /// By id, when the order is one in which rows move: a bit each.
    std::vector<bool> taken_;
};

} // namespace queue
