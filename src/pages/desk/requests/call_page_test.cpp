#include "notifications/notification.hpp"
#include "service_requests/service_request.hpp"
#include "support/test_site.hpp"
#include "web/forms/csrf.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using support::Client;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr std::string_view path = "/admin/requests/create/";
const std::string customers = "/admin/requests/create/customers/?q=";

class CallPage : public testing::Test
{
  protected:
    CallPage() { ravi.sign_in_as(site.cast.ravi); }

    /// The newest one, as the database has it.
    service_requests::ServiceRequest newest()
    {
        const auto id = site.database.number("SELECT max(id) FROM service_servicerequest");
        return service_requests::get_service_request_for_staff(*site.database->read(), ServiceRequestId{id});
    }
    std::int64_t requests() { return site.database.number("SELECT count(*) FROM service_servicerequest"); }
    std::int64_t notified(const base::Visitor& user)
    {
        return notifications::count_unread(*site.database->read(), user.user_id);
    }

    support::TestSite site;
    Client ravi{site};
};

TEST_F(CallPage, ACallOfACustomerIsTheirRequestAndSaysWhoWroteItDown)
{
    const auto saved = ravi.post(path, {{"request_type", "maintenance"}, {"customer", "4410208733"},
                                           {"description", "No hot water since noon"}, {"note", "Speaks softly"}});

    ASSERT_EQ(saved.status, 303);
    ASSERT_THAT(saved.location(), StartsWith("/admin/requests/"));
    EXPECT_THAT(ravi.get(saved.location()).body,
        AllOf(HasSubstr("Reference for the caller</small>SR 1</p>"), HasSubstr("Read the caller the reference"),
            HasSubstr("12 Elm Street"), HasSubstr("Speaks softly"), HasSubstr("wrote it down during a phone call"),
            HasSubstr("Mei Chen")));
    Client mei(site);
    mei.sign_in_as(site.cast.mei);
    EXPECT_THAT(mei.get("/service/").body, HasSubstr("No hot water since noon"));
    const auto id = std::to_string(newest().id.value) + "/";
    EXPECT_THAT(mei.get("/service/" + id).body,
        AllOf(HasSubstr("No hot water since noon"), Not(HasSubstr("Speaks softly")), Not(HasSubstr("wrote it down"))));
}

TEST_F(CallPage, ALeakThatIsMuchTooLongCountsAsFarAsItCame)
{
    const auto send = [&](std::string type) {
        ravi.set_fault(http::BodyFault::TooLarge);
        return ravi.post(path, {{"request_type", std::move(type)}, {"address", "3 Oak Street"},
                                   {"description", std::string(256 * 1024, 'x')}, {"unable_to_leave", "yes"}});
    };
    const auto saved = send("gas-leak");
    EXPECT_EQ(saved.status, 303);
    EXPECT_THAT(ravi.get(saved.location()).body,
        AllOf(HasSubstr("[Cut here: the report was longer than 256 KB."), HasSubstr("Person can’t leave")));
    EXPECT_EQ(send("billing").status, 422);
    EXPECT_EQ(requests(), 1);
}

TEST_F(CallPage, AUserNameWillDoAndNobodyWillDoToo)
{
    EXPECT_EQ(
        ravi.post(path, {{"request_type", "billing"}, {"customer", "omar"}, {"description", "Twice billed"}}).status,
        303);
    EXPECT_EQ(newest().address, "14 Elm Street");

    const auto saved = ravi.post(path, {{"request_type", "other"}, {"name", "Jo"}, {"phone", "518 555 0134"},
                                           {"address", "3 Oak Street"}, {"description", "Is the office open?"}});

    ASSERT_EQ(saved.status, 303);
    EXPECT_THAT(ravi.get(saved.location()).body, AllOf(HasSubstr("Reported by phone"), HasSubstr("Jo")));
    EXPECT_EQ(newest().channel, service_requests::Channel::Phone);
}

