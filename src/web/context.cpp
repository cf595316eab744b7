#include "web/context.hpp"

#include "base/crypto.hpp"
#include "base/error.hpp"
#include "base/log.hpp"
#include "base/text.hpp"
#include "web/flash.hpp"
#include "web/forms/csrf.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace web {

namespace {

constexpr std::string_view guest_cookie = "gu_guest";
constexpr std::string_view flash_cookie = "gu_flash";
constexpr long guest_cookie_age = 24 * 3600;
// Between the code and the path of its page.
constexpr char flash_at = '@';
constexpr long flash_cookie_age = 60;
constexpr std::string_view retry_seconds = "5";

std::string_view known_theme(std::string_view value)
{
    return value == "light" || value == "dark" ? value : std::string_view();
}

std::string_view redirect_target(const http::Response& response)
{
    const auto found = std::find_if(response.headers.begin(), response.headers.end(),
        [](const auto& header) { return header.first == "Location"; });
    return found == response.headers.end() ? std::string_view() : std::string_view(found->second);
}

/// The server has put it there, whatever the client sent; tests have no server.
std::string request_id_of(const http::Request& request)
{
    const std::string_view given = request.header("x-request-id");
    return given.empty() ? base::random_token(6) : std::string(given);
}

std::string_view path_of(std::string_view target)
{
    return target.substr(0, target.find_first_of("?#"));
}

} // namespace

Context::Context(const Site& site, http::Request request)
    : site_(site),
      request_(std::move(request)),
      language_(&site.languages.preferred(request_.header("accept-language"))),
      now_(site.clock.now()),
      request_id_(request_id_of(request_))
{
    choose_language(request_.cookie(language_cookie), LanguageBy::Cookie);
    choose_language(request_.query_value("lang").value_or(""), LanguageBy::Address);
}

Context::~Context() = default;

void Context::choose_language(std::string_view tag, LanguageBy by)
{
    const PageLanguage* chosen = tag.empty() || by < language_by_ ? nullptr : site_.languages.find(tag);
    if (chosen == nullptr)
        return;
    language_ = chosen;
    language_by_ = by;
}

std::string Context::language_query() const
{
    return language_by_ == LanguageBy::Address ? "?lang=" + language_->language().tag() : std::string();
}

void Context::set_session(base::Visitor visitor, std::string session_hash)
{
    visitor_ = std::move(visitor);
    session_hash_ = std::move(session_hash);
}

db::Connection& Context::db()
{
    if (!lease_)
        lease_.emplace(site_.database.read());
    return **lease_;
}

void Context::log_security(const SecurityNote& note) const
{
    const UserId user = note.user ? note.user : visitor_.user_id;
    base::log::security({.event = note.event,
        .user = static_cast<std::uint64_t>(user.value),
        .about = static_cast<std::uint64_t>(note.about.value),
        .address = request_.remote_address,
        .detail = note.detail});
}

void Context::release()
{
    lease_.reset();
}

std::string_view Context::path_value(std::string_view name) const
{
    const auto found =
        std::find_if(path_values_.begin(), path_values_.end(), [&](const auto& value) { return value.first == name; });
    return found == path_values_.end() ? std::string_view() : std::string_view(found->second);
}

std::int64_t Context::number_in_path(std::string_view name) const
{
    const auto number = base::parse_integer(path_value(name));
    if (!number || *number <= 0)
        throw base::NotFound("no such id in the address");
    return *number;
}

bool Context::wants_fragment() const
{
    return request_.header("accept").find("fragment") != std::string_view::npos;
}

Page Context::page(base::Text title, Place place)
{
    Page page = bare_page(std::move(title), place);
    page.csrf = csrf_token();
    if (site_.complete_page)
        site_.complete_page(*this, page);
    return page;
}

Page Context::bare_page(base::Text title, Place place)
{
    Page page;
    page.title = std::move(title);
    page.place = place;
    page.site = &site_.names;
    page.language = language_->language().tag();
    page.languages = &site_.languages.choices();
    page.now = base::iso_utc(now_);
    page.printed = dates().exact(now_);
    page.theme = known_theme(request_.cookie("theme"));
    page.user_id = visitor_.user_id;
    page.user_name = visitor_.full_name;
    page.user_initials = base::initials(visitor_.full_name);
    page.is_public_computer = is_public_computer_;
    page.is_staff = visitor_.is_staff();
    page.is_supervisor = visitor_.is_at_least(base::Role::Supervisor);
    page.is_administrator = visitor_.is_at_least(base::Role::Administrator);
    page.flashes = take_flashes();
    page.target = request_.target;
    return page;
}

std::string_view Context::session_token() const
{
    return cookie(session_cookie);
}

std::string Context::csrf_token()
{
    if (const auto token = session_token(); !token.empty())
        return web::csrf_token(token) + (visitor_.is_guest() ? "" : form_seal(site_.form_key, visitor_.user_id));
    if (guest_token_.empty())
        guest_token_ = cookie(guest_cookie);
    if (guest_token_.empty()) {
        guest_token_ = base::random_token();
        set_cookie(guest_cookie, guest_token_, guest_cookie_age);
    }
    return web::csrf_token(guest_token_);
}

void Context::send_flash(const http::Response& response)
{
    const std::string_view target = redirect_target(response);
    // A page that only leads on to another one takes the message along.
    const std::string_view code = flash_.empty() && !target.empty() ? flash_of_this_page() : flash_;
    if (code.empty())
        return;
    const std::string_view page = target.empty() ? std::string_view(request_.path) : path_of(target);
    set_cookie(flash_cookie, fmt::format("{}{}{}", code, flash_at, page), flash_cookie_age);
}

/// The code of a message for this page; empty for none and for another page's, which waits for it.
std::string_view Context::flash_of_this_page() const
{
    const auto value = cookie(flash_cookie);
    const auto at = value.find(flash_at);
    if (at == std::string_view::npos || value.substr(at + 1) != request_.path)
        return {};
    return value.substr(0, at);
}

std::vector<Flash> Context::take_flashes()
{
    // A script that follows a redirect only wants its address: the visitor has not seen this page yet.
    const bool is_shown = request_.header("sec-fetch-dest") != "empty";
    const auto code = flash_of_this_page();
    if (code.empty() || !is_shown)
        return {};
    set_cookie(flash_cookie, "", 0);
    const auto flash = flash_of(code);
    return flash ? std::vector{*flash} : std::vector<Flash>{};
}

void Context::set_cookie(std::string_view name, std::string_view value, long max_age_seconds)
{
    std::string cookie = fmt::format("{}={}; Path=/; HttpOnly; SameSite=Lax", cookie_name(name), value);
    if (max_age_seconds >= 0)
        cookie += fmt::format("; Max-Age={}", max_age_seconds);
    if (is_secure())
        cookie += "; Secure";
    set_cookies_.push_back(std::move(cookie));
}

std::string Context::cookie_name(std::string_view name) const
{
    return is_secure() ? fmt::format("__Host-{}", name) : std::string(name);
}

std::string_view Context::cookie(std::string_view name) const
{
    return is_secure() ? request_.cookie(cookie_name(name)) : request_.cookie(name);
}

http::Response Context::finish(std::string body, http::Status status) const
{
    http::Response response;
    response.status = status;
    response.body = std::move(body);
    // Not of an answer to a form: the browser would refuse to go back to it after signing in.
    if (request_.method != http::Method::Post)
        response.header("Vary", "Accept-Language, Cookie");
    if (status == http::Status::ServiceUnavailable)
        response.header("Retry-After", std::string(retry_seconds));
    return response;
}

} // namespace web
