// What every answer carries, whatever it is.

#include "assets/assets.hpp"
#include "base/error.hpp"
#include "guards/scene.hpp"
#include "server/pipeline.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace guards {

namespace {

using testing::HasSubstr;
using testing::Not;

void expect_security_headers(const support::Answer& answer)
{
    EXPECT_THAT(answer.header("Content-Security-Policy"), HasSubstr("default-src 'none'"));
    EXPECT_THAT(answer.header("Content-Security-Policy"), Not(HasSubstr("unsafe-")));
    EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(answer.header("X-Frame-Options"), "DENY");
    EXPECT_EQ(answer.header("Referrer-Policy"), "same-origin");
    EXPECT_EQ(answer.header("Cross-Origin-Opener-Policy"), "same-origin");
    EXPECT_EQ(answer.header("Cross-Origin-Resource-Policy"), "same-origin");
    for (const auto& [name, value] : answer.headers)
        EXPECT_EQ((name + value).find_first_of("\r\n"), std::string::npos) << name;
}

support::Answer answer_of(const http::Response& response)
{
    return {static_cast<int>(response.status), std::string(response.text()), response.content_type, response.headers};
}

/// A pipeline over routes of the test's own, for what no page of ours does.
struct Broken
{
    explicit Broken(support::TestSite& site, web::Handler handler)
        : router({{http::Method::Get, "/broken/", web::Access::Public, web::Lane::Read, std::move(handler)}}),
          lanes({.read_threads = 1, .write_threads = 1, .heavy_threads = 1}),
          pipeline(site.services(), router, lanes)
    {}

    support::Answer get()
    {
        http::Request request;
        request.path = request.target = "/broken/";
        return answer_of(pipeline.answer(std::move(request)));
    }

    web::Router router;
    server::Lanes lanes;
    server::Pipeline pipeline;
};

TEST(Headers, EveryRouteCarriesThemForEverybody)
{
    Scene scene;
    for (const RouteRow& row : route_rows()) {
        for (std::size_t who = 0; who < people.size(); ++who) {
            SCOPED_TRACE(name_of(row) + " for " + std::string(people.at(who)));
            auto client = scene.client(who);

            expect_security_headers(scene.ask(client, row));
        }
    }
}

TEST(Headers, PagesOfSignedInPeopleAreNotStored)
{
    Scene scene;
    for (const RouteRow& row : route_rows()) {
        for (std::size_t who = 1; who < people.size(); ++who) {
            SCOPED_TRACE(name_of(row) + " for " + std::string(people.at(who)));
            auto client = scene.client(who);
            const auto answer = scene.ask(client, row);
            // A picture may be kept by its owner's browser, which asks each time whether it still may.
            const bool is_file = row.pattern.find("/attachments/") != std::string_view::npos && answer.status == 200;

            EXPECT_EQ(answer.header("Cache-Control"), is_file ? "private, no-cache" : "no-store");
        }
    }
}

TEST(Headers, PagesForASessionThatIsNotKnownAreNotStored)
{
    Scene scene;
    for (const RouteRow& row : route_rows()) {
        SCOPED_TRACE(name_of(row));
        support::Client client(scene.site);
        client.end_session();

        EXPECT_EQ(scene.ask(client, row).header("Cache-Control"), "no-store");
    }
    support::Client client(scene.site);
    client.end_session();
    EXPECT_EQ(client.get("/no/such/page/").header("Cache-Control"), "no-store");
}

TEST(Headers, WhatBeginsOrEndsASessionIsNotStored)
{
    support::TestSite site;
    support::Client client(site);

    const auto in = client.sign_in_again("mei");
    EXPECT_EQ(in.status, 303);
    EXPECT_EQ(in.header("Cache-Control"), "no-store");
    const auto out = client.post("/accounts/logout/", {});
    EXPECT_EQ(out.status, 303);
    EXPECT_EQ(out.header("Cache-Control"), "no-store");
}

TEST(Headers, TheEmergencyPageSetsAGuestNoCookie)
{
    support::TestSite site;
    support::Client guest(site);

    EXPECT_EQ(guest.get("/emergency/").header("Set-Cookie"), "");
    const auto refused = guest.post_without_token("/emergency/", {{"address", ""}});
    EXPECT_EQ(refused.status, 422);
    EXPECT_EQ(refused.header("Set-Cookie"), "");
}

TEST(Headers, WrongAddressesAndMethodsCarryThem)
{
    support::TestSite site;
    support::Client client(site);

    for (const auto& [answer, status] : {std::pair{client.get("/no/such/page/"), 404},
             std::pair{client.get("/static/no-such-file.css"), 404}, std::pair{client.get("/accounts/logout/"), 405},
             std::pair{client.post("/service/1/", {}), 405}, std::pair{client.get("/service"), 303}}) {
        EXPECT_EQ(answer.status, status);
        expect_security_headers(answer);
    }
}

TEST(Headers, StaticFilesCarryThem)
{
    support::TestSite site;
    support::Client client(site);

    const auto answer = client.get(assets::url("app.css"));

    EXPECT_EQ(answer.status, 200);
    expect_security_headers(answer);
}

TEST(Headers, FaultsCarryThemAndSayNothingOfTheCause)
{
    support::TestSite site;
    Broken fault(site, [](web::Context&) -> http::Response { throw std::runtime_error("disk /dev/sda1 is on fire"); });
    Broken busy(site, [](web::Context&) -> http::Response { throw base::Unavailable("queue of 7 is full"); });

    const auto failed = fault.get();
    const auto refused = busy.get();

    EXPECT_EQ(failed.status, 500);
    EXPECT_THAT(failed.body, Not(HasSubstr("on fire")));
    expect_security_headers(failed);
    EXPECT_EQ(refused.status, 503);
    EXPECT_THAT(refused.body, Not(HasSubstr("queue of 7")));
    EXPECT_NE(refused.header("Retry-After"), "");
    expect_security_headers(refused);
}

TEST(Headers, ErrorsOfTheWireCarryThem)
{
    support::TestSite site;
    Broken any(site, [](web::Context&) { return http::Response{}; });

    expect_security_headers(answer_of(any.pipeline.plain_error(http::Status::BadRequest, "Bad request")));
}

} // namespace

} // namespace guards
