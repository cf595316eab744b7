#include "comments/comment.hpp"

#include "base/error.hpp"
#include "events/event.hpp"
#include "service_requests/participant.hpp"
#include "users/user.hpp"

namespace comments {

namespace {

std::string_view visibility_name(base::Visibility visibility)
{
    return visibility == base::Visibility::Public ? "public" : "internal";
}

Comment comment_from_row(const db::Row& row)
{
    Comment comment;
    comment.id = row.id<CommentId>(0);
    comment.service_request_id = row.id<ServiceRequestId>(1);
    comment.author_id = row.id<UserId>(2);
    comment.text = row.string(3);
    comment.visibility = row.text(4) == "public" ? base::Visibility::Public : base::Visibility::Internal;
    comment.created_at = row.time(5);
    if (comment.author_id) {
        comment.author_name = users::full_name(row.text(6), row.text(7), row.text(8));
        comment.author_is_staff = row.text(9) != "customer";
    }
    return comment;
}

} // namespace

CommentId add_comment(db::Transaction& tx, const base::Visitor& by, const NewComment& comment, base::Time now)
{
    const bool is_public = comment.visibility == base::Visibility::Public;
    const auto id = tx.insert<CommentId>(R"(
        INSERT INTO service_comment (service_request_id, user_id, text, visibility, created_at)
        VALUES ($1, $2, $3, $4, $5) RETURNING id)",
        comment.service_request_id, by.user_id, comment.text, visibility_name(comment.visibility), now);
    tx.apply(R"(
        UPDATE service_servicerequest
           SET public_comments = public_comments + $1, internal_comments = internal_comments + $2, updated_at = $3
         WHERE id = $4)",
        is_public, !is_public, now, comment.service_request_id);
    events::add_event(tx,
        {.subject = events::Subject::ServiceRequest,
            .subject_id = comment.service_request_id.value,
            .actor_id = by.user_id,
            .kind = "commented",
            .visibility = comment.visibility,
            .comment_id = id},
        now);
    if (by.is_staff())
        service_requests::add_participant(tx, comment.service_request_id, by.user_id);
    return id;
}

std::vector<Comment> list_comments(db::Connection& db, ServiceRequestId service_request, base::Visibility deepest)
{
    return db::map_rows(db.query(R"(
        SELECT c.id, c.service_request_id, c.user_id, c.text, c.visibility, c.created_at,
               u.first_name, u.last_name, u.username, u.role
          FROM service_comment c LEFT JOIN auth_user u ON u.id = c.user_id
         WHERE c.service_request_id = $1 AND (c.visibility = 'public' OR $2 = 1)
         ORDER BY c.id)",
                            service_request, deepest == base::Visibility::Internal),
        comment_from_row);
}

Comment get_comment(db::Connection& db, CommentId id)
{
    auto found = db.query(R"(
        SELECT c.id, c.service_request_id, c.user_id, c.text, c.visibility, c.created_at,
               u.first_name, u.last_name, u.username, u.role
          FROM service_comment c LEFT JOIN auth_user u ON u.id = c.user_id
         WHERE c.id = $1)",
                       id)
                     .first(comment_from_row);
    if (!found) {
        throw base::NotFound("no such comment");
    }
    return *std::move(found);
}

} // namespace comments
