#include "actions/link_account.hpp"
#include "actions/people/close_profile.hpp"
#include "actions/write_comment.hpp"
#include "base/error.hpp"
#include "events/event.hpp"
#include "sign_in/reset_link.hpp"
#include "support/test_site.hpp"
#include "users/closing.hpp"
#include "users/user.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using support::Client;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

const std::string right{support::cast_password};

class ClosedProfile : public testing::Test
{
  protected:
    ClosedProfile()
    {
        execute("UPDATE service_mail_switch SET is_on = 1");
        mei.sign_in_as(site.cast.mei);
    }

    void execute(db::Sql sql)
    {
        site.database->write([&](db::Transaction& tx) { tx.apply(sql); });
    }
    support::Answer close(Client& who, std::string password = right)
    {
        return who.post("/account/close/", {{"current_password", std::move(password)}});
    }
    std::int64_t number(db::Sql sql) { return site.database->read()->query(sql).integer(); }
    std::string text(db::Sql sql)
    {
        return site.database->read()->query(sql).first([](const db::Row& row) { return row.string(0); }).value_or("-");
    }
    std::string user_page(Client& staff)
    {
        return staff.get("/admin/users/" + std::to_string(site.cast.mei.user_id.value) + "/").body;
    }

    support::TestSite site;
    Client mei{site};
    Client ravi = Client(site).sign_in_as(site.cast.ravi);
};

TEST_F(ClosedProfile, SaysWhatGoesAndWhatStaysAndAsksForThePassword)
{
    EXPECT_THAT(mei.get("/account/").body, HasSubstr("/account/close/"));
    EXPECT_THAT(mei.get("/account/close/").body,
        AllOf(HasSubstr("What goes"), HasSubstr("What stays"), Not(HasSubstr("still open"))));
    for (const std::string& wrong : {std::string(), std::string("wrong guess")})
        EXPECT_EQ(close(mei, wrong).status, 422) << wrong;
    EXPECT_EQ(mei.get("/account/").status, 200);
    EXPECT_EQ(Client(site).post("/account/close/", {{"current_password", right}}).status, 403);
    EXPECT_EQ(mei.post_without_token("/account/close/", {{"current_password", right}}).status, 403);
    EXPECT_EQ(number("SELECT count(*) FROM auth_user WHERE is_active = 0"), 0);
}

TEST_F(ClosedProfile, LetsNobodyInAndKnowsNobodyAnyMore)
{
    Client phone = Client(site).sign_in_as(site.cast.mei);
    const auto id = site.submit(site.cast.mei, "No heat since Monday");
    site.database->write([&](db::Transaction& tx) {
        actions::write_comment(tx, site.act(site.cast.mei), {.service_request = id, .text = "It is cold"});
        actions::write_comment(tx, site.act(site.cast.ravi), {.service_request = id, .text = "We come"});
    });

    EXPECT_THAT(ravi.get("/admin/requests/?q=chen").body, HasSubstr("No heat since Monday"));

    EXPECT_EQ(close(mei).location(), "/accounts/login/");

    for (Client* browser : {&mei, &phone})
        EXPECT_THAT(browser->get("/account/").location(), HasSubstr("/accounts/login/"));
    for (const std::string& name :
        {std::string("mei"), std::string("mei@example.com"), "closed " + std::to_string(site.cast.mei.user_id.value)})
        EXPECT_EQ(Client(site).post("/accounts/login/", {{"username", name}, {"password", right}}).status, 422) << name;
    const auto user = users::get_user(*site.database->read(), site.cast.mei.user_id);
    EXPECT_THAT(user.full_name(), HasSubstr("Closed account "));
    EXPECT_EQ(user.email + user.phone, "");
    EXPECT_FALSE(user.is_active);
    EXPECT_EQ(
        number("SELECT count(*) FROM auth_session s JOIN auth_user u ON u.id = s.user_id WHERE u.is_active = 0"), 0);
    EXPECT_EQ(number("SELECT count(*) FROM service_account_user l JOIN auth_user u ON u.id = l.user_id "
                     "WHERE u.is_active = 0"),
        0);
    EXPECT_EQ(number("SELECT count(*) FROM service_notification n JOIN auth_user u ON u.id = n.user_id "
                     "WHERE u.is_active = 0"),
        0);
    EXPECT_EQ(
        number("SELECT count(*) FROM service_event WHERE before_value LIKE '%mei%' OR after_value LIKE '%mei%'"), 0);
    EXPECT_EQ(text("SELECT kind || ' ' || to_address FROM service_mail ORDER BY id"), "profile_closed mei@example.com");
    EXPECT_EQ(number("SELECT count(*) FROM service_mail"), 1);

    const std::string request = ravi.get("/admin/requests/" + std::to_string(id.value) + "/").body;
    EXPECT_THAT(request, AllOf(HasSubstr("No heat since Monday"), HasSubstr("It is cold"), HasSubstr("Closed account"),
                             Not(HasSubstr("Mei Chen"))));
    EXPECT_THAT(ravi.get("/admin/requests/?q=chen").body, Not(HasSubstr("No heat since Monday")));
    EXPECT_THAT(user_page(ravi), AllOf(HasSubstr("Closed by the customer, "), HasSubstr("closed this profile"),
                                     Not(HasSubstr("Only administrators can edit staff."))));
}

