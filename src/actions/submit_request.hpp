#pragma once
// actions/ holds the verbs: one file for each thing somebody does. A verb writes everything that follows from it (rows,
// event, search words, notifications, sessions ended) in the transaction it is given, and asks the database again for
// the right to do it. Pages, commands, live pages, the demo and the tests call the same ones. Nothing else writes
// nouns.

#include "attachments/attachment.hpp"
#include "base/act.hpp"
#include "db/connection.hpp"
#include "leaks/leak_report.hpp"
#include "service_requests/service_request.hpp"

#include <optional>
#include <span>

namespace actions {

struct SubmitRequest
{
    /// request.user_id is the owner: the act's visitor, the customer whose call staff write down (Channel::Phone), or
    /// nobody.
    service_requests::NewServiceRequest request;
    /// The answers about a gas leak; of other types only the language counts, for mail.
    std::optional<leaks::LeakReport> leak = {};
    /// The last leak that the same browser reported; zero for none.
    ServiceRequestId last_of_browser = {};
    /// Files that are already in the store; they must live until the verb returns.
    std::span<const attachments::StoredFile> files = {};
    /// Files that did not come along, for the receipt.
    std::span<const attachments::LeftOut> left_out = {};
    /// How many the act's visitor may submit within 24 hours, emergencies apart; zero: any number.
    std::int64_t most_a_day = 0;
};

/// Add a service request with its leak report, files, history and search words. An emergency notifies all active staff
/// except the one who wrote it down; one of many of the same sender is folded into the first and notifies nobody, and
/// one at another address than the last one of the same person names that one (queue/same_sender.hpp). An
/// account that the user is not linked to is ignored. A call is written down by staff only, with an internal event that
/// says by whom. Throws base::TooManyAttempts beyond most_a_day, Forbidden otherwise and for another user as the owner,
/// and db::ConstraintViolation for an unknown type.
ServiceRequestId submit_request(db::Transaction& tx, const base::Act& act, const SubmitRequest& input);

} // namespace actions
