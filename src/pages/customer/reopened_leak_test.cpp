#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using support::Client;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr const char* call_again = "Go outside now and call again. Your message does not send a crew";

class ReopenedLeak : public testing::Test
{
  protected:
    ReopenedLeak()
    {
        mei.sign_in_as(site.cast.mei);
        ravi.sign_in_as(site.cast.ravi);
    }
    /// Ravi takes a call of Mei's about a leak.
    void take_call()
    {
        ravi.post("/admin/requests/create/", {{"customer", "mei"}, {"request_type", "gas-leak"},
                                                 {"address", "12 Elm Street"}, {"submission", "a call"}});
        ASSERT_THAT(mei.get("/service/1/").body, HasSubstr("We have your call."));
    }
    void resolve()
    {
        ravi.post("/admin/requests/1/status/",
            {{"status", "Resolved"}, {"version", "1"}, {"finding", "made_safe"}, {"reason", "The valve is closed"}});
    }
    support::Answer write(const std::string& text) { return mei.post("/service/1/comments/", {{"text", text}}); }

    support::TestSite site;
    Client mei{site};
    Client ravi{site};
};

TEST_F(ReopenedLeak, ByCommentSaysInRedToGoOutAndCallAgain)
{
    site.submit(site.cast.mei, "It smells", "gas-leak");
    resolve();
    write("It smells again");

    const std::string page = mei.get("/service/1/").body;
    EXPECT_THAT(page, AllOf(HasSubstr("msg--danger flash"), HasSubstr(call_again), Not(HasSubstr("Comment sent.")),
                          Not(HasSubstr("Your request is open again")), Not(HasSubstr("If you have not called, or"))));
    EXPECT_THAT(mei.get("/service/1/received/").body, HasSubstr(call_again));
    site.rules().reply_reopens = false;
    site.database->write([](db::Transaction& tx) { tx.apply("UPDATE service_servicerequest SET version = 3"); });
    ravi.post("/admin/requests/1/status/",
        {{"status", "Resolved"}, {"version", "3"}, {"finding", "made_safe"}, {"reason", "The valve is closed"}});
    mei.post("/service/1/reopen/", {{"version", "4"}});
    EXPECT_THAT(mei.get("/service/1/").body, AllOf(HasSubstr("msg--danger flash"), HasSubstr(call_again)));
}

TEST_F(ReopenedLeak, HasNoCallFromBefore)
{
    take_call();
    resolve();
    write("It smells again in the cellar");
    for (const std::string page : {"/", "/service/", "/service/1/", "/service/1/received/"})
        EXPECT_THAT(mei.get(page).body, Not(HasSubstr("We have your call"))) << page;
    ravi.post("/admin/requests/1/take/", {});
    EXPECT_THAT(mei.get("/service/1/").body,
        AllOf(HasSubstr("If you have not called again, or the smell spreads:"), Not(HasSubstr("We have your call"))));
}

TEST_F(ReopenedLeak, ABoxForCommentsAlwaysSaysNotToWriteAboutASmell)
{
    site.submit(site.cast.mei, "It smells", "gas-leak");
    EXPECT_THAT(mei.get("/service/1/").body, HasSubstr("Do you smell gas? Don’t write here."));
    write("Very strong");
    EXPECT_THAT(mei.get("/service/1/").body, HasSubstr("Comment sent. It does not send a crew."));
    resolve();
    EXPECT_THAT(
        mei.get("/service/1/").body, AllOf(HasSubstr("Do you smell gas? Don’t write here."),
                                         HasSubstr("It does not send a crew."), HasSubstr("Closed. Go in only if"),
                                         Not(HasSubstr("Still not fixed?")), Not(HasSubstr("Tell us what’s wrong"))));
}

} // namespace
