#include "support/test_site.hpp"
#include "web/forms/csrf.hpp"
#include "web/forms/draft.hpp"
#include "web/forms/form.hpp"
#include "web/forms/submission.hpp"
#include "web/router.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <future>
#include <thread>

namespace {

using testing::ElementsAre;
using testing::Pair;

http::Response nothing(web::Context&)
{
    return {};
}

TEST(Router, ValuesOfThePathAreTextOnly)
{
    using namespace std::string_view_literals;
    std::vector<std::pair<std::string, std::string>> values;
    EXPECT_FALSE(web::fits("/service/{id}/", "/service/1\0/"sv, values));
    EXPECT_FALSE(web::fits("/service/{id}/", "/service/\xff/", values));
    EXPECT_TRUE(web::fits("/service/{id}/", "/service/ñ/", values));
}

TEST(Router, FillsInTheValuesOfThePath)
{
    std::vector<std::pair<std::string, std::string>> values;
    EXPECT_TRUE(web::fits("/service/{id}/attachments/{file}/", "/service/12/attachments/7/", values));
    EXPECT_THAT(values, ElementsAre(Pair("id", "12"), Pair("file", "7")));
    EXPECT_TRUE(web::fits("/", "/", values));
    EXPECT_THAT(values, testing::IsEmpty());
}

TEST(Router, NeedsEverySegment)
{
    std::vector<std::pair<std::string, std::string>> values;
    for (const std::string path :
        {"/service/12", "/service//", "/service/", "/service/12/x/", "/service/12//", "/", "/x/12/"})
        EXPECT_FALSE(web::fits("/service/{id}/", path, values)) << path;
}

TEST(Router, TheFirstFittingRouteWins)
{
    const web::Router router({{http::Method::Get, "/users/create/", web::Access::Public, web::Lane::Read, nothing},
        {http::Method::Get, "/users/{id}/", web::Access::Public, web::Lane::Read, nothing},
        {http::Method::Post, "/users/{id}/", web::Access::Public, web::Lane::Write, nothing}});
    EXPECT_EQ(router.find(http::Method::Get, "/users/create/")->route->pattern, "/users/create/");
    EXPECT_EQ(router.find(http::Method::Head, "/users/7/")->values.front().second, "7");
    EXPECT_FALSE(router.find(http::Method::Other, "/users/7/"));
    EXPECT_EQ(router.allowed_methods("/users/7/"), "GET, HEAD, POST");
    EXPECT_EQ(router.allowed_methods("/none/"), "");
}

TEST(FormTokens, FitTheirCookieOnly)
{
    const std::string token = web::csrf_token("cookie");
    EXPECT_EQ(token.size(), 40U);
    EXPECT_NE(token, web::csrf_token("cookie")) << "compression must learn nothing";
    EXPECT_TRUE(web::csrf_token_fits("cookie", token));
    EXPECT_TRUE(web::csrf_token_fits("cookie", web::csrf_token("cookie")));
    EXPECT_FALSE(web::csrf_token_fits("another", token));
    EXPECT_FALSE(web::csrf_token_fits("", web::csrf_token("")));
    EXPECT_FALSE(web::csrf_token_fits("cookie", ""));
    EXPECT_FALSE(web::csrf_token_fits("cookie", token.substr(1)));
    EXPECT_FALSE(web::csrf_token_fits("cookie", token + "A"));
    EXPECT_FALSE(web::csrf_token_fits("cookie", std::string(40, '!')));
    EXPECT_FALSE(web::csrf_token_fits("cookie", std::string(40, '=')));
    EXPECT_FALSE(web::csrf_token_fits("cookie", std::string(40, 'A')));
    std::string changed = token;
    changed.back() = changed.back() == 'A' ? 'B' : 'A';
    EXPECT_FALSE(web::csrf_token_fits("cookie", changed));
}

TEST(Forms, CountCharactersAndNotBytes)
{
    http::Request request;
    request.form = {{"name", " \xC3\xA9\xC3\xA9\xC3\xA9 "}, {"text", "a\r\nb\r\n"}, {"bad", "a\nb"},
        {"nul", "a\x01"
                "b"}};
    web::FormErrors errors;
    web::FormReader reader(request, errors);
    EXPECT_EQ(reader.line("name", {.least = 1, .most = 3}), "\xC3\xA9\xC3\xA9\xC3\xA9");
    EXPECT_EQ(reader.text("text", {}), "a\nb");
    EXPECT_TRUE(errors.empty());
    reader.line("name", {.least = 1, .most = 2});
    EXPECT_EQ(reader.line("bad", {}), "a b");
    EXPECT_EQ(reader.text("nul", {}), "ab");
    reader.line("absent", {.least = 1, .missing = "Say who."});
    EXPECT_EQ(errors.all().size(), 2U);
    EXPECT_EQ(errors.of("absent").english(), "Say who.");
    EXPECT_TRUE(errors.of("other").empty());
}

TEST(Drafts, KeepWhatWasTypedButNoSecrets)
{
    EXPECT_THAT(web::keepable_fields({{"csrf", "t"}, {"submission", "k"}, {"next", "/"}, {"password", "p"},
                    {"new_password_again", "p"}, {"text", "kept"}, {"empty", ""}}),
        ElementsAre(Pair("text", "kept")));
    EXPECT_THAT(web::keepable_fields({{"a", std::string(40'000, 'x')}, {"b", std::string(40'000, 'x')}}).size(), 1);
}

TEST(Drafts, AreForOneUserAndOnePageForThreeDays)
{
    support::TestSite site;
    const auto draft_of = [&](const base::Visitor& visitor, std::string path) {
        http::Request request;
        request.path = std::move(path);
        web::Context ctx(site.site(), std::move(request));
        ctx.set_session(visitor, "hash");
        return web::fields_for(web::find_drafts(ctx), {});
    };
    const web::Fields typed = {{"text", "50% & more = \xC3\xA9"}};
    site.database->write([&](db::Transaction& tx) {
        web::save_draft(tx, site.cast.mei.user_id, "/service/1/", {{"text", "older"}}, site.clock.now());
        web::save_draft(tx, site.cast.mei.user_id, "/service/1/", typed, site.clock.now());
    });
    EXPECT_TRUE(draft_of(site.cast.omar, "/service/1/").empty());
    EXPECT_TRUE(draft_of(site.cast.mei, "/service/2/").empty());
    EXPECT_TRUE(draft_of({}, "/service/1/").empty());
    EXPECT_EQ(draft_of(site.cast.mei, "/service/1/"), typed);
    EXPECT_EQ(draft_of(site.cast.mei, "/service/1/"), typed) << "reading it changes nothing";

    site.database->write([&](db::Transaction& tx) {
        web::save_draft(tx, site.cast.mei.user_id, "/service/1/", typed, site.clock.now());
        EXPECT_EQ(web::remove_old_drafts(tx, site.clock.now() + std::chrono::hours(72)), 0);
        EXPECT_EQ(web::remove_old_drafts(tx, site.clock.now() + std::chrono::hours(73)), 1);
    });
}

TEST(Drafts, OfAPageAreThoseOfItsFormsAlone)
{
    support::TestSite site;
    site.database->write([&](db::Transaction& tx) {
        for (const std::string action : {"/a/1/", "/a/1/comments/", "/a/1/status/", "/a/12/comments/", "/a/"})
            web::save_draft(tx, site.cast.mei.user_id, action, {{"text", action}}, site.clock.now());
    });
    http::Request request;
    request.path = "/a/1/";
    web::Context ctx(site.site(), std::move(request));
    ctx.set_session(site.cast.mei, "hash");

    const web::Drafts drafts = web::find_drafts(ctx);

    EXPECT_EQ(drafts.size(), 3U);
    EXPECT_EQ(web::field_of(web::fields_for(drafts, ""), "text"), "/a/1/");
    EXPECT_EQ(web::field_of(web::fields_for(drafts, "comments/"), "text"), "/a/1/comments/");
    EXPECT_EQ(web::field_of(web::fields_for(drafts, "status/"), "text"), "/a/1/status/");
    EXPECT_TRUE(web::fields_for(drafts, "reopen/").empty());
}

class Submissions : public testing::Test
{
  protected:
    std::string fingerprint(const base::Visitor& visitor, std::string path, web::Fields form)
    {
        http::Request request;
        request.method = http::Method::Post;
        request.path = std::move(path);
        request.form = std::move(form);
        web::Context ctx(site.site(), std::move(request));
        ctx.set_session(visitor, "hash");
        return web::submission_fingerprint(ctx);
    }
    support::TestSite site;
};

TEST_F(Submissions, AreTheSameOnlyWhenEverythingIs)
{
    const auto& mei = site.cast.mei;
    const std::string one = fingerprint(mei, "/a/", {{"csrf", "x"}, {"submission", "k"}, {"text", "ok"}});
    EXPECT_EQ(fingerprint(mei, "/a/", {{"csrf", "y"}, {"submission", "k"}, {"text", "ok"}}), one);
    EXPECT_NE(fingerprint(mei, "/a/", {{"submission", "k"}, {"text", "ok!"}}), one);
    EXPECT_NE(fingerprint(mei, "/a/", {{"submission", "l"}, {"text", "ok"}}), one);
    EXPECT_NE(fingerprint(mei, "/b/", {{"submission", "k"}, {"text", "ok"}}), one);
    EXPECT_NE(fingerprint(site.cast.omar, "/a/", {{"submission", "k"}, {"text", "ok"}}), one);
    EXPECT_NE(fingerprint(mei, "/a/", {{"submission", "k"}, {"textok", ""}}), one);
    EXPECT_EQ(fingerprint(mei, "/a/", {{"submission", "k"}, {"text", "ok"}, {"seen", "7"}}), one)
        << "after a reload the page shows more";
    EXPECT_EQ(fingerprint(mei, "/a/", {{"text", "ok"}}), "") << "a form without a key is never the same";
}

TEST_F(Submissions, AreCarriedOutOnceAndForgottenAfterThreeDays)
{
    http::Request request;
    request.form = {{"submission", "k"}};
    web::Context ctx(site.site(), std::move(request));
    int times = 0;
    const auto work = [&](db::Transaction&) { return CommentId{++times}; };
    EXPECT_EQ(web::submit_once(ctx, work), std::pair(CommentId{1}, true));
    EXPECT_EQ(web::submit_once(ctx, work), std::pair(CommentId{1}, false));
    site.database->write([&](db::Transaction& tx) {
        EXPECT_EQ(web::remove_old_submissions(tx, site.clock.now() + std::chrono::hours(72)), 0);
        EXPECT_EQ(web::remove_old_submissions(tx, site.clock.now() + std::chrono::hours(73)), 1);
    });
    EXPECT_EQ(web::submit_once(ctx, work), std::pair(CommentId{3}, true)) << "the second try was undone";
}

TEST_F(Submissions, SentTwiceAtTheSameTimeAreCarriedOutOnce)
{
    std::atomic<int> made = 0;
    std::atomic<int> carried_out = 0;
    std::barrier both(2);
    const auto submit = [&] {
        http::Request request;
        request.form = {{"submission", "k"}};
        web::Context ctx(site.site(), std::move(request));
        both.arrive_and_wait();
        const auto [id, is_new] = web::submit_once(ctx, [&](db::Transaction&) {
            std::this_thread::sleep_for(std::chrono::milliseconds(30));
            return CommentId{++made};
        });
        carried_out += is_new ? 1 : 0;
        return id;
    };
    auto other = std::async(std::launch::async, submit);
    const CommentId mine = submit();

    EXPECT_EQ(other.get(), mine);
    EXPECT_EQ(carried_out, 1);
}

} // namespace
