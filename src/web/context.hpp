#pragma once
// web/ is between the wire and the nouns: the context of one request, routes, form tokens, forms, kept drafts, the
// template run-time, topics of live pages. It knows no noun.

#include "base/act.hpp"
#include "http/request.hpp"
#include "http/response.hpp"
#include "web/html.hpp"
#include "web/page.hpp"
#include "web/site.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace web {

/// What whoever guards the site looks at (base::log::SecurityEvent).
struct SecurityNote
{
    std::string_view event;
    /// Zero: the visitor.
    UserId user = {};
    /// Whose sign-in or rights it is about.
    UserId about = {};
    std::string_view detail = {};
};

/// Since the password or a code was typed.
inline constexpr std::chrono::minutes proof_lasts{10};

/// What says in which language an answer is; a later one outweighs the earlier.
enum class LanguageBy : std::uint8_t
{
    /// Accept-Language.
    Browser,
    /// The language in which the thing that the page shows was written.
    Subject,
    /// The choice that this browser keeps.
    Cookie,
    /// The choice of the signed-in user.
    User,
    /// "?lang=es".
    Address
};

/// One request while a handler works on it. Used by one thread at a time; lives until the answer is made.
class Context
{
  public:
    Context(const Site& site, http::Request request);
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;
    ~Context();

    const Site& site() const { return site_; }
    const http::Request& request() const { return request_; }
    /// For handlers that take files out of the request.
    std::vector<http::UploadedFile>& files() { return request_.files; }
    /// True when cookies treat the visitor as coming over TLS: the setting secure_cookies may decide this.
    bool is_secure() const { return web::is_secure(request_, site_.secure_cookies); }
    base::Time now() const { return now_; }
    /// The language of the answer.
    const PageLanguage& language() const { return *language_; }
    /// Answer in the language with this tag, unless something outweighs `by` or there is no such language.
    void choose_language(std::string_view tag, LanguageBy by);
    /// "?lang=es" where the address chose the language, so that what the page leads to keeps it; empty otherwise.
    std::string language_query() const;
    /// Dates in the visitor's language and the site's zone, seen from now.
    i18n::Dates dates() const { return {language_->language(), site_.zone, now_}; }
    /// Eight characters that identify the request in the log and on error pages.
    const std::string& request_id() const { return request_id_; }

    /// The visitor; a guest until the pipeline has found the session.
    const base::Visitor& visitor() const { return visitor_; }
    /// The visitor and the time, for a verb.
    base::Act act() const { return {.visitor = visitor_, .at = now_}; }
    /// The database's key of the session; empty for a guest.
    const std::string& session_hash() const { return session_hash_; }
    void set_session(base::Visitor visitor, std::string session_hash);
    /// The session was begun on a public computer.
    bool is_public_computer() const { return is_public_computer_; }
    void set_public_computer(bool is_public) { is_public_computer_ = is_public; }
    /// Staff reset the password: only the page that changes it is open until that is done.
    bool must_change_password() const { return must_change_password_; }
    void set_must_change_password(bool must) { must_change_password_ = must; }
    /// This site wants a second factor and the visitor has none: only the page that turns it on is open until then.
    bool must_add_factor() const { return must_add_factor_; }
    void set_must_add_factor(bool must) { must_add_factor_ = must; }
    /// The password or a code was typed in this session so lately that a dangerous form does not ask for it again.
    bool is_proved() const { return now_ - proved_at_ < proof_lasts && proved_at_ - now_ < proof_lasts; }
    void set_proved_at(base::Time at) { proved_at_ = at; }

