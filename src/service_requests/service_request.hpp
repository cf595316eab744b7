#pragma once
// service_requests/ holds what customers ask for: the row, its rules (who may see it, how its status changes), its
// search index and lists. Pages are in *_pages.cpp; comments, attachments, events and notifications are nouns of their
// own.

#include "base/ids.hpp"
#include "base/time.hpp"
#include "base/visitor.hpp"
#include "db/connection.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace service_requests {

/// What the customer sees; nothing else, ever.
enum class Status : std::uint8_t
{
    Pending,
    Resolved
};

/// "Pending" and "Resolved": in the database, in forms and on pages.
std::string_view status_name(Status status);
std::optional<Status> parse_status(std::string_view name);

/// "SR-00042": derived from the id.
std::string reference(ServiceRequestId id);
/// Takes "SR-00042", "sr-42", "#42" and "42".
std::optional<ServiceRequestId> parse_reference(std::string_view text);

struct ServiceRequest
{
    ServiceRequestId id;
    UserId user_id;
    AccountId account_id;
    RequestTypeId type_id;
    std::string type_slug;
    std::string type_name;
    std::string type_icon;
    std::string description;
    Status status = Status::Pending;
    base::Time submitted_at{};
    std::optional<base::Time> resolved_at;
    /// Internal notes move it too: not for customers' pages.
    base::Time updated_at{};
    bool is_emergency = false;
    std::string channel;
    std::string address;
    std::string contact_name;
    std::string contact_phone;
    std::int64_t public_comments = 0;
    /// Public ones.
    std::int64_t attachments = 0;
    /// Always zero in what is read for a customer.
    std::int64_t internal_comments = 0;
    std::int64_t internal_attachments = 0;
    std::int64_t version = 1;
    /// The customer's, empty for a guest's leak report.
    std::string username;
    std::string customer_name;
    std::string customer_email;

    /// What pages use as the title: the text's first sentence, at most 80 code points; without text the type's name.
    std::string title() const;
};

struct NewServiceRequest
{
    UserId user_id;
    /// The staff member who wrote down what somebody told them; zero for none.
    UserId written_by;
    AccountId account_id;
    RequestTypeId type_id;
    std::string description;
    std::string address;
    std::string contact_name;
    std::string contact_phone;
    /// "web" or "emergency".
    std::string_view channel = "web";
    /// SHA-256 in hexadecimal of the private link's token; empty for none.
    std::string follow_hash;
};

/// Adds the row, its "submitted" event and its search words, and tells the staff of an emergency. Throws
/// db::ConstraintViolation for an unknown type.
ServiceRequestId add_service_request(db::Transaction& tx, const NewServiceRequest& request, base::Time now);

/// The service request if this visitor may see it: their own, or any for staff. Throws NotFound, which also means "not
/// yours".
ServiceRequest get_service_request(db::Connection& db, const base::Visitor& visitor, ServiceRequestId id);
/// The service request as any member of staff may read it, whoever that is: for what is drawn once for all of them. The
/// caller has checked each reader's role. Throws NotFound.
ServiceRequest get_service_request_for_staff(db::Connection& db, ServiceRequestId id);
/// By the private link of a leak report. Throws NotFound.
ServiceRequest get_followed_service_request(db::Connection& db, std::string_view follow_token);

enum class StatusChange : std::uint8_t
{
    Done,
    AlreadySo,
    Stale
};

/// UPDATE … WHERE version = expected; counts the version up; adds the event ("resolved" or "reopened") and moves
/// resolved_at; tells those concerned. Stale when somebody changed it after the visitor saw it: nothing is written.
/// AlreadySo when the status is the wanted one, whatever the version. Throws NotFound when the row is gone. The caller
/// has checked by get_service_request() that the visitor may; customers may only reopen.
StatusChange update_status(db::Transaction& tx, const base::Visitor& by, ServiceRequestId id, Status status,
    std::int64_t expected_version, base::Time now);

/// A customer's own service requests, newest first.
struct OwnFilter
{
    std::optional<Status> status;
    RequestTypeId type_id;
    /// Only older than this one; zero for the first page.
    ServiceRequestId before;
    /// Only newer than this one (the page towards the newest); zero for none.
    ServiceRequestId after;
};
inline constexpr std::size_t page_size = 25;
/// At most page_size + 1 rows: the one too many, the last (with `after` the first), tells that there is another page.
/// Without the customer, the contact and updated_at, and only the beginning of the description: what a list shows.
std::vector<ServiceRequest> list_own_service_requests(db::Connection& db, UserId user, const OwnFilter& filter);
struct OwnCounts
{
    std::int64_t pending = 0;
    std::int64_t resolved = 0;
};
OwnCounts count_own_service_requests(db::Connection& db, UserId user);

/// Others at the same address, newest first, at most `limit`; for staff.
std::vector<ServiceRequest> list_at_same_address(db::Connection& db, const ServiceRequest& request, std::size_t limit);

/// Rebuilds the search words of one service request, or of all of a user's or an account's after a change of name or
/// address.
void update_search_words(db::Transaction& tx, ServiceRequestId id);
void update_search_words_of_user(db::Transaction& tx, UserId user);
void update_search_words_of_account(db::Transaction& tx, AccountId account);
/// Rebuilds the stored count of open service requests from the rows, after they were written by other means.
void recount(db::Transaction& tx);

} // namespace service_requests