TEST_F(ClosedProfile, KeepsAnOpenLeakWithItsPhoneUntilItIsResolved)
{
    execute("UPDATE service_account SET phone_number = ''");
    const auto leak = site.submit(site.cast.mei, "It hisses", "gas-leak");
    EXPECT_THAT(mei.get("/account/close/").body,
        AllOf(HasSubstr("Your gas leak report is still open"), HasSubstr("1-800-555-0199")));
    EXPECT_EQ(close(mei).status, 303);
    const auto forget = [&] {
        return site.database->write([](db::Transaction& tx) { return actions::forget_closed_contacts(tx, 10); });
    };
    EXPECT_EQ(forget(), 0);
    EXPECT_EQ(text("SELECT contact_phone FROM service_servicerequest"), "555-0142");
    EXPECT_EQ(text("SELECT contact_name FROM service_servicerequest"), "Mei Chen");
    const std::string page = "/admin/requests/" + std::to_string(leak.value) + "/";
    EXPECT_THAT(ravi.get(page).body, AllOf(HasSubstr("555-0142"), HasSubstr("12 Elm Street"), HasSubstr("Mei Chen")))
        << "the crew asks for somebody";

    execute("UPDATE service_servicerequest SET status = 'Resolved', resolved_at = submitted_at");
    EXPECT_EQ(forget(), 1);
    EXPECT_EQ(forget(), 0);
    EXPECT_EQ(text("SELECT contact_phone || contact_name FROM service_servicerequest"), "");
    EXPECT_THAT(ravi.get(page).body, AllOf(HasSubstr("It hisses"), HasSubstr("12 Elm Street"),
                                         Not(HasSubstr("555-0142")), Not(HasSubstr("Mei Chen"))));
}

TEST_F(ClosedProfile, EndsWhatAHouseholdSees)
{
    Client omar = Client(site).sign_in_as(site.cast.omar);
    site.database->write([&](db::Transaction& tx) {
        actions::link_account(tx, site.act(site.cast.ravi), site.cast.account_of_mei, site.cast.omar.user_id);
    });
    execute("UPDATE service_account_user SET shares = 1");
    const auto sent = mei.post("/service/create/",
        {{"request_type", "maintenance"}, {"account", std::to_string(site.cast.account_of_mei.value)},
            {"description", "The meter drips"}, {"submission", "1"}});
    const std::string request = sent.location().substr(0, sent.location().find("received/"));
    ASSERT_EQ(omar.get(request).status, 200);
    EXPECT_THAT(omar.get("/account/").body, HasSubstr("Mei Chen"));

    EXPECT_EQ(close(mei).status, 303);

    EXPECT_EQ(omar.get(request).status, 404);
    EXPECT_THAT(omar.get("/service/").body, Not(HasSubstr("The meter drips")));
    EXPECT_THAT(omar.get("/account/").body, AllOf(Not(HasSubstr("Mei Chen")), Not(HasSubstr("Closed account"))));
}

