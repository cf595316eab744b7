#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using support::Client;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// Mei's session has ended, and what she sends is about a gas leak.
class LeakAfterSession : public testing::Test
{
  protected:
    LeakAfterSession() { mei.sign_in_as(site.cast.mei).get("/service/create/"); }

    std::vector<http::UploadedFile> photos()
    {
        std::vector<http::UploadedFile> files;
        files.push_back(site.upload("C:\\Photos\\IMG_1.png", support::tiny_png()));
        files.push_back(site.upload("IMG_<2>.png", support::tiny_png()));
        return files;
    }
    static Client::Fields leak(std::string address)
    {
        return {{"request_type", "gas-leak"}, {"description", "It hisses"}, {"account", "other"},
            {"address", std::move(address)}, {"submission", "AAAAAAAAAAAAAAAAAAAAAA"}};
    }

    support::TestSite site;
    Client mei{site};
    const std::string lost = "Your photos were not sent: IMG_1.png, IMG_&lt;2&gt;.png";
};

TEST_F(LeakAfterSession, TheReportNamesThePhotosThatWereNotSentAndSaysHowToSendThem)
{
    mei.end_session();
    const auto sent = mei.post("/service/create/", leak("9 Mill Lane"), photos());
    ASSERT_THAT(sent.location(), testing::StartsWith("/emergency/report/"));

    EXPECT_THAT(mei.get(sent.location()).body,
        AllOf(HasSubstr(lost), HasSubstr("Write SR-00001 in it."), HasSubstr("href=\"/service/create/?type=other\"")));
    EXPECT_THAT(mei.get("/service/create/?type=other").location(), HasSubstr("/accounts/login/?next="));
    site.database->write([](db::Transaction& tx) {
        tx.apply("UPDATE service_servicerequest SET status = 'Resolved', resolved_at = submitted_at");
    });
    EXPECT_THAT(mei.get(sent.location()).body, Not(HasSubstr("IMG_1")));
    const auto bare = mei.post("/service/create/", leak("10 Mill Lane"));
    EXPECT_THAT(mei.get(bare.location()).body, Not(HasSubstr("Your photos")));
}

TEST_F(LeakAfterSession, PhotosAreStillNamedAfterTheAddressWasAskedFor)
{
    mei.end_session();
    auto form = leak("");
    form.emplace_back("not_sent", "too_large plan.pdf");
    const auto asked = mei.post("/service/create/", form, photos());
    EXPECT_EQ(asked.status, 422);
    EXPECT_THAT(asked.body, AllOf(HasSubstr(lost + ", plan.pdf"), HasSubstr("value=\"lost IMG_1.png\"")));

    const auto sent = mei.post("/emergency/", {{"address", "9 Mill Lane"}, {"not_sent", "lost IMG_1.png"}});
    EXPECT_THAT(mei.get(sent.location()).body, HasSubstr("Your photos were not sent: IMG_1.png"));
}

TEST_F(LeakAfterSession, PhotosWithoutKnownNamesAreSaidToo)
{
    mei.end_session();
    auto form = leak("9 Mill Lane");
    form.emplace_back("held", "7");
    EXPECT_THAT(
        mei.get(mei.post("/service/create/", form).location()).body, HasSubstr("Your photos were not sent</b>"));
}

} // namespace
