#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using support::Client;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class OwnAccountPages : public testing::Test
{
  protected:
    OwnAccountPages() { mei.sign_in_as(site.cast.mei); }

    support::Answer save(std::string phone, std::string email, std::string password = "")
    {
        return mei.post("/account/contact/", {{"phone", std::move(phone)}, {"email", std::move(email)},
                                                 {"current_password", std::move(password)}, {"version", version()}});
    }
    std::string version()
    {
        return std::to_string(site.database.number("SELECT version FROM auth_user WHERE username = 'mei'"));
    }
    std::int64_t unchanged()
    {
        return site.database.number("SELECT count(*) FROM auth_user WHERE username = 'mei' AND phone = '555-0142' AND "
                                    "email = 'mei@example.com'");
    }

    support::TestSite site;
    Client mei{site};
};

TEST_F(OwnAccountPages, MeiSeesHerAccountAndNobodyElses)
{
    const auto page = mei.get("/account/");
    EXPECT_EQ(page.status, 200);
    EXPECT_THAT(page.body, AllOf(HasSubstr("4410-2087-33"), HasSubstr("12 Elm Street"), HasSubstr("mei@example.com"),
                               Not(HasSubstr("4410-2087-41"))));
    EXPECT_EQ(Client(site).sign_in_as(site.cast.ravi).get("/account/").status, 200);
    EXPECT_THAT(Client(site).get("/account/").location(), HasSubstr("/accounts/login/"));
}

TEST_F(OwnAccountPages, APhoneNumberNeedsNoPassword)
{
    EXPECT_EQ(save("+1 (518) 555-0199", "mei@example.com").location(), "/account/");
    EXPECT_THAT(
        mei.get("/account/").body, AllOf(HasSubstr("value=\"(518) 555-0199\""), HasSubstr("Contact details saved.")));
    EXPECT_EQ(save("", "mei@example.com").status, 303) << "a phone number may be left out";
}

TEST_F(OwnAccountPages, AMissingFieldIsNotAnEmptyOne)
{
    for (const char* sent : {"phone", "email"}) {
        const auto refused = mei.post("/account/contact/", {{sent, ""}, {"version", version()}});
        EXPECT_EQ(refused.status, 400) << sent;
        EXPECT_THAT(refused.body, HasSubstr("This form is not complete.")) << sent;
    }
    EXPECT_EQ(unchanged(), 1);
}

TEST_F(OwnAccountPages, AnEMailAddressNeedsTheCurrentPassword)
{
    for (const auto& [password, words] : {std::pair("", "To change your email, type your current password."),
             std::pair("wrong", "That’s not your current password."),
             std::pair("Correct Horse Battery", "That’s not your current password.")}) {
        const auto refused = save("555-0142", "new@example.com", password);
        EXPECT_EQ(refused.status, 422);
        EXPECT_THAT(refused.body,
            AllOf(HasSubstr(words), HasSubstr("value=\"new@example.com\""), HasSubstr("<dd>mei@example.com</dd>")))
            << "typed in the form, saved beside it";
    }
    EXPECT_EQ(save("555-0142", "", "").status, 422) << "removing it is a change too";
    EXPECT_EQ(unchanged(), 1);
    EXPECT_EQ(save("555-0142", "new@example.com", std::string(support::cast_password)).status, 303);
    EXPECT_THAT(mei.get("/account/").body, HasSubstr("new@example.com"));
}

TEST_F(OwnAccountPages, APhoneNumberIsTakenAsPeopleAndContactListsWriteIt)
{
    for (const std::string typed :
        {"\u202D(518) 555-0134\u202C x204", "518\u00A0555\u00A00134 ext 204", "518-555-0134 #204"}) {
        save("", "mei@example.com");
        EXPECT_EQ(save(typed, "mei@example.com").status, 303) << typed;
        EXPECT_THAT(mei.get("/account/").body, HasSubstr("value=\"(518) 555-0134 ext. 204\"")) << typed;
    }
    const std::string before = version();
    EXPECT_EQ(save("5185550134x204", "mei@example.com").status, 303);
    EXPECT_EQ(version(), before) << "another spelling is no change";
}

TEST_F(OwnAccountPages, PhoneAndEMailFollowTheirRules)
{
    for (const std::string phone : {"call me", "123", "1234567890123456", "555-0142\n911 please", "555-0142<"}) {
        const auto refused = save(phone, "mei@example.com");
        EXPECT_EQ(refused.status, 422) << phone;
        EXPECT_THAT(refused.body, Not(HasSubstr("555-0142<\""))) << phone;
    }
    for (const std::string email : {"mei", "mei@", "a@b@example.com", "mei@example", "mei @example.com"})
        EXPECT_EQ(save("555-0142", email, std::string(support::cast_password)).status, 422) << email;
    EXPECT_EQ(unchanged(), 1);
}

