#include "accounts/asks.hpp"
#include "accounts/household.hpp"
#include "accounts/tries.hpp"
#include "actions/change_status.hpp"
#include "actions/households/claim_account.hpp"
#include "actions/link_account.hpp"
#include "actions/write_comment.hpp"
#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <string>
#include <vector>

namespace {

using support::Client;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// Mei holds 4410-2087-33; Omar next door knows its number and ZIP code.
class Households : public testing::Test
{
  protected:
    Households()
    {
        execute("UPDATE service_account SET address = address || ', Millbrook, NY 12545'");
        execute("UPDATE service_mail_switch SET is_on = 1");
        mei.sign_in_as(site.cast.mei);
        omar.sign_in_as(site.cast.omar);
        ravi.sign_in_as(site.cast.ravi);
    }

    void execute(db::Sql sql)
    {
        site.database->write([&](db::Transaction& tx) { tx.apply(sql); });
    }
    support::Answer claim(Client& who, std::string number, std::string zip = "12545")
    {
        return who.post("/account/claim/", {{"account", std::move(number)}, {"zip", std::move(zip)}});
    }
    /// What the server does every second.
    void wait_a_moment() { actions::settle_claims(*site.database, site.clock.now()); }
    void ask()
    {
        claim(omar, "4410 2087 33");
        wait_a_moment();
    }
    std::string ask_path(const std::string& verb) const
    {
        return "/account/asks/" +
               std::to_string(site.database.number("SELECT COALESCE(MAX(id), 0) FROM service_account_ask")) + "/" +
               verb + "/";
    }
    support::Answer share(Client& who, bool shares)
    {
        return who.post("/account/" + std::to_string(site.cast.account_of_mei.value) + "/sharing/",
            shares ? Client::Fields{{"shares", "1"}} : Client::Fields{});
    }
    support::Answer unshare(Client& who, UserId other)
    {
        return who.post("/account/1/unshare/", {{"user", std::to_string(other.value)}});
    }
    void link_omar()
    {
        site.database->write([&](db::Transaction& tx) {
            actions::link_account(tx, site.act(site.cast.ravi), site.cast.account_of_mei, site.cast.omar.user_id);
            tx.apply("DELETE FROM service_notification");
        });
    }
    /// Mei's, of her account.
    std::string submit(const std::string& description)
    {
        const auto sent = mei.post("/service/create/",
            {{"request_type", "maintenance"}, {"account", std::to_string(site.cast.account_of_mei.value)},
                {"description", description}, {"submission", description}});
        return sent.location().substr(0, sent.location().find("received/"));
    }
    std::vector<std::string> mails()
    {
        return db::map_rows(site.database->read()->query(
                                "SELECT kind, to_address FROM service_mail WHERE kind LIKE 'account%' ORDER BY id"),
            [](const db::Row& row) { return row.string(0) + ' ' + row.string(1); });
    }
    std::int64_t asks()
    {
        return site.database.number("SELECT COUNT(*) FROM service_account_ask WHERE state = 'open'");
    }

