#include "base/error.hpp"
#include "server/pipeline.hpp"
#include "server/routes.hpp"
#include "sign_in/session.hpp"
#include "support/test_site.hpp"
#include "web/forms/csrf.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

namespace {

using support::Client;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::string header(const http::Response& response, std::string_view name)
{
    const auto found = std::find_if(
        response.headers.begin(), response.headers.end(), [&](const auto& field) { return field.first == name; });
    return found == response.headers.end() ? std::string() : found->second;
}

http::Request request(http::Method method, std::string path)
{
    http::Request asked;
    asked.method = method;
    asked.path = path;
    asked.target = std::move(path);
    asked.host = "localhost";
    asked.headers = {{"host", "localhost"}};
    asked.remote_address = "127.0.0.1";
    return asked;
}

/// Keeps the answer that the server would send.
class Kept final : public http::Responder::Target
{
  public:
    void respond(http::Response response) override { answer = std::move(response); }
    http::Response answer;
};

class Pipeline : public testing::Test
{
  protected:
    Pipeline()
        : id(site.submit(site.cast.mei, "Boiler")), comments("/service/" + std::to_string(id.value) + "/comments/")
    {
        mei.sign_in_as(site.cast.mei);
    }

    support::TestSite site;
    ServiceRequestId id;
    std::string comments;
    Client mei{site};
    Client guest{site};
};

TEST_F(Pipeline, UnknownPathsAre404)
{
    for (const std::string path : {"/nothing/", "/service/1/nothing/", "/admin/requests/1/nothing/", "/static-no"})
        EXPECT_EQ(guest.get(path).status, 404) << path;
    EXPECT_EQ(guest.post("/nothing/", {}).status, 404);
}

TEST_F(Pipeline, TheAddressOfAFormLeadsToItsPage)
{
    const std::string page = "/service/" + std::to_string(id.value) + "/";
    EXPECT_EQ(mei.get(comments).location(), page);
    EXPECT_EQ(guest.get(page + "reopen/").location(), page);
    EXPECT_EQ(mei.get("/account/contact/").location(), "/account/");
}

TEST_F(Pipeline, WrongMethodsAre405AndSayWhatIsAllowed)
{
    const auto answer = mei.get("/accounts/logout/");
    EXPECT_EQ(answer.status, 405);
    EXPECT_EQ(answer.header("Allow"), "POST");
    EXPECT_EQ(mei.post("/service/", {}).header("Allow"), "GET, HEAD");
    EXPECT_EQ(mei.post("/service/", {}).status, 405);
    const auto other = site.answer(request(http::Method::Other, "/accounts/login/"));
    EXPECT_EQ(other.status, http::Status::MethodNotAllowed);
    EXPECT_EQ(header(other, "Allow"), "GET, HEAD, POST");
}

TEST_F(Pipeline, AMissingSlashIsAddedForReadersOnly)
{
    EXPECT_EQ(mei.get("/service").location(), "/service/");
    EXPECT_EQ(mei.get("/admin/requests?status=Pending&q=a%2Fb").location(), "/admin/requests/?status=Pending&q=a%2Fb");
    EXPECT_EQ(mei.post("/service/create", {}).status, 404);
    EXPECT_EQ(mei.get("/nothing").status, 404);
}

TEST_F(Pipeline, HeadIsGetWithoutEffects)
{
    EXPECT_EQ(mei.ask(http::Method::Head, "/service/").status, http::Status::Ok);
}

TEST_F(Pipeline, WhatNobodySeesDoesNotKeepASessionAlive)
{
    const auto seen = [&] { return site.database.number("SELECT max(last_seen_at) FROM auth_session"); };
    const auto before = seen();
    site.clock.advance(std::chrono::minutes(6));
    mei.ask(http::Method::Head, "/service/");
    for (const auto& [name, value] : {std::pair<std::string, std::string>{"sec-purpose", "prefetch;prerender"},
             {"purpose", "prefetch"}, {"x-moz", "prefetch"}}) {
        mei.set_header(name, value);
        EXPECT_EQ(mei.get("/service/").status, 200);
        EXPECT_EQ(seen(), before) << name;
        mei.set_header(name, "");
    }
    mei.get("/service/");
    EXPECT_GT(seen(), before);
}

TEST_F(Pipeline, FormsOfOtherSitesAreRefused)
{
    for (const auto& [name, value] :
        {std::pair<std::string, std::string>{"sec-fetch-site", "cross-site"}, {"origin", "https://evil.example"},
            {"origin", "null"}, {"origin", "http://localhost.evil.example"}, {"origin", "http://localhost:81"}}) {
        Client browser(site);
        browser.sign_in_as(site.cast.mei);
        browser.set_header(name, value);
        EXPECT_EQ(browser.post(comments, {{"text", "x"}}).status, 403) << value;
        EXPECT_EQ(browser.get("/service/").status, 200) << "reading is no harm";
    }
    mei.set_header("origin", "http://localhost");
    mei.set_header("sec-fetch-site", "same-origin");
    EXPECT_EQ(mei.post(comments, {{"text", "x"}}).status, 303);
}

TEST_F(Pipeline, WhatABrowserCallsSameOriginIsNoFormOfAnotherSite)
{
    mei.set_header("sec-fetch-site", "same-origin");
    for (const auto* const origin : {"null", "https://public.name.example", "https://localhost"}) {
        mei.set_header("origin", origin);
        EXPECT_EQ(mei.post(comments, {{"text", "x"}}).status, 303) << origin;
    }
}

TEST_F(Pipeline, ADefaultPortAndCapitalsInHostAreNoOtherSite)
{
    for (const auto& [host, origin, status] : {std::tuple("localhost:443", "https://localhost", 303),
             std::tuple("LocalHost:80", "http://localhost", 303), std::tuple("localhost:80", "https://localhost", 403),
             std::tuple("localhost", "https://localhost:443", 303)}) {
        Client browser(site);
        browser.sign_in_as(site.cast.mei);
        browser.set_header("host", host);
        browser.set_header("origin", origin);
        EXPECT_EQ(browser.post(comments, {{"text", "x"}}).status, status) << host << " " << origin;
    }
}

TEST_F(Pipeline, AFormWithoutItsTokenIsRefusedAndShowsNobodyItsText)
{
    const auto page = mei.post_without_token(comments, {{"text", "It is <cold>"}, {"csrf", "garbage"}});
    EXPECT_EQ(page.status, 403);
    EXPECT_THAT(page.body, AllOf(HasSubstr("This page expired"), Not(HasSubstr("cold")), Not(HasSubstr("garbage"))));
    Client omar(site);
    omar.sign_in_as(site.cast.omar);
    const std::string omars = web::csrf_token(omar.cookie("gu_session"));
    EXPECT_EQ(mei.post_without_token(comments, {{"text", "x"}, {"csrf", omars}}).status, 403);
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_comment"), 0);
}

TEST_F(Pipeline, AFullLaneSaysTryAgainAndKeepsTheText)
{
    server::Lanes full({.read_threads = 1, .write_threads = 1, .heavy_threads = 1, .queue = 0});
    const web::Router router(server::routes(site.services()));
    server::Pipeline pipeline(site.services(), router, full);
    http::Request asked = request(http::Method::Post, comments);
    asked.form = {{"text", "It is <cold>"}, {"csrf", "t"}, {"current_password", "secret"}};
    asked.cookies = {{"gu_session", mei.cookie("gu_session")}};
    const auto kept = std::make_shared<Kept>();
    pipeline.handle(std::move(asked), http::Responder(kept));
    const http::Response& answer = kept->answer;
    EXPECT_EQ(answer.status, http::Status::ServiceUnavailable);
    EXPECT_EQ(header(answer, "Retry-After"), "5");
    EXPECT_EQ(header(answer, "Cache-Control"), "no-store") << "the session is not looked up";
    EXPECT_THAT(std::string(answer.text()),
        AllOf(HasSubstr("Nothing was saved."), HasSubstr("It is &lt;cold&gt;"), Not(HasSubstr("secret"))));
    pipeline.handle(request(http::Method::Get, "/emergency/"), http::Responder(kept));
    EXPECT_EQ(kept->answer.status, http::Status::Ok) << "the advice waits for no lane";
}

class BrokenHandlers : public Pipeline
{
  protected:
    static http::Response broken(web::Context&) { throw std::runtime_error("secret cause"); }
    static http::Response busy(web::Context&) { throw base::Unavailable("disk is full: /var/secret"); }
    static http::Response unknown(web::Context&) { throw db::CommitUnknown("no answer from /var/secret"); }
    static http::Response conflict(web::Context&) { throw base::Conflict(base::Text::verbatim("Sofia changed it.")); }
    static std::vector<web::Route> routes()
    {
        using enum web::Access;
        using enum web::Lane;
        return {{http::Method::Get, "/broken/", Public, Read, broken},
            {http::Method::Get, "/busy/", Public, Read, busy}, {http::Method::Get, "/unknown/", Public, Read, unknown},
            {http::Method::Get, "/conflict/", Public, Read, conflict}};
    }
    http::Response get(std::string path) { return pipeline.answer(request(http::Method::Get, std::move(path))); }

