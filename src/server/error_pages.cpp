#include "server/error_pages.hpp"

#include "base/error.hpp"
#include "base/log.hpp"
#include "db/database.hpp"
#include "errors/show.html.hpp"
#include "web/forms/draft.hpp"
#include "web/parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

namespace server {

namespace {

struct Words
{
    std::string_view title;
    std::string_view text;
};

Words words_for(http::Status status)
{
    switch (status) {
    case http::Status::BadRequest:
        return {"We could not read that web address",
            "A part of the web address is not one we use. Go back, or start from the front page."};
    case http::Status::Forbidden:
        return {"You may not see this page",
            "Your sign-in does not include this. If you need it, ask the person who manages users."};
    case http::Status::NotFound:
        return {
            "We could not find that page", "The web address may be mistyped, or the page belongs to somebody else."};
    case http::Status::MethodNotAllowed:
        return {"That did not work", "This page cannot be used that way. Go back and try again."};
    case http::Status::Conflict:
        return {"Somebody changed this in the meantime",
            "Nothing was overwritten. Go back, look at the newer version and try again."};
    case http::Status::ContentTooLarge:
        return {"That is too much at once", "Files can have 10 MB each, 10 at most."};
    case http::Status::TooManyRequests:
        return {"Too many attempts", "Please wait a moment and try again."};
    case http::Status::ServiceUnavailable:
        return {"We are very busy", "Nothing was saved. Please try again in a few seconds."};
    default:
        return {"Something went wrong on our side",
            "It is not your fault. Please try again; if it happens again, call us and give us the code below."};
    }
}

web::Page frame(web::Context& ctx, http::Status status, std::string title)
{
    if (status >= http::Status::InternalServerError)
        return ctx.bare_page(std::move(title));
    try {
        return ctx.page(title);
    } catch (const std::exception& error) {
        base::log::error(fmt::format("request {} frame: {}", ctx.request_id(), error.what()));
        return ctx.bare_page(std::move(title));
    }
}

std::string label_of(std::string_view field)
{
    if (field == "text" || field == "kept:text")
        return "Comment";
    // A form whose session ended carries its text through the sign-in page under "kept:".
    std::string label(field.starts_with("kept:") ? field.substr(5) : field);
    std::replace(label.begin(), label.end(), '_', ' ');
    if (!label.empty() && label.front() >= 'a' && label.front() <= 'z')
        label.front() = static_cast<char>(label.front() - 'a' + 'A');
    return label;
}

std::vector<web::KeptText> kept_text(const http::Request& request)
{
    std::vector<web::KeptText> kept;
    if (request.method != http::Method::Post)
        return kept;
    for (const auto& [name, value] : web::keepable_fields(request.form))
        kept.push_back({name, label_of(name), value});
    return kept;
}

http::Response draw(web::Context& ctx, http::Status status, std::string_view title, std::string_view text)
{
    const Words words = words_for(status);
    const web::Page page = frame(ctx, status, std::string(title.empty() ? words.title : title));
    web::ErrorPage error;
    error.status = static_cast<int>(status);
    error.title = page.title;
    error.text = text.empty() ? words.text : text;
    if (status >= http::Status::InternalServerError)
        error.reference = ctx.request_id();
    error.kept = kept_text(ctx.request());
    return ctx.render([&](web::Html& out) { views::errors::show(out, page, error); }, status);
}

// Whoever knows the link to a leak report reads it, so it does not belong in the log.
std::string path_for_log(const web::Context& ctx)
{
    return ctx.path_value("token").empty() ? ctx.request().path : "with a private link";
}

http::Response failed(web::Context& ctx, std::string_view cause)
{
    base::log::error(fmt::format("request {} {}: {}", ctx.request_id(), path_for_log(ctx), cause));
    return draw(ctx, http::Status::InternalServerError, {}, {});
}

} // namespace

http::Response status_page(web::Context& ctx, http::Status status, std::string_view text)
{
    return draw(ctx, status, {}, text);
}

http::Response error_page(web::Context& ctx, std::exception_ptr error)
{
    // The snapshot may be what failed; the page below must not depend on it.
    ctx.release();
    try {
        std::rethrow_exception(error);
    } catch (const base::Lost& lost) {
        return draw(ctx, http::Status::NotFound, "This file is not available", lost.what());
    } catch (const base::NotFound&) {
        return draw(ctx, http::Status::NotFound, {}, {});
    } catch (const base::Forbidden&) {
        return draw(ctx, http::Status::Forbidden, {}, {});
    } catch (const base::InvalidToken&) {
        return draw(ctx, http::Status::Forbidden, "This page expired",
            "Nothing was sent. Your text is below: copy it, open the page again and send it from there.");
    } catch (const base::Conflict& conflict) {
        return draw(ctx, http::Status::Conflict, {}, conflict.what());
    } catch (const base::BadRequest& bad) {
        return draw(ctx, http::Status::BadRequest, {}, bad.what());
    } catch (const base::TooLarge& large) {
        return draw(ctx, http::Status::ContentTooLarge, {}, large.what());
    } catch (const base::TooManyAttempts& attempts) {
        http::Response response = draw(ctx, http::Status::TooManyRequests, {}, attempts.what());
        response.header("Retry-After", std::to_string(attempts.retry_after_seconds));
        return response;
    } catch (const db::CommitUnknown& unknown) {
        base::log::warning(fmt::format("request {} {}: {}", ctx.request_id(), path_for_log(ctx), unknown.what()));
        return draw(ctx, http::Status::ServiceUnavailable, "We cannot tell whether this was saved",
            "The connection to our database broke at the last moment. Please check whether it is there before you send "
            "it "
            "again.");
    } catch (const base::Unavailable& busy) {
        base::log::warning(fmt::format("request {} {}: {}", ctx.request_id(), path_for_log(ctx), busy.what()));
        return draw(ctx, http::Status::ServiceUnavailable, {}, {});
    } catch (const std::exception& fault) {
        return failed(ctx, fault.what());
    }
}

} // namespace server
