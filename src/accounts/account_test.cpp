#include "accounts/account.hpp"

#include "actions/change_account.hpp"
#include "actions/link_account.hpp"
#include "base/error.hpp"
#include "support/cast.hpp"
#include "support/fake_clock.hpp"
#include "support/test_database.hpp"

#include <gmock/gmock.h>

using testing::ElementsAre;
using testing::IsEmpty;

namespace {

class Accounts : public testing::Test
{
  protected:
    base::Act act() const { return {.visitor = cast.ada, .at = clock.now()}; }
    accounts::Account account(AccountId id) { return accounts::get_account(*database->read(), id); }
    void link(AccountId id, const base::Visitor& person)
    {
        database->write([&](db::Transaction& tx) { actions::link_account(tx, act(), id, person.user_id); });
    }
    void unlink(AccountId id, const base::Visitor& person)
    {
        database->write([&](db::Transaction& tx) { actions::unlink_account(tx, act(), id, person.user_id); });
    }
    bool update(AccountId id, const accounts::AccountForm& form)
    {
        return database->write([&](db::Transaction& tx) { return actions::change_account(tx, act(), id, form); });
    }
    accounts::AccountForm form_of(AccountId id)
    {
        const accounts::Account found = account(id);
        return {.number = found.number,
            .address = found.address,
            .phone = found.phone,
            .is_active = found.is_active,
            .version = found.version};
    }
    std::vector<std::string> numbers(const accounts::AccountFilter& filter)
    {
        std::vector<std::string> found;
        for (const accounts::Account& each : accounts::list_accounts(*database->read(), filter))
            found.push_back(each.number);
        return found;
    }
    std::vector<std::string> numbers_of(const base::Visitor& person)
    {
        std::vector<std::string> found;
        for (const accounts::Account& each : accounts::list_accounts_of(*database->read(), person.user_id))
            found.push_back(each.number);
        return found;
    }
    /// "mei (holder)" for the holder, "omar" for the others.
    std::vector<std::string> linked(AccountId id)
    {
        std::vector<std::string> found;
        for (const accounts::LinkedUser& each : accounts::list_linked_users(*database->read(), id))
            found.push_back(each.username + (each.is_holder ? " (holder)" : ""));
        return found;
    }
    /// "kind: after_value" by the administrator about a subject, oldest first.
    std::vector<std::string> history(std::string_view subject, std::int64_t id)
    {
        return map_rows(database->read()->query(R"(
            SELECT kind, after_value FROM service_event
             WHERE subject = $1 AND subject_id = $2 AND actor_id = $3 ORDER BY id)",
                            subject, id, cast.ada.user_id),
            [](const db::Row& row) { return row.string(0) + ": " + row.string(1); });
    }

    support::FakeClock clock;
    support::TestDatabase database;
    support::Cast cast = support::add_cast(*database, clock.now());
};

} // namespace

TEST(AccountNumbers, OfTenDigitsGetTheirHyphens)
{
    EXPECT_EQ(accounts::normalize_number("4410208733"), "4410-2087-33");
    EXPECT_EQ(accounts::normalize_number(" 4410 2087 33 "), "4410-2087-33");
    EXPECT_EQ(accounts::normalize_number("4410-2087-33"), "4410-2087-33");
    EXPECT_EQ(accounts::normalize_number(" GU-17 "), "GU-17");
    EXPECT_EQ(accounts::normalize_number("441020873"), "441020873");
    EXPECT_EQ(accounts::normalize_number("44102087334"), "44102087334");
    EXPECT_EQ(accounts::normalize_number("44102087ab"), "44102087ab");
    EXPECT_EQ(accounts::normalize_number(""), "");
}

