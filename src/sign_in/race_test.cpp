// What was checked before a transaction is asked again inside it: somebody else's change comes between, on purpose.

#include "actions/change_password.hpp"
#include "actions/change_user.hpp"
#include "base/error.hpp"
#include "sign_in/password.hpp"
#include "support/test_site.hpp"
#include "users/credentials.hpp"
#include "users/user.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <future>
#include <string>
#include <thread>

namespace {

using support::Client;
using testing::HasSubstr;

const std::string right{support::cast_password};
const std::string other = "seven lamps of winter";

class Races : public testing::Test
{
  protected:
    /// At the next write of a page, before it begins.
    void meanwhile(std::function<void(db::Transaction&)> change)
    {
        site.lossy.meanwhile([change = std::move(change)](db::Database& database) { database.write(change); });
    }
    users::UserChange change_of(const base::Visitor& person, base::Role role)
    {
        const users::User user = users::get_user(*site.database->read(), person.user_id);
        return {.first_name = user.first_name,
            .last_name = user.last_name,
            .email = user.email,
            .phone = user.phone,
            .role = role,
            .is_active = user.is_active,
            .version = user.version};
    }
    void promote(db::Transaction& tx, const users::UserChange& promotion)
    {
        actions::change_user(tx, site.act(site.cast.ada), site.cast.mei.user_id, promotion);
    }
    std::string stored_hash() { return users::password_hash_of(*site.database->read(), site.cast.mei.user_id); }
    std::int64_t sessions() { return site.database.number("SELECT count(*) FROM auth_session"); }
    support::Answer sign_in(std::string password)
    {
        return browser.post(
            "/accounts/login/", {{"username", "mei"}, {"password", std::move(password)}, {"next", "/"}});
    }

    support::TestSite site;
    Client browser{site};
    const std::string address_of_mei = "/admin/users/" + std::to_string(site.cast.mei.user_id.value) + "/";
};

TEST_F(Races, ASignInUnderWayDoesNotOutliveTheOwnersChangeOfPassword)
{
    meanwhile([&](db::Transaction& tx) { users::set_password(tx, site.cast.mei.user_id, support::cheap_hash(other)); });

    EXPECT_EQ(sign_in(right).status, 422);

    EXPECT_EQ(sessions(), 0);
    EXPECT_EQ(sign_in(other).status, 303);
}

TEST_F(Races, ASignInUnderWayDoesNotOutliveAResetNorTheEndOfTheUser)
{
    meanwhile([&](db::Transaction& tx) {
        actions::reset_password(tx, site.act(site.cast.ravi), site.cast.mei.user_id, {support::cheap_hash(other)});
    });
    EXPECT_EQ(sign_in(right).status, 422);
    meanwhile([](db::Transaction& tx) { tx.apply("UPDATE auth_user SET is_active = 0 WHERE username = 'mei'"); });
    EXPECT_EQ(sign_in(other).status, 422);
    EXPECT_EQ(sessions(), 0);
}

TEST_F(Races, ASignInWhoseHashWasRenewedByAnotherOneGoesOn)
{
    meanwhile([](db::Transaction& tx) {
        tx.apply("UPDATE auth_user SET password = $1 WHERE username = 'mei'", support::cheap_hash(right));
    });

    EXPECT_EQ(sign_in(right).status, 303);
    EXPECT_EQ(sessions(), 1);
}

TEST_F(Races, AChangeOfPasswordUnderWayDoesNotUndoAReset)
{
    browser.sign_in_as(site.cast.mei);
    meanwhile([&](db::Transaction& tx) {
        actions::reset_password(tx, site.act(site.cast.ravi), site.cast.mei.user_id, {"temporary hash"});
    });

    const auto answer = browser.post(
        "/account/password/", {{"current_password", right}, {"new_password", other}, {"new_password_again", other}});

    EXPECT_EQ(answer.status, 409);
    EXPECT_THAT(answer.body, HasSubstr("Your password was changed a moment ago"));
    EXPECT_EQ(stored_hash(), "temporary hash");
    EXPECT_TRUE(users::get_user(*site.database->read(), site.cast.mei.user_id).must_change_password);
}

TEST_F(Races, AnEmailAddressIsNotChangedWithAPasswordThatWasReplaced)
{
    browser.sign_in_as(site.cast.mei);
    meanwhile([&](db::Transaction& tx) {
        actions::reset_password(tx, site.act(site.cast.ravi), site.cast.mei.user_id, {"temporary hash"});
    });

    const auto answer = browser.post("/account/contact/",
        {{"phone", ""}, {"email", "thief@example.com"}, {"current_password", right}, {"version", "1"}});

    EXPECT_EQ(answer.status, 409);
    EXPECT_EQ(users::get_user(*site.database->read(), site.cast.mei.user_id).email, "mei@example.com");
}

TEST_F(Races, ARepresentativeDoesNotResetWhoBecameAnAdministratorMeanwhile)
{
    const std::string before = stored_hash();
    const auto promotion = change_of(site.cast.mei, base::Role::Administrator);
    Client ravi(site);
    ravi.sign_in_as(site.cast.ravi);
    meanwhile([&](db::Transaction& tx) { promote(tx, promotion); });

    EXPECT_EQ(ravi.post(address_of_mei + "password/", {}).status, 403);

    EXPECT_EQ(stored_hash(), before);
    EXPECT_FALSE(users::get_user(*site.database->read(), site.cast.mei.user_id).must_change_password);
    Client ada(site);
    ada.sign_in_as(site.cast.ada);
    EXPECT_EQ(ada.post(address_of_mei + "password/", {}).status, 303);
    EXPECT_NE(stored_hash(), before);
}

TEST_F(Races, ARepresentativeDoesNotEditWhoBecameAnAdministratorMeanwhile)
{
    const auto promotion = change_of(site.cast.mei, base::Role::Administrator);
    Client ravi(site);
    ravi.sign_in_as(site.cast.ravi);
    meanwhile([&](db::Transaction& tx) { promote(tx, promotion); });

    EXPECT_EQ(ravi.post(address_of_mei, {{"first_name", "Eve"}, {"last_name", ""}, {"email", ""}, {"phone", ""},
                                            {"is_active", "on"}, {"version", "1"}})
                  .status,
        403);

    const users::User mei = users::get_user(*site.database->read(), site.cast.mei.user_id);
    EXPECT_EQ(mei.first_name, "Mei");
    EXPECT_EQ(mei.role, base::Role::Administrator);
}

TEST_F(Races, AResetWaitsForAPromotionUnderWayAndIsRefused)
{
    const std::string before = stored_hash();
    const auto promotion = change_of(site.cast.mei, base::Role::Administrator);
    std::promise<void> is_promoted;
    auto promoting = std::async(std::launch::async, [&] {
        site.database->write([&](db::Transaction& tx) {
            promote(tx, promotion);
            is_promoted.set_value();
            // The reset begins meanwhile and waits for this transaction, at the latest at the user's row.
            std::this_thread::sleep_for(std::chrono::milliseconds(200));
        });
    });
    is_promoted.get_future().wait();

    EXPECT_THROW(site.database->write([&](db::Transaction& tx) {
        actions::reset_password(tx, site.act(site.cast.ravi), site.cast.mei.user_id, {"temporary hash"});
    }),
        base::Forbidden);

    promoting.get();
    EXPECT_EQ(stored_hash(), before);
}

} // namespace
