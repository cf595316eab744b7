#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using support::Client;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class AccountPages : public testing::Test
{
  protected:
    AccountPages()
    {
        ravi.sign_in_as(site.cast.ravi);
        ada.sign_in_as(site.cast.ada);
    }

    const std::string account = "/admin/accounts/1/";
    static Client::Fields details(std::string number, std::string version = "1")
    {
        return {{"number", std::move(number)}, {"address", "12 Elm Street"}, {"phone", "555-0142"}, {"is_active", "1"},
            {"version", std::move(version)}};
    }

    support::TestSite site;
    Client ravi{site};
    Client ada{site};
};

TEST_F(AccountPages, TheListIsSearched)
{
    EXPECT_THAT(ravi.get("/admin/accounts/").body, AllOf(HasSubstr("4410-2087-33"), HasSubstr("4410-2087-41")));
    for (const std::string words : {"4410208733", "12 elm", "chen"})
        EXPECT_THAT(ravi.get("/admin/accounts/?q=" + words).body,
            AllOf(HasSubstr("4410-2087-33"), Not(HasSubstr("4410-2087-41"))))
            << words;
    EXPECT_THAT(
        ravi.get("/admin/accounts/?after=x").body, AllOf(HasSubstr("is not one we use"), HasSubstr("4410-2087-33")));
    EXPECT_THAT(ravi.get("/admin/accounts/?q=%22").body, HasSubstr("No accounts match"));
}

TEST_F(AccountPages, ANewAccountIsSavedInOneShape)
{
    EXPECT_EQ(ravi.post("/admin/accounts/create/", details("4410208799")).location(), "/admin/accounts/3/");
    EXPECT_THAT(ravi.get("/admin/accounts/3/").body, AllOf(HasSubstr("4410-2087-99"), HasSubstr("Account saved.")));
    const auto taken = ravi.post("/admin/accounts/create/", details("4410 2087 33"));
    EXPECT_EQ(taken.status, 422);
    EXPECT_THAT(taken.body, HasSubstr("Another account has this number."));
    const auto wrong = ravi.post("/admin/accounts/create/", {{"number", "x"}, {"address", ""}, {"phone", "none"}});
    EXPECT_EQ(wrong.status, 422);
    EXPECT_THAT(wrong.body, AllOf(HasSubstr("An account number has at least 4 letters or digits"),
                                HasSubstr("Enter the service address."), HasSubstr("Enter a phone number")));
}

TEST_F(AccountPages, ANewAccountSentTwiceIsOneAccount)
{
    auto form = details("4410208799");
    form.emplace_back("submission", "a-key-of-22-characters");
    EXPECT_THAT(ravi.get("/admin/accounts/create/").body, HasSubstr("name=\"submission\" value=\""));
    EXPECT_EQ(ravi.post("/admin/accounts/create/", form).location(), "/admin/accounts/3/");
    EXPECT_EQ(ravi.post("/admin/accounts/create/", form).location(), "/admin/accounts/3/");
    EXPECT_EQ(ada.post("/admin/accounts/create/", form).status, 422) << "somebody else's is another one";
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_account"), 3);
}

TEST_F(AccountPages, OfTwoPeopleEachSavesOnlyWhatTheyChanged)
{
    const auto page = ravi.get(account);
    const auto form = [&](std::string number, std::string phone, std::string active = "1") {
        return Client::Fields{{"number", std::move(number)}, {"address", "12 Elm Street"}, {"phone", std::move(phone)},
            {"is_active", std::move(active)}, {"version", page.input("version")}, {"shown", page.input("shown")}};
    };
    EXPECT_EQ(ravi.post(account, form("4410-2087-33", "555-0199")).status, 303);
    EXPECT_EQ(ada.post(account, form("4410-2087-34", "555-0142", "")).status, 303);
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_account WHERE id = 1 AND phone_number = '555-0199' "
                                   "AND account_number = '4410-2087-34' AND is_active = 0"),
        1);
    EXPECT_EQ(ada.post(account, form("4410-2087-33", "555-0142")).status, 303) << "nothing is changed";
    EXPECT_EQ(site.database.number("SELECT is_active FROM service_account WHERE id = 1"), 0);
    const auto clash = ada.post(account, form("4410-2087-35", "555-0142"));
    EXPECT_EQ(clash.status, 409);
    EXPECT_THAT(clash.body, AllOf(HasSubstr("value=\"4410-2087-35\""), HasSubstr("value=\"555-0199\"")));
}

TEST_F(AccountPages, AStaleFormIsAClashWithBothVersions)
{
    EXPECT_EQ(ravi.post(account, details("4410-2087-34")).status, 303);
    const auto clash = ada.post(account, details("4410-2087-35"));
    EXPECT_EQ(clash.status, 409);
    EXPECT_THAT(clash.body, AllOf(HasSubstr("The saved version has: 4410-2087-34, 12 Elm Street, 555-0142."),
                                HasSubstr("<b>Ravi Patel changed this account ("), HasSubstr("value=\"4410-2087-35\""),
                                HasSubstr("name=\"version\" value=\"2\"")));
    EXPECT_THAT(
        ravi.post(account, details("4410-2087-36")).body, HasSubstr("You changed this account in another tab ("));
    EXPECT_EQ(ravi.post(account, details("4410-2087-41", "2")).status, 422) << "Omar's number";
}

