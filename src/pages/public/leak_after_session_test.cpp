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
    /// Her own open leak, where somebody may be unable to get out.
    std::string open_leak(const std::string& unable_to_leave)
    {
        auto form = leak("9 Mill Lane");
        form.emplace_back("unable_to_leave", unable_to_leave);
        const std::string sent = mei.post("/service/create/", form).location();
        const std::string own = sent.substr(0, sent.find("received/"));
        mei.get(own);
        return own;
    }
    /// From a page that was drawn while she was signed in.
    support::Answer comment(const std::string& own, std::string text = "It is <stronger>")
    {
        mei.sign_in_as(site.cast.mei).get("/service/");
        mei.end_session();
        return mei.post(own + "comments/", {{"text", std::move(text)}, {"submission", "key"}});
    }
    std::size_t place(const support::Answer& answer, const std::string& words) { return answer.body.find(words); }

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

TEST_F(LeakAfterSession, ACommentOnAnOpenLeakSaysFirstThatItWasNotSentAndWhomToCall)
{
    const std::string own = open_leak("no");
    for (const char* accept : {"text/html", "text/html; fragment"}) {
        mei.set_header("accept", accept);
        const auto page = comment(own);
        EXPECT_EQ(page.status, 403);
        EXPECT_EQ(page.header("X-Fragment"), "") << "a whole page: the script shows it instead of this one";
        EXPECT_THAT(page.body, AllOf(HasSubstr("<title>Call us: your message was not sent"), HasSubstr("data-refused"),
                                   Not(HasSubstr("Call 911 now")), Not(HasSubstr("stronger")),
                                   Not(HasSubstr("class=\"estrip\"")), Not(HasSubstr("Mill Lane"))));
        EXPECT_LT(place(page, "Your message was not sent</b>"), place(page, "Stay outside and call us:"));
        EXPECT_LT(place(page, "href=\"tel:+18005550199\">1-800-555-0199"), place(page, "You were signed out"));
        EXPECT_LT(place(page, "You were signed out"), place(page, "name=\"password\""));
    }
    mei.set_header("accept", "text/html");
    mei.sign_in_again("mei", own);
    EXPECT_THAT(mei.get(own).body, HasSubstr("It is &lt;stronger&gt;</textarea>"));
}

TEST_F(LeakAfterSession, WhoeverCannotLeaveIsToldToCall911BeforeAnythingElse)
{
    const std::string own = open_leak("yes");
    const auto page = comment(own);
    EXPECT_LT(place(page, "Call 911 now</h1>"), place(page, "Your message was not sent</b>"));
    EXPECT_LT(place(page, "After 911, call us:"), place(page, "You were signed out"));
    EXPECT_THAT(page.body, Not(HasSubstr("Mill Lane"))) << "somebody else may sit there now";
}

TEST_F(LeakAfterSession, OtherFormsGetTheOrdinarySignInPage)
{
    const std::string own = open_leak("yes");
    const auto boiler = site.submit(site.cast.mei, "Boiler");
    const auto not_hers = site.submit(site.cast.omar, "It smells", "gas-leak");
    mei.post(own + "comments/", {{"text", "Sent before"}, {"submission", "key"}});
    const auto is_ordinary = AllOf(HasSubstr("You were signed out"), HasSubstr("class=\"estrip\""),
        Not(HasSubstr("Your message was not sent")), Not(HasSubstr("Call 911 now")));
    EXPECT_THAT(comment(own, "Sent before").body, is_ordinary) << "only its answer was lost";
    for (const auto id : {boiler, not_hers})
        EXPECT_THAT(comment("/service/" + std::to_string(id.value) + "/").body, is_ordinary);
    EXPECT_THAT(mei.post_without_token(own + "comments/", {{"text", "x"}, {"csrf", "forged"}}).body, is_ordinary);
    site.database->write([](db::Transaction& tx) {
        tx.apply("UPDATE service_servicerequest SET status = 'Resolved', resolved_at = submitted_at");
    });
    EXPECT_THAT(comment(own).body, is_ordinary);
}

} // namespace
