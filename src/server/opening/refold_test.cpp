#include "server/opening/refold.hpp"

#include "accounts/account.hpp"
#include "base/fold_version.hpp"
#include "queue/queue.hpp"
#include "search/search.hpp"
#include "support/test_site.hpp"
#include "users/user.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// A site whose stored texts for searching were made by rules that knew no Armenian.
class Refold : public testing::Test
{
  protected:
    Refold() : id(site.submit(site.cast.mei, "\u053F\u0561\u0569\u057D\u0561 leaks"))
    {
        site.database->write([&](db::Transaction& tx) {
            tx.apply("UPDATE auth_user SET first_name = $2, search_text = 'mei stale' WHERE id = $1",
                site.cast.mei.user_id, "\u0540\u0561\u0575");
            tx.apply("UPDATE service_account SET address = $2, search_text = 'stale' WHERE id = $1",
                site.cast.account_of_mei, "\u0540\u0561\u0575 1");
            tx.apply("UPDATE service_servicerequest SET address = $2, address_key = 'stale' WHERE id = $1", id,
                "\u0540\u0561\u0575 1");
            search::replace_words(tx, id, {.text = "stale", .status = service_requests::Status::Pending});
        });
    }

    std::vector<ServiceRequestId> find(std::string_view words)
    {
        std::vector<ServiceRequestId> found;
        for (const auto& request : queue::list_queue(*site.database->read(), {.search = std::string(words)}))
            found.push_back(request.id);
        return found;
    }
    std::string text(db::Sql sql, std::int64_t of)
    {
        return *site.database->read()->query(sql, of).first([](const db::Row& row) { return row.string(0); });
    }

    support::TestSite site;
    ServiceRequestId id;
};

TEST_F(Refold, WhatOlderRulesStoredIsFoundByTheNewOnes)
{
    ASSERT_THAT(find("\u056F\u0561\u0569\u057D\u0561"), IsEmpty());

    EXPECT_TRUE(server::refold(*site.database));

    EXPECT_THAT(find("\u056F\u0561\u0569\u057D\u0561"), ElementsAre(id));
    EXPECT_THAT(find("\u0540\u0531\u0545"), ElementsAre(id)) << "by the customer's name and the address";
    EXPECT_THAT(find("stale"), IsEmpty());
    EXPECT_THAT(text("SELECT search_text FROM auth_user WHERE id = $1", site.cast.mei.user_id.value),
        testing::HasSubstr("mei \u0570\u0561\u0575 "));
    EXPECT_THAT(text("SELECT search_text FROM service_account WHERE id = $1", site.cast.account_of_mei.value),
        testing::HasSubstr(" \u0570\u0561\u0575 1 "));
    EXPECT_EQ(text("SELECT address_key FROM service_servicerequest WHERE id = $1", id.value), "\u0570\u0561\u0575 1");
}

TEST_F(Refold, PeopleAndAccountsAreFoundWithUmlautsOrTwoLetters)
{
    site.database->write([&](db::Transaction& tx) {
        tx.apply("UPDATE auth_user SET last_name = 'Müller' WHERE id = $1", site.cast.mei.user_id);
        tx.apply("UPDATE auth_user SET last_name = 'Mueller' WHERE id = $1", site.cast.omar.user_id);
        tx.apply("UPDATE service_account SET address = 'Størgade 1' WHERE id = $1", site.cast.account_of_mei);
    });

    EXPECT_TRUE(server::refold(*site.database));

    for (const char* typed : {"Müller", "mueller"})
        EXPECT_EQ(users::list_users(*site.database->read(), {.search = typed}).size(), 2U) << typed;
    EXPECT_EQ(users::list_users(*site.database->read(), {.search = "muller"}).size(), 1U);
    for (const char* typed : {"størgade", "Stoergade", "storgade"})
        EXPECT_EQ(accounts::list_accounts(*site.database->read(), {.search = typed}).size(), 1U) << typed;
    EXPECT_THAT(find("mueller"), ElementsAre(id));
}

TEST_F(Refold, AStreetIsOneAddressWithUmlautsOrTwoLetters)
{
    const auto other = site.submit(site.cast.omar, "The boiler clicks");
    const auto address = [&](ServiceRequestId of, const char* typed, const char* key) {
        site.database->write([&](db::Transaction& tx) {
            tx.apply("UPDATE service_servicerequest SET address = $2, address_key = $3 WHERE id = $1", of, typed, key);
        });
    };
    // As the rules before stored them.
    address(id, "3 M\u00FChlweg", "3 muhlweg");
    address(other, "3 MUEHLWEG", "3 muehlweg");
    site.database->write([](db::Transaction& tx) { tx.apply("UPDATE service_folding SET version = 5"); });

    EXPECT_TRUE(server::refold(*site.database));

    EXPECT_EQ(text("SELECT address_key FROM service_servicerequest WHERE id = $1", id.value), "3 muhlweg");
    EXPECT_EQ(text("SELECT address_key FROM service_servicerequest WHERE id = $1", other.value), "3 muhlweg");
}

TEST_F(Refold, AStreetIsOneAddressHoweverItsDirectionAndItsKindAreWritten)
{
    const auto other = site.submit(site.cast.omar, "The boiler clicks");
    const auto address = [&](ServiceRequestId of, const char* typed, const char* key) {
        site.database->write([&](db::Transaction& tx) {
            tx.apply("UPDATE service_servicerequest SET address = $2, address_key = $3 WHERE id = $1", of, typed, key);
        });
    };
    // As the rules before stored them.
    address(id, "12 N Elm St", "12 n elm st");
    address(other, "12 North Elm Street", "12 north elm street");
    site.database->write([](db::Transaction& tx) { tx.apply("UPDATE service_folding SET version = 6"); });

    EXPECT_TRUE(server::refold(*site.database));

    EXPECT_EQ(text("SELECT address_key FROM service_servicerequest WHERE id = $1", id.value), "12 n elm st");
    EXPECT_EQ(text("SELECT address_key FROM service_servicerequest WHERE id = $1", other.value), "12 n elm st");
}

