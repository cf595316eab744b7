#include "pages/shared/attachment_pages.hpp"

#include "attachments/attachment.hpp"
#include "base/error.hpp"
#include "base/log.hpp"
#include "http/answer/disposition.hpp"
#include "http/answer/range.hpp"
#include "service_requests/service_request.hpp"

#include <fmt/format.h>

namespace pages::shared {

namespace {

http::Disposition disposition_of(const attachments::Attachment& file)
{
    return file.is_image() || file.is_document() ? http::Disposition::Inline : http::Disposition::Attachment;
}

/// What the store holds for an attachment: its file or its preview.
struct Stored
{
    const attachments::Attachment& attachment;
    storage::FileKey key;
};

base::Descriptor opened(web::Context& ctx, const storage::Store& store, const Stored& stored)
{
    // The store may be another machine.
    ctx.release();
    const attachments::Attachment& file = stored.attachment;
    try {
        return store.open(stored.key);
    } catch (const base::NotFound& gone) {
        base::log::error(fmt::format("attachment {}: {}", file.id.value, gone.what()));
        throw base::Lost(
            base::Text("“{name}” belongs to your request, but we cannot find it any more. Please write to our support "
                       "team in a comment on the request, and send it again if you can.",
                {{"name", file.name}}));
    } catch (const storage::DamagedFile& damaged) {
        base::log::error(fmt::format("attachment {}: {}", file.id.value, damaged.what()));
        throw base::Lost(
            base::Text("“{name}” belongs to your request, but our copy of it is damaged. Please write to our "
                       "support team in a comment on the request, and send it again if you can.",
                {{"name", file.name}}));
    }
}

attachments::Attachment find_attachment(web::Context& ctx)
{
    const auto request = service_requests::get_service_request(ctx.db(), ctx.visitor(), ctx.id<ServiceRequestId>("id"));
    const auto deepest = ctx.visitor().is_staff() ? base::Visibility::Internal : base::Visibility::Public;
    return attachments::get_attachment(ctx.db(), request.id, ctx.id<AttachmentId>("attachment_id"), deepest);
}

/// Add the bytes, unless the browser has them.
void send(web::Context& ctx, const storage::Store& store, const Stored& stored, http::Response& response)
{
    response.compressible = false;
    response.header("Content-Security-Policy", "sandbox; default-src 'none'")
        .header("Cache-Control", "private, no-cache");
    std::string etag = '"' + std::string(stored.key.sha256) + '"';
    if (http::matches_any_tag(ctx.request().header("if-none-match"), etag)) {
        // Before the store is asked for bytes that nobody wants.
        response.status = http::Status::NotModified;
        response.header("ETag", std::move(etag));
    } else {
        response.body =
            http::FileBody{.file = opened(ctx, store, stored), .size = stored.key.size, .etag = std::move(etag)};
    }
}

} // namespace

http::Response download_attachment(web::Context& ctx, const storage::Store& store)
{
    const attachments::Attachment file = find_attachment(ctx);
    http::Response response;
    response.content_type = file.content_type;
    response.header("Content-Disposition", http::content_disposition(disposition_of(file), file.name));
    send(ctx, store, {file, file.key()}, response);
    return response;
}

http::Response show_preview(web::Context& ctx, const storage::Store& store)
{
    const attachments::Attachment file = find_attachment(ctx);
    if (!file.preview)
        throw base::NotFound("this attachment has no preview");
    http::Response response;
    response.content_type = file.preview->content_type;
    response.header("Content-Disposition", http::content_disposition(http::Disposition::Inline,
                                               attachments::clean_name(file.name, file.preview->content_type)));
    send(ctx, store, {file, file.preview->key()}, response);
    return response;
}

} // namespace pages::shared
