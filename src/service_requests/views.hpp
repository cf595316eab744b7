#pragma once
// What the templates of front/, service_requests/ and emergency/ take: plain data, prepared by the handlers.

#include "service_requests/leak_report.hpp"
#include "service_requests/service_request.hpp"
#include "service_requests/timeline.hpp"
#include "web/form.hpp"
#include "web/page.hpp"
#include "web/parts.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace service_requests {

/// An instant as people read it and as machines do.
struct Moment
{
    std::string text;
    std::string iso;
};

/// A service request in a customer's list.
struct RequestRow
{
    ServiceRequestId id;
    std::string title;
    std::string type_name;
    std::string type_icon;
    std::string reference;
    bool is_emergency = false;
    Status status = Status::Pending;
    Moment submitted;
    std::optional<Moment> resolved;
    std::int64_t comments = 0;
};

/// templates/front/guest.html
struct FrontView
{
    web::Page page;
};

/// templates/front/home.html
struct HomeView
{
    struct News
    {
        NotificationId id;
        std::string message;
        std::string reference;
        Moment at;
    };
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
    std::int64_t pending = 0;
    /// Nothing was ever asked for.
    bool is_new = false;
    std::vector<RequestRow> open;
    std::vector<RequestRow> resolved;
    std::vector<News> news;
    std::vector<AccountCard> accounts;
};

/// templates/service_requests/list.html
struct ListView
{
    struct TypeChoice
    {
        std::string slug;
        std::string name;
        bool is_chosen = false;
    };

    web::Page page;
    OwnCounts counts;
    std::optional<Status> status;
    /// The chosen type's slug, empty for all.
    std::string type;
    std::vector<TypeChoice> types;
    std::vector<RequestRow> rows;
    web::Pager pager;
    web::Empty empty;
};

/// templates/emergency/questions.html: what the crew asks, with the answers given so far.
struct LeakQuestions
{
    LeakReport answers;
};

/// templates/service_requests/create.html
struct CreateView
{
    struct TypeCard
    {
        std::string slug;
        std::string name;
        std::string hint;
        std::string icon;
        bool is_emergency = false;
    };
    struct AddressChoice
    {
        std::string value;
        std::string number;
        std::string address;
    };

    web::Page page;
    web::FormErrors errors;
    /// Nothing could be saved at the moment; the form is as it was.
    bool is_unavailable = false;
    /// Files had come with the refused form; a browser does not let us give them back.
    bool files_are_lost = false;
    std::vector<TypeCard> types;
    std::string type;
    std::string description;
    std::vector<AddressChoice> accounts;
    /// An account's id or "other".
    std::string account;
    std::string address;
    /// The typed address that we asked about; the account's while the question is open.
    std::string asked_address;
    std::string asked_account;
    std::string phone;
    LeakQuestions leak;
    std::string submission;
};

/// templates/service_requests/received.html
struct ReceivedView
{
    web::Page page;
    ServiceRequestId id;
    std::string reference;
    bool is_emergency = false;
    std::int64_t answer_minutes = 0;
    Moment answer_by;
    std::vector<std::string> paragraphs;
};

/// templates/service_requests/state.html: the pill, the steps and the dates; the live slot "state".
struct StateView
{
    Status status = Status::Pending;
    bool is_emergency = false;
    Moment submitted;
    /// When staff first answered in public.
    std::optional<Moment> answered;
    std::optional<Moment> resolved;
};

/// templates/service_requests/actions.html: what the customer can do about the status; the live slot "actions".
struct ActionsView
{
    ServiceRequestId id;
    bool is_resolved = false;
    /// False in a live piece, which has no form token: it leads to the page instead.
    bool has_form = false;
    std::int64_t version = 0;
    std::string text;
    web::FormErrors errors;
};

/// templates/comments/form.html; what reopens the service request belongs to the same form.
struct CommentForm
{
    ServiceRequestId id;
    std::string csrf;
    std::string submission;
    std::string text;
    web::FormErrors errors;
    bool files_are_lost = false;
    /// What was typed in the box for reopening, where a page has only this form.
    std::string why;
    /// We ask what becomes of the unsent text before the service request is reopened.
    bool asks = false;
    /// It was reopened without this text.
    bool is_left_out = false;
};

/// templates/service_requests/show.html
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
    StateView state;
    std::vector<TimelineItem> items;
    ActionsView actions;
    CommentForm comment;
};

/// templates/emergency/form.html
struct EmergencyView
{
    web::Page page;
    web::FormErrors errors;
    bool is_unavailable = false;
    std::string name;
    std::string phone;
    std::string address;
    std::string notes;
    LeakQuestions leak;
    std::string submission;
};

/// templates/emergency/report.html
struct FollowView
{
    web::Page page;
    std::string reference;
    /// Path of this page, to be kept.
    std::string link;
    std::string address;
    StateView state;
    std::vector<TimelineItem> items;
};

} // namespace service_requests
