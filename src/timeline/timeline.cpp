#include "timeline/timeline.hpp"

#include "attachments/attachment.hpp"
#include "base/text.hpp"
#include "comments/comment.hpp"
#include "events/changes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace timeline {

namespace {

/// What every entry of one timeline needs.
struct Setting
{
    const i18n::Dates& dates;
    const service_requests::ServiceRequest& request;
    const Reader& reader;
    std::vector<attachments::Attachment> files;
};

struct Entry
{
    base::Time at;
    Item item;
};

base::Visibility deepest_for(const Reader& reader)
{
    return reader.is_staff() ? base::Visibility::Internal : base::Visibility::Public;
}

// The reporter who follows a leak by the private link has no sign-in to open files with.
std::vector<attachments::Attachment> files_seen(
    db::Connection& db, const service_requests::ServiceRequest& request, const Reader& reader, CommentId first = {})
{
    // Most service requests have none, and the row says so.
    if (reader.is_guest() || reader.has_link_only || request.attachments + request.internal_attachments == 0)
        return {};
    return attachments::list_attachments_since(db, request.id, deepest_for(reader), first);
}

std::vector<File> files_of(const std::vector<attachments::Attachment>& all, CommentId comment)
{
    std::vector<File> files;
    for (const attachments::Attachment& file : all) {
        if (file.comment_id != comment)
            continue;
        files.push_back({.service_request = file.service_request_id,
            .id = file.id,
            .name = file.name,
            .size = base::file_size(file.size),
            .is_image = file.is_image(),
            .is_document = file.is_document()});
        if (file.preview) {
            files.back().width = file.preview->width;
            files.back().height = file.preview->height;
        }
    }
    return files;
}

void stamp(Item& item, const Setting& setting, base::Time at)
{
    item.at = at;
    item.when = setting.dates.friendly(at);
    item.when_iso = base::iso_utc(at);
    item.when_exact = setting.dates.exact(at);
}

// Nobody is not all of the staff.
bool is_reader(const Setting& setting, UserId user)
{
    return user == setting.reader.user && (user || setting.reader.is_guest());
}

UserId shown_author(const Setting& setting, UserId author)
{
    return setting.reader.is_staff() ? author : UserId();
}

Item description_item(const Setting& setting)
{
    const service_requests::ServiceRequest& request = setting.request;
    Item item;
    item.element_id = "description";
    item.is_comment = true;
    item.by_viewer = is_reader(setting, request.user_id);
    item.by = shown_author(setting, request.user_id);
    item.author = request.customer_name.empty() ? request.contact_name : request.customer_name;
    item.initials = base::initials(item.author);
    item.paragraphs = paragraphs_of(request.description);
    item.files = files_of(setting.files, {});
    stamp(item, setting, request.submitted_at);
    return item;
}

Item comment_item(const Setting& setting, const comments::Comment& comment)
{
    Item item;
    item.element_id = fmt::format("c{}", comment.id.value);
    item.is_comment = true;
    item.comment_id = comment.id;
    item.is_internal = comment.visibility == base::Visibility::Internal;
    item.by_staff = comment.author_is_staff;
    item.by_viewer = comment.author_id && is_reader(setting, comment.author_id);
    item.by = shown_author(setting, comment.author_id);
    item.author = comment.author_name;
    item.initials = base::initials(comment.author_name);
    item.paragraphs = paragraphs_of(comment.text);
    item.files = files_of(setting.files, comment.id);
    stamp(item, setting, comment.created_at);
    return item;
}

Item event_item(const Setting& setting, const events::Event& event)
{
    Item item;
    item.element_id = fmt::format("e{}", event.id.value);
    item.by_staff = event.actor_is_staff;
    // A guest who follows the own leak report is its author, although nobody is signed in.
    item.by_viewer =
        is_reader(setting, event.actor_id) && !(event.kind != events::Kind::Submitted && setting.reader.is_guest());
    item.is_internal = event.visibility == base::Visibility::Internal;
    item.by = shown_author(setting, event.actor_id);
    item.author = event.actor_name;
    item.is_leak = setting.request.is_emergency;
    item.is_by_phone = setting.request.channel == service_requests::Channel::Phone;
    item.kind = event.kind;
    if (event.kind == events::Kind::Changed) {
        for (const events::ChangedDetail& detail : events::changed_details(event))
            item.paragraphs = {detail.before, detail.after};
    }
    stamp(item, setting, event.created_at);
    return item;
}

/// What a timeline is made of.
struct Said
{
    std::vector<events::Event> history;
    std::vector<comments::Comment> comments;
};

std::vector<Entry> beginning_of(const Setting& setting, const std::vector<events::Event>& history)
{
    std::vector<Entry> all;
    for (const auto& event : history) {
        if (event.kind != events::Kind::Submitted)
            continue;
        all.push_back({event.created_at, event_item(setting, event)});
        Item description = description_item(setting);
        // A leak may be reported without a word.
        if (!description.paragraphs.empty() || !description.files.empty())
            all.push_back({event.created_at, std::move(description)});
    }
    return all;
}

void add_rest(std::vector<Entry>& all, const Setting& setting, const Said& said)
{
    for (const auto& comment : said.comments)
        all.push_back({comment.created_at, comment_item(setting, comment)});
    // After the comment that was sent with the change of status, as History has it.
    for (const auto& event : said.history) {
        if (event.kind != events::Kind::Submitted)
            all.push_back({event.created_at, event_item(setting, event)});
    }
}

std::vector<Item> items_in_order(std::vector<Entry> all)
{
    std::stable_sort(all.begin(), all.end(), [](const Entry& a, const Entry& b) { return a.at < b.at; });
    std::vector<Item> items;
    items.reserve(all.size());
    for (Entry& entry : all)
        items.push_back(std::move(entry.item));
    return items;
}

} // namespace

