#pragma once
// Data for the templates of shared/, which several doors show.

#include "leaks/leak_report.hpp"
#include "service_requests/service_request.hpp"
#include "timeline/timeline.hpp"
#include <cstdint>
#include <optional>
#include <string>

namespace pages::shared {

/// An instant as people read it and as machines do.
struct Moment
{
    std::string text;
    std::string iso;
    /// With year and zone.
    std::string exact;
};

/// templates/shared/state.html, next_steps.html and leak_urgent.html: the pill, the steps and the dates, and what
/// happens next; the live slots "state", "next" and "urgent".
struct StateView
{
    service_requests::Status status = service_requests::Status::Pending;
    bool is_emergency = false;
    Moment submitted;
    /// When staff first answered in public, or first after it was reopened.
    std::optional<Moment> answered;
    /// When it was reopened, while nobody has answered since.
    std::optional<Moment> reopened;
    /// By when we answer, while that is promised and ahead.
    std::optional<Moment> answer_by;
    std::optional<Moment> resolved;
    /// Since when somebody of the staff has had an open leak; nobody learns who.
    std::optional<Moment> taken;
    /// The page has the comment's form, and a resolved one leads to it.
    bool has_comment_form = false;
    /// An open leak whose reporter says that somebody cannot get out, and where.
    bool must_call_911 = false;
    std::string address;
    /// The customer called, and staff wrote it down; not once it was reopened, because that call was about what was
    /// resolved.
    bool is_by_phone = false;
    /// The reader sent it, and may open it again and add photos; false for the others of a household.
    bool is_own = true;
    /// An open leak that was resolved before.
    bool is_leak_again = false;

    bool is_open_leak() const { return is_emergency && status == service_requests::Status::Pending; }
    bool is_closed_leak() const { return is_emergency && !is_open_leak(); }
};

/// templates/shared/type_card.html: a type to choose.
struct TypeCard
{
    std::string slug;
    base::Text name;
    base::Text hint;
    std::string icon;
    bool is_emergency = false;
    /// Within so many minutes a person answers, where the form says so; zero for nothing.
    std::int64_t answer_minutes = 0;
    /// Whom to call at once when it is dangerously cold; empty for a type that can wait.
    std::string call_phone = {};
    std::string call_phone_link = {};
};

/// templates/shared/leak_questions.html: the crew's questions, with the answers given so far.
struct LeakQuestions
{
    leaks::LeakReport answers;
};

/// templates/shared/leak_not_saved.html: a leak report that is not saved.
struct RefusedLeak
{
    /// Nothing could be saved at the moment.
    bool is_unavailable = false;
    /// The body of the form could not be read, so nothing of it is shown again.
    bool is_unreadable = false;
    /// A comment on an open leak, whose author is not signed in any more.
    bool is_signed_out = false;
    /// Somebody cannot get out, as far as the form says.
    bool must_call_911 = false;
    std::string address = {};
};

/// templates/shared/comment_head.html and comment_buttons.html: what a customer's comment does, in the live slots
/// "comment-head" and "comment-buttons" of the comment's form.
struct CommentActions
{
    ServiceRequestId id;
    std::int64_t version = 0;
    bool is_resolved = false;
    bool is_leak = false;
    /// The comment reopens a resolved service request; otherwise a button does.
    bool reply_reopens = true;
    /// Who sent it, for the others of a household, whose comment neither reopens nor brings files; empty for the
    /// sender.
    std::string sender = {};

    bool is_own() const { return sender.empty(); }
};

/// templates/shared/read_form.html
struct ReadForm
{
    std::string path;
    std::string csrf;
    /// The list that the staff's page was opened from, for its own URL; empty for none.
    std::string list = {};
    /// What the page shows is as of then, in milliseconds.
    std::int64_t until = 0;
    /// Something of it is unread; a script shows it otherwise when something new arrives.
    bool is_unread = false;
};

} // namespace pages::shared
