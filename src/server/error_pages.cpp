#include "server/error_pages.hpp"

#include "base/error.hpp"
#include "base/log.hpp"
#include "db/database.hpp"
#include "errors/bare.html.hpp"
#include "errors/bare_words.html.hpp"
#include "errors/busy.html.hpp"
#include "errors/busy_words.html.hpp"
#include "errors/customer.html.hpp"
#include "errors/desk.html.hpp"
#include "errors/show.html.hpp"
#include "pages/shared/urls.hpp"
#include "server/bodies/room_for_leaks.hpp"
#include "web/forms/draft.hpp"
#include "web/local_path.hpp"
#include "web/parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

namespace server {

namespace {

using base::MessageId;

struct Words
{
    base::MessageId title;
    base::MessageId text;
};

/// What staff read where it differs.
std::optional<Words> words_of_desk(http::Status status)
{
    switch (status) {
    case http::Status::Forbidden:
        return Words{MessageId("Your role does not include this"),
            MessageId("If you need it, ask the person who manages users.")};
    case http::Status::NotFound:
        return Words{MessageId("We could not find that page"),
            MessageId("Check the web address, or search for the reference, the name or the account above.")};
    case http::Status::InternalServerError:
        return Words{MessageId("Something went wrong on our side"),
            MessageId("It is not your fault. Please try again; if it happens again, give the code below to whoever "
                      "looks after this system.")};
    default:
        return std::nullopt;
    }
}

Words words_for(http::Status status)
{
    switch (status) {
    case http::Status::BadRequest:
        return {MessageId("We couldn’t read that"),
            MessageId("That link doesn’t work. Go back, or start from the front page.")};
    case http::Status::Forbidden:
        return {MessageId("You may not see this page"),
            MessageId(
                "It is not for your sign-in. Start from your home page, or call us if you think you should see it.")};
    case http::Status::NotFound:
        return {MessageId("We could not find that page"),
            MessageId("Check the web address. If it’s right, the page may belong to another account.")};
    case http::Status::MethodNotAllowed:
        return {MessageId("You can’t open this page directly"),
            MessageId("That link doesn’t work. Start from your home page.")};
    case http::Status::Conflict:
        return {MessageId("This was changed in the meantime"),
            MessageId("Nothing was overwritten. Look at the newer version and try again.")};
    case http::Status::ContentTooLarge:
        return {MessageId("That is too much at once"), MessageId("Make it shorter, or send less at once.")};
    case http::Status::TooManyRequests:
        return {MessageId("Too many attempts"), MessageId("Please wait a moment and try again.")};
    case http::Status::ServiceUnavailable:
        return {MessageId("We are very busy"), MessageId("Nothing was saved. Please try again in a few seconds.")};
    default:
        return {MessageId("Something went wrong on our side"),
            MessageId("Sorry. Please try again. If it happens again, call us and give us the code below.")};
    }
}

Words words_for(http::Status status, const base::Visitor& visitor)
{
    if (visitor.is_staff()) {
        if (const auto words = words_of_desk(status))
            return *words;
    }
    return words_for(status);
}

/// The page of ours that the form was on; empty when the browser does not say.
std::string page_of_form(const http::Request& request)
{
    const std::string_view referer = request.header("referer");
    const auto scheme = referer.find("://");
    if (request.method != http::Method::Post || scheme == std::string_view::npos)
        return {};
    const std::string_view rest = referer.substr(scheme + 3);
    const auto path = rest.find('/');
    if (path == std::string_view::npos || rest.substr(0, path) != request.header("host"))
        return {};
    return web::local_path(rest.substr(path));
}

/// A page with forms, for choosing a theme and signing out, without anything from the database.
web::Page bare_frame(web::Context& ctx, base::Text title)
{
    web::Page page = ctx.bare_page(std::move(title));
    page.csrf = ctx.csrf_token();
    return page;
}

web::Page frame(web::Context& ctx, http::Status status, base::Text title)
{
    // Staff keep their frame, with the emergencies, wherever the database can be asked.
    const bool may_ask = ctx.visitor().is_staff() ? status != http::Status::ServiceUnavailable
                                                  : status < http::Status::InternalServerError;
    if (!may_ask)
        return bare_frame(ctx, std::move(title));
    try {
        return ctx.page(title);
    } catch (const std::exception& error) {
        base::log::error(fmt::format("frame: {}", error.what()));
        return bare_frame(ctx, std::move(title));
    }
}

/// For whom an error page is.
enum class Reader : std::uint8_t
{
    WhoIsSignedIn,
    /// The one who typed the form, while somebody else is signed in.
    MaybeSomebodyElse
};

/// How many notifications wait for somebody is that person's business.
void leave_out_unread(web::Page& page)
{
    constexpr std::string_view topic = "unread";
    page.unread = 0;
    if (page.live_topics.starts_with(topic))
        page.live_topics.erase(0, std::min(page.live_topics.size(), topic.size() + 1));
}

struct Label
{
    std::string_view field;
    MessageId label;
};

/// The fields that people fill in. Others, such as the version of a record, say nothing to them.
constexpr std::array labels = {Label{"text", MessageId("Comment")}, Label{"reason", MessageId("Reason")},
    Label{"description", MessageId("Description")}, Label{"notes", MessageId("Notes")},
    Label{"name", MessageId("Name")}, Label{"address", MessageId("Address")}, Label{"phone", MessageId("Phone")},
    Label{"email", MessageId("Email")}, Label{"username", MessageId("User name")},
    Label{"first_name", MessageId("First name")}, Label{"last_name", MessageId("Last name")},
    Label{"number", MessageId("Account number")}};

std::vector<web::KeptText> kept_text(const http::Request& request)
{
    std::vector<web::KeptText> kept;
    if (request.method != http::Method::Post)
        return kept;
    for (const auto& [name, value] : web::keepable_fields(request.form, http::BodyLimits().form_bytes)) {
        const auto* const known = std::ranges::find(labels, name, &Label::field);
        if (known != labels.end())
            kept.push_back({name, base::Text(known->label), value});
    }
    return kept;
}

/// With the words for the status where `error` has none.
http::Response show(web::Context& ctx, http::Status status, web::ErrorPage error, Reader reader = Reader::WhoIsSignedIn)
{
    const Words words = words_for(status, ctx.visitor());
    web::Page page = frame(ctx, status, error.title.empty() ? base::Text(words.title) : std::move(error.title));
    if (reader == Reader::MaybeSomebodyElse)
        leave_out_unread(page);
    error.status = static_cast<int>(status);
    error.title = page.title;
    if (error.text.empty())
        error.text = base::Text(words.text);
    if (status >= http::Status::InternalServerError)
        error.reference = ctx.request_id();
    error.address = page_of_form(ctx.request());
    if (!error.address.empty())
        error.action = base::Text("Open the page again");
    if (ctx.request().method == http::Method::Post)
        page.target = error.address.empty() ? urls::front() : error.address;
    return ctx.render(
        [&](web::Html& out) {
            // Its frame is complete only when the database could be asked.
            if (ctx.visitor().is_staff() && !page.live_topics.empty())
                views::errors::desk(out, page, error);
            else if (ctx.visitor().is_guest() || ctx.visitor().is_staff())
                views::errors::show(out, page, error);
            else
                views::errors::customer(out, page, error);
        },
        status);
}

http::Response draw(web::Context& ctx, http::Status status, base::Text title, base::Text text)
{
    web::ErrorPage error;
    error.title = std::move(title);
    error.text = std::move(text);
    error.kept = kept_text(ctx.request());
    return show(ctx, status, std::move(error));
}

// Whoever sits here now may not be the one who typed it.
http::Response draw_without_text(web::Context& ctx, base::Text title, base::Text text, Reader reader)
{
    web::ErrorPage error;
    error.title = std::move(title);
    error.text = std::move(text);
    return show(ctx, http::Status::Forbidden, std::move(error), reader);
}

http::Response expired(web::Context& ctx)
{
    return draw_without_text(ctx, base::Text("This page expired"),
        kept_text(ctx.request()).empty()
            ? base::Text("It was open too long, so nothing was sent. Open the page again and send it from there.")
            : base::Text("It was open too long, so nothing was sent. Go back, copy what you typed, open the page again "
                         "and send it from there."),
        Reader::WhoIsSignedIn);
}

// Whoever knows the link to a leak report reads it, so it does not belong in the log.
std::string path_for_log(const web::Context& ctx)
{
    return ctx.path_value("token").empty() ? ctx.request().path : "with a private link";
}

http::Response failed(web::Context& ctx, std::string_view cause)
{
    base::log::error(fmt::format("{}: {}", path_for_log(ctx), cause));
    return draw(ctx, http::Status::InternalServerError, {}, {});
}

http::Response from_another_address(web::Context& ctx, const base::ForeignForm& foreign)
{
    base::log::warning(fmt::format("{}: form refused: {}", path_for_log(ctx), foreign.what()));
    ctx.log_security({.event = "form_refused", .detail = path_for_log(ctx)});
    return draw_without_text(ctx, base::Text("This form came from another web address"),
        base::Text("Your browser says that it was on a page with another web address than this one, or does not say "
                   "where it was, so nothing was sent. Go back, copy what you typed, reload the page and send it "
                   "again."),
        Reader::WhoIsSignedIn);
}

/// Nothing is known of the reader, so every language of the site says it.
template <typename Draw>
std::vector<web::InLanguage> in_each_language(const web::Site& site, Draw&& draw)
{
    std::vector<web::InLanguage> words;
    for (const web::LanguageChoice& choice : site.languages.choices()) {
        web::Html out(*site.languages.find(choice.tag));
        draw(out);
        words.push_back({choice.tag, {out.take()}});
    }
    return words;
}

} // namespace

http::Response status_page(web::Context& ctx, http::Status status, base::Text text)
{
    return draw(ctx, status, {}, std::move(text));
}

http::Response unknown_sender_page(web::Context& ctx)
{
    return draw(ctx, http::Status::BadRequest, base::Text("We could not tell who is asking"),
        base::Text(
            "The network between you and us hides it. Nothing was saved. Try again, or use another connection. If "
            "it happens again, call us."));
}

http::Response error_page(web::Context& ctx, std::exception_ptr error)
{
    // The snapshot may be what failed; the page below must not depend on it.
    ctx.release();
    try {
        std::rethrow_exception(error);
    } catch (const base::Lost& lost) {
        return draw(ctx, http::Status::NotFound, base::Text("This file is not available"), lost.text);
    } catch (const base::NotFound&) {
        return draw(ctx, http::Status::NotFound, {}, {});
    } catch (const base::Forbidden&) {
        ctx.log_security({.event = "right_refused", .detail = path_for_log(ctx)});
        return draw(ctx, http::Status::Forbidden, {}, {});
    } catch (const base::InvalidToken&) {
        return expired(ctx);
    } catch (const base::OthersForm&) {
        return draw_without_text(ctx, base::Text("Somebody else is signed in here now"),
            base::Text("Nothing was sent. What was typed is kept for the person who typed it: it comes back when that "
                       "person signs in. Was it about a gas leak? Call {phone}.",
                {{"phone", ctx.site().names.emergency_phone}}),
            Reader::MaybeSomebodyElse);
    } catch (const base::ForeignForm& foreign) {
        return from_another_address(ctx, foreign);
    } catch (const base::Conflict& conflict) {
        return draw(ctx, http::Status::Conflict, {}, conflict.text);
    } catch (const base::BadRequest& bad) {
        return draw(ctx, http::Status::BadRequest, {}, bad.text);
    } catch (const base::TooLarge& large) {
        return draw(ctx, http::Status::ContentTooLarge, {}, large.text);
    } catch (const base::TooManyAttempts& attempts) {
        ctx.log_security({.event = "limit_met", .detail = path_for_log(ctx)});
        http::Response response = draw(ctx, http::Status::TooManyRequests, {}, attempts.text);
        response.header("Retry-After", std::to_string(attempts.retry_after_seconds));
        return response;
    } catch (const db::CommitUnknown& unknown) {
        base::log::warning(fmt::format("{}: {}", path_for_log(ctx), unknown.what()));
        return draw(ctx, http::Status::ServiceUnavailable, base::Text("We cannot tell whether this was saved"),
            base::Text("The connection to our database broke at the last moment. Please check whether it is there "
                       "before you send it again."));
    } catch (const db::Damaged& damaged) {
        base::log::warning(fmt::format("{}: {}", path_for_log(ctx), damaged.what()));
        return draw(ctx, http::Status::ServiceUnavailable, base::Text("Nothing can be saved at the moment"),
            base::Text("Something is wrong with the place where we keep our records, so we write nothing until it is "
                       "repaired. Nothing was saved. Please call us, or try again later."));
    } catch (const NoRoom& full) {
        base::log::warning(fmt::format("{}: {}", path_for_log(ctx), full.what()));
        return draw(ctx, http::Status::ServiceUnavailable, base::Text("We can’t take messages here right now"),
            base::Text("Nothing was saved. Please call {phone}.", {{"phone", ctx.site().names.service_phone}}));
    } catch (const base::Unavailable& busy) {
        base::log::warning(fmt::format("{}: {}", path_for_log(ctx), busy.what()));
        return draw(ctx, http::Status::ServiceUnavailable, {}, {});
    } catch (const std::exception& fault) {
        return failed(ctx, fault.what());
    }
}

std::string bare_page(const web::Site& site, http::Status status)
{
    const bool is_too_long = status == http::Status::UriTooLong || status == http::Status::HeaderFieldsTooLarge;
    auto text = base::Text("Open the front page and try again. If it happens again, call us.");
    if (is_too_long)
        text =
            base::Text("Your browser sent more than we can read. Delete this site’s cookies, then open the front page "
                       "again.");
    else if (status == http::Status::ContentTooLarge)
        text =
            base::Text("This is too much at once: text can have 256 KB, all files together 128 MB. Nothing was sent. "
                       "Go back, choose fewer files or shorten the text, and send it again.");
    const auto words =
        in_each_language(site, [&](web::Html& out) { views::errors::bare_words(out, site.names, text); });
    web::Html out(site.languages.preferred(""));
    views::errors::bare(out, site.names, words);
    return out.take();
}

std::string busy_page(const web::Site& site)
{
    const auto words = in_each_language(site, [&](web::Html& out) { views::errors::busy_words(out, site.names); });
    web::Html out(site.languages.preferred(""));
    views::errors::busy(out, site.names, words);
    return out.take();
}

} // namespace server