    /// The reading connection: one snapshot for the whole request, leased at the first call.
    db::Connection& db();
    /// Return the result of `read`, at most a second old, for a table that hardly changes.
    template <typename T>
    std::shared_ptr<const T> recent(T (*read)(db::Connection&))
    {
        return site_.recent->get(read, now_, [this]() -> db::Connection& { return db(); });
    }
    /// Log it with the visitor and the address; after the commit of what it says.
    void log_security(const SecurityNote& note) const;
    /// Run one transaction; returns when it is durable. The snapshot is released first, so db() then sees what was
    /// written.
    template <typename Work>
    auto write(Work&& work)
    {
        release();
        return site_.database.write(std::forward<Work>(work));
    }
    /// Release the snapshot, before slow work.
    void release();

    /// A number in the path. Throws base::NotFound when it is not one.
    template <typename IdType>
    IdType id(std::string_view name) const
    {
        return IdType{number_in_path(name)};
    }
    std::string_view path_value(std::string_view name) const;
    void set_path_values(std::vector<std::pair<std::string, std::string>> values) { path_values_ = std::move(values); }

    /// True when a script asks for a piece of a page (Accept: text/html; fragment).
    bool wants_fragment() const;

    /// Make the frame for a page of this visitor.
    Page page(base::Text title, Place place = Place::None);
    /// Make the frame without anything from the database, for pages that say the database does not answer. It has no
    /// form token and so needs no cookie; a page whose forms do need one adds csrf_token().
    Page bare_page(base::Text title, Place place = Place::None);
    /// Render a template, with Retry-After when the status is 503: `ctx.render([&](web::Html& out) { views::x::y(out,
    /// view); })`.
    template <typename Render>
    http::Response render(Render&& draw, http::Status status = http::Status::Ok)
    {
        Html out(*language_);
        out.reserve(64 * 1024);
        draw(out);
        return finish(out.take(), status);
    }
    /// Render a piece of a page with the header X-Fragment: 1.
    template <typename Render>
    http::Response render_fragment(Render&& draw, http::Status status = http::Status::Ok)
    {
        Html out(*language_, HtmlMode::Fragment);
        draw(out);
        http::Response response = finish(out.take(), status);
        response.header("X-Fragment", "1");
        return response;
    }

    /// The token for this visitor's forms, sealed for a signed-in one; makes a guest cookie when there is no cookie
    /// yet.
    std::string csrf_token();
    /// Shown once: one of the codes in flash.cpp, on the page that this answer leads to and on no other one, which a
    /// second tab may open first.
    void flash(std::string_view code) { flash_ = code; }
    /// Add the cookie that takes the message to that page. Called once, before set_cookies() are sent.
    void send_flash(const http::Response& response);
    /// Add a Set-Cookie to the answer. HttpOnly, SameSite=Lax, Path=/, Secure when is_secure(); max_age 0 removes,
    /// negative: until the browser closes.
    void set_cookie(std::string_view name, std::string_view value, long max_age_seconds);
    /// With "__Host-" in front when is_secure().
    std::string cookie_name(std::string_view name) const;
    std::string_view cookie(std::string_view name) const;
    std::vector<std::string>& set_cookies() { return set_cookies_; }

    /// The cookie that keeps the language of this browser. Plain also behind TLS, as that of the theme.
    static constexpr std::string_view language_cookie = "language";
    /// The token in the session cookie; empty without one.
    std::string_view session_token() const;

  private:
    std::int64_t number_in_path(std::string_view name) const;
    std::string_view flash_of_this_page() const;
    std::vector<Flash> take_flashes();
    http::Response finish(std::string body, http::Status status) const;

    const Site& site_;
    http::Request request_;
    const PageLanguage* language_;
    LanguageBy language_by_ = LanguageBy::Browser;
    base::Time now_;
    std::string request_id_;
    base::Visitor visitor_;
    std::string session_hash_;
    bool is_public_computer_ = false;
    bool must_change_password_ = false;
    bool must_add_factor_ = false;
    base::Time proved_at_{};
    std::optional<db::ReadLease> lease_;
    std::vector<std::pair<std::string, std::string>> path_values_;
    std::vector<std::string> set_cookies_;
    std::string guest_token_;
    std::string flash_;
};

} // namespace web
