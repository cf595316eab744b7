#pragma once
// service_requests/ holds what customers ask for: the row, its rules (who may see it, how its status changes), its
// counts and lists. Comments, attachments, events and notifications are nouns of their own.

#include "base/act.hpp"
#include "base/ids.hpp"
#include "base/translatable.hpp"
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

/// "Pending" and "Resolved": in the database and in forms.
std::string_view status_name(Status status);
/// In words, for pages.
base::Text to_text(Status status);
std::optional<Status> parse_status(std::string_view name);

/// The way it came in.
enum class Channel : std::uint8_t
{
    /// The form of somebody signed in.
    Web,
    /// The emergency page.
    Emergency,
    /// A call that staff wrote down.
    Phone
};
/// "web", "emergency" and "phone": in the database.
std::string_view channel_name(Channel channel);
/// Nothing for any other name.
std::optional<Channel> parse_channel(std::string_view name);

struct ServiceRequest
{
    ServiceRequestId id;
    UserId user_id;
    AccountId account_id;
    RequestTypeId type_id;
    std::string type_slug;
    std::string type_name;
    std::string type_icon;
    /// Within which a person answers, as the type promises it; zero in lists of a customer.
    std::chrono::minutes answer_within{};
    std::string description;
    Status status = Status::Pending;
    base::Time submitted_at{};
    std::optional<base::Time> resolved_at;
    /// Internal notes move it too: not for customers' pages.
    base::Time updated_at{};
    bool is_emergency = false;
    Channel channel = Channel::Web;
    std::string address;
    /// By which those at the same address find each other; empty without an address.
    std::string address_key;
    std::string contact_name;
    std::string contact_phone;
    std::int64_t public_comments = 0;
    /// Whose answer the customer has not read yet; only in the customer's lists.
    std::string unread_answer_by;
    /// Public ones.
    std::int64_t attachments = 0;
    /// Always zero in what is read for a customer.
    std::int64_t internal_comments = 0;
    std::int64_t internal_attachments = 0;
    std::int64_t version = 1;
    /// When the customer commented, while nobody of the staff has opened, answered or changed it since.
    std::optional<base::Time> customer_replied_at;
    /// Since when somebody of the staff has had an emergency.
    std::optional<base::Time> taken_at;
    /// Of the account; only in the customer's lists.
    std::string account_address;
    /// The customer's, empty for a guest's leak report.
    std::string username;
    std::string customer_name;
    std::string customer_email;

    /// What pages use as the title: the text's first sentence, at most 80 code points; without text the type's name.
    std::string title() const;
};

struct NewServiceRequest
{
    /// Whose it is; zero for a leak report of somebody who is not signed in.
    UserId user_id;
    AccountId account_id;
    RequestTypeId type_id;
    std::string description;
    std::string address;
    std::string contact_name;
    std::string contact_phone;
    Channel channel = Channel::Web;
    /// SHA-256 in hexadecimal of the private link's token; empty for none.
    std::string follow_hash;
};

/// A row just added, with what the search knows of it beside the row's own columns: it comes back from the INSERT,
/// because asking for it costs another round trip. Texts are empty where there is none.
struct Added
{
    ServiceRequestId id;
    /// User name, full name and email.
    std::string person;
    std::string person_phone;
    std::string account_phone;
    std::string account_number;
    std::string account_address;
    std::string type_name;
    bool is_emergency = false;
};
/// Add the row and count it as open. An account that the user is not linked to is left out. Throws
/// db::ConstraintViolation for an unknown type.
Added add_service_request(db::Transaction& tx, const NewServiceRequest& request, base::Time at);

/// The service request if this visitor may see it: their own, one of the same account whose sender shares it, or any
/// for staff. Throws NotFound, which also means "not yours".
ServiceRequest get_service_request(db::Connection& db, const base::Visitor& visitor, ServiceRequestId id);
/// The service request as any member of staff may read it, whoever that is: for what is drawn once for all of them. The
/// caller has checked each reader's role. Throws NotFound.
ServiceRequest get_service_request_for_staff(db::Connection& db, ServiceRequestId id);

