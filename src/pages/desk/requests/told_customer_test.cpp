#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using support::Client;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// What the desk reads after it told the customer something.
class ToldCustomer : public testing::Test
{
  protected:
    ToldCustomer() { ravi.sign_in_as(site.cast.ravi); }
    void switch_mail_on()
    {
        site.database->write([](db::Transaction& tx) { tx.apply("UPDATE service_mail_switch SET is_on = 1"); });
    }
    std::string after_resolving(const std::string& reply = {})
    {
        Client::Fields form = {{"version", "1"}, {reply.empty() ? "status" : "send_and", "Resolved"}};
        if (!reply.empty())
            form.insert(form.end(), {{"text", reply}, {"visibility", "public"}});
        EXPECT_EQ(ravi.post("/admin/requests/1/status/", form).status, 303);
        return ravi.get("/admin/requests/1/").body;
    }

    support::TestSite site;
    Client ravi{site};
};

TEST_F(ToldCustomer, WhoIsMailedIsNotSaidToSeeItAfterSigningIn)
{
    switch_mail_on();
    site.submit(site.cast.mei, "No heat");
    site.clock.advance(std::chrono::minutes(1));
    EXPECT_THAT(after_resolving("The valve is new."),
        AllOf(HasSubstr("Reply sent, and the request is resolved. An email goes to the customer."),
            Not(HasSubstr("sees it after signing in"))));
}

TEST_F(ToldCustomer, WithoutMailSheSeesItAfterSigningIn)
{
    site.submit(site.cast.mei, "No heat");
    EXPECT_THAT(after_resolving(), HasSubstr("The request is resolved. The customer sees it after signing in."));
}

TEST_F(ToldCustomer, NobodyIsToldOfACallWithoutASignIn)
{
    ravi.post("/admin/requests/create/", {{"name", "Rosa"}, {"phone", "(518) 555-0733"}, {"request_type", "gas-leak"},
                                             {"address", "12 Elm Street"}, {"submission", "a call"}});
    EXPECT_THAT(ravi.get("/admin/requests/1/").body,
        HasSubstr("data-reply-sent=\"Saved on the request. Nobody was told: call (518) 555-0733.\""));
    ravi.post("/admin/requests/1/comments/", {{"text", "Are you safe?"}, {"visibility", "public"}});
    EXPECT_THAT(ravi.get("/admin/requests/1/").body,
        AllOf(HasSubstr("Saved on the request. Nobody was told: call the customer."), Not(HasSubstr("Reply sent."))));
}

TEST_F(ToldCustomer, NobodyIsToldWhoCannotSignIn)
{
    site.submit(site.cast.mei, "No heat");
    site.database->write(
        [](db::Transaction& tx) { tx.apply("UPDATE auth_user SET is_active = 0 WHERE username = 'mei'"); });
    EXPECT_THAT(after_resolving(), HasSubstr("The request is resolved. Nobody was told: call the customer."));
}

} // namespace