TEST_F(CallPage, OfACustomerWithTwoAddressesOneIsAskedFor)
{
    site.database->write([&](db::Transaction& tx) {
        tx.apply("INSERT INTO service_account (id, account_number, address, phone_number, created_at, search_text)"
                 " VALUES (900, '9900-0000-01', '3 New Street', '', 0, '')");
        tx.apply("INSERT INTO service_account_user (account_id, user_id) VALUES (900, $1)", site.cast.mei.user_id);
    });
    for (const std::string type : {"maintenance", "gas-leak"}) {
        const auto before = requests();
        const auto asked = ravi.post(path, {{"request_type", type}, {"customer", "mei"}, {"description", "It smells"}});
        EXPECT_EQ(asked.status, 422) << type;
        EXPECT_THAT(asked.body, AllOf(HasSubstr("more than one address"), HasSubstr("12 Elm Street; 3 New Street")));
        EXPECT_EQ(requests(), before) << type;

        ravi.post(path,
            {{"request_type", type}, {"customer", "mei"}, {"description", "It smells"}, {"address", "3 NEW St."}});
        EXPECT_EQ(newest().account_id, AccountId{900}) << type;
        Client::Fields park = {
            {"request_type", type}, {"customer", "mei"}, {"description", "It smells"}, {"address", "The park"}};
        EXPECT_THAT(ravi.post(path, park).body,
            HasSubstr("The park isn’t an address of Mei Chen (12 Elm Street; 3 New Street)."));
        park.emplace_back("where", "The park");
        ravi.post(path, park);
        EXPECT_EQ(newest().account_id, AccountId{}) << type;
        EXPECT_EQ(newest().address, "The park");
    }
}

TEST_F(CallPage, WhoCallsForACustomerIsNamed)
{
    const auto asked = [&](const char* name) {
        const auto saved = ravi.post(path, {{"request_type", "billing"}, {"customer", "omar"}, {"name", name},
                                               {"phone", "518 555 0177"}, {"description", "Twice billed"}});
        return ravi.get(saved.location()).body;
    };
    EXPECT_THAT(asked("Sean Dowd"), AllOf(HasSubstr("<dt>Caller</dt>"), HasSubstr("Sean Dowd")));
    EXPECT_THAT(asked(""), Not(HasSubstr("<dt>Caller</dt>")));
}

TEST_F(CallPage, WhatIsMissingOrUnknownIsSaidAndEverythingStays)
{
    const auto refused = ravi.post(path, {{"customer", "nobody"}, {"name", "Jo"}, {"phone", "12"}, {"note", "Again"}});

    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(refused.body,
        AllOf(HasSubstr("Choose what they need help with."),
            HasSubstr("No customer has this account number or user name."), HasSubstr("Write what the caller says."),
            HasSubstr("7 to 15 digits"), HasSubstr("value=\"Jo\""), HasSubstr("Again</textarea>")));
    EXPECT_EQ(ravi.post(path, {{"request_type", "other"}, {"customer", "ravi"}, {"description", "x"}}).status, 422)
        << "one of the staff is no customer";
    EXPECT_EQ(requests(), 0);
}

TEST_F(CallPage, ALeakRingsForTheOthersAndIsNotRefusedForItsCustomer)
{
    const auto before = notified(site.cast.ravi);
    EXPECT_THAT(
        ravi.post(path, {{"request_type", "gas-leak"}}).body, HasSubstr("Ask where it is. The street is enough."));

    const auto saved = ravi.post(path, {{"request_type", "gas-leak"}, {"address", "9 Oak Street"},
                                           {"customer", "the lady from number 7"}, {"unable_to_leave", "yes"}});

    ASSERT_EQ(saved.status, 303);
    EXPECT_THAT(newest().description, HasSubstr("the lady from number 7"));
    EXPECT_EQ(notified(site.cast.sofia), 1);
    EXPECT_EQ(notified(site.cast.ravi), before) << "who wrote it down knows";
    EXPECT_THAT(ravi.get("/admin/users/").body, HasSubstr("9 Oak Street")) << "the bar of every page";
}