std::vector<std::string> paragraphs_of(std::string_view text)
{
    std::vector<std::string> found;
    while (!text.empty()) {
        const auto end = text.find('\n');
        if (const auto line = base::trim(text.substr(0, end)); !line.empty())
            found.emplace_back(line);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return found;
}

std::vector<File> list_files(db::Connection& db, const service_requests::ServiceRequest& request, const Reader& reader)
{
    return files_of(files_seen(db, request, reader), {});
}

std::vector<Item> list_items(
    db::Connection& db, const service_requests::ServiceRequest& request, const Viewing& viewing)
{
    const Reader& reader = viewing.reader;
    const base::Visibility deepest = deepest_for(reader);
    const Setting setting{viewing.dates, request, reader, files_seen(db, request, reader)};
    const Said said{
        events::list_status_events(db, request.id, deepest), comments::list_comments(db, request.id, deepest)};
    std::vector<Entry> all = beginning_of(setting, said.history);
    add_rest(all, setting, said);
    return items_in_order(std::move(all));
}

Conversation list_newest_items(
    db::Connection& db, const service_requests::ServiceRequest& request, const Viewing& viewing, std::size_t most)
{
    const Reader& reader = viewing.reader;
    const base::Visibility deepest = deepest_for(reader);
    const Said said{events::list_status_events(db, request.id, deepest),
        comments::list_newest_comments(db, request.id, deepest, most + 1)};
    const CommentId first = said.comments.empty() ? CommentId() : said.comments.front().id;
    const Setting setting{viewing.dates, request, reader, files_seen(db, request, reader, first)};
    std::vector<Entry> all = beginning_of(setting, said.history);
    const std::size_t begun = all.size();
    add_rest(all, setting, said);
    if (all.size() <= begun + most)
        return {.beginning = {}, .items = items_in_order(std::move(all))};
    std::vector<Entry> rest(
        std::make_move_iterator(all.begin() + static_cast<std::ptrdiff_t>(begun)), std::make_move_iterator(all.end()));
    all.resize(begun);
    Conversation cut{.beginning = items_in_order(std::move(all)), .items = items_in_order(std::move(rest))};
    cut.items.erase(cut.items.begin(), cut.items.end() - static_cast<std::ptrdiff_t>(most));
    return cut;
}

std::vector<Item> list_turns(
    db::Connection& db, const service_requests::ServiceRequest& request, const Viewing& viewing)
{
    const Reader& reader = viewing.reader;
    const Setting setting{viewing.dates, request, reader, {}};
    std::vector<Entry> all;
    for (const base::Time at : comments::list_answer_times(db, request.id)) {
        Item answer;
        answer.is_comment = true;
        answer.by_staff = true;
        stamp(answer, setting, at);
        all.push_back({at, std::move(answer)});
    }
    for (const auto& event : events::list_status_events(db, request.id, deepest_for(reader))) {
        if (event.kind != events::Kind::Submitted)
            all.push_back({event.created_at, event_item(setting, event)});
    }
    return items_in_order(std::move(all));
}

std::optional<Item> find_item(db::Connection& db, const service_requests::ServiceRequest& request,
    const events::Event& event, const Viewing& viewing)
{
    const Reader& reader = viewing.reader;
    if (event.visibility == base::Visibility::Internal && !reader.is_staff())
        return std::nullopt;
    const Setting setting{viewing.dates, request, reader, files_seen(db, request, reader, event.comment_id)};
    if (event.kind == events::Kind::Commented && event.comment_id)
        return comment_item(setting, comments::get_comment(db, event.comment_id));
    if ((events::is_of_status(event.kind) && event.kind != events::Kind::Submitted) ||
        event.kind == events::Kind::Changed)
        return event_item(setting, event);
    return std::nullopt;
}

} // namespace timeline
