#include "commands/import_django/conversation.hpp"

#include "base/text.hpp"
#include "commands/import_django/free_id.hpp"
#include "comments/comment.hpp"
#include "search/words.hpp"

#include <fmt/format.h>

namespace commands::import_django {

namespace {

void add_comment(db::Transaction& tx, std::int64_t id, const comments::Comment& comment)
{
    const bool is_public = comment.visibility == base::Visibility::Public;
    tx.apply(R"(
        INSERT INTO service_comment (id, service_request_id, user_id, text, visibility, created_at)
        VALUES ($1, $2, $3, $4, $5, $6))",
        id, comment.service_request_id, comment.author_id, comment.text, base::visibility_name(comment.visibility),
        comment.created_at);
    tx.apply(R"(
        UPDATE service_servicerequest
           SET public_comments = public_comments + $2, internal_comments = internal_comments + $3,
               updated_at = CASE WHEN updated_at > $4 THEN updated_at ELSE $4 END,
               first_answer_at = CASE
                   WHEN $2 = 1 AND COALESCE(first_answer_at, $4) >= $4
                        AND EXISTS (SELECT 1 FROM auth_user u WHERE u.id = $5 AND u.role <> 'customer')
                   THEN $4 ELSE first_answer_at END
         WHERE id = $1)",
        comment.service_request_id, is_public, !is_public, comment.created_at, comment.author_id);
    search::note_words_behind(tx, comment.service_request_id, id);
}

} // namespace

std::string Comments::text_of(const SourceRow& row) const
{
    namespace field = comment_field;
    std::string said = text(row, field::Text, "text");
    const std::size_t length = base::count_code_points(said);
    if (length > comments::longest_text)
        report().taken_as_it_is(place(row, "text"), said,
            fmt::format("longer than the {} characters that forms take", comments::longest_text));
    else if (base::trim(said).empty())
        report().taken_as_it_is(place(row, "text"), said, "our forms refuse an empty one");
    else if (base::has_control_characters(said))
        report().taken_as_it_is(place(row, "text"), said, "our forms remove control characters");
    return said;
}

std::int64_t Comments::add(const Target& target, const SourceRow& row)
{
    namespace field = comment_field;
    const ServiceRequestId request{resolve(target, request_subject, row, field::Request)};
    if (!request) {
        report().skipped(place(row), "its service request is missing");
        return 0;
    }
    const UserId author{resolve(target, user_subject, row, field::User)};
    if (!author)
        report().remarked(place(row, "author"), {}, "its author is missing; it is imported without one");
    comments::Comment comment{.service_request_id = request,
        .author_id = author,
        .text = text_of(row),
        .visibility = is_true(row.value(field::IsInternal)) ? base::Visibility::Internal : base::Visibility::Public,
        .created_at = time(row, field::CreatedAt, "created at").value_or(now())};
    const std::int64_t id = choose_id(target, Identity::Comment, place(row), report());
    if (target.writes())
        add_comment(*target.tx, id, comment);
    return id;
}

std::optional<std::int64_t> Comments::update(const Target& target, const SourceRow& row, const Known& known)
{
    const std::string said = text_of(row);
    if (!target.writes())
        return 0;
    target.tx->apply("UPDATE service_comment SET text = $2 WHERE id = $1", known.target_id, said);
    const comments::Comment comment = comments::get_comment(*target.tx, CommentId{known.target_id});
    search::update_search_words(*target.tx, comment.service_request_id);
    return 0;
}

std::int64_t Notifications::add(const Target& target, const SourceRow& row)
{
    namespace field = notification_field;
    const std::int64_t request = resolve(target, request_subject, row, field::Request);
    const std::int64_t user = resolve(target, user_subject, row, field::User);
    if (request == 0 || user == 0) {
        report().skipped(place(row), request == 0 ? "its service request is missing" : "its user is missing");
        return 0;
    }
    const std::string message = text(row, field::Message, "message");
    const base::Time created = time(row, field::CreatedAt, "created at").value_or(now());
    const std::int64_t id = choose_id(target, Identity::Notification, place(row), report());
    if (target.writes())
        target.tx->apply(R"(
            INSERT INTO service_notification (id, user_id, service_request_id, message, is_read, created_at)
            VALUES ($1, $2, $3, $4, $5, $6))",
            id, user, request, message, is_true(row.value(field::IsRead)), created);
    return id;
}

std::optional<std::int64_t> Notifications::update(const Target& target, const SourceRow& row, const Known& known)
{
    if (target.writes() && is_true(row.value(notification_field::IsRead)))
        target.tx->apply("UPDATE service_notification SET is_read = 1 WHERE id = $1", known.target_id);
    return 0;
}

} // namespace commands::import_django