    const web::Router router{routes()};
    server::Lanes lanes{{.read_threads = 1, .write_threads = 1, .heavy_threads = 1}};
    server::Pipeline pipeline{site.services(), router, lanes};
};

TEST_F(BrokenHandlers, AFaultOfOursShowsOnlyItsReference)
{
    const http::Response answer = get("/broken/");
    EXPECT_EQ(answer.status, http::Status::InternalServerError);
    EXPECT_THAT(
        std::string(answer.text()), AllOf(HasSubstr("Something went wrong on our side"), Not(HasSubstr("secret")),
                                        testing::ContainsRegex("[A-Za-z0-9_-]{8}</")));
}

TEST_F(BrokenHandlers, BusyAndConflictHaveTheirPages)
{
    const http::Response busy_page = get("/busy/");
    EXPECT_EQ(busy_page.status, http::Status::ServiceUnavailable);
    EXPECT_EQ(header(busy_page, "Retry-After"), "5");
    EXPECT_THAT(std::string(busy_page.text()), Not(HasSubstr("secret")));
    const http::Response unknown_page = get("/unknown/");
    EXPECT_EQ(unknown_page.status, http::Status::ServiceUnavailable);
    EXPECT_EQ(header(unknown_page, "Retry-After"), "5");
    EXPECT_THAT(std::string(unknown_page.text()), AllOf(HasSubstr("We cannot tell whether this was saved"),
                                                      Not(HasSubstr("Nothing was saved")), Not(HasSubstr("secret"))));
    const http::Response clash = get("/conflict/");
    EXPECT_EQ(clash.status, http::Status::Conflict);
    EXPECT_THAT(std::string(clash.text()), HasSubstr("Sofia changed it."));
}

TEST_F(Pipeline, EveryAnswerCarriesTheSecurityHeaders)
{
    for (const std::string path :
        {"/", "/nothing/", "/service", "/service/", "/static/none.css", "/accounts/logout/"}) {
        const auto answer = mei.get(path);
        EXPECT_THAT(answer.header("Content-Security-Policy"), HasSubstr("default-src 'none'")) << path;
        EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff") << path;
        EXPECT_EQ(answer.header("X-Frame-Options"), "DENY") << path;
        EXPECT_EQ(answer.header("Referrer-Policy"), "same-origin") << path;
        EXPECT_EQ(answer.header("Cross-Origin-Opener-Policy"), "same-origin") << path;
        EXPECT_EQ(answer.header("Strict-Transport-Security"), "") << path;
    }
    EXPECT_EQ(mei.get("/service/").header("Cache-Control"), "no-store");
    http::Request secure = request(http::Method::Get, "/accounts/login/");
    secure.secure = true;
    const http::Response answer = site.answer(std::move(secure));
    EXPECT_EQ(header(answer, "Strict-Transport-Security"), "max-age=31536000");
    EXPECT_THAT(header(answer, "Set-Cookie"), AllOf(testing::StartsWith("__Host-gu_guest="), HasSubstr("; Secure"),
                                                  HasSubstr("; HttpOnly"), HasSubstr("; SameSite=Lax")));
}

TEST_F(Pipeline, BehindTlsOnlyTheHostCookieCounts)
{
    http::Request asked = request(http::Method::Get, "/service/");
    asked.secure = true;
    asked.cookies = {{"gu_session", mei.cookie("gu_session")}};
    EXPECT_EQ(site.answer(std::move(asked)).status, http::Status::SeeOther);
}

/// How answers to plain requests and to those over TLS mark cookies, name them, and tell browsers to come over TLS.
class SecureCookies : public Pipeline
{
  protected:
    static constexpr std::string_view hsts = "Strict-Transport-Security";

