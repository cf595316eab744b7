#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using support::Client;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class LeakPlace : public testing::Test
{
  protected:
    LeakPlace()
    {
        mei.sign_in_as(site.cast.mei);
        ravi.sign_in_as(site.cast.ravi);
    }
    void take_accounts_away()
    {
        site.database->write([](db::Transaction& tx) {
            tx.apply("DELETE FROM service_account_user");
            tx.apply("UPDATE service_account SET user_id = NULL");
        });
    }
    /// Mei has Omar's account too.
    void give_second_account()
    {
        site.database->write([&](db::Transaction& tx) {
            tx.apply("INSERT INTO service_account_user (account_id, user_id) VALUES ($1, $2)",
                site.cast.account_of_omar, site.cast.mei.user_id);
        });
    }
    support::Answer send(Client::Fields more, const std::string& type = "gas-leak")
    {
        Client::Fields form = {{"request_type", type}, {"description", "It smells " + std::to_string(++sent)},
            {"submission", "key " + std::to_string(sent)}};
        form.insert(form.end(), more.begin(), more.end());
        return mei.post("/service/create/", form);
    }

    support::TestSite site;
    Client mei{site};
    Client ravi{site};
    int sent = 0;
};

TEST_F(LeakPlace, IsAskedForOnceAndALeakWithoutItIsTakenAllTheSame)
{
    take_accounts_away();
    const auto form = mei.get("/service/create/?type=gas-leak");
    EXPECT_THAT(form.body, AllOf(HasSubstr("Street, number and apartment"), Not(HasSubstr("A different address"))));
    EXPECT_EQ(form.input("account"), "other");
    const auto asked = send({{"account", "other"}, {"address", " "}, {"strength", "strong"}});
    EXPECT_EQ(asked.status, 422);
    EXPECT_THAT(asked.body, AllOf(HasSubstr("Enter the address so the crew can find it."), HasSubstr("It smells 1"),
                                HasSubstr("value=\"strong\"")));
    EXPECT_EQ(asked.input("asked_place"), "1");

    const auto taken = send({{"account", "other"}, {"address", ""}, {"asked_place", "1"}});

    ASSERT_EQ(taken.status, 303) << "a leak is never refused";
    for (const std::string& page : {taken.location(), std::string("/service/1/")})
        EXPECT_THAT(mei.get(page).body,
            AllOf(HasSubstr("We do not know where the leak is"), HasSubstr("Say the address when you call:"),
                HasSubstr("action=\"/service/1/address/\"")))
            << page;
    EXPECT_THAT(ravi.get("/admin/requests/1/").body,
        AllOf(HasSubstr("We do not know where it is. Ask for the address."), HasSubstr("Add the address")));
    EXPECT_THAT(ravi.get("/admin/").body, HasSubstr("Gas Leak · no address given"));
    EXPECT_EQ(send({{"account", "other"}, {"address", ""}}, "billing").status, 303) << "other types may leave it open";
}

TEST_F(LeakPlace, CanBeAddedLaterByWhoseLeakItIs)
{
    take_accounts_away();
    send({{"account", "other"}, {"asked_place", "1"}});
    const std::string add = "/service/1/address/";
    Client omar(site);
    EXPECT_EQ(omar.sign_in_as(site.cast.omar).post(add, {{"address", "1 Wrong Way"}}).status, 404);
    const auto empty = mei.post(add, {{"address", ""}});
    EXPECT_EQ(empty.status, 422);
    EXPECT_THAT(empty.body, HasSubstr("Enter the address so the crew can find it."));

    EXPECT_EQ(mei.post(add, {{"address", "9 Mill Lane"}}).location(), "/service/1/");

    EXPECT_THAT(mei.get("/service/1/").body, AllOf(HasSubstr("The address is saved."), HasSubstr("9 Mill Lane"),
                                                 HasSubstr("Address added"), Not(HasSubstr("We do not know where"))));
    EXPECT_THAT(ravi.get("/admin/requests/1/").body,
        AllOf(HasSubstr("9 Mill Lane"), HasSubstr("added the address: 9 Mill Lane"),
            Not(HasSubstr("Ask for the address"))));
    mei.post(add, {{"address", "1 Other Road"}});
    EXPECT_THAT(mei.get("/service/1/").body, AllOf(HasSubstr("has an address by now"), Not(HasSubstr("1 Other Road"))));
}

TEST_F(LeakPlace, OfTwoReportsIsComparedOnlyWhenBothHaveOne)
{
    take_accounts_away();
    send({{"account", "other"}, {"asked_place", "1"}});
    site.clock.advance(std::chrono::minutes(5));
    const auto second = send({{"account", "other"}, {"address", "9 Mill Lane"}});

    EXPECT_THAT(mei.get(second.location()).body,
        AllOf(HasSubstr("We also have your report SR-00001 ("), Not(HasSubstr("for another address")),
            Not(HasSubstr("one of the addresses"))));
    for (const std::string page : {"/admin/requests/2/", "/admin/requests/?status=Pending", "/admin/"})
        EXPECT_THAT(
            ravi.get(page).body, AllOf(HasSubstr("SR-00001 (no address given), 5 min ago"), Not(HasSubstr(" at , "))))
            << page;
}

TEST_F(LeakPlace, IsNotChosenInAdvanceForWhoHasTwoAddresses)
{
    give_second_account();
    const std::string own = std::to_string(site.cast.account_of_mei.value);
    const auto form = mei.get("/service/create/?type=gas-leak");
    EXPECT_THAT(form.body, AllOf(HasSubstr("12 Elm Street"), HasSubstr("14 Elm Street")));
    EXPECT_THAT(form.body, Not(testing::ContainsRegex("name=\"account\"[^>]*checked")));

    const auto asked = send({{"address", ""}});
    EXPECT_EQ(asked.status, 422);
    EXPECT_THAT(asked.body, HasSubstr("Which of your addresses is it?"));
    EXPECT_THAT(
        mei.get(send({{"asked_place", "1"}}).location()).body, HasSubstr("<dd>12 Elm Street or 14 Elm Street</dd>"))
        << "never refused: the crew gets both";
    EXPECT_THAT(mei.get(send({{"account", own}}).location()).body, HasSubstr("<dd>12 Elm Street</dd>"));
    EXPECT_THAT(mei.get(send({{"address", "9 Mill Lane"}}).location()).body, HasSubstr("<dd>9 Mill Lane</dd>"));
    EXPECT_THAT(send({}, "billing").body, HasSubstr("Choose where it is."));
}

TEST_F(LeakPlace, SomewhereElseWithoutAnAddressIsAskedForOnceToo)
{
    EXPECT_EQ(send({{"account", "other"}, {"address", ""}}).status, 422);
    EXPECT_EQ(send({{"account", "other"}, {"address", ""}, {"asked_place", "1"}}).status, 303);
    EXPECT_EQ(send({{"account", "other"}, {"address", ""}, {"asked_place", "1"}}, "billing").status, 422);
}

} // namespace