TEST_F(CallPage, ALeakAtAnAccountThatWasUnlinkedOrDeactivatedMeanwhileIsTakenWithItsAddress)
{
    for (const std::string change : {"unlinked", "deactivated"}) {
        site.database->write([&](db::Transaction& tx) {
            tx.apply("UPDATE service_account SET user_id = NULL");
            if (change == "deactivated")
                tx.apply("UPDATE service_account SET is_active = 0");
        });
        const auto saved = ravi.post(path, {{"request_type", "gas-leak"}, {"customer", "4410-2087-33"}});
        ASSERT_EQ(saved.status, 303) << change;
        EXPECT_EQ(newest().address, "12 Elm Street");
    }
}

TEST_F(CallPage, LeaksOfDifferentCallersAreNotFolded)
{
    for (const char* street : {"9 Oak Street", "77 Mill Street"})
        ravi.post(path, {{"request_type", "gas-leak"}, {"address", street}});

    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_servicerequest WHERE folded_into IS NULL"), 2);
}

TEST_F(CallPage, CustomersWhomAPhoneANameOrANumberFitsAreOffered)
{
    const auto offered = [&](const std::string& words) { return ravi.get(customers + words).body; };
    const auto mei = AllOf(HasSubstr("value=\"4410-2087-33\""), HasSubstr("data-name=\"Mei Chen\""),
        HasSubstr("data-address=\"12 Elm Street\""));
    for (const std::string words : {"4410208733", "chen", "mei+ch", "12+elm"})
        EXPECT_THAT(offered(words), AllOf(mei, HasSubstr("1 customer fits"))) << words;
    EXPECT_THAT(offered("nobody+of+this+name"), HasSubstr("No customer fits."));
    EXPECT_EQ(offered("me"), "") << "two letters fit too many";
    EXPECT_EQ(offered(""), "");
    EXPECT_THAT(offered("patel"), HasSubstr("No customer fits.")) << "one of the staff is no customer";
}

TEST_F(CallPage, OneWhoseAccountIsDeactivatedIsOfferedWithoutItAndWhoCannotBeChosenIsNamed)
{
    const auto run = [&](db::Sql sql) { site.database->write([&](db::Transaction& tx) { tx.apply(sql); }); };
    run("UPDATE service_account SET is_active = 0 WHERE account_number = '4410-2087-33'");
    for (const std::string words : {"chen", "4410208733"})
        EXPECT_THAT(ravi.get(customers + words).body, AllOf(HasSubstr("Account 4410-2087-33 is deactivated"),
                                                          HasSubstr("Mei Chen"), Not(HasSubstr("can’t be chosen"))))
            << words;
    const auto saved = ravi.post(path, {{"request_type", "other"}, {"customer", "mei"}, {"description", "It hums"}});
    EXPECT_EQ(saved.status, 303) << "as she is offered";
    run("UPDATE auth_user SET is_active = 0 WHERE username = 'mei'");
    EXPECT_THAT(ravi.get(customers + "chen").body,
        AllOf(HasSubstr("Nobody can be chosen."), Not(HasSubstr("data-choose")),
            HasSubstr("Mei Chen (mei) can’t be chosen: the sign-in is turned off, and no active account fits.")));
    run("DELETE FROM service_account_user");
    run("UPDATE service_account SET user_id = NULL");
    EXPECT_THAT(ravi.get(customers + "4410208733").body,
        HasSubstr("Account 4410-2087-33 (12 Elm Street) can’t be chosen: it is deactivated."));
}

TEST_F(CallPage, TheCustomersOwnPhoneIsOfferedBeforeTheAccounts)
{
    site.database->write([](db::Transaction& tx) {
        tx.apply("UPDATE service_account SET phone_number = '(518) 555-0101'");
        tx.apply("UPDATE auth_user SET phone = '(518) 555-0999' WHERE username = 'mei'");
        tx.apply("UPDATE auth_user SET phone = '' WHERE username = 'omar'");
    });
    EXPECT_THAT(ravi.get(customers + "chen").body, HasSubstr("data-phone=\"(518) 555-0999\""));
    EXPECT_THAT(ravi.get(customers + "haddad").body, HasSubstr("data-phone=\"(518) 555-0101\""));
    EXPECT_THAT(ravi.post(path, {{"request_type", "other"}, {"choose", "4410-2087-33"}}).body,
        HasSubstr("type=\"tel\" value=\"(518) 555-0999\""));
}