    SecureCookies()
    {
        site.database->write([&](db::Transaction& tx) {
            token = sign_in::add_session(tx, site.cast.mei.user_id, {"test"}, site.clock.now());
        });
    }
    void set(web::SecureCookies wanted) { site.services().site.secure_cookies = wanted; }
    http::Response get(std::string path, bool is_tls, std::string cookie_name = {})
    {
        http::Request asked = request(http::Method::Get, std::move(path));
        asked.secure = is_tls;
        if (!cookie_name.empty())
            asked.cookies = {{std::move(cookie_name), token}};
        return site.answer(std::move(asked));
    }
    void expect_secure(bool is_tls)
    {
        const http::Response form = get("/accounts/login/", is_tls);
        EXPECT_THAT(header(form, "Set-Cookie"), AllOf(testing::StartsWith("__Host-gu_guest="), HasSubstr("; Secure")));
        for (const std::string path : {"/accounts/login/", "/static/none.css", "/nothing/", "/service/"})
            EXPECT_EQ(header(get(path, is_tls), hsts), "max-age=31536000") << path;
        EXPECT_EQ(get("/service/", is_tls, "__Host-gu_session").status, http::Status::Ok);
        EXPECT_EQ(get("/service/", is_tls, "gu_session").status, http::Status::SeeOther);
    }
    void expect_plain(bool is_tls)
    {
        const http::Response form = get("/accounts/login/", is_tls);
        EXPECT_THAT(header(form, "Set-Cookie"), AllOf(testing::StartsWith("gu_guest="), Not(HasSubstr("Secure"))));
        for (const std::string path : {"/accounts/login/", "/static/none.css", "/nothing/", "/service/"})
            EXPECT_EQ(header(get(path, is_tls), hsts), "") << path;
        EXPECT_EQ(get("/service/", is_tls, "gu_session").status, http::Status::Ok);
        EXPECT_EQ(get("/service/", is_tls, "__Host-gu_session").status, http::Status::SeeOther);
    }

