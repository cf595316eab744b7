#pragma once

#include "pages/shared/source.hpp"
#include "queue/emergencies.hpp"
#include "service_requests/service_request.hpp"
#include "web/page.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pages::shared {

/// One row of the queue, ready to render; templates/shared/queue_row.html renders it on the page and as a live piece.
struct QueueRow
{
    ServiceRequestId id;
    /// Its page, which knows the way back to the list.
    std::string url;
    std::string reference;
    std::string title;
    /// The description after the title, on one line.
    std::string rest;
    std::string type_name;
    std::string type_icon;
    /// An open emergency: pinned, with its running age.
    bool is_pinned = false;
    bool is_emergency = false;
    /// Of a resolved emergency.
    bool is_false_alarm = false;
    std::string customer;
    /// Of an emergency without words: where and when, to tell it from others.
    base::Text reported;
    std::string address;
    service_requests::Status status = service_requests::Status::Pending;
    std::int64_t comments = 0;
    std::int64_t attachments = 0;
    std::string submitted_exact;
    std::string submitted_iso;
    std::string updated;
    std::string updated_exact;
    std::string updated_iso;
    /// "4 h" for an open one; empty when resolved.
    std::string age;
    /// How long a resolved one took; empty when open.
    base::Text took;
    /// "Customer replied 2 h ago", until somebody of the staff has read it; empty when there is nothing to read.
    base::Text replied;
    std::string replied_exact;
    std::string replied_iso;
    /// That an open emergency is at the same address or perhaps is, and this is not one; empty for none.
    base::Text near_emergency;
    /// What is known there of whether somebody is unable to leave.
    web::LeakAnswers near_leak;
    /// Of an emergency, on a list that knows it.
    web::LeakAnswers leak;
    std::string phone;
    UserId taken_by;
    std::string taken_by_name;
    /// Who looks at it; zero in a live piece, which is drawn for all of the staff: each page finds its own.
    UserId viewer;
    ServiceRequestId folded_into;
    std::int64_t folded = 0;
    std::int64_t other_places = 0;
    /// Another leak of the same person at another address; zero for none.
    ServiceRequestId also;
    base::Text also_words;
    /// How much of the track of 152 units (one hour) the age of a pinned row fills.
    std::int64_t track = 0;

    /// The address up to its first comma, and the rest: where a row is narrow the city is cut first.
    std::string_view street() const { return std::string_view(address).substr(0, address.find(',')); }
    std::string_view after_street() const { return std::string_view(address).substr(street().size()); }
    /// An open emergency that nobody has: its row is larger than others and red.
    bool is_waiting() const { return is_pinned && !taken_by; }
};

/// Make the row that staff see.
QueueRow queue_row(const i18n::Dates& dates, const service_requests::ServiceRequest& request);
/// Add what the desk knows of an emergency.
void add_facts(const i18n::Dates& dates, QueueRow& row, const queue::EmergencyFacts& facts);
/// "Also reported by the same person: SR-00041 at 12 Elm Street, 3 min ago".
base::Text also_words(const i18n::Dates& dates, const queue::AlsoReported& also);
web::LeakAnswers leak_answers(const queue::EmergencyFacts& facts);
/// The same for a line that may speak for many of one sender: with the worst answer of them all.
web::LeakAnswers worst_answers(const queue::EmergencyFacts& facts);
/// Who looks at a list, and the list, whose rows lead back to it (urls::desk_request); both empty in a live piece.
struct RowsFor
{
    UserId viewer;
    std::string list;
};
/// Make the rows of a list, with the facts of its emergencies and a mark on others at the address of an open one.
std::vector<QueueRow> queue_rows(
    const Source& source, std::span<const service_requests::ServiceRequest> requests, const RowsFor& whom = {});

} // namespace pages::shared
