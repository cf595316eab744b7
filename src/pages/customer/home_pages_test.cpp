#include "support/test_site.hpp"
#include "web/forms/draft.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using support::Client;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class HomePages : public testing::Test
{
  protected:
    HomePages() : id(site.submit(site.cast.mei, "Boiler is cold")) { mei.sign_in_as(site.cast.mei); }

    void keep(const std::string& path, const web::Fields& fields)
    {
        site.database->write(
            [&](db::Transaction& tx) { web::save_draft(tx, site.cast.mei.user_id, path, fields, site.clock.now()); });
    }

    support::TestSite site;
    Client mei{site};
    ServiceRequestId id;
};

TEST_F(HomePages, WhatMeiTypedAndDidNotSendIsSaidThere)
{
    EXPECT_THAT(mei.get("/").body, Not(HasSubstr("didn’t send it")));
    const std::string page = "/service/" + std::to_string(id.value) + "/";
    keep(page + "comments/", {{"text", "Still cold"}});
    keep("/service/create/", {{"request_type", "billing"}, {"description", "A bill"}});
    const auto home = mei.get("/").body;
    EXPECT_THAT(home,
        AllOf(HasSubstr("You wrote a comment on SR-00001 and didn’t send it."),
            HasSubstr("href=\"" + page + "\">Continue</a>"), HasSubstr("You wrote a new request and didn’t send it."),
            HasSubstr("href=\"/service/create/\">Continue</a>"), Not(HasSubstr("leak report was not sent"))));
    EXPECT_THAT(Client(site).sign_in_as(site.cast.omar).get("/").body, Not(HasSubstr("didn’t send it")));

    EXPECT_EQ(mei.post(page + "comments/", {{"text", "Still cold"}}).status, 303);
    EXPECT_THAT(mei.get("/").body, Not(HasSubstr("You wrote a comment")));
    site.clock.advance(web::longest_kept);
    EXPECT_THAT(Client(site).sign_in_as(site.cast.mei).get("/").body, Not(HasSubstr("didn’t send it")));
}

TEST_F(HomePages, AnUnsentLeakIsSaidWithTheEmergencyNumber)
{
    keep("/service/create/", {{"request_type", "gas-leak"}, {"description", "It hisses"}});
    EXPECT_THAT(mei.get("/").body,
        AllOf(HasSubstr("Your gas leak report was not sent. Go outside, then call us:"), HasSubstr("msg--danger"),
            HasSubstr("href=\"/service/create/\">Continue the report</a>")));
}

TEST_F(HomePages, APublicComputerSaysNothingOfIt)
{
    Client shared(site);
    shared.post("/accounts/login/",
        {{"username", "mei"}, {"password", std::string(support::cast_password)}, {"public_computer", "1"}});
    keep("/service/create/", {{"request_type", "billing"}, {"description", "A bill"}});
    const auto home = shared.get("/");
    EXPECT_EQ(home.status, 200);
    EXPECT_THAT(home.body, Not(HasSubstr("didn’t send it")));
}

} // namespace
