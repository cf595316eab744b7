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

base::Descriptor opened(web::Context& ctx, const storage::Store& store, const attachments::Attachment& file)
{
    // The store may be another machine.
    ctx.release();
    try {
        return store.open(file.key());
    } catch (const base::NotFound& gone) {
        base::log::error(fmt::format("request {}: attachment {}: {}", ctx.request_id(), file.id.value, gone.what()));
        throw base::Lost(
            base::Text("“{name}” belongs to your request, but we cannot find it any more. Please write to our support "
                       "team in a comment on the request, and send it again if you can.",
                {{"name", file.name}}));
    }
}

} // namespace

http::Response download_attachment(web::Context& ctx, const storage::Store& store)
{
    const auto request = service_requests::get_service_request(ctx.db(), ctx.visitor(), ctx.id<ServiceRequestId>("id"));
    const auto deepest = ctx.visitor().is_staff() ? base::Visibility::Internal : base::Visibility::Public;
    const attachments::Attachment file =
        attachments::get_attachment(ctx.db(), request.id, ctx.id<AttachmentId>("attachment_id"), deepest);
    http::Response response;
    response.content_type = file.content_type;
    response.compressible = false;
    response.header("Content-Disposition", http::content_disposition(disposition_of(file), file.name))
        .header("Content-Security-Policy", "sandbox; default-src 'none'")
        .header("Cache-Control", "private, no-cache");
    std::string etag = '"' + file.sha256 + '"';
    if (http::matches_any_tag(ctx.request().header("if-none-match"), etag)) {
        // Before the store is asked for bytes that nobody wants.
        response.status = http::Status::NotModified;
        response.header("ETag", std::move(etag));
    } else {
        response.body = http::FileBody{.file = opened(ctx, store, file), .size = file.size, .etag = std::move(etag)};
    }
    return response;
}

} // namespace pages::shared
