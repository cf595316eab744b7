#include "server/access_log.hpp"

#include "base/log.hpp"
#include "server/routes.hpp"
#include "support/test_site.hpp"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using testing::HasSubstr;
using testing::Not;

http::Served exchange(std::string target)
{
    http::Served served;
    served.remote_address = "203.0.113.7";
    served.method = http::Method::Get;
    served.path = target.substr(0, target.find('?'));
    served.target = std::move(target);
    served.bytes = 5123;
    served.time = std::chrono::microseconds(4240);
    served.note = "7";
    served.request_id = "Ab3dE_x9";
    return served;
}

class AccessLog : public testing::Test
{
  protected:
    AccessLog() { site.services().access_log = true; }
    ~AccessLog() override
    {
        base::log::set_format(base::log::Format::Text);
        base::log::set_level(base::log::Level::Info);
    }
    std::string line(std::string target) { return server::access_line(exchange(std::move(target)), router); }

    support::TestSite site;
    const web::Router router{server::routes(site.services())};
};

TEST_F(AccessLog, LineSaysWhoAskedForWhatAndWhatTheyGot)
{
    EXPECT_EQ(line("/service/12/"), "access 203.0.113.7 7 GET /service/12/ 200 5123 4.2 Ab3dE_x9");
}

TEST_F(AccessLog, QueryIsLeftOut)
{
    EXPECT_EQ(line("/admin/requests/?q=Mei"), "access 203.0.113.7 7 GET /admin/requests/ 200 5123 4.2 Ab3dE_x9");
}

TEST_F(AccessLog, PrivateTokensAreMaskedHoweverTheyAreAskedFor)
{
    for (const std::string path : {"/emergency/report/s3cret/", "/emergency/report/s3cret",
             "/emergency/report/s3cret/x/", "/emergency/report/s3cret?a=s3cret"}) {
        const std::string masked = line(path);
        EXPECT_THAT(masked, HasSubstr(" /emergency/report/*** ")) << path;
        EXPECT_THAT(masked, Not(HasSubstr("s3cret"))) << path;
    }
    http::Served encoded = exchange("/emergency/%72eport/s3cret/");
    encoded.path = "/emergency/report/s3cret/";
    encoded.method = http::Method::Other;
    EXPECT_THAT(server::access_line(encoded, router), HasSubstr(" OTHER /emergency/report/*** "));
    EXPECT_THAT(line("/emergency/report/"), HasSubstr(" /emergency/report/ "));
    EXPECT_THAT(line("/emergency/"), HasSubstr(" /emergency/ "));
}

TEST_F(AccessLog, EveryRouteWithATokenIsMasked)
{
    int masked = 0;
    for (const web::Route& route : router.routes()) {
        std::string path(route.pattern);
        const auto at = path.find("{token}");
        if (at == std::string::npos)
            continue;
        path.replace(at, 7, "s3cret");
        EXPECT_THAT(line(path), Not(HasSubstr("s3cret"))) << path;
        ++masked;
    }
    EXPECT_GT(masked, 0);
}

TEST_F(AccessLog, UnreadableRequestHasDashes)
{
    http::Served refused;
    refused.remote_address = "203.0.113.7";
    refused.status = http::Status::BadRequest;
    EXPECT_EQ(server::access_line(refused, router), "access 203.0.113.7 - - - 400 0 0.0 -");
}

TEST_F(AccessLog, AsJsonALineHasTheSameAsFieldsWhateverTheLevelOfOtherLines)
{
    base::log::set_format(base::log::Format::Json);
    base::log::set_level(base::log::Level::Error);
    testing::internal::CaptureStderr();
    server::write_access(exchange("/emergency/report/s3cret/?q=Mei"), router);
    http::Served refused;
    refused.remote_address = "203.0.113.7";
    refused.status = http::Status::BadRequest;
    server::write_access(refused, router);
    const std::string written = testing::internal::GetCapturedStderr();

    EXPECT_THAT(written,
        HasSubstr(R"(Z","level":"info","message":"access","request_id":"Ab3dE_x9","address":"203.0.113.7","user":7,)"
                  R"("method":"GET","path":"/emergency/report/***","status":200,"bytes":5123,"milliseconds":4.2})"
                  "\n"));
    EXPECT_THAT(written,
        HasSubstr(R"("message":"access","address":"203.0.113.7","user":null,"method":null,"path":null,"status":400,)"));
}

TEST_F(AccessLog, NobodyCanForgeALine)
{
    server::Lanes lanes({.read_threads = 1, .write_threads = 1, .heavy_threads = 1});
    server::Pipeline pipeline(site.services(), router, lanes);
    testing::internal::CaptureStderr();
    pipeline.served(exchange("/\n2026-01-01 info access 10.0.0.1 1 GET /admin/ 200"));
    const std::string written = testing::internal::GetCapturedStderr();
    EXPECT_EQ(std::count(written.begin(), written.end(), '\n'), 1);
    EXPECT_THAT(written, HasSubstr("Z info access 203.0.113.7 7 GET /\\n2026"));
}

TEST_F(AccessLog, AnswersCarryWhoAsked)
{
    support::Client mei(site);
    mei.sign_in_as(site.cast.mei);
    const std::string user = std::to_string(site.cast.mei.user_id.value);
    EXPECT_EQ(mei.ask(http::Method::Get, "/service/").note, user);
    EXPECT_EQ(mei.ask(http::Method::Get, "/no/such/").note, user);
    EXPECT_EQ(support::Client(site).ask(http::Method::Get, "/healthz").note, "");
    EXPECT_EQ(mei.ask(http::Method::Get, "/events/").note, user);
    site.services().access_log = false;
    EXPECT_EQ(mei.ask(http::Method::Get, "/service/").note, "");
}

TEST_F(AccessLog, ErrorsDoNotNamePrivateLinksEither)
{
    // The page cannot read what it needs; a later test may be given the same database.
    site.database->write(
        [](db::Transaction& tx) { tx.apply("ALTER TABLE service_servicerequest RENAME COLUMN follow_hash TO away"); });
    testing::internal::CaptureStderr();
    const auto answer = support::Client(site).get("/emergency/report/s3cret/");
    const std::string written = testing::internal::GetCapturedStderr();
    site.database->write(
        [](db::Transaction& tx) { tx.apply("ALTER TABLE service_servicerequest RENAME COLUMN away TO follow_hash"); });
    EXPECT_EQ(answer.status, 500);
    EXPECT_THAT(written, testing::ContainsRegex("error request [A-Za-z0-9_-]+: with a private link: "));
    EXPECT_THAT(written, Not(HasSubstr("s3cret")));
}

} // namespace
