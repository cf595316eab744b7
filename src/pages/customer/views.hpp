#pragma once
// What the templates of customer/ take: plain data, prepared by the handlers.

#include "notifications/choice.hpp"
#include "pages/shared/conversation.hpp"
#include "pages/shared/emergencies/leak_again.hpp"
#include "pages/shared/emergencies/leak_received.hpp"
#include "pages/shared/notification_views.hpp"
#include "pages/shared/views.hpp"
#include "service_requests/service_request.hpp"
#include "web/forms/form.hpp"
#include "web/forms/upload.hpp"
#include "web/page.hpp"
#include "web/parts.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pages::customer {

/// A service request in a customer's list.
struct RequestRow
{
    ServiceRequestId id;
    std::string title;
    std::string type_name;
    std::string type_icon;
    std::string reference;
    bool is_emergency = false;
    service_requests::Status status = service_requests::Status::Pending;
    shared::Moment submitted;
    std::optional<shared::Moment> resolved;
    /// Somebody of the staff has this open leak.
    bool is_taken = false;
    /// The customer reported it by phone.
    bool is_by_phone = false;
    /// An open leak whose reporter says that somebody cannot get out.
    bool must_call_911 = false;
    std::int64_t comments = 0;
    /// Whose answer is unread; empty for none.
    std::string unread_answer_by;
    /// Who of the household sent it; empty for the visitor.
    std::string sender;
    /// Of the account, where it is not the only one; empty otherwise.
    std::string account_address;
    /// Without a text of its own the title is the type, and several have the same.
    bool has_own_title = true;
};

/// A text that the server keeps for its writer.
struct UnsentText
{
    /// Of the service request that the comment is for; empty for a new request.
    std::string reference;
    /// Where it is in its form again.
    std::string page;
    bool is_leak = false;
};

/// templates/customer/home.html
struct HomeView
{
    struct AccountCard
    {
        std::string number;
        std::string address;
        std::string phone;
    };
    enum class Greeting : std::uint8_t
    {
        Morning,
        Afternoon,
        Evening
    };

    web::Page page;
    Greeting greeting = Greeting::Morning;
    std::string first_name;
    /// What the customer typed before and did not send.
    std::vector<UnsentText> unsent;
    std::int64_t pending = 0;
    /// The customer never sent a service request.
    bool is_new = false;
    std::vector<RequestRow> open;
    std::vector<RequestRow> resolved;
    std::vector<shared::NotificationRow> news;
    std::vector<AccountCard> accounts;
    /// Addresses of these accounts where somebody else reported a leak that is still open.
    std::vector<std::string> leaks_at;
};

/// templates/customer/list.html
struct ListView
{
    struct TypeChoice
    {
        std::string slug;
        base::Text name;
        bool is_chosen = false;
    };

    web::Page page;
    service_requests::OwnCounts counts;
    std::optional<service_requests::Status> status;
    /// The chosen type's slug, empty for all.
    std::string type;
    std::vector<TypeChoice> types;
    std::vector<RequestRow> rows;
    web::Pager pager;
    web::Empty empty;
};

/// One of the customer's accounts as the place of a service request.
struct AddressChoice
{
    std::string value;
    std::string number;
    std::string address;
};

/// The fields of the form for a new service request, as they were typed.
struct TypedRequest
{
    std::string type;
    std::string description;
    /// An account's id or "other".
    std::string account;
    std::string address;
    /// The address of a draft: whether a gas leak is there is asked. Empty once it was typed for this request.
    std::string kept_address;
    /// The typed address that we asked about; the account's address while the question is open.
    std::string asked_address;
    std::string asked_account;
    /// The form of a leak asks, or asked before, where it is. It asks only once.
    bool asked_place = false;
    std::string phone;
    shared::LeakQuestions leak;
    web::FormErrors errors;
};

/// templates/customer/create.html
struct CreateView
{
    web::Page page;
    TypedRequest form;
    /// Nothing could be saved at the moment; the form is unchanged.
    bool is_unavailable = false;
    /// Of a gas leak, which says whom to call instead.
    shared::RefusedLeak leak = {};
    /// The same one was sent before: its id, reference and time. We ask whether it is meant twice.
    ServiceRequestId sent_before;
    std::string sent_reference;
    std::string sent_at;
    /// Names the files that the form had and that must be added again; empty without any.
    base::Text lost_files = {};
    /// Files that arrived and wait for the form.
    std::vector<web::HeldFile> held = {};
    /// What a leak report goes on without: the form says so when it is sent again, and its confirmation then.
    std::vector<web::RefusedFile> left_out = {};
    std::vector<shared::TypeCard> types;
    std::vector<AddressChoice> accounts;
    std::string submission;
};

/// templates/customer/add_address.html: the field for the address that an open leak lacks.
struct AddAddress
{
    std::string typed;
    web::FormErrors errors;
};

/// templates/customer/received.html
struct ReceivedView
{
    web::Page page;
    ServiceRequestId id;
    std::string reference;
    /// As people say it: "SR 42".
    std::string spoken_reference;
    /// Of a leak, which has an answer of its own.
    std::optional<shared::LeakReceived> leak;
    /// The same leak was reported a second time.
    std::optional<shared::LeakAgain> again = {};
    std::int64_t answer_minutes = 0;
    shared::Moment answer_by;
    /// It is open, and the answer is still ahead.
    bool is_promised = false;
    /// Something with gas or heat: it may get worse.
    bool is_urgent = false;
    /// Where we write when we answer; empty where we send no mail.
    std::string email = {};
    /// When we write there, as the visitor chose.
    notifications::Pace email_pace = notifications::Pace::AtOnce;
    std::vector<std::string> paragraphs;
    std::vector<timeline::File> files = {};
    /// What did not arrive, and why.
    std::vector<base::Text> left_out = {};
};

/// templates/customer/comment_form.html: the one box of the page, which may also reopen the service request.
struct CommentForm
{
    ServiceRequestId id;
    std::string csrf;
    std::string submission;
    std::string text;
    web::FormErrors errors;
    /// Names the files that the form had and that must be added again; empty without any.
    base::Text lost_files = {};
    std::vector<web::HeldFile> held = {};
    shared::CommentActions actions;
    /// A comment that cannot be sent says whom to call, 911 first when somebody cannot get out.
    bool is_open_leak = false;
    bool must_call_911 = false;
};

/// templates/customer/comment_refused.html: a comment that could not be sent, with its text, for sending it again.
struct RefusedView
{
    web::Page page;
    std::string reference;
    std::string title;
    bool is_unavailable = false;
    CommentForm form;
};

/// templates/customer/show.html
struct ShowView
{
    web::Page page;
    ServiceRequestId id;
    std::string title;
    std::string reference;
    std::string type_name;
    std::string type_icon;
    std::string address;
    std::string contact_phone;
    /// Number of the account that it is of; empty for none.
    std::string account;
    /// Who of the household sent it; empty for the visitor.
    std::string sender;
    shared::StateView state;
    shared::ConversationView conversation;
    CommentForm comment;
    shared::ReadForm read;
    AddAddress add_address;
};

/// templates/customer/guest.html
struct FrontView
{
    web::Page page;
    /// People may make a sign-in of their own.
    bool takes_registrations = false;
};

} // namespace pages::customer
