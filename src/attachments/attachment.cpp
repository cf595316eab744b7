#include "attachments/attachment.hpp"

#include "base/error.hpp"

namespace attachments {

namespace {

std::optional<StoredPreview> preview_from_row(const db::Row& row)
{
    if (row.is_null(10))
        return std::nullopt;
    return StoredPreview{.stored_name = row.string(10),
        .content_type = row.string(11),
        .size = static_cast<std::uint64_t>(row.integer(12)),
        .sha256 = row.string(13),
        .width = static_cast<std::uint32_t>(row.integer(14)),
        .height = static_cast<std::uint32_t>(row.integer(15))};
}

Attachment attachment_from_row(const db::Row& row)
{
    return {.id = row.id<AttachmentId>(0),
        .service_request_id = row.id<ServiceRequestId>(1),
        .comment_id = row.id<CommentId>(2),
        .visibility = base::parse_visibility(row.text(3)).value_or(base::Visibility::Internal),
        .name = row.string(4),
        .content_type = row.string(5),
        .size = static_cast<std::uint64_t>(row.integer(6)),
        .sha256 = row.string(7),
        .stored_name = row.string(8),
        .created_at = row.time(9),
        .preview = preview_from_row(row)};
}

/// A file of an internal comment is internal whatever the caller said.
base::Visibility visibility_with_comment(
    db::Connection& db, ServiceRequestId service_request, CommentId comment, base::Visibility wanted)
{
    if (!comment) {
        return wanted;
    }
    const auto of_comment = db.query("SELECT visibility FROM service_comment WHERE id = $1 AND service_request_id = $2",
                                  comment, service_request)
                                .first([](const db::Row& row) { return row.string(0); });
    if (!of_comment) {
        throw base::NotFound("no such comment on this service request");
    }
    return *of_comment == base::visibility_name(base::Visibility::Internal) ? base::Visibility::Internal : wanted;
}

void add_preview(db::Transaction& tx, AttachmentId id, const StoredPreview& preview)
{
    tx.apply(R"(
        INSERT INTO service_attachment_preview (attachment_id, stored_name, content_type, size, sha256, width, height)
        VALUES ($1, $2, $3, $4, $5, $6, $7))",
        id, preview.stored_name, preview.content_type, preview.size, preview.sha256, preview.width, preview.height);
}

} // namespace

bool Attachment::is_image() const
{
    // Not HEIC: hardly any browser shows it.
    return content_type == "image/jpeg" || content_type == "image/png" || content_type == "image/webp";
}

bool Attachment::is_document() const
{
    return content_type == "application/pdf";
}

AttachmentId add_attachment(db::Transaction& tx, const base::Act& act, const StoredFile& file, const Place& place)
{
    const auto visibility = visibility_with_comment(tx, place.service_request, place.comment, place.visibility);
    const bool is_public = visibility == base::Visibility::Public;
    const auto id = tx.insert<AttachmentId>(R"(
        INSERT INTO service_attachment (service_request_id, comment_id, user_id, visibility, name, content_type, size,
                                        sha256, stored_name, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10))",
        place.service_request, place.comment, act.visitor.user_id, base::visibility_name(visibility), file.name,
        file.content_type, file.size, file.sha256, file.stored_name, act.at);
    tx.apply(R"(
        UPDATE service_servicerequest
           SET attachments = attachments + $1, internal_attachments = internal_attachments + $2
         WHERE id = $3)",
        is_public, !is_public, place.service_request);
    if (file.preview)
        add_preview(tx, id, *file.preview);
    return id;
}

void add_attachments(db::Transaction& tx, const base::Act& act, std::span<const StoredFile> files, const Place& place)
{
    for (const StoredFile& file : files)
        add_attachment(tx, act, file, place);
}

void add_left_out(db::Transaction& tx, ServiceRequestId service_request, std::span<const LeftOut> files)
{
    std::int64_t place = 0;
    for (const LeftOut& file : files) {
        tx.apply(R"(
            INSERT INTO service_left_out_file (service_request_id, place, name, reason) VALUES ($1, $2, $3, $4))",
            service_request, ++place, file.name, file.reason);
    }
}

std::vector<LeftOut> list_left_out(db::Connection& db, ServiceRequestId service_request)
{
    return db::map_rows(db.query(R"(
        SELECT name, reason FROM service_left_out_file WHERE service_request_id = $1 ORDER BY place)",
                            service_request),
        [](const db::Row& row) { return LeftOut{.name = row.string(0), .reason = row.string(1)}; });
}

std::vector<Attachment> list_attachments(db::Connection& db, ServiceRequestId service_request, base::Visibility deepest)
{
    return db::map_rows(db.query(R"(
        SELECT a.id, a.service_request_id, a.comment_id, a.visibility, a.name, a.content_type, a.size, a.sha256,
               a.stored_name, a.created_at, p.stored_name, p.content_type, p.size, p.sha256, p.width, p.height
          FROM service_attachment a LEFT JOIN service_attachment_preview p ON p.attachment_id = a.id
         WHERE a.service_request_id = $1 AND (a.visibility = 'public' OR $2 = 1)
         ORDER BY a.id)",
                            service_request, deepest == base::Visibility::Internal),
        attachment_from_row);
}

std::vector<Attachment> list_attachments_since(
    db::Connection& db, ServiceRequestId service_request, base::Visibility deepest, CommentId first)
{
    return db::map_rows(db.query(R"(
        SELECT a.id, a.service_request_id, a.comment_id, a.visibility, a.name, a.content_type, a.size, a.sha256,
               a.stored_name, a.created_at, p.stored_name, p.content_type, p.size, p.sha256, p.width, p.height
          FROM service_attachment a LEFT JOIN service_attachment_preview p ON p.attachment_id = a.id
         WHERE a.service_request_id = $1 AND (a.visibility = 'public' OR $2 = 1)
           AND (a.comment_id IS NULL OR a.comment_id >= $3)
         ORDER BY a.id)",
                            service_request, deepest == base::Visibility::Internal, first.value),
        attachment_from_row);
}

Attachment get_attachment(
    db::Connection& db, ServiceRequestId service_request, AttachmentId id, base::Visibility deepest)
{
    auto found = db.query(R"(
        SELECT a.id, a.service_request_id, a.comment_id, a.visibility, a.name, a.content_type, a.size, a.sha256,
               a.stored_name, a.created_at, p.stored_name, p.content_type, p.size, p.sha256, p.width, p.height
          FROM service_attachment a LEFT JOIN service_attachment_preview p ON p.attachment_id = a.id
         WHERE a.id = $1 AND a.service_request_id = $2 AND (a.visibility = 'public' OR $3 = 1))",
                       id.value, service_request.value, deepest == base::Visibility::Internal)
                     .first(attachment_from_row);
    if (!found) {
        throw base::NotFound("no such attachment for this visitor");
    }
    return *std::move(found);
}

} // namespace attachments
