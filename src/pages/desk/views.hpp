#pragma once
// Data for the templates of desk/, prepared by the handlers.

#include "pages/shared/alarm_board.hpp"
#include "pages/shared/emergency_strip.hpp"
#include "pages/shared/queue_row.hpp"
#include "pages/shared/request_state.hpp"
#include "service_requests/emergency.hpp"
#include "timeline/timeline.hpp"
#include "web/forms/form.hpp"
#include "web/page.hpp"
#include "web/parts.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pages::desk {

/// A choice in a filter: words, URL and whether it is chosen.
struct Choice
{
    std::string label;
    std::string address;
    bool is_chosen = false;
};

/// A check box of the type filter.
struct TypeBox
{
    std::string slug;
    std::string name;
    bool is_chosen = false;
};

/// templates/desk/queue.html
struct QueueView
{
    web::Page page;
    std::string heading;
    std::vector<Choice> statuses;
    std::vector<TypeBox> types;
    std::vector<Choice> sorts;
    std::vector<Choice> sizes;
    std::string sort_label;
    /// The filter's members as hidden inputs for forms that change another one.
    std::string status;
    std::string sort;
    std::string size;
    std::string resolved;
    std::string from;
    std::string until;
    std::string search;
    std::string export_address;
    std::string clear_address;
    bool has_filter = false;
    /// Nothing matches the filter, not even a pinned one.
    bool is_empty = false;
    /// Nothing is pinned when the list itself shows all open emergencies.
    bool is_list_of_emergencies = false;
    /// The list shows all open emergencies from the newest one: a new emergency appears in it at once.
    bool takes_emergencies = false;
    shared::PinnedEmergencies pinned;
    std::vector<shared::QueueRow> rows;
    std::string first_page;
    std::string next_page;
    /// Announced to screen readers after a search as you type.
    std::string say;
};

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
        bool is_elsewhere = false;
    };
    std::vector<Row> rows;
    /// What the form speaks of: those that come in later are not resolved with it.
    ServiceRequestId newest;
};

/// The fields that change the status; shown again with both versions after a clash.
struct StatusForm
{
    std::int64_t version = 0;
    service_requests::Status current = service_requests::Status::Pending;
    std::string text;
    web::FormErrors errors;
};

/// The form that writes a reply or an internal note; the same form changes the status.
struct CommentForm
{
    ServiceRequestId id;
    std::string submission;
    std::string text;
    bool is_internal = false;
    bool files_are_lost = false;
    web::FormErrors errors;
    /// The wanted status while we ask what to do with the unsent text.
    std::optional<service_requests::Status> asks_before;
    /// The status was changed without this text.
    bool is_left_out = false;
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
    std::string back_address;
    std::string customer;
    std::string customer_initials;
    std::string username;
    UserId user_id;
    std::string email;
    std::string address;
    std::string phone;
    AccountId account_id;
    std::string account_number;
    std::vector<timeline::Item> timeline;
    std::vector<RelatedRow> related;
    std::vector<shared::HistoryLine> history;
    /// Of an emergency.
    std::optional<shared::EmergencyStrip> emergency;
    std::optional<FoldView> fold;
    /// An open emergency at the same address.
    std::optional<RelatedRow> emergency_here;
    StatusForm status_form;
    CommentForm comment_form;
    /// After a clash: what the other person did and when, and what this visitor wanted to do.
    std::string clash_theirs;
    std::string clash_yours;
    bool is_unavailable = false;
};

/// templates/desk/taken.html: the answer to "I have it" for a script.
struct TakenView
{
    service_requests::Taking taking = service_requests::Taking::Done;
    std::string address;
    std::optional<shared::EmergencyStrip> emergency;
    web::AlarmBoard board;
};

/// A figure of the overview that opens its list.
struct Figure
{
    std::string label;
    std::int64_t count = 0;
    std::string address;
    /// The number of the side bar that it follows live: "open", "emergencies" or "resolved"; empty for none.
    std::string follows = {};
};

/// templates/desk/overview.html
struct OverviewView
{
    web::Page page;
    std::vector<Figure> main;
    std::vector<Figure> ages;
    std::vector<Figure> types;
    std::int64_t largest_age = 0;
    std::int64_t largest_type = 0;
    shared::PinnedEmergencies pinned;
};

} // namespace pages::desk
