#pragma once

#include "db/database.hpp"
#include "events/event.hpp"
#include "live/message.hpp"
#include "service_requests/service_request.hpp"
#include "web/live/hub.hpp"
#include "web/site.hpp"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace live {

using Streams = std::vector<std::shared_ptr<web::LiveStream>>;

/// The next updates of all streams, from one snapshot. A topic is read and rendered once for everybody who sees the
/// same of it, and topics that no page shows are not read. Nothing is sent before everything is rendered; then each
/// stream gets one message with the new position: its pages receive all of the round or, when cut off, all of it again.
/// When a piece cannot be rendered, only the pages that show it reload.
class Round
{
  public:
    /// Read the events that the streams have not received. Throws base::Unavailable when the database does not answer.
    Round(const web::Site& site, const Streams& streams);

    /// True when one of these events ended somebody's role or session.
    bool ends_sessions() const;
    db::Connection& db() const { return **lease_; }
    /// Render what each stream is sent. Throws base::Unavailable.
    void render_all();
    /// The streams that are sent something.
    Streams receivers() const;
    /// Send what was rendered; streams that were closed meanwhile are skipped.
    void send_all();

  private:
    /// A page by its stream's and its own number.
    struct Target
    {
        std::size_t stream = 0;
        std::size_t page = 0;
    };
    using Targets = std::vector<Target>;
    /// Streams with the same position. `new_events` is nothing when they missed too many events or have no valid
    /// position.
    struct Group
    {
        Targets targets;
        std::optional<std::vector<events::Event>> new_events;
    };
    /// Everybody who sees the same of a topic: all of the staff, or one customer, in one language.
    struct Audience
    {
        web::LiveTopic topic;
        UserId customer;
        const web::PageLanguage* language = nullptr;
        friend auto operator<=>(const Audience&, const Audience&) = default;
    };
    /// A message on its way, shared by the streams that get it.
    struct Entry
    {
        std::vector<std::size_t> pages;
        std::shared_ptr<const Message> message;
    };
    using Batch = std::vector<Entry>;

    void render_group(const Group& group);
    void render_for(const Audience& audience, const Targets& targets, const std::vector<events::Event>& events);
    /// On all pages of the one who had the emergency.
    void tell_former_owner(const Targets& targets, UserId owner, const events::Event& event);
    /// The messages that one event means for an audience, whose first member reads them at `first`.
    std::vector<Message> render(const web::LiveTopic& topic, const web::LiveStream& first, const events::Event& event);
    /// Asked when somebody of a household stops sharing, or the account is no longer theirs.
    bool still_sees(const base::Visitor& reader, ServiceRequestId id);
    std::vector<Message> render_for_staff(
        const web::LiveTopic& topic, const web::PageLanguage& language, const events::Event& event);
    const service_requests::ServiceRequest& staff_view(ServiceRequestId id);
    bool is_emergency(ServiceRequestId id);
    void render_unread_counts();
    void note_readers(const Targets& targets);
    void enqueue(const Targets& targets, Message message);
    /// Messages beyond the limit are replaced by "reload", except alarms.
    static std::string text_of(const Batch& batch);
    void send(std::size_t number);

    const web::Site& site_;
    const Streams& streams_;
    /// Taken again after a failure, which ends a transaction of PostgreSQL.
    std::unique_ptr<db::ReadLease> lease_;
    std::string to_;
    std::vector<Group> groups_;
    std::map<ServiceRequestId, service_requests::ServiceRequest> seen_by_staff_;
    std::map<ServiceRequestId, bool> emergencies_;
    std::map<const web::PageLanguage*, Message> counts_;
    std::map<const web::PageLanguage*, Message> pinned_;
    std::map<const web::PageLanguage*, Message> alarms_;
    /// Parallel to streams_.
    std::vector<Batch> batches_;
    /// Numbers of the streams with a page that shows what happened: it is read there, so the count that they were sent
    /// does not last.
    std::set<std::size_t> readers_;
    /// What streams know of their unread notifications once the round is sent, by number.
    std::map<std::size_t, std::optional<std::pair<std::int64_t, std::int64_t>>> told_unread_;
};

} // namespace live