TEST_F(OwnAccountPages, OfTwoTabsTheSecondSeesWhatTheFirstSaved)
{
    const std::string shown = version();
    EXPECT_EQ(save("555-0199", "mei@example.com").status, 303);
    const Client::Fields second = {{"phone", "555-0177"}, {"email", "mei@example.com"}, {"version", shown}};
    const auto clash = mei.post("/account/contact/", second);
    EXPECT_EQ(clash.status, 409);
    EXPECT_THAT(clash.body, AllOf(HasSubstr("the phone “555-0199”"), HasSubstr("value=\"555-0177\""),
                                HasSubstr("name=\"version\" value=\"" + version() + "\"")));
    EXPECT_EQ(save("555-0177", "mei@example.com").status, 303) << "sent again from there";
}

TEST_F(OwnAccountPages, OfTwoTabsEachSavesOnlyWhatWasChangedInIt)
{
    const auto tab = mei.get("/account/");
    const auto send = [&](const support::Answer& from, std::string phone, std::string email) {
        return mei.post("/account/contact/", {{"phone", std::move(phone)}, {"email", std::move(email)},
                                                 {"current_password", std::string(support::cast_password)},
                                                 {"version", from.input("version")}, {"shown", from.input("shown")}});
    };
    EXPECT_EQ(send(tab, "555-0199", "mei@example.com").status, 303);
    EXPECT_EQ(send(tab, "555-0142", "new@example.com").status, 303) << "the phone is as this tab showed it";
    EXPECT_EQ(site.database.number("SELECT count(*) FROM auth_user WHERE phone = '555-0199' AND "
                                   "email = 'new@example.com'"),
        1);

    const auto clash = send(tab, "555-0177", "mei@example.com");
    EXPECT_EQ(clash.status, 409) << "both changed the phone";
    EXPECT_THAT(clash.body, AllOf(HasSubstr("value=\"555-0177\""), HasSubstr("value=\"new@example.com\"")));
    EXPECT_EQ(send(clash, "555-0177", "new@example.com").status, 303);
    EXPECT_EQ(send(tab, "555-0177", "mei@example.com").status, 303) << "both changed it to the same";
    EXPECT_EQ(send(tab, "", "mei@example.com").status, 409);
}

TEST_F(OwnAccountPages, AnEmailFromBeforeOurRulesDoesNotKeepThePhoneFromBeingChanged)
{
    site.database->write(
        [](db::Transaction& tx) { tx.apply("UPDATE auth_user SET email = 'mei@localhost' WHERE username = 'mei'"); });
    const auto page = mei.get("/account/");
    const auto save = [&](std::string email) {
        return mei
            .post("/account/contact/", {{"phone", "555-0199"}, {"email", std::move(email)},
                                           {"version", page.input("version")}, {"shown", page.input("shown")}})
            .status;
    };
    EXPECT_EQ(save("mei@elsewhere"), 422);
    EXPECT_EQ(save("mei@localhost"), 303);
}

TEST_F(OwnAccountPages, WhatWasTypedBeforeTheSessionEndedLeavesTheRestAsItIsSavedNow)
{
    const auto page = mei.get("/account/");
    mei.end_session();
    mei.post("/account/contact/", {{"phone", "555-0199"}, {"email", "mei@example.com"},
                                      {"version", page.input("version")}, {"shown", page.input("shown")}});
    site.database->write([](db::Transaction& tx) {
        tx.apply("UPDATE auth_user SET email = 'new@example.com', version = version + 1 WHERE username = 'mei'");
    });
    mei.sign_in_again("mei", "/account/");
    const auto back = mei.get("/account/");
    EXPECT_THAT(back.body, AllOf(HasSubstr("value=\"555-0199\""), HasSubstr("value=\"new@example.com\"")));
}

TEST_F(OwnAccountPages, GuestsAndForeignFormsAreRefused)
{
    EXPECT_EQ(Client(site).post("/account/contact/", {{"phone", "555-0199"}}).status, 403);
    EXPECT_EQ(mei.post_without_token("/account/contact/", {{"phone", "555-0199"}}).status, 403);
    mei.set_header("sec-fetch-site", "cross-site");
    EXPECT_EQ(save("555-0199", "mei@example.com").status, 403);
    EXPECT_EQ(unchanged(), 1);
}

TEST_F(OwnAccountPages, TypedDetailsSurviveAnEndedSession)
{
    site.clock.advance(std::chrono::hours(13));
    const auto ended = save("555-0199", "mei@example.com", std::string(support::cast_password));
    EXPECT_EQ(ended.status, 403);
    EXPECT_THAT(ended.body, Not(HasSubstr(std::string(support::cast_password))));
    EXPECT_EQ(mei.sign_in_again("mei", "/account/").location(), "/account/");
    EXPECT_THAT(mei.get("/account/").body, HasSubstr("value=\"555-0199\""));
    EXPECT_EQ(unchanged(), 1);
}

} // namespace
