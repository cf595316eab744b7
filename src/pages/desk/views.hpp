#pragma once
// Data for the templates of the queue and the overview, prepared by the handlers.

#include "pages/desk/requests/views.hpp"
#include "pages/shared/emergencies/alarm_board.hpp"
#include "pages/shared/emergencies/emergency_strip.hpp"
#include "pages/shared/queue_row.hpp"
#include "service_requests/emergency.hpp"
#include "web/page.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace pages::desk {

/// A choice in a filter: words, URL and whether it is chosen.
struct Choice
{
    base::Text label;
    std::string url;
    bool is_chosen = false;
};

/// A check box of the type filter.
struct TypeBox
{
    std::string slug;
    base::Text name;
    bool is_chosen = false;
};

/// A filter that can be taken off; an empty value for one that is off.
struct Chip
{
    base::Text name;
    base::Text value;
    std::string clear_url;
};

/// templates/desk/queue.html
struct QueueView
{
    web::Page page;
    base::Text heading;
    /// What the page says about the filter.
    std::vector<base::Text> notes;
    std::vector<Choice> statuses;
    std::vector<TypeBox> types;
    std::vector<Choice> sorts;
    std::vector<Choice> sizes;
    base::Text sort_label;
    /// The filter's members as hidden inputs for forms that change another one.
    std::string status;
    std::string sort;
    std::string size;
    std::string resolved;
    std::string from;
    std::string until;
    std::string search;
    std::string export_url;
    std::string xlsx_url;
    Chip type_chip;
    Chip date_chip;
    Chip search_chip;
    Chip owner_chip;
    Chip alarm_chip;
    /// The list of the side bar that a search stays in; empty where the heading names it.
    Chip list_chip;
    /// The same as a hidden input.
    std::string alarm;
    /// Whose requests, as hidden inputs; empty for everybody's.
    std::string user;
    std::string account;
    /// Without all of them.
    std::string clear_url;
    /// Something narrows the list further than its status.
    bool has_filter = false;
    /// "11 of 149"; empty when it is not known.
    base::Text total;
    /// The live number that is the total, too: "open" or "resolved"; empty when there is none.
    std::string_view follows;
    /// Instead of it on the list of all open emergencies.
    base::Text emergency_words;
    /// "26 to 50 of 149"; empty when it is not known, or when live rows would make it wrong.
    base::Text range;
    /// Rows of this page, with those that are pinned instead.
    std::int64_t listed = 0;
    /// The query that leads a row's page back here.
    std::string list;
    /// Nothing matches the filter, and what leads to more.
    bool is_empty = false;
    base::Text all_words;
    std::string all_url;
    /// Nothing is pinned when the list itself shows all open emergencies.
    bool is_list_of_emergencies = false;
    /// The list shows all open emergencies from the newest one: a new emergency appears in it at once.
    bool takes_emergencies = false;
    /// An open emergency that is no longer among the pinned ones has its place in the list.
    bool keeps_emergencies = false;
    shared::PinnedEmergencies pinned;
    /// One line stands for the pinned rows: the list is searched, filtered or not on its first page.
    bool is_folded = false;
    /// Emergencies that nobody has, for that line, and those of the newest that match what narrows the list.
    std::int64_t waiting = 0;
    base::Text folded_words;
    std::size_t waiting_match_count = 0;
    /// The first of them.
    std::vector<shared::QueueRow> waiting_matches;
    std::vector<shared::QueueRow> rows;
    std::string first_page;
    std::string previous_page;
    std::string next_page;
    /// Announced to screen readers after a search as you type.
    base::Text say;
};

/// templates/desk/taken.html: the answer to "I have it" for a script.
struct TakenView
{
    enum class Giving : std::uint8_t
    {
        /// The question was another one.
        None,
        Done,
        NotYours
    };
    service_requests::Taking taking = service_requests::Taking::Done;
    Giving giving = Giving::None;
    std::string address;
    std::optional<shared::EmergencyStrip> emergency;
    web::AlarmBoard board;
    /// How many of its line came in after the page was shown and still ring, and where the first of them is.
    std::int64_t left = 0;
    std::string left_address = {};
};

/// An open leak on the page that asks before many are resolved, with what its sender said.
struct AlarmReport
{
    ServiceRequestId id;
    std::string reference;
    std::string address;
    /// Another address than the first one's.
    bool is_elsewhere = false;
    /// Empty for a guest without a name.
    std::string person;
    std::string when;
    std::string when_exact;
    web::LeakAnswers leak;
    std::string text;
};

/// templates/desk/false_alarm.html
struct FalseAlarmView
{
    web::Page page;
    ServiceRequestId id;
    std::string reference;
    std::string sender;
    /// How many are resolved, and up to which one.
    std::int64_t total = 0;
    ServiceRequestId newest;
    /// The first one and the newest others; "Person can't leave" first.
    std::vector<AlarmReport> reports;
    /// Other open leaks at these addresses.
    std::vector<AlarmReport> beside;
    /// The newest comment of the first one's customer, and who wrote it when, because it came while this was asked.
    CommentId seen;
    base::Text unseen = {};
    std::string unseen_text = {};
    /// Who has some of them: one sentence a person.
    std::vector<base::Text> held;
    /// A colleague has the first one and with it the others.
    bool is_held = false;
    /// As answered, with what is wrong with it.
    EndQuestion question;

    std::int64_t not_listed() const { return total - std::ssize(reports); }
};

/// A figure of the overview that opens its list.
struct Figure
{
    base::Text label;
    std::int64_t count = 0;
    std::string url;
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
