#include "pages/public/people/mail_test_support.hpp"

#include "actions/change_status.hpp"
#include "actions/write_comment.hpp"

#include <gmock/gmock.h>

namespace pages::public_ {

namespace {

using support::Client;
using testing::ElementsAre;
using testing::IsEmpty;

const std::string new_password = "seven lamps of winter";

class MailLanguage : public MailTest
{
  protected:
    MailLanguage() { browser.set_header("accept-language", "es-MX"); }
    /// "password_reset es" for each mail so far, in order.
    std::vector<std::string> languages()
    {
        return db::map_rows(site.database->read()->query("SELECT kind, language FROM service_mail ORDER BY id"),
            [](const db::Row& row) { return row.string(0) + ' ' + row.string(1); });
    }
    void register_lena(const std::string& email)
    {
        browser.post("/accounts/register/",
            {{"first_name", "Lena"}, {"last_name", "Ortiz"}, {"email", email}, {"password", new_password}});
        wait_a_moment();
    }
    support::Answer submit(Client& from, const std::string& type, const std::string& text)
    {
        return from.post("/service/create/", {{"request_type", type}, {"description", text}, {"account", "other"},
                                                 {"address", "9 Mill Lane"}, {"submission", "key of " + text}});
    }
    /// Ravi answers and resolves it.
    void answer(ServiceRequestId id)
    {
        site.database->write([&](db::Transaction& tx) {
            actions::write_comment(tx, site.act(site.cast.ravi), {.service_request = id, .text = "We come."});
            actions::change_status(tx, site.act(site.cast.ravi),
                {.service_request = id,
                    .status = service_requests::Status::Resolved,
                    .version = 1,
                    .end =
                        actions::EmergencyEnd{.finding = actions::Finding::MadeSafe, .reason = "The crew was there"}});
        });
    }
};

TEST_F(MailLanguage, IsKeptFromTheRegistrationUntilSheChoosesAnother)
{
    register_lena("lena@example.com");
    browser.post(link(), {{"password", new_password}});
    Client phone(site);
    sign_in(phone, "lena@example.com", new_password);
    submit(phone, "billing", "Too much");
    submit(phone, "gas-leak", "It smells");

    EXPECT_THAT(
        languages(), ElementsAre("confirm_email es", "new_device es", "request_received es", "leak_received es"));
}

TEST_F(MailLanguage, IsThatOfTheFormWhenSheChoseNone)
{
    browser.sign_in_as(site.cast.mei);
    submit(browser, "billing", "Muy caro");
    submit(browser, "gas-leak", "Huele a gas");
    answer(ServiceRequestId{1});
    answer(ServiceRequestId{2});

    EXPECT_THAT(languages(), ElementsAre("request_received es", "leak_received es", "replied es", "resolved es",
                                 "replied es", "resolved es"));
}

TEST_F(MailLanguage, IsTheChosenOneWhateverTheFormSpeaks)
{
    execute("UPDATE auth_user SET language = 'en' WHERE username = 'mei'");
    browser.set_header("accept-language", "es-MX");
    browser.post("/accounts/password/reset/", {{"who", "mei"}});
    register_lena("mei@example.com");
    browser.sign_in_as(site.cast.mei);
    submit(browser, "billing", "Muy caro");

    EXPECT_THAT(languages(), ElementsAre("password_reset en", "email_taken en", "request_received en"));
}

TEST_F(MailLanguage, OfAResetOrAKnownEmailIsThatOfTheAskingPage)
{
    browser.post("/accounts/password/reset/", {{"who", "mei"}});
    register_lena("mei@example.com");
    browser.post(link(), {{"new_password", new_password}, {"new_password_again", new_password}});

    EXPECT_THAT(languages(), ElementsAre("password_reset es", "email_taken es", "password_changed es"));
}

TEST_F(MailLanguage, OfACallIsNotThatOfTheDesk)
{
    Client ravi(site);
    ravi.set_header("accept-language", "es-MX");
    ravi.sign_in_as(site.cast.ravi);
    ravi.post("/admin/requests/create/", {{"customer", "mei"}, {"request_type", "billing"}, {"description", "Too much"},
                                             {"address", "12 Elm Street"}, {"submission", "the key of a call"}});

    EXPECT_THAT(languages(), ElementsAre("request_received "));
}

} // namespace

} // namespace pages::public_
