#pragma once
// Data for the templates of a service request, prepared by the handlers.

#include "pages/desk/mail/mail_view.hpp"
#include "pages/desk/requests/list_place.hpp"
#include "pages/shared/conversation.hpp"
#include "pages/shared/emergencies/emergency_here.hpp"
#include "pages/shared/emergencies/emergency_strip.hpp"
#include "pages/shared/request_state.hpp"
#include "pages/shared/views.hpp"
#include "service_requests/private_link.hpp"
#include "web/forms/form.hpp"
#include "web/forms/unsent.hpp"
#include "web/forms/upload.hpp"
#include "web/page.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pages::desk {

/// One service request in a list on the page of another one.
struct RelatedRow
{
    ServiceRequestId id;
    std::string title;
    std::string reference;
    std::string when;
    service_requests::Status status = service_requests::Status::Pending;
    bool is_emergency = false;

    bool is_open_emergency() const { return is_emergency && status == service_requests::Status::Pending; }
};

/// Open emergencies of one sender, on the page of the first one; on that of another, the first one.
struct FoldView
{
    ServiceRequestId first;
    std::string first_reference;
    std::string sender;
    std::int64_t total = 0;
    /// Of the newest ones; `is_elsewhere` for another address than the first one's.
    struct Row
    {
        ServiceRequestId id;
        std::string reference;
        std::string address;
        std::string when;
        std::string when_exact;
        bool is_elsewhere = false;
    };
    std::vector<Row> rows;
    /// What the form speaks of: those that come in later are not resolved with it.
    ServiceRequestId newest;
};

/// Somebody else changed the status first: who, what and when.
struct Overtaken
{
    base::Text what;
    /// Both wanted the same.
    bool is_as_wanted = false;
};

/// What is asked before an open emergency is resolved, and what was answered so far.
struct EndQuestion
{
    std::string finding;
    std::string reason;
    /// A reply or note is typed: the buttons say what becomes of it.
    bool has_text = false;
    web::FormErrors errors;
};

/// What the customer wrote, or a colleague told the customer, after the page was shown from which somebody wants to
/// answer or resolve.
struct Unseen
{
    /// Zero where a colleague resolved without a word.
    CommentId comment;
    /// Who and when.
    base::Text what;
    std::string text;
    /// The name of the button that was pressed, "send" for the one that only sends; empty while another question is
    /// asked.
    std::string button = {};
    /// What that button sets.
    service_requests::Status wanted = service_requests::Status::Resolved;
};

/// Nobody reads a reply any more, though the page that it was sent from said that somebody does, or the profile is
/// closed.
struct NoReader
{
    base::Text what;
    /// As in Unseen.
    std::string button = {};
    service_requests::Status wanted = service_requests::Status::Resolved;
};

/// The form that writes a reply or an internal note; the same form changes the status.
struct CommentForm
{
    ServiceRequestId id;
    std::string submission;
    std::string text;
    bool is_internal = false;
    /// Names the files that the form had and that must be added again; empty without any.
    base::Text lost_files = {};
    std::vector<web::HeldFile> held = {};
    web::FormErrors errors;
    /// The status to set while we ask what to do with the unsent text.
    std::optional<service_requests::Status> asks_before;
    /// Of an open emergency that is to be resolved, instead of asks_before.
    std::optional<EndQuestion> end_question;
    std::optional<Unseen> unseen;
    std::optional<NoReader> no_reader;
    /// The customer's newest comment on this page, zero for none.
    CommentId seen;
    /// The newest comment on this page, zero for none.
    CommentId answered;
    /// How an emergency ended, typed beside a reply to the customer when somebody else resolved it.
    std::string kept_reason;
    /// Why a kept text was not sent.
    web::Kept kept = web::Kept::Interrupted;

    /// A question about a change of the status is open.
    bool is_asking() const { return asks_before || end_question || unseen; }
};

/// The form that corrects the address.
struct AddressForm
{
    std::string typed;
    web::FormErrors errors;
};

/// templates/desk/request.html
struct RequestView
{
    web::Page page;
    ServiceRequestId id;
    std::string reference;
    std::string title;
    std::string type_name;
    std::string type_icon;
    bool is_emergency = false;
    shared::RequestState state;
    ListPlace place;
    /// This page, with its list.
    std::string self_url;
    std::string customer;
    std::string customer_initials;
    /// Who called for the customer; empty when it was the customer.
    std::string caller;
    /// Of somebody who closed the profile while the leak is open.
    std::string kept_name;
    std::string username;
    UserId user_id;
    /// False for a customer whose sign-in is turned off.
    bool can_sign_in = true;
    /// The customer closed the profile for good.
    bool is_closed = false;
    /// What becomes of name and phone then.
    base::Text contact_words = {};
    std::string email;
    std::string address;
    AddressForm address_form;
    std::string phone;
    /// Nobody gave a number for this request: `phone` is the account's, of which another person may be the holder.
    bool is_account_phone = false;
    /// What the customer saved for our technicians; empty when it is `phone`.
    std::string technicians_phone;
    /// A call that staff wrote down.
    bool is_by_phone = false;
    AccountId account_id;
    std::string account_number;
    /// By which whoever reported a leak follows it.
    service_requests::PrivateLink link = service_requests::PrivateLink::None;
    shared::ReadForm read;
    shared::ConversationView conversation;
    /// The entry to begin with: the customer's first message since the staff last wrote, while nobody has read it, else
    /// the newest message. Empty when that is the first entry.
    std::string newest;
    std::vector<RelatedRow> related;
    std::vector<shared::HistoryLine> history;
    std::vector<MailRow> mails;
    /// Of an emergency.
    std::optional<shared::EmergencyStrip> emergency;
    std::optional<FoldView> fold;
    /// An open emergency at the same address.
    std::optional<shared::EmergencyHere> emergency_here;

    /// Nobody reads what is written here: the customer's sign-in is turned off, or whoever reported it has neither one
    /// nor a private link that works.
    bool is_unread() const { return user_id ? !can_sign_in : link != service_requests::PrivateLink::Works; }
    CommentForm comment_form;
    std::optional<Overtaken> overtaken;
    bool is_unavailable = false;
    /// "SR 42", large, for the caller who waits for it: the request has just been written down.
    std::string to_read_out;

    /// Nothing above the messages has to be read first: the page opens at the newest one.
    bool opens_at_newest() const
    {
        return !newest.empty() && !emergency && !emergency_here && !overtaken && !is_unavailable &&
               comment_form.errors.empty() && !comment_form.asks_before && page.flashes.empty();
    }
};

} // namespace pages::desk