enum class StatusChange : std::uint8_t
{
    Done,
    /// The status is the wanted one already, whatever the version; nothing is written.
    AlreadySo,
    /// Somebody changed it after the visitor saw it; nothing is written.
    Stale,
    /// It is an open emergency, which is resolved only by somebody who says that everybody is safe; nothing is written.
    NotSafeYet,
    /// The customer wrote something that the visitor has not seen; nothing is written.
    Unseen
};
/// What resolving does to an open emergency.
enum class IfEmergency : std::uint8_t
{
    Refuse,
    Resolve
};
struct NewStatus
{
    Status status = Status::Pending;
    std::int64_t expected_version = 0;
    IfEmergency if_emergency = IfEmergency::Refuse;
    /// The customer's newest comment that the visitor has seen, zero for none: nothing is resolved over a newer one.
    /// Absent when nobody looks at a page.
    std::optional<CommentId> seen = {};
};
struct StatusUpdate
{
    StatusChange change = StatusChange::Stale;
    bool is_emergency = false;
    /// Who had the emergency that is resolved.
    UserId taken_by = {};
};
/// Set the status where the version is the expected one, count the version up, and move resolved_at and the count of
/// open ones; staff become participants and have read what the customer wrote, as far as they have seen it, and nobody
/// has a reopened emergency. Throws NotFound when there is no such row that the act's visitor may change: staff may
/// change any, customers reopen their own. The database is asked in the same statement.
StatusUpdate update_status(db::Transaction& tx, const base::Act& act, ServiceRequestId id, const NewStatus& wanted);
struct StaffComment
{
    base::Visibility visibility = base::Visibility::Public;
    /// As in NewStatus.
    std::optional<CommentId> seen = {};
};
/// Count a new comment of the staff and move updated_at, not the version; its author becomes a participant and has read
/// what the customer wrote, unless that is newer than `seen`.
void note_comment(db::Transaction& tx, const base::Act& act, ServiceRequestId id, const StaffComment& comment);
struct RepliedTo
{
    Status status = Status::Pending;
    std::int64_t version = 0;
    /// The customer whose service request it is.
    UserId customer;
};
/// Count a customer's new comment, move updated_at, not the version, and mark that the customer replied. Returns the
/// row as it is now; nobody else changes it before the transaction ends. Throws NotFound when there is none.
RepliedTo note_reply(db::Transaction& tx, const base::Act& act, ServiceRequestId id);
/// Remove the mark that the customer replied, because one of the active staff has read what was written up to `until`.
/// False when there was none, or a newer one.
bool note_reply_read(db::Transaction& tx, const base::Act& act, ServiceRequestId id, base::Time until);
/// Remove the marks of replies that are not newer than `last`.
void note_old_replies_read(db::Transaction& tx, base::Time last);

/// A customer's own service requests and those that others of the same accounts share, newest first.
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
/// What a customer sees beside what is plain: decides how much has to be asked. Mostly nobody shares and there is one
/// account.
struct Reach
{
    /// Somebody else shares an active account with the user and shows the own requests.
    bool has_others = false;
    /// The user is linked to several active accounts.
    bool has_accounts = false;
};
Reach find_reach(db::Connection& db, UserId user);
/// At most page_size + 1 rows, those of others with their name: the one too many, the last (with `after` the first),
/// tells that there is another page. Without the customer, the contact, the type's name and updated_at, and only the
/// beginning of the description: what a list shows.
std::vector<ServiceRequest> list_visible_service_requests(
    db::Connection& db, UserId user, const Reach& reach, const OwnFilter& filter);
/// Say whose answers wait for the user in `newest_first`. One query, because few rows of few lists have any.
void add_unread_answers(db::Connection& db, UserId user, std::vector<ServiceRequest>& newest_first);
struct OwnCounts
{
    std::int64_t pending = 0;
    std::int64_t resolved = 0;
};
/// How many of them there are: of one type, or of all without it.
OwnCounts count_visible_service_requests(db::Connection& db, UserId user, const Reach& reach, RequestTypeId type = {});
/// The same of those alone that the user sent.
OwnCounts count_own_service_requests(db::Connection& db, UserId user, RequestTypeId type = {});

/// The newest of the same user, type, place and text that was submitted after `since`.
struct SameRequest
{
    ServiceRequestId id;
    base::Time submitted_at{};
};
std::optional<SameRequest> find_same(db::Connection& db, const NewServiceRequest& request, base::Time since);

/// Others at the same address, newest first, at most `limit`; for staff.
std::vector<ServiceRequest> list_at_same_address(db::Connection& db, const ServiceRequest& request, std::size_t limit);

/// The key of an address (ServiceRequest::address_key): the same for "3 Mühlweg", "3 MUEHLWEG" and "3 Muhlweg", and for
/// "12 N Elm St." and "12 North Elm Street". When the rule changes, base::fold_version rises.
std::string address_key(std::string_view address);

} // namespace service_requests