TEST(AccountNumbers, AreFourToTwentyLettersDigitsAndHyphens)
{
    EXPECT_TRUE(accounts::is_valid_number("4410-2087-33"));
    EXPECT_TRUE(accounts::is_valid_number("GU17"));
    EXPECT_FALSE(accounts::is_valid_number("GU1"));
    EXPECT_FALSE(accounts::is_valid_number("----"));
    EXPECT_FALSE(accounts::is_valid_number("1-2-3-"));
    EXPECT_FALSE(accounts::is_valid_number(std::string(21, '1')));
    EXPECT_FALSE(accounts::is_valid_number("4410 2087"));
    EXPECT_FALSE(accounts::is_valid_number("4410\n2087"));
    EXPECT_FALSE(accounts::is_valid_number(""));
}

TEST_F(Accounts, AreFoundByTheirNumber)
{
    const auto found = accounts::find_account(*database->read(), "4410-2087-33");

    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->id, cast.account_of_mei);
    EXPECT_EQ(found->address, "12 Elm Street");
    EXPECT_EQ(found->user_id, cast.mei.user_id);
    EXPECT_EQ(found->holder_name, "Mei Chen");
    EXPECT_EQ(found->created_at, clock.now());
    EXPECT_FALSE(accounts::find_account(*database->read(), "4410-2087-34").has_value());
    EXPECT_THROW(account(AccountId{4711}), base::NotFound);
}

TEST_F(Accounts, EachCustomerHasTheirOwn)
{
    EXPECT_THAT(numbers_of(cast.mei), ElementsAre("4410-2087-33"));
    EXPECT_THAT(numbers_of(cast.omar), ElementsAre("4410-2087-41"));
    EXPECT_THAT(numbers_of(cast.ravi), IsEmpty());
}

TEST_F(Accounts, RetiredOnesAreNoLongerTheCustomers)
{
    accounts::AccountForm form = form_of(cast.account_of_mei);
    form.is_active = false;

    EXPECT_TRUE(update(cast.account_of_mei, form));

    EXPECT_THAT(numbers_of(cast.mei), IsEmpty());
    EXPECT_FALSE(account(cast.account_of_mei).is_active);
    EXPECT_THAT(history("account", cast.account_of_mei.value), ElementsAre("deactivated: "));
}

TEST_F(Accounts, ATakenNumberIsRefused)
{
    const auto add_again = [&] {
        database->write([&](db::Transaction& tx) {
            actions::add_account(tx, act(), {.number = "4410-2087-33", .address = "1 Oak Lane"});
        });
    };
    accounts::AccountForm form = form_of(cast.account_of_omar);
    form.number = "4410-2087-33";

    EXPECT_THROW(add_again(), db::ConstraintViolation);
    EXPECT_THROW(update(cast.account_of_omar, form), db::ConstraintViolation);
    EXPECT_EQ(account(cast.account_of_omar).number, "4410-2087-41");
}

TEST_F(Accounts, WithoutAHolderHaveNoName)
{
    const AccountId id = database->write([&](db::Transaction& tx) {
        return actions::add_account(tx, act(), {.number = "4410-2087-50", .address = "16 Elm Street"});
    });

    EXPECT_FALSE(account(id).user_id);
    EXPECT_EQ(account(id).holder_name, "");
    EXPECT_THAT(linked(id), IsEmpty());
    EXPECT_THAT(history("account", id.value), ElementsAre("created: 4410-2087-50"));
}

TEST_F(Accounts, AnEditIsSavedAndInTheHistory)
{
    accounts::AccountForm form = form_of(cast.account_of_mei);
    form.address = "7 Oak Lane";
    form.phone = "555-0199";

    EXPECT_TRUE(update(cast.account_of_mei, form));

    EXPECT_EQ(account(cast.account_of_mei).address, "7 Oak Lane");
    EXPECT_EQ(account(cast.account_of_mei).phone, "555-0199");
    EXPECT_EQ(account(cast.account_of_mei).version, 2);
    EXPECT_THAT(numbers({.search = "oak"}), ElementsAre("4410-2087-33"));
    EXPECT_THAT(
        history("account", cast.account_of_mei.value), ElementsAre("changed: address\t7 Oak Lane\nphone\t555-0199"));
}