TEST_F(CallPage, ANameThatIsTypedAndSavedOffersWhomItFits)
{
    const auto refused = ravi.post(path, {{"request_type", "other"}, {"customer", "chen"}, {"description", "It hums"}});
    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(
        refused.body, AllOf(HasSubstr("Find the customer below"), HasSubstr("value=\"4410-2087-33\" data-choose"),
                          HasSubstr("Who is calling? Name, phone, street or account number")));
}

TEST_F(CallPage, APhoneNumberInAnySpellingFindsItsCustomerAndFiveAreOfferedAtMost)
{
    for (int i = 0; i < 7; ++i)
        ravi.post("/admin/accounts/create/",
            {{"number", "7000-0000-0" + std::to_string(i)}, {"address", "1 Mill Street"}, {"phone", "518 555 0188"}});
    for (const std::string words : {"518-555-0188", "%28518%29+555+0188", "5185550188"}) {
        const auto body = ravi.get(customers + words).body;
        EXPECT_THAT(body, AllOf(HasSubstr("The first 5 customers that fit"), HasSubstr("7000-0000-04"),
                              Not(HasSubstr("7000-0000-05"))))
            << words;
    }
}

TEST_F(CallPage, WithoutScriptsAButtonFindsAndChoosesAndEverythingTypedStays)
{
    const Client::Fields typed = {
        {"request_type", "billing"}, {"name", "Chen"}, {"description", "Twice billed"}, {"note", "Calm"}};
    auto found = typed;
    found.emplace_back("find", "1");
    const auto offered = ravi.post(path, found);
    EXPECT_EQ(offered.status, 200);
    EXPECT_THAT(
        offered.body, AllOf(HasSubstr("name=\"choose\" value=\"4410-2087-33\""), HasSubstr("Twice billed</textarea>"),
                          HasSubstr("Calm</textarea>"), HasSubstr("value=\"Chen\"")));
    auto chosen = typed;
    chosen.emplace_back("choose", "4410-2087-33");
    const auto filled = ravi.post(path, chosen);
    EXPECT_THAT(filled.body, AllOf(HasSubstr("id=\"customer\" name=\"customer\" value=\"4410-2087-33\""),
                                 HasSubstr("value=\"12 Elm Street\""), HasSubstr("value=\"Chen\""),
                                 HasSubstr("aria-pressed=\"true\""), HasSubstr("Twice billed</textarea>")));
    EXPECT_EQ(requests(), 0);
}

TEST_F(CallPage, AnotherChoiceReplacesWhatTheFirstFilledInAndNobodyTypedOver)
{
    const Client::Fields first = {{"request_type", "billing"}, {"phone", "518 555 0199"}, {"choose", "4410-2087-33"}};
    EXPECT_THAT(ravi.post(path, first).body,
        AllOf(HasSubstr("name=\"filled_name\" value=\"Mei Chen\""), HasSubstr("name=\"filled_phone\" value=\"\""),
            HasSubstr("name=\"filled_address\" value=\"12 Elm Street\"")));
    const auto second =
        ravi.post(path, {{"request_type", "billing"}, {"phone", "518 555 0199"}, {"customer", "4410-2087-33"},
                            {"name", "Mei Chen"}, {"address", "12 Elm Street"}, {"filled_name", "Mei Chen"},
                            {"filled_address", "12 Elm Street"}, {"choose", "4410-2087-41"}});
    EXPECT_THAT(second.body,
        AllOf(HasSubstr("name=\"name\" value=\"Omar Haddad\""), HasSubstr("name=\"address\" value=\"14 Elm Street\""),
            HasSubstr("name=\"customer\" value=\"4410-2087-41\""), HasSubstr("value=\"518 555 0199\"")));
    const auto typed_over =
        ravi.post(path, {{"name", "Her sister"}, {"address", "The park"}, {"filled_name", "Mei Chen"},
                            {"filled_address", "12 Elm Street"}, {"choose", "4410-2087-41"}});
    EXPECT_THAT(typed_over.body, AllOf(HasSubstr("value=\"Her sister\""), HasSubstr("value=\"The park\"")));
}

