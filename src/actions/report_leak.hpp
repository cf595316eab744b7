#pragma once

#include "attachments/attachment.hpp"
#include "base/act.hpp"
#include "db/connection.hpp"
#include "leaks/leak_report.hpp"

#include <string>
#include <vector>

namespace actions {

struct ReportLeak
{
    std::string address;
    /// The reporter's name and phone; both may be empty.
    std::string name;
    std::string phone;
    /// Everything else the reporter typed; may be empty.
    std::string notes;
    leaks::LeakReport answers;
    /// SHA-256 in hexadecimal of the token in the private link.
    std::string follow_hash;
    /// Files that did not come with it.
    std::vector<attachments::LeftOut> left_out = {};
    /// The last one that the same browser reported; zero for none.
    ServiceRequestId last_of_browser = {};
};

/// Report a gas leak from the emergency page. It belongs to the signed-in customer; a report by a guest, or by staff
/// for a caller, belongs to nobody. Otherwise like submit_request().
ServiceRequestId report_leak(db::Transaction& tx, const base::Act& act, const ReportLeak& report);

} // namespace actions