TEST_F(ClosedProfile, TakesAlongWhatOnlyThisUserHad)
{
    site.database->write([&](db::Transaction& tx) {
        const UserId id = site.cast.mei.user_id;
        tx.apply(
            "INSERT INTO service_draft (user_id, path, fields, created_at) VALUES ($1, '/service/', 'a=b', 1)", id);
        tx.apply("INSERT INTO service_notification_choice (user_id, occasion, mail) VALUES ($1, 'replied', 0)", id);
        tx.apply("INSERT INTO service_notification_plan (user_id) VALUES ($1)", id);
        tx.apply("INSERT INTO sign_in_identity (issuer, subject, user_id, created_at) VALUES ('i', 's', $1, 1)", id);
        tx.apply("INSERT INTO service_account_claim (user_id, account_number, postal_code, claimed_at) "
                 "VALUES ($1, '1', '2', 3)",
            id);
        tx.apply("INSERT INTO service_account_ask (account_id, user_id, asked_at) VALUES ($1, $2, 3)",
            site.cast.account_of_omar, id);
        events::add_event(tx, site.act(site.cast.mei),
            {.subject = events::Subject::Account,
                .subject_id = site.cast.account_of_omar.value,
                .kind = events::Kind::AskedToShare,
                .after_value = "mei"});
    });
    mei.post("/account/contact/",
        {{"phone", "555-0142"}, {"email", "new@example.com"}, {"current_password", right}, {"version", "1"}});
    ASSERT_EQ(number("SELECT count(*) FROM auth_email_change"), 1);

    EXPECT_EQ(close(mei).status, 303);

    EXPECT_EQ(number("SELECT count(*) FROM service_draft"), 0);
    EXPECT_EQ(number("SELECT count(*) FROM service_notification_choice"), 0);
    EXPECT_EQ(number("SELECT count(*) FROM service_notification_plan"), 0);
    EXPECT_EQ(number("SELECT count(*) FROM sign_in_identity"), 0);
    EXPECT_EQ(number("SELECT count(*) FROM service_account_claim"), 0);
    EXPECT_EQ(number("SELECT count(*) FROM service_account_ask"), 0);
    EXPECT_EQ(number("SELECT count(*) FROM auth_email_change"), 0);
    EXPECT_EQ(number("SELECT count(*) FROM service_event WHERE after_value = 'mei'"), 0);
    EXPECT_EQ(text("SELECT after_value FROM service_event WHERE kind = 'asked_to_share'"),
        "closed " + std::to_string(site.cast.mei.user_id.value));
}

TEST_F(ClosedProfile, LeavesNoOtherWayInAndNothingHalfTyped)
{
    site.database->write([&](db::Transaction& tx) {
        const UserId id = site.cast.mei.user_id;
        tx.apply("INSERT INTO sign_in_factor (user_id, secret, created_at, last_step, recovery_salt, recovery_at) "
                 "VALUES ($1, 'A', 1, 1, 'B', 1)",
            id);
        tx.apply("INSERT INTO sign_in_recovery_code (user_id, hash) VALUES ($1, 'h')", id);
        tx.apply(
            "INSERT INTO sign_in_pending (token_hash, user_id, password, created_at) VALUES ('t', $1, 'p', 1)", id);
        tx.apply("INSERT INTO sign_in_device (device, user_id, used_at) VALUES ('d', $1, 1)", id);
        tx.apply("INSERT INTO service_refused_page (token, user_id, status, body, created_at) "
                 "VALUES ('r', $1, 422, 'page', 1)",
            id);
        tx.apply("INSERT INTO service_held_file (user_id, name, content_type, size, sha256, stored_name, created_at) "
                 "VALUES ($1, 'a.png', 'image/png', 1, 's', 'n', $2)",
            id, site.clock.now());
        sign_in::add_reset_link(tx, id, "mei@example.com", site.clock.now());
    });

    EXPECT_EQ(close(mei).status, 303);

    EXPECT_EQ(number("SELECT count(*) FROM sign_in_factor"), 0);
    EXPECT_EQ(number("SELECT count(*) FROM sign_in_recovery_code"), 0);
    EXPECT_EQ(number("SELECT count(*) FROM sign_in_pending"), 0);
    EXPECT_EQ(number("SELECT count(*) FROM sign_in_device"), 0);
    EXPECT_EQ(number("SELECT count(*) FROM sign_in_reset_link"), 0);
    EXPECT_EQ(number("SELECT count(*) FROM service_refused_page"), 0);
    EXPECT_EQ(number("SELECT count(*) FROM service_held_file WHERE created_at > 0"), 0) << "the next sweep removes it";
}