    std::string token;
};

TEST_F(SecureCookies, AlwaysMarksThemBehindAProxyThatDoesNotTell)
{
    set(web::SecureCookies::Always);
    expect_secure(false);
    expect_secure(true);
    server::Lanes lanes({.read_threads = 1, .write_threads = 1, .heavy_threads = 1});
    const web::Router router(server::routes(site.services()));
    server::Pipeline pipeline(site.services(), router, lanes);
    EXPECT_EQ(header(pipeline.plain_error(http::Status::BadRequest, "Bad"), hsts), "max-age=31536000");
    for (const auto status : {http::Status::BadRequest, http::Status::HeaderFieldsTooLarge})
        EXPECT_THAT(std::get<std::string>(pipeline.plain_error(status, "Bad").body),
            AllOf(HasSubstr("<h1>"), HasSubstr("Leave the building first. Then call:"), HasSubstr("1-800-555-0199")));
}

TEST_F(SecureCookies, NeverLeavesThemPlainBehindTls)
{
    set(web::SecureCookies::Never);
    expect_plain(true);
    expect_plain(false);
}

TEST_F(SecureCookies, AutoFollowsTheRequest)
{
    set(web::SecureCookies::Auto);
    expect_secure(true);
    expect_plain(false);
}

TEST_F(SecureCookies, ThemeIsMarkedLikeTheOthers)
{
    const auto choose = [&] { return guest.post("/preferences/theme/", {{"theme", "dark"}}).header("Set-Cookie"); };
    EXPECT_THAT(choose(), AllOf(testing::StartsWith("theme=dark"), Not(HasSubstr("Secure"))));
    set(web::SecureCookies::Always);
    EXPECT_THAT(choose(), AllOf(testing::StartsWith("theme=dark"), HasSubstr("; Secure")));
}

TEST_F(SecureCookies, AFormOfAnotherSiteIsRefusedWhateverTheyAre)
{
    for (const auto wanted : {web::SecureCookies::Always, web::SecureCookies::Never, web::SecureCookies::Auto}) {
        set(wanted);
        for (const auto& [origin, status] : {std::pair("https://localhost", 303), std::pair("http://localhost", 303),
                 std::pair("https://evil.example", 403)}) {
            Client browser(site);
            browser.set_header("origin", origin);
            EXPECT_EQ(browser.post_without_token("/preferences/theme/", {{"theme", "dark"}}).status, status) << origin;
        }
    }
}

TEST_F(Pipeline, CustomersPagesSendStaffToTheirSide)
{
    Client ravi(site);
    ravi.sign_in_as(site.cast.ravi);
    EXPECT_EQ(ravi.get("/service/").location(), "/admin/");
    EXPECT_EQ(ravi.get("/").location(), "/admin/");
    EXPECT_EQ(ravi.post(comments, {{"text", "x"}}).status, 403);
}

TEST_F(Pipeline, EveryRouteRefusesWhomItIsNotFor)
{
    for (const web::Route& route : server::routes(site.services())) {
        std::string path(route.pattern);
        for (auto brace = path.find('{'); brace != std::string::npos; brace = path.find('{'))
            path.replace(brace, path.find('}') - brace + 1, "1");
        const bool is_get = route.method == http::Method::Get;
        if (route.access != web::Access::Public) {
            Client stranger(site);
            EXPECT_EQ(is_get ? stranger.get(path).status : stranger.post(path, {}).status, is_get ? 303 : 403) << path;
        }
        if (route.access >= web::Access::Staff) {
            EXPECT_TRUE(path.starts_with("/admin/")) << path;
            EXPECT_EQ(is_get ? mei.get(path).status : mei.post(path, {}).status, 403) << path;
        } else {
            EXPECT_FALSE(path.starts_with("/admin/")) << path;
        }
        if (!is_get && route.token == web::FormToken::Session) {
            Client ada(site);
            ada.sign_in_as(site.cast.ada);
            EXPECT_EQ(ada.post_without_token(path, {}).status, 403) << path;
        }
    }
}

} // namespace