TEST_F(CallPage, WhatAChoiceFilledInGoesWhenAnotherCustomerIsTyped)
{
    const auto form = [](const std::string& customer) {
        return Client::Fields{{"request_type", "gas-leak"}, {"customer", customer}, {"name", "Mei Chen"},
            {"phone", "518 555 0199"}, {"address", "12 Elm Street"}, {"filled_customer", "4410-2087-33"},
            {"filled_name", "Mei Chen"}, {"filled_phone", "518 555 0199"}, {"filled_address", "12 Elm Street"}};
    };
    const auto asked = ravi.post(path, form("jessica harris"));
    EXPECT_EQ(asked.status, 422);
    EXPECT_THAT(asked.body, AllOf(HasSubstr("12 Elm Street belongs to the customer chosen before. Ask where it is."),
                                HasSubstr("name=\"address\" value=\"\""), HasSubstr("name=\"name\" value=\"\""),
                                HasSubstr("name=\"filled_customer\" value=\"\"")));
    EXPECT_EQ(requests(), 0);
    EXPECT_EQ(ravi.post(path, form("4410-2087-41")).status, 303);
    EXPECT_EQ(site.database.number("SELECT COUNT(*) FROM service_servicerequest "
                                   "WHERE contact_name = 'Omar Haddad' AND address = '14 Elm Street'"),
        1);
    EXPECT_EQ(ravi.post(path, form("4410-2087-33")).status, 303);
    EXPECT_EQ(site.database.number("SELECT COUNT(*) FROM service_servicerequest "
                                   "WHERE contact_name = 'Mei Chen' AND address = '12 Elm Street'"),
        1);
}

TEST_F(CallPage, AUserNameThatIsAnothersFirstNameIsAskedAboutOnce)
{
    ravi.post("/admin/users/create/",
        {{"username", "omar2"}, {"first_name", "Omar"}, {"last_name", "Lindqvist"}, {"role", "customer"}});
    const auto form = [](const char* field, const char* value) {
        return Client::Fields{{"request_type", "gas-leak"}, {"customer", "omar"}, {field, value}};
    };
    const auto asked = ravi.post(path, form("phone", ""));
    EXPECT_EQ(asked.status, 422);
    EXPECT_THAT(asked.body, AllOf(HasSubstr("Several customers fit “omar”. Choose the one who is calling."),
                                HasSubstr("Omar Lindqvist"), HasSubstr("name=\"asked_who\" value=\"omar\"")));
    EXPECT_EQ(requests(), 0);
    for (const auto& [field, value] :
        {std::pair("asked_who", "omar"), {"filled_customer", "omar"}, {"address", "14 Elm Street"}})
        EXPECT_EQ(ravi.post(path, form(field, value)).status, 303) << field;
}

