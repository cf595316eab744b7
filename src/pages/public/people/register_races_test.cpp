// What was checked before a registration's transaction is asked again inside it: somebody comes between, on purpose.

#include "pages/public/people/mail_test_support.hpp"

#include "users/user.hpp"

#include <gmock/gmock.h>

#include <chrono>
#include <future>
#include <thread>

namespace pages::public_ {

namespace {

using testing::HasSubstr;

const std::string password = "seven lamps of winter";
const std::string latin = "cap";
const std::string cyrillic = "сар";

class RegisterRaces : public MailTest
{
  protected:
    /// Asks for it, and finds it as it is behind the link.
    registrations::Registration wanted(const std::string& username, const std::string& email)
    {
        browser.forget_cookies();
        browser.post("/accounts/register/", {{"first_name", "Lena"}, {"last_name", "Ortiz"}, {"email", email},
                                                {"username", username}, {"password", password}});
        wait_a_moment();
        const std::string token = link().substr(std::string_view("/accounts/register/").size());
        return registrations::find_registration(
            *site.database->read(), token.substr(0, token.size() - 1), site.clock.now())
            .value();
    }
    std::int64_t users_called(const std::string& username)
    {
        return site.database->read()->query("SELECT COUNT(*) FROM auth_user WHERE username = $1", username).integer();
    }
};

TEST_F(RegisterRaces, AUserNameThatSomebodyTookALookAlikeOfMeanwhileIsAskedForAgain)
{
    const auto other = wanted(cyrillic, "sasha@example.com");
    wanted(latin, "lena@example.com");
    site.lossy.meanwhile([&](db::Database& database) {
        database.write([&](db::Transaction& tx) { actions::register_customer(tx, other, site.clock.now()); });
    });

    const auto refused = browser.post(link(), {{"password", password}});

    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(refused.body, HasSubstr("Somebody else has this user name."));
    EXPECT_EQ(users_called(latin), 0);
    EXPECT_EQ(browser.post(link(), {{"password", password}, {"username", "lena"}}).location(), "/account/");
}

TEST_F(RegisterRaces, OfTwoLookAlikesAtOnceOneGetsItsName)
{
    const auto first = wanted(cyrillic, "sasha@example.com");
    const auto second = wanted(latin, "lena@example.com");
    std::promise<void> is_added;
    auto adding = std::async(std::launch::async, [&] {
        site.database->write([&](db::Transaction& tx) {
            actions::register_customer(tx, first, site.clock.now());
            is_added.set_value();
            // The second one begins meanwhile and waits for this transaction.
            std::this_thread::sleep_for(std::chrono::milliseconds(200));
        });
    });
    is_added.get_future().wait();

    EXPECT_THROW(
        site.database->write([&](db::Transaction& tx) { actions::register_customer(tx, second, site.clock.now()); }),
        db::ConstraintViolation);

    adding.get();
    EXPECT_EQ(users_called(cyrillic), 1);
    EXPECT_EQ(users_called(latin), 0);
}

} // namespace

} // namespace pages::public_