TEST_F(AccountPages, AMissingPhoneIsNotAnEmptyOne)
{
    const auto refused =
        ravi.post(account, {{"number", "4410-2087-33"}, {"address", "12 Elm Street"}, {"is_active", "1"}});
    EXPECT_EQ(refused.status, 400);
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_account WHERE id = 1 AND version = 1"), 1);
}

TEST_F(AccountPages, ARefusedFormShowsWhatIsSavedOutsideOfIt)
{
    const auto refused = ravi.post(account, details("----"));
    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(refused.body, AllOf(HasSubstr("value=\"----\""), HasSubstr("Problem: Account 4410-2087-33"),
                                  HasSubstr("<h1>Account 4410-2087-33</h1>")));
    EXPECT_THAT(ada.post(account, details("4410-2087-35", "0")).body, HasSubstr("<h1>Account 4410-2087-33</h1>"));
}

TEST_F(AccountPages, ALinkLeavesWhatIsTypedBesideItAndASaveTakesTheLink)
{
    const auto typed = [](std::string username, std::string user = "") {
        auto fields = details("4410-2087-34");
        fields.insert(fields.end(), {{"username", std::move(username)}, {"user", std::move(user)}});
        return fields;
    };
    const auto unsaved = AllOf(HasSubstr("value=\"4410-2087-34\""), HasSubstr("They are not saved yet."),
        HasSubstr("<h1>Account 4410-2087-33</h1>"));
    EXPECT_EQ(ravi.post(account + "link/", typed("omar")).status, 303);
    EXPECT_THAT(
        ravi.get(account).body, AllOf(unsaved, HasSubstr("Omar Haddad"), HasSubstr("name=\"version\" value=\"1\"")));
    EXPECT_EQ(ravi.post(account + "unlink/", typed("", std::to_string(site.cast.omar.user_id.value))).status, 303);
    EXPECT_THAT(ravi.get(account).body, AllOf(unsaved, Not(HasSubstr("Unlink Omar Haddad"))));
    EXPECT_THAT(ravi.post(account + "link/", typed("nobody")).body, HasSubstr("value=\"4410-2087-34\""));
    EXPECT_EQ(ravi.post(account, typed("nobody")).status, 422) << "filled in, so not ignored";
    EXPECT_EQ(ravi.post(account, typed("omar")).status, 303);
    EXPECT_THAT(
        ravi.get(account).body, AllOf(HasSubstr("<h1>Account 4410-2087-34</h1>"), HasSubstr("Unlink Omar Haddad"),
                                    Not(HasSubstr("They are not saved yet."))));
}

TEST_F(AccountPages, UsersAreLinkedAndUnlinkedWithALineOfHistory)
{
    EXPECT_EQ(ravi.post(account + "link/", {{"username", "omar"}}).location(), account);
    EXPECT_THAT(ravi.get(account).body,
        AllOf(HasSubstr("The account is linked."), HasSubstr("Omar Haddad"), HasSubstr("linked user omar")));
    const std::string omar = std::to_string(site.cast.omar.user_id.value);
    EXPECT_EQ(ravi.post(account + "unlink/", {{"user", omar}}).location(), account);
    EXPECT_THAT(ravi.get(account).body, AllOf(HasSubstr("unlinked user omar"), Not(HasSubstr("Unlink Omar Haddad"))));
    const auto unknown = ravi.post(account + "link/", {{"username", "nobody"}});
    EXPECT_EQ(unknown.status, 422);
    EXPECT_THAT(unknown.body, HasSubstr("There is no user with this user name."));
    EXPECT_EQ(ravi.post(account + "link/", {}).status, 422);
    EXPECT_EQ(ravi.post(account + "unlink/", {{"user", "x"}}).status, 400);
    EXPECT_EQ(ravi.post(account + "unlink/", {{"user", "999"}}).status, 303);
    EXPECT_THAT(
        ravi.get(account).body, AllOf(HasSubstr("This user was not linked"), Not(HasSubstr("no longer linked"))));
    EXPECT_EQ(ravi.post(account + "link/", {{"username", "mei"}}).status, 303);
    EXPECT_THAT(ravi.get(account).body, HasSubstr("This user was linked already."));
}

TEST_F(AccountPages, CustomersAndGuestsAreRefused)
{
    Client mei(site);
    mei.sign_in_as(site.cast.mei);
    EXPECT_EQ(mei.get(account).status, 403);
    EXPECT_EQ(mei.post(account, details("4410-2087-34")).status, 403);
    EXPECT_EQ(mei.post("/admin/accounts/2/link/", {{"username", "mei"}}).status, 403);
    EXPECT_EQ(Client(site).post("/admin/accounts/2/link/", {{"username", "mei"}}).status, 403);
    EXPECT_EQ(ravi.get("/admin/accounts/999/").status, 404);
    EXPECT_EQ(ravi.post("/admin/accounts/999/", details("4410-2087-34")).status, 404);
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_account_user"), 2);
}

} // namespace
