#pragma once

#include "events/event.hpp"
#include "i18n/dates.hpp"
#include "service_requests/service_request.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace timeline {

/// For whom a timeline is drawn.
struct Reader
{
    base::Audience audience = base::Audience::Customer;
    /// Who, for "You"; zero for the guest with the private link, and for all of the staff at once.
    UserId user;

    Reader(const base::Visitor& visitor) : audience(visitor.audience()), user(visitor.user_id) {}
    static Reader any_of_the_staff() { return {base::Audience::Staff, {}}; }
    /// Whoever holds the private link reads as the reporter, whose user is zero for a guest.
    static Reader with_link(UserId reporter)
    {
        Reader reader(base::Audience::Customer, reporter);
        reader.has_link_only = true;
        return reader;
    }
    bool is_staff() const { return audience == base::Audience::Staff; }
    bool is_guest() const { return !is_staff() && !user; }

    /// Not signed in as the user: opens no files.
    bool has_link_only = false;

  private:
    Reader(base::Audience of, UserId who) : audience(of), user(who) {}
};

/// For whom and in which words.
struct Viewing
{
    i18n::Dates dates;
    Reader reader;
};

/// An attachment as it stands in the timeline.
struct File
{
    ServiceRequestId service_request;
    AttachmentId id;
    std::string name;
    base::Text size;
    bool is_image = false;
    bool is_document = false;
    /// Of the preview; zero without one.
    std::uint32_t width = 0;
    std::uint32_t height = 0;

    bool has_preview() const { return width > 0; }
};

/// One entry of "Messages and events" as one viewer sees it: a comment or an event, ready to lay out.
struct Item
{
    /// "c12" for a comment, "e34" for an event: a pushed copy replaces, never doubles.
    std::string element_id;
    bool is_comment = false;
    /// Of a comment that is not the description.
    CommentId comment_id;
    bool is_internal = false;
    bool by_staff = false;
    bool by_viewer = false;
    /// Of an event: it is about a leak.
    bool is_leak = false;
    /// Staff wrote it down during a call.
    bool is_by_phone = false;
    /// Who wrote or did it, for the staff's eyes: one piece is drawn for all of them, and each page finds its own.
    UserId by;
    std::string author;
    std::string initials;
    /// A comment's paragraphs; of a corrected address the old and the new one.
    std::vector<std::string> paragraphs;
    /// What happened, of an entry that is no comment.
    events::Kind kind = events::Kind::Unknown;
    base::Time at{};
    std::string when;
    std::string when_iso;
    std::string when_exact;
    std::vector<File> files;

    /// Of a changed address: there was none before.
    bool is_new_address() const { return paragraphs.size() == 2 && paragraphs.front().empty(); }
    bool is_customers_comment() const { return comment_id && !by_staff; }
};

/// The lines of a text that are not blank: what pages show as paragraphs.
std::vector<std::string> paragraphs_of(std::string_view text);

/// The files that were sent with the service request itself, in order.
std::vector<File> list_files(db::Connection& db, const service_requests::ServiceRequest& request, const Reader& reader);
/// Everything said and done, oldest first: the description with its files as the first comment, then events and
/// comments in order of time. Internal ones only for staff. Customers see staff by their full name.
std::vector<Item> list_items(
    db::Connection& db, const service_requests::ServiceRequest& request, const Viewing& viewing);
/// Entries of a conversation that a page shows at once, besides the first ones.
inline constexpr std::size_t page_size = 200;
/// The newest of the entries of list_items().
struct Conversation
{
    /// What it began with, where others were left out between this and the newest ones; else empty.
    std::vector<Item> beginning;
    std::vector<Item> items;

    bool is_cut() const { return !beginning.empty(); }
};
/// The newest `most` entries and the beginning, or all of them.
Conversation list_newest_items(
    db::Connection& db, const service_requests::ServiceRequest& request, const Viewing& viewing, std::size_t most);
/// When a service request was reopened and the staff answered, as entries without words: what its state is made from.
std::vector<Item> list_turns(
    db::Connection& db, const service_requests::ServiceRequest& request, const Viewing& viewing);
/// The entry that one event adds; nothing when the reader may not see it or it adds none.
std::optional<Item> find_item(db::Connection& db, const service_requests::ServiceRequest& request,
    const events::Event& event, const Viewing& viewing);

} // namespace timeline