TEST_F(Refold, PhonesThatWereStoredAsTypedAreFound)
{
    site.database->write([&](db::Transaction& tx) {
        tx.apply("UPDATE auth_user SET phone = '518.555.0134' WHERE id = $1", site.cast.mei.user_id);
        tx.apply("UPDATE service_account SET phone_number = '518 555 0177' WHERE id = $1", site.cast.account_of_mei);
        tx.apply("UPDATE service_servicerequest SET description = 'x', contact_phone = '5185550199' WHERE id = $1", id);
    });

    EXPECT_TRUE(server::refold(*site.database));

    for (const char* typed : {"(518) 555-0134", "555-0177", "0199"})
        EXPECT_THAT(find(typed), ElementsAre(id)) << typed;
    EXPECT_EQ(users::list_users(*site.database->read(), {.search = "5550134"}).size(), 1U);
    EXPECT_EQ(accounts::list_accounts(*site.database->read(), {.search = "518-555-0177"}).size(), 1U);
}

TEST_F(Refold, UserNamesGetTheirOneSpellingUnlessItIsTaken)
{
    site.database->write([&](db::Transaction& tx) {
        tx.apply("UPDATE auth_user SET username = $2 WHERE id = $1", site.cast.mei.user_id, "jose\u0301");
        tx.apply("UPDATE auth_user SET username = $2 WHERE id = $1", site.cast.omar.user_id, "\uFF52avi");
    });

    EXPECT_TRUE(server::refold(*site.database));

    EXPECT_EQ(text("SELECT username FROM auth_user WHERE id = $1", site.cast.mei.user_id.value), "jos\u00E9");
    EXPECT_EQ(text("SELECT username FROM auth_user WHERE id = $1", site.cast.omar.user_id.value), "\uFF52avi");
    EXPECT_EQ(users::find_user(*site.database->read(), "\uFF52avi")->id, site.cast.omar.user_id) << "still signs in";
    EXPECT_EQ(users::find_user(*site.database->read(), "ravi")->id, site.cast.ravi.user_id);
}

TEST_F(Refold, NamesThatDifferOnlyInCaseBothSignInByTheirOwnSpelling)
{
    site.database->write([&](db::Transaction& tx) {
        tx.apply("UPDATE auth_user SET username_key = ''");
        tx.apply("UPDATE auth_user SET username = 'MEI' WHERE id = $1", site.cast.omar.user_id);
        tx.apply("UPDATE auth_user SET username = 'Ravi' WHERE id = $1", site.cast.ravi.user_id);
    });
    EXPECT_EQ(users::find_user(*site.database->read(), "Ravi")->id, site.cast.ravi.user_id) << "before it is done";

    EXPECT_TRUE(server::refold(*site.database));

    EXPECT_EQ(users::find_user(*site.database->read(), "mei")->id, site.cast.mei.user_id);
    EXPECT_EQ(users::find_user(*site.database->read(), "MEI")->id, site.cast.omar.user_id);
    EXPECT_FALSE(users::find_user(*site.database->read(), "Mei")) << "nobody is taken for somebody else";
    EXPECT_TRUE(users::is_username_taken(*site.database->read(), "Mei"));
    EXPECT_EQ(users::find_user(*site.database->read(), "RAVI")->id, site.cast.ravi.user_id);
    EXPECT_THAT(users::list_usernames_alike(*site.database->read(), 20), ElementsAre("mei", "MEI"));
}

TEST_F(Refold, IsDoneOnceForEachVersionOfTheRules)
{
    EXPECT_TRUE(server::refold(*site.database));
    EXPECT_FALSE(server::refold(*site.database));
    EXPECT_EQ(site.database.number("SELECT version FROM service_folding"), base::fold_version);
}

TEST_F(Refold, GoesThroughMoreThanOneTransactionHolds)
{
    const int many = 450;
    for (int i = 0; i < many; ++i)
        site.submit(site.cast.omar, "\u0533\u0561\u0566");
    site.database->write(
        [](db::Transaction& tx) { tx.apply("UPDATE service_servicerequest SET address_key = 'stale'"); });

    EXPECT_TRUE(server::refold(*site.database));

    EXPECT_EQ(site.database.number("SELECT COUNT(*) FROM service_servicerequest WHERE address_key = 'stale'"), 0);
    EXPECT_EQ(find("\u0563\u0561\u0566").size(), 26U) << "the first page and one more";
    EXPECT_THAT(find("stale"), IsEmpty());
}

TEST_F(Refold, LeavesNoReplacedWordsInTheIndex)
{
    if (support::tests_use_postgres())
        GTEST_SKIP() << "only on SQLite: PostgreSQL's vacuum does it";
    for (int i = 0; i < 300; ++i)
        site.submit(site.cast.omar, "\u0533\u0561\u0566 " + std::to_string(i));
    const auto refold_again = [&] {
        site.database->write([](db::Transaction& tx) { tx.apply("UPDATE service_folding SET version = 0"); });
        EXPECT_TRUE(server::refold(*site.database));
        return site.database.number("SELECT SUM(LENGTH(block)) FROM service_search_data");
    };
    const auto size = refold_again();
    EXPECT_EQ(refold_again(), size);
}

} // namespace