TEST_F(ClosedProfile, HasAUserNameThatNobodyElseGets)
{
    site.services().self_service.has_mail = true;
    site.services().self_service.takes_registrations = true;
    EXPECT_EQ(close(mei).status, 303);
    const std::string name = users::closed_username(site.cast.mei.user_id);
    Client ada = Client(site).sign_in_as(site.cast.ada);
    const auto people = number("SELECT count(*) FROM auth_user");
    const UserId next{people + 1};
    for (const std::string& taken : {name, users::closed_username(next), "Closed " + std::to_string(next.value)}) {
        EXPECT_FALSE(users::is_valid_username(users::normal_username(taken))) << taken;
        EXPECT_EQ(ada.post("/admin/users/create/", {{"username", taken}, {"first_name", "Eve"}, {"last_name", "Fox"},
                                                       {"role", "customer"}, {"submission", taken}})
                      .status,
            422)
            << taken;
        EXPECT_EQ(
            Client(site)
                .post("/accounts/register/", {{"first_name", "Eve"}, {"last_name", "Fox"}, {"email", "eve@example.com"},
                                                 {"username", taken}, {"password", "staple battery correct"}})
                .status,
            422)
            << taken;
    }
    EXPECT_TRUE(users::is_username_taken(*site.database->read(), name));
    EXPECT_EQ(number("SELECT count(*) FROM auth_user"), people);
}

TEST_F(ClosedProfile, IsNotForStaff)
{
    Client ada = Client(site).sign_in_as(site.cast.ada);
    for (Client* staff : {&ravi, &ada}) {
        EXPECT_THAT(staff->get("/account/").body, Not(HasSubstr("/account/close/")));
        EXPECT_THAT(staff->get("/account/close/").body,
            AllOf(HasSubstr("Staff cannot close their own profile."), Not(HasSubstr("name=\"current_password\""))));
        EXPECT_EQ(close(*staff).status, 403);
    }
    site.database->write([&](db::Transaction& tx) {
        tx.apply("UPDATE auth_user SET role = 'representative' WHERE username = 'mei'");
        const auto hash = tx.query("SELECT password FROM auth_user WHERE username = 'mei'")
                              .first([](const db::Row& row) { return row.string(0); })
                              .value();
        EXPECT_THROW(actions::close_profile(tx, site.act(site.cast.mei), {.checked_hash = hash}), base::Forbidden)
            << "a customer until a moment ago";
    });
}

TEST_F(ClosedProfile, IsOpenedByNobodyAgain)
{
    close(mei);
    Client ada = Client(site).sign_in_as(site.cast.ada);
    const auto user = users::get_user(*site.database->read(), site.cast.mei.user_id);
    const std::string page = "/admin/users/" + std::to_string(user.id.value) + "/";
    EXPECT_EQ(ada.post(page, {{"first_name", "Mei"}, {"last_name", "Chen"}, {"email", ""}, {"phone", ""},
                                 {"role", "customer"}, {"is_active", "1"}, {"version", std::to_string(user.version)}})
                  .status,
        403);
    EXPECT_EQ(ada.post(page + "password/", {}).status, 403);
    EXPECT_EQ(ada.get(page).status, 200);
    EXPECT_EQ(number("SELECT count(*) FROM auth_user WHERE is_active = 0"), 1);
}

} // namespace