TEST_F(CallPage, AnAddressThatIsNotTheCustomersIsAskedAboutOnce)
{
    const auto form = [](const char* type) {
        return Client::Fields{{"request_type", type}, {"customer", "4410-2087-41"}, {"address", "12 Elm Street"},
            {"description", "It smells"}};
    };
    const auto asked = ravi.post(path, form("gas-leak"));
    EXPECT_EQ(asked.status, 422);
    EXPECT_THAT(asked.body, AllOf(HasSubstr("12 Elm Street isn’t an address of account 4410-2087-41 (14 Elm Street)."),
                                HasSubstr("Where is the leak?"), HasSubstr("name=\"where\" value=\"12 Elm Street\""),
                                HasSubstr("name=\"where\" value=\"14 Elm Street\""),
                                HasSubstr("name=\"asked_where\" value=\"4410-2087-41 12 Elm Street\"")));
    EXPECT_EQ(requests(), 0);
    EXPECT_THAT(ravi.post(path, form("billing")).body, HasSubstr("Where is it?"));

    for (const char* const where : {"12 Elm Street", "14 Elm Street"}) {
        auto answered = form("gas-leak");
        answered.emplace_back("where", where);
        EXPECT_EQ(ravi.post(path, answered).status, 303);
        EXPECT_EQ(newest().address, where);
        EXPECT_EQ(newest().user_id, site.cast.omar.user_id);
    }
    auto again = form("gas-leak");
    again.emplace_back("asked_where", "4410-2087-41 12 Elm Street");
    EXPECT_EQ(ravi.post(path, again).status, 303) << "a leak is never refused";
    again.back().second = "4410-2087-33 12 Elm Street";
    EXPECT_EQ(ravi.post(path, again).status, 422) << "that was about somebody else";
}

TEST_F(CallPage, AnAddressThatIsWrittenInAnotherWayIsNotAskedAbout)
{
    for (const char* const address : {"14 elm st", "14 Elm Street, rear door", ""}) {
        EXPECT_EQ(ravi.post(path, {{"request_type", "billing"}, {"customer", "omar"}, {"address", address},
                                      {"description", "Twice billed"}})
                      .status,
            303)
            << address;
    }
}

TEST_F(CallPage, WhatWasTypedForOneCustomerNeverAppearsForAnother)
{
    const std::string token = web::csrf_token(ravi.cookie("gu_session")) + ravi.seal();
    const std::string of_omar = std::string(path) + "?customer=omar";
    Client signed_out(site);
    signed_out.post_without_token(of_omar,
        {{"csrf", token}, {"customer", "omar"}, {"name", "Omar H"}, {"description", "My bank account was closed"}});
    signed_out.post_without_token(path, {{"csrf", token}, {"description", "Words of nobody"}});

    const auto his = AllOf(HasSubstr("My bank account was closed</textarea>"), HasSubstr("action=\"" + of_omar + "\""));
    const auto link = AllOf(HasSubstr("You have an unsent request for Omar H (today"),
        HasSubstr("href=\"" + of_omar + "\""), Not(HasSubstr("bank account")));
    for (int looks = 0; looks < 2; ++looks) {
        EXPECT_THAT(ravi.get(of_omar).body, AllOf(his, HasSubstr("You have an unsent request for a caller (today")));
        EXPECT_THAT(ravi.get(path).body, AllOf(link, HasSubstr("Words of nobody</textarea>")));
        EXPECT_THAT(ravi.get(std::string(path) + "?customer=mei").body, AllOf(link, Not(HasSubstr("Words of nobody"))));
    }
    ravi.post("/preferences/start-over/", {{"page", std::string(path)}});
    EXPECT_THAT(ravi.get(path).body, AllOf(link, Not(HasSubstr("Words of nobody"))));
    EXPECT_EQ(
        ravi.post(of_omar, {{"request_type", "billing"}, {"customer", "omar"}, {"description", "Closed"}}).status, 303);
    EXPECT_THAT(ravi.get(path).body, Not(HasSubstr("an unsent request for Omar")));
    signed_out.post_without_token(of_omar, {{"csrf", token}, {"customer", "omar"}, {"description", "Once more"}});
    EXPECT_EQ(ravi.post("/preferences/start-over/", {{"page", of_omar}}).location(), of_omar);
    EXPECT_THAT(ravi.get(of_omar).body, Not(HasSubstr("Once more")));
}

TEST_F(CallPage, TheSameFormTwiceIsOneRequest)
{
    const Client::Fields form = {
        {"request_type", "other"}, {"description", "Once"}, {"note", "Once"}, {"submission", "a-key-of-22-characters"}};

    EXPECT_EQ(ravi.post(path, form).location(), ravi.post(path, form).location());

    EXPECT_EQ(requests(), 1);
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_comment"), 1);
}

} // namespace
