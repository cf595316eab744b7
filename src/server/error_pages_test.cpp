#include "server/error_pages.hpp"

#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using support::Client;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class ErrorPages : public testing::Test
{
  protected:
    ErrorPages() { mei.sign_in_as(site.cast.mei); }

    support::TestSite site;
    ServiceRequestId id = site.submit(site.cast.mei, "Boiler");
    std::string comments = "/service/" + std::to_string(id.value) + "/comments/";
    Client mei{site};
};

TEST_F(ErrorPages, AnExpiredPageSpeaksOfTextOnlyWhenThereIsSomeAndLeadsBack)
{
    mei.set_header("referer", "http://localhost/service/1/");
    const auto empty = mei.post_without_token("/notifications/read/", {{"newest", "1.1"}});
    EXPECT_THAT(empty.body, AllOf(HasSubstr("This page expired"), Not(HasSubstr("what you typed")),
                                HasSubstr("href=\"/service/1/\">Open the page again")));
    EXPECT_THAT(mei.post_without_token(comments, {{"text", "It is cold"}}).body,
        AllOf(HasSubstr("copy what you typed"), Not(HasSubstr("It is cold"))))
        << "whoever sits here now";
    mei.set_header("referer", "http://elsewhere.example/service/1/");
    EXPECT_THAT(mei.post_without_token(comments, {{"text", "x"}}).body, Not(HasSubstr("Open the page again</a>")));
}

TEST_F(ErrorPages, ErrorsOfStaffKeepTheDeskAndItsEmergencies)
{
    site.submit(site.cast.mei, "It smells", "gas-leak");
    Client ravi(site);
    ravi.sign_in_as(site.cast.ravi);
    const auto expect_desk = [](const support::Answer& page, int status) {
        EXPECT_EQ(page.status, status);
        EXPECT_THAT(page.body,
            AllOf(HasSubstr("class=\"deskbar\""), HasSubstr("data-alarm=\""), Not(HasSubstr("1-800-555-0142"))))
            << status;
    };
    expect_desk(ravi.get("/admin/requests/999/"), 404);
    expect_desk(ravi.get("/no/such/page/"), 404);
    expect_desk(ravi.post("/admin/accounts/1/unlink/", {{"user", "x"}}), 400);
    expect_desk(ravi.post_without_token("/admin/requests/1/take/", {}), 403);
    expect_desk(ravi.get("/accounts/logout/"), 405);
    ravi.set_header("origin", "null");
    const auto foreign = ravi.post("/admin/requests/1/comments/", {{"text", "We come"}, {"visibility", "public"}});
    expect_desk(foreign, 403);
    EXPECT_THAT(foreign.body, AllOf(HasSubstr("This form came from another web address"), Not(HasSubstr("We come"))));
}

TEST_F(ErrorPages, ErrorsOfCustomersKeepTheirNavigation)
{
    EXPECT_THAT(mei.get("/service/999/").body, AllOf(HasSubstr("class=\"tabbar\""), HasSubstr("Go outside first.")));
    EXPECT_THAT(mei.get("/no/such/page/").body, HasSubstr("class=\"tabbar\""));
    EXPECT_THAT(Client(site).get("/no/such/page/").body, Not(HasSubstr("class=\"tabbar\"")));
}

} // namespace