    support::TestSite site;
    Client mei{site};
    Client omar{site};
    Client ravi{site};
};

TEST_F(Households, WhoKnowsNumberAndZipCodeAsksTheHolderWhoAccepts)
{
    EXPECT_EQ(claim(omar, "4410 2087 33").location(), "/account/");
    EXPECT_THAT(site.notifications(), IsEmpty()) << "no work that depends on what there is";
    wait_a_moment();
    EXPECT_THAT(site.notifications(), ElementsAre("mei: Omar Haddad asks to share account …87-33"));
    EXPECT_THAT(mails(), ElementsAre("account_asked mei@example.com"));
    EXPECT_THAT(mei.get("/account/").body, HasSubstr("Omar Haddad asks to share account …87-33"));
    EXPECT_THAT(mei.get("/notifications/").body, HasSubstr("You decide on your account page."));
    EXPECT_THAT(omar.get("/account/").body, Not(HasSubstr("12 Elm Street")));
    EXPECT_EQ(omar.post(ask_path("accept"), {}).status, 404) << "nobody accepts the own ask";

    EXPECT_EQ(mei.post(ask_path("accept"), {}).location(), "/account/");

    EXPECT_THAT(omar.get("/account/").body, AllOf(HasSubstr("12 Elm Street"), HasSubstr("Mei Chen")));
    EXPECT_THAT(site.notifications(), Contains("omar: You share account …87-33 with Mei Chen now"));
    EXPECT_THAT(site.notifications(), Contains("mei: You share account …87-33 with Omar Haddad now"));
    EXPECT_THAT(mails(), ElementsAre("account_asked mei@example.com", "account_shared omar@example.com",
                             "account_shared mei@example.com"));
    EXPECT_THAT(mei.get("/account/").body, AllOf(Not(HasSubstr("asks to share account")), HasSubstr("Omar Haddad")));
    EXPECT_EQ(mei.post(ask_path("accept"), {}).location(), "/account/") << "a second click";
    EXPECT_THAT(mei.get("/account/").body, HasSubstr("This was answered or has ended."));
}

TEST_F(Households, AClaimReadsTheSameWhateverDoesNotFit)
{
    std::vector<std::string> pages;
    for (const auto& [number, zip] :
        {std::pair("4410-2087-33", "12545") /* taken */, std::pair("9999-9999-99", "12545") /* none */,
            std::pair("4410-2087-33", "12546") /* another ZIP code */}) {
        EXPECT_EQ(claim(omar, number, zip).location(), "/account/");
        wait_a_moment();
        const std::string page = omar.get("/account/").body;
        EXPECT_THAT(page, HasSubstr("If the number and the ZIP code fit, the account is listed here once"));
        EXPECT_THAT(page, Not(HasSubstr("12 Elm Street")));
    }
    EXPECT_EQ(asks(), 1);
    EXPECT_EQ(site.database.number("SELECT COUNT(*) FROM service_account_claim"), 0);
    EXPECT_EQ(claim(omar, "").status, 422);
    EXPECT_EQ(claim(omar, "4410-2087-33", "abc").status, 422);
}

TEST_F(Households, AFreeAccountIsLinkedAtOnce)
{
    execute("DELETE FROM service_account_user WHERE account_id = 1");
    EXPECT_EQ(omar.post("/account/claim/", {{"account", "4410208733"}, {"zip", "12545"}, {"shares", "1"}}).status, 303);
    EXPECT_THAT(omar.get("/account/").body, AllOf(HasSubstr("12 Elm Street"), HasSubstr("The account is linked.")));
    EXPECT_EQ(site.database.number("SELECT shares FROM service_account_user WHERE account_id = 1"), 1);
}

TEST_F(Households, AnOwnAccountIsNoClaimAndNoTry)
{
    for (int i = 0; i <= accounts::most_tries_an_hour; ++i) {
        const auto refused = claim(mei, "4410 2087 33", "99999");
        EXPECT_EQ(refused.status, 422);
        EXPECT_THAT(refused.body, AllOf(HasSubstr("You have this account already. It is on this page."),
                                      HasSubstr("value=\"4410-2087-33\"")));
    }
    EXPECT_EQ(claim(mei, "9999-9999-99").status, 303);
    EXPECT_EQ(claim(omar, "4410 2087 33").status, 303) << "which account others have is told nobody";
}

TEST_F(Households, TheHolderEndsSharing)
{
    EXPECT_THAT(mei.get("/account/").body, Not(HasSubstr("End sharing")));
    link_omar();
    const std::string page = submit("Radiator");
    share(mei, true);
    ASSERT_EQ(omar.get(page).status, 200);
    EXPECT_THAT(omar.get("/account/").body,
        AllOf(Not(HasSubstr("End sharing")), HasSubstr("The account holder decides who shares it.")));
    EXPECT_THAT(mei.get("/account/").body,
        AllOf(HasSubstr("End sharing with Omar Haddad"), HasSubstr("action=\"/account/1/unshare/\"")));

    EXPECT_EQ(unshare(mei, site.cast.omar.user_id).location(), "/account/");

    EXPECT_THAT(mei.get("/account/").body,
        AllOf(HasSubstr("You do not share the account with that person any more."), Not(HasSubstr("Omar Haddad"))));
    EXPECT_EQ(omar.get(page).status, 404);
    EXPECT_THAT(omar.get("/account/").body, Not(HasSubstr("12 Elm Street")));
    EXPECT_THAT(ravi.get("/admin/accounts/1/").body, HasSubstr("unlinked user omar"));
    EXPECT_EQ(unshare(mei, site.cast.omar.user_id).status, 303) << "a second click";
    EXPECT_THAT(mei.get("/account/").body, HasSubstr("This was answered or has ended. Nothing was changed."));
}

TEST_F(Households, OnlyTheHolderEndsSharing)
{
    link_omar();
    EXPECT_EQ(unshare(omar, site.cast.mei.user_id).status, 404);
    EXPECT_EQ(unshare(omar, site.cast.omar.user_id).status, 404);
    EXPECT_EQ(unshare(mei, site.cast.mei.user_id).status, 404) << "an account needs its holder";
    EXPECT_EQ(unshare(ravi, site.cast.omar.user_id).status, 403);
    execute("UPDATE service_account SET is_active = 0 WHERE id = 1");
    EXPECT_EQ(unshare(mei, site.cast.omar.user_id).status, 404);
    EXPECT_EQ(site.database.number("SELECT COUNT(*) FROM service_account_user WHERE account_id = 1"), 2);
}

TEST_F(Households, ADeclinedAskIsNotToldAndNotRepeatedForTwoWeeks)
{
    ask();
    EXPECT_EQ(mei.post(ask_path("decline"), {}).location(), "/account/");
    EXPECT_EQ(asks(), 0);
    EXPECT_THAT(omar.get("/notifications/").body, HasSubstr("Nothing new"));
    ask();
    EXPECT_EQ(asks(), 0) << "nobody is asked again and again";
    EXPECT_EQ(site.notifications().size(), 1U);
    site.clock.advance(accounts::ask_lasts);
    site.database->write([&](db::Transaction& tx) { actions::forget_claims(tx, site.clock.now()); });
    mei.sign_in_as(site.cast.mei);
    omar.sign_in_as(site.cast.omar);
    ask();
    EXPECT_EQ(asks(), 1);
    EXPECT_EQ(site.notifications().size(), 2U);
}

TEST_F(Households, WhoIsNotAnsweredReadsAWayOn)
{
    const auto way = HasSubstr("No answer after some days? Ask that person yourself, or call us with a bill at hand");
    EXPECT_THAT(omar.get("/account/").body, way) << "the same for everybody: it says nothing about an account";
    ask();
    mei.post(ask_path("decline"), {});
    EXPECT_THAT(omar.get("/account/").body, AllOf(way, Not(HasSubstr("declined"))));
}

TEST_F(Households, WhoBecomesTheHolderIsToldWhenTheHolderClosesTheProfile)
{
    link_omar();
    EXPECT_THAT(omar.get("/account/").body, Not(HasSubstr("You decide who else shares it.")));
    EXPECT_THAT(mei.get("/account/").body, HasSubstr("You decide who else shares it."));
    const std::string right(support::cast_password);
    EXPECT_EQ(mei.post("/account/close/", {{"current_password", right}}).location(), "/accounts/login/");
    EXPECT_THAT(site.notifications(), ElementsAre("omar: You are the holder of account …87-33 now"));
    EXPECT_THAT(
        omar.get("/notifications/").body, AllOf(HasSubstr("Whoever held it before has left the account."),
                                              HasSubstr("href=\"/account/\""), Not(HasSubstr("Closed account"))));
    const std::string account = "/admin/accounts/" + std::to_string(site.cast.account_of_mei.value) + "/";
    EXPECT_THAT(ravi.get(account).body, AllOf(HasSubstr("made user omar the holder"), Not(HasSubstr("user mei"))));

    EXPECT_EQ(omar.post("/account/close/", {{"current_password", right}}).location(), "/accounts/login/");
    EXPECT_THAT(ravi.get(account).body, Not(HasSubstr("omar"))) << "the history forgets that name, too";
}

TEST_F(Households, WhoBecomesTheHolderIsToldWhenTheStaffUnlinkTheHolder)
{
    link_omar();
    site.database->write([&](db::Transaction& tx) {
        actions::link_account(tx, site.act(site.cast.ravi), site.cast.account_of_mei, site.cast.sofia.user_id);
        tx.apply("DELETE FROM service_notification");
        tx.apply("UPDATE auth_user SET is_active = 0 WHERE username = 'omar'");
        actions::unlink_account(tx, site.act(site.cast.ravi), site.cast.account_of_mei, site.cast.mei.user_id);
    });
    EXPECT_THAT(site.notifications(), ElementsAre("sofia: You are the holder of account …87-33 now"))
        << "nobody who cannot sign in";
    site.database->write([&](db::Transaction& tx) {
        tx.apply("DELETE FROM service_notification");
        actions::unlink_account(tx, site.act(site.cast.ravi), site.cast.account_of_mei, site.cast.omar.user_id);
    });
    EXPECT_THAT(site.notifications(), IsEmpty()) << "the holder stays the same";
}

TEST_F(Households, AnAskEndsByItselfAndStaffEndIt)
{
    ask();
    const std::string account = "/admin/accounts/" + std::to_string(site.cast.account_of_mei.value) + "/";
    EXPECT_THAT(ravi.get(account).body, AllOf(HasSubstr("asks the holder to share it"), HasSubstr("asked to share")));
    const std::string id = std::to_string(site.database.number("SELECT id FROM service_account_ask"));
    const Client::Fields form{{"ask", id}, {"version", "1"}, {"number", "4410-2087-33"},
        {"address", "12 Elm Street, Millbrook, NY 12545"}, {"phone", "555-0142"}, {"is_active", "1"}};
    EXPECT_EQ(ravi.post(account + "end-ask/", form).status, 303);
    EXPECT_THAT(ravi.get(account).body,
        AllOf(Not(HasSubstr("asks the holder to share it")), HasSubstr("ended the ask of user omar")));
    EXPECT_EQ(mei.post(ask_path("accept"), {}).status, 303);
    EXPECT_THAT(omar.get("/account/").body, Not(HasSubstr("12 Elm Street"))) << "an ended ask links nobody";

    execute("UPDATE service_account_ask SET state = 'open'");
    site.clock.advance(accounts::ask_lasts);
    mei.sign_in_as(site.cast.mei);
    EXPECT_THAT(mei.get("/account/").body, Not(HasSubstr("asks to share")));
    EXPECT_EQ(mei.post(ask_path("accept"), {}).status, 303);
    EXPECT_EQ(site.database.number("SELECT COUNT(*) FROM service_account_user WHERE account_id = 1"), 1);
}

TEST_F(Households, SeeWhatTheirSenderSharesAndNothingElse)
{
    link_omar();
    const std::string page = submit("Radiator");
    EXPECT_EQ(omar.get(page).status, 404);
    EXPECT_THAT(omar.get("/service/").body, Not(HasSubstr("Radiator")));
    EXPECT_EQ(share(omar, true).status, 303) << "about the own requests only";
    EXPECT_EQ(omar.get(page).status, 404);
    EXPECT_EQ(share(mei, true).status, 303);

    EXPECT_THAT(omar.get(page).body,
        AllOf(HasSubstr("Radiator"), HasSubstr("Sent by"), HasSubstr("Mei Chen"), Not(HasSubstr("type=\"file\""))));
    EXPECT_THAT(omar.get("/service/").body,
        AllOf(HasSubstr("Radiator"), HasSubstr("from"), HasSubstr("12 Elm Street, Millbrook")));
    EXPECT_THAT(omar.get("/").body, HasSubstr("Radiator"));
    EXPECT_EQ(omar.get(page + "received/").location(), page);
    EXPECT_EQ(omar.post(page + "comments/", {{"text", "I am at home at noon"}, {"submission", "a"}}).status, 303);
    EXPECT_THAT(mei.get(page).body, AllOf(HasSubstr("I am at home at noon"), HasSubstr("Omar Haddad")));
    EXPECT_THAT(site.notifications(), Contains(HasSubstr("mei: Omar Haddad commented on")));
    std::vector<http::UploadedFile> files;
    files.push_back(site.upload("pipe.png", support::tiny_png()));
    EXPECT_EQ(omar.post(page + "comments/", {{"text", "Look"}, {"submission", "b"}}, std::move(files)).status, 404);

    EXPECT_EQ(share(mei, false).status, 303);

    EXPECT_EQ(omar.get(page).status, 404);
    EXPECT_EQ(omar.post(page + "comments/", {{"text", "Too late"}, {"submission", "c"}}).status, 404);
    EXPECT_EQ(omar.post(page + "read/", {{"until", "1796000000000"}}).status, 404);
    EXPECT_THAT(omar.get("/service/").body, Not(HasSubstr("Radiator")));
    EXPECT_THAT(omar.get("/").body, Not(HasSubstr("Radiator")));
    EXPECT_EQ(site.database.number("SELECT COUNT(*) FROM service_comment"), 1);
}

TEST_F(Households, OnlyTheSenderReopensWhatIsResolved)
{
    link_omar();
    const std::string page = submit("Radiator");
    share(mei, true);
    const ServiceRequestId id{site.database.number("SELECT MAX(id) FROM service_servicerequest")};
    site.database->write([&](db::Transaction& tx) {
        actions::change_status(tx, site.act(site.cast.ravi),
            {.service_request = id, .status = service_requests::Status::Resolved, .version = 1});
    });
    EXPECT_THAT(omar.get(page).body,
        AllOf(HasSubstr("Only Mei Chen and our staff open the request again"), Not(HasSubstr("reopen/"))));
    EXPECT_EQ(omar.post(page + "reopen/", {{"version", "2"}, {"submission", "a"}}).status, 404);
    EXPECT_EQ(omar.post(page + "reopen/", {{"version", "2"}, {"text", "It drips"}, {"submission", "b"}}).status, 404);
    EXPECT_EQ(omar.post(page + "comments/", {{"text", "Still cold"}, {"submission", "c"}}).status, 303);
    EXPECT_EQ(site.database.number("SELECT COUNT(*) FROM service_servicerequest WHERE status = 'Resolved'"), 1);
    EXPECT_EQ(mei.post(page + "comments/", {{"text", "Still cold"}, {"submission", "d"}}).status, 303);
    EXPECT_EQ(site.database.number("SELECT COUNT(*) FROM service_servicerequest WHERE status = 'Resolved'"), 0);
}

TEST_F(Households, EndAtOnceWhenTheStaffUnlinkOrRetireTheAccount)
{
    link_omar();
    const std::string page = submit("Radiator");
    share(mei, true);
    const auto sees = [&] { return omar.get(page).status; };
    ASSERT_EQ(sees(), 200);
    execute("UPDATE service_account SET is_active = 0 WHERE id = 1");
    EXPECT_EQ(sees(), 404);
    execute("UPDATE service_account SET is_active = 1 WHERE id = 1");
    ASSERT_EQ(sees(), 200);
    site.database->write([&](db::Transaction& tx) {
        actions::unlink_account(tx, site.act(site.cast.ravi), site.cast.account_of_mei, site.cast.omar.user_id);
    });
    EXPECT_EQ(sees(), 404);
    link_omar();
    ASSERT_EQ(sees(), 200);
    site.database->write([&](db::Transaction& tx) {
        actions::unlink_account(tx, site.act(site.cast.ravi), site.cast.account_of_mei, site.cast.mei.user_id);
    });
    EXPECT_EQ(sees(), 404) << "whose sender left the household";
}

TEST_F(Households, EverybodyReadsThatThereIsAnOpenLeakAtTheAddressAndNotAWordOfIt)
{
    link_omar();
    const std::string words = "Somebody reported a gas leak at 12 Elm Street, Millbrook, NY 12545";
    EXPECT_THAT(omar.get("/").body, Not(HasSubstr(words)));
    mei.post("/service/create/", {{"request_type", "gas-leak"}, {"account", "1"},
                                     {"description", "It hisses in the cellar"}, {"submission", "leak"}});
    EXPECT_THAT(omar.get("/").body, AllOf(HasSubstr(words), Not(HasSubstr("hisses")), Not(HasSubstr("Mei Chen"))));
    EXPECT_THAT(mei.get("/").body, Not(HasSubstr(words))) << "who reported it has it in the list";
    execute("UPDATE service_servicerequest SET status = 'Resolved', resolved_at = submitted_at");
    EXPECT_THAT(omar.get("/").body, Not(HasSubstr(words)));
    Client(site).post("/emergency/", {{"address", "12 Elm Street, Millbrook, NY 12545"}, {"notes", "It whistles"}});
    EXPECT_THAT(mei.get("/").body, AllOf(HasSubstr(words), Not(HasSubstr("whistles"))));
}

TEST_F(Households, NobodyDecidesAboutAnAccountThatIsNotTheirs)
{
    EXPECT_EQ(share(omar, true).status, 404);
    EXPECT_EQ(ravi.post("/account/1/sharing/", {{"shares", "1"}}).status, 403);
    EXPECT_EQ(site.database.number("SELECT SUM(shares) FROM service_account_user"), 0);
}

TEST_F(Households, AButtonForWhatIsOverSaysSo)
{
    link_omar();
    ravi.post("/admin/accounts/1/unlink/", {{"user", std::to_string(site.cast.omar.user_id.value)}});
    EXPECT_EQ(share(omar, true).location(), "/account/");
    EXPECT_THAT(omar.get("/account/").body, HasSubstr("This account is not on your profile any more."));
    EXPECT_EQ(site.database.number("SELECT SUM(shares) FROM service_account_user"), 0);

    ask();
    mei.post(ask_path("decline"), {});
    for (const std::string verb : {"accept", "decline"}) {
        EXPECT_EQ(mei.post(ask_path(verb), {}).location(), "/account/");
        EXPECT_THAT(mei.get("/account/").body, HasSubstr("This was answered or has ended. Nothing was changed."));
    }
}

TEST_F(Households, WhoIsLinkedByTheStaffIsToldAndSoAreTheOthers)
{
    ravi.post("/admin/accounts/1/link/", {{"username", "omar"}});
    EXPECT_THAT(site.notifications(), testing::UnorderedElementsAre(HasSubstr("omar: "), HasSubstr("mei: ")));
    ravi.post("/admin/accounts/1/link/", {{"username", "omar"}});
    EXPECT_EQ(site.notifications().size(), 2U) << "once";
}

TEST_F(Households, TheLastUsedAccountStandsFirst)
{
    link_omar();
    const std::string mine = "value=\"" + std::to_string(site.cast.account_of_omar.value) + "\"";
    const auto chosen = [&] { return omar.get("/service/create/").body; };
    EXPECT_THAT(chosen(), AllOf(HasSubstr("12 Elm Street"), HasSubstr("14 Elm Street")));
    omar.post("/service/create/", {{"request_type", "maintenance"}, {"account", "2"}, {"description", "Meter"}});
    const std::string page = chosen();
    EXPECT_LT(page.find("id=\"account-2\""), page.find("id=\"account-1\""));
    EXPECT_THAT(omar.get("/service/").body, HasSubstr("14 Elm Street")) << "each says of which account it is";
}

TEST_F(Households, APersonTriesFiveNumbersAnHour)
{
    for (int i = 0; i < 5; ++i)
        EXPECT_EQ(claim(omar, "9999-9999-9" + std::to_string(i)).status, 303);
    const auto refused = claim(omar, "9999-9999-99");
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(refused.header("Retry-After"), "3600");
    EXPECT_THAT(refused.body, AllOf(HasSubstr("Wait 60 minutes"), HasSubstr("value=\"9999-9999-99\"")));
    EXPECT_EQ(claim(mei, "9999-9999-99").status, 303) << "each person has their own";
    site.clock.advance(std::chrono::hours(1));
    EXPECT_EQ(claim(omar, "9999-9999-99").status, 303);
}

TEST_F(Households, TriesAtTwoNodesAtOnceAreAllCounted)
{
    // On PostgreSQL another pool, as of another node; on SQLite there is one process, and threads.
    const bool is_postgres = site.database->engine() == db::Engine::Postgres;
    const auto other = is_postgres ? db::Database::open({.url = site.database.url()}) : nullptr;
    std::vector<std::future<bool>> tries;
    for (int i = 0; i < 12; ++i)
        tries.push_back(std::async(std::launch::async, [&, i] {
            db::Database& node = other && i % 2 == 0 ? *other : *site.database;
            return node.write(
                [&](db::Transaction& tx) { return !accounts::add_try(tx, "somebody", site.clock.now()); });
        }));
    int counted = 0;
    for (auto& each : tries)
        counted += each.get() ? 1 : 0;
    EXPECT_EQ(counted, accounts::most_tries_an_hour);
}

} // namespace