TEST_F(Accounts, AnEditOfSomethingOlderWritesNothing)
{
    accounts::AccountForm first = form_of(cast.account_of_mei);
    accounts::AccountForm second = first;
    first.address = "7 Oak Lane";
    second.address = "8 Oak Lane";

    EXPECT_TRUE(update(cast.account_of_mei, first));
    EXPECT_FALSE(update(cast.account_of_mei, second));

    EXPECT_EQ(account(cast.account_of_mei).address, "7 Oak Lane");
}

TEST_F(Accounts, SavingTheSameAgainLeavesNoTrace)
{
    EXPECT_TRUE(update(cast.account_of_mei, form_of(cast.account_of_mei)));

    EXPECT_EQ(account(cast.account_of_mei).version, 1);
    EXPECT_THAT(history("account", cast.account_of_mei.value), IsEmpty());
}

TEST_F(Accounts, AHouseholdMayShareOne)
{
    link(cast.account_of_mei, cast.omar);

    EXPECT_THAT(linked(cast.account_of_mei), ElementsAre("mei (holder)", "omar"));
    EXPECT_THAT(numbers_of(cast.omar), ElementsAre("4410-2087-33", "4410-2087-41"));
    EXPECT_EQ(account(cast.account_of_mei).user_id, cast.mei.user_id);
    EXPECT_THAT(history("account", cast.account_of_mei.value), ElementsAre("linked: omar"));
    EXPECT_THAT(history("user", cast.omar.user_id.value), ElementsAre("linked: 4410-2087-33"));
}

TEST_F(Accounts, LinkingTwiceChangesNothing)
{
    link(cast.account_of_mei, cast.mei);

    EXPECT_THAT(linked(cast.account_of_mei), ElementsAre("mei (holder)"));
    EXPECT_THAT(history("account", cast.account_of_mei.value), IsEmpty());
}

TEST_F(Accounts, WhenTheHolderLeavesTheNextBecomesIt)
{
    link(cast.account_of_omar, cast.mei);
    EXPECT_THAT(linked(cast.account_of_omar), ElementsAre("omar (holder)", "mei"));

    unlink(cast.account_of_omar, cast.omar);
    EXPECT_THAT(linked(cast.account_of_omar), ElementsAre("mei (holder)"));
    EXPECT_EQ(account(cast.account_of_omar).holder_name, "Mei Chen");

    unlink(cast.account_of_omar, cast.mei);
    EXPECT_THAT(linked(cast.account_of_omar), IsEmpty());
    EXPECT_FALSE(account(cast.account_of_omar).user_id);
    EXPECT_THAT(history("account", cast.account_of_omar.value),
        ElementsAre("linked: mei", "unlinked: omar", "holder_changed: mei", "unlinked: mei"));
}

TEST_F(Accounts, TheHolderStaysWhenAnotherLeaves)
{
    link(cast.account_of_omar, cast.mei);
    link(cast.account_of_omar, cast.sofia);

    unlink(cast.account_of_omar, cast.sofia);

    EXPECT_THAT(linked(cast.account_of_omar), ElementsAre("omar (holder)", "mei"));
}

TEST_F(Accounts, UnlinkingAStrangerChangesNothing)
{
    unlink(cast.account_of_mei, cast.omar);

    EXPECT_THAT(linked(cast.account_of_mei), ElementsAre("mei (holder)"));
    EXPECT_THAT(history("account", cast.account_of_mei.value), IsEmpty());
}

TEST_F(Accounts, UnknownOnesAreNotLinked)
{
    EXPECT_THROW(link(AccountId{4711}, cast.mei), base::NotFound);
    EXPECT_THROW(unlink(AccountId{4711}, cast.mei), base::NotFound);
}

TEST_F(Accounts, AHouseNumberIsNoPartOfThePostalCode)
{
    const auto set = [&](AccountId id, const std::string& address, const std::string& phone) {
        accounts::AccountForm form = form_of(id);
        form.address = address;
        form.phone = phone;
        ASSERT_TRUE(update(id, form));
    };
    set(cast.account_of_mei, "14 Elm Street, Apt. 7B, Aldermere, NY 12999-0012", "512-555-0112");
    set(cast.account_of_omar, "12 Elm Street, Aldermere, NY 12999", "518-555-0143");
    const std::string mei = "4410-2087-33";
    const std::string omar = "4410-2087-41";
    EXPECT_THAT(numbers({.search = "12 Elm"}), ElementsAre(omar));
    EXPECT_THAT(numbers({.search = "12, elm"}), ElementsAre(omar));
    EXPECT_THAT(numbers({.search = "14 Elm"}), ElementsAre(mei));
    EXPECT_THAT(numbers({.search = "elm - 12"}), ElementsAre(omar)) << "a dash alone is no group of a number";
    EXPECT_THAT(numbers({.search = "elm 7"}), ElementsAre(mei));
    EXPECT_THAT(numbers({.search = "elm 129"}), IsEmpty());
    EXPECT_THAT(numbers({.search = "elm 1"}), IsEmpty());
    EXPECT_THAT(numbers({.search = "elm 12999"}), ElementsAre(mei, omar));
    EXPECT_THAT(numbers({.search = "elm 1299"}), IsEmpty());
    EXPECT_THAT(numbers({.search = "2999"}), IsEmpty());
    EXPECT_THAT(numbers({.search = "0143"}), ElementsAre(omar)) << "the end of a phone number";
    EXPECT_THAT(numbers({.search = "8733"}), ElementsAre(mei)) << "the end of an account's number";
    EXPECT_THAT(numbers({.search = "2087"}), ElementsAre(mei, omar));
    EXPECT_THAT(numbers({.search = "4410 2087 33"}), ElementsAre(mei)) << "an account's number in groups";
    EXPECT_THAT(numbers({.search = "(512) 555 0112"}), ElementsAre(mei)) << "a phone number in groups";
    EXPECT_THAT(numbers({.search = "555 0143"}), ElementsAre(omar));
}

TEST_F(Accounts, AreSearchedByNumberAddressPhoneAndHolder)
{
    accounts::AccountForm form = form_of(cast.account_of_mei);
    form.address = "12 Elm Street, Aldermere, NY 12999-1234";
    form.phone = "518 555 0177 x9";
    ASSERT_TRUE(update(cast.account_of_mei, form));

    EXPECT_THAT(numbers({}), ElementsAre("4410-2087-33", "4410-2087-41"));
    EXPECT_THAT(numbers({.search = "ELM street"}), ElementsAre("4410-2087-33", "4410-2087-41"));
    EXPECT_THAT(numbers({.search = "elm st"}), ElementsAre("4410-2087-33", "4410-2087-41"));
    EXPECT_THAT(numbers({.search = "12 elm st."}), ElementsAre("4410-2087-33"));
    EXPECT_THAT(numbers({.search = "elm lane"}), IsEmpty());
    EXPECT_THAT(numbers({.search = "elm haddad"}), ElementsAre("4410-2087-41"));
    EXPECT_THAT(numbers({.search = "4410208733"}), ElementsAre("4410-2087-33"));
    EXPECT_THAT(numbers({.search = "2087-41"}), ElementsAre("4410-2087-41"));
    EXPECT_THAT(numbers({.search = "555-0143"}), ElementsAre("4410-2087-41"));
    for (const char* typed :
        {"(518) 555-0177", "+1 518.555.0177", "5185550177", "5550177", "0177", "518-555-0177 ext 9"})
        EXPECT_THAT(numbers({.search = typed}), ElementsAre("4410-2087-33")) << typed;
    EXPECT_THAT(numbers({.search = "12999-1234"}), ElementsAre("4410-2087-33")) << "not the digits alone";
    EXPECT_THAT(numbers({.search = "4410_2087"}), IsEmpty());
    EXPECT_THAT(numbers({.search = "%"}), IsEmpty());
    EXPECT_THAT(numbers({.after = cast.account_of_mei}), ElementsAre("4410-2087-41"));
}
