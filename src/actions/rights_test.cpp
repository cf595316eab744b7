#include "actions/change_account.hpp"
#include "actions/change_password.hpp"
#include "actions/change_status.hpp"
#include "actions/change_user.hpp"
#include "actions/emergencies/resolve_false_alarms.hpp"
#include "actions/emergencies/take_emergency.hpp"
#include "actions/emergencies/withdraw_link.hpp"
#include "actions/export_requests.hpp"
#include "actions/link_account.hpp"
#include "actions/sign_in.hpp"
#include "actions/submit_request.hpp"
#include "base/error.hpp"
#include "request_types/request_type.hpp"
#include "support/service_desk.hpp"

#include <gmock/gmock.h>

#include <functional>

using service_requests::Status;

namespace {

/// What a verb asks of the database although the page before it has asked already: the visitor below is who the page
/// saw, and something has happened since.
class Rights : public support::ServiceDesk
{
  protected:
    using Verb = std::function<void(db::Transaction&, const base::Act&)>;

    void become(const base::Visitor& person, std::string_view role)
    {
        database->write([&](db::Transaction& tx) {
            tx.apply("UPDATE auth_user SET role = $2 WHERE id = $1", person.user_id, role);
        });
    }
    void retire(const base::Visitor& person)
    {
        database->write(
            [&](db::Transaction& tx) { tx.apply("UPDATE auth_user SET is_active = 0 WHERE id = $1", person.user_id); });
    }
    void attempt(const base::Visitor& by, const Verb& verb)
    {
        database->write([&](db::Transaction& tx) { verb(tx, act(by)); });
    }
    /// A call of this user.
    static ServiceRequestId write_down(db::Transaction& tx, const base::Act& act, UserId caller)
    {
        return actions::submit_request(tx, act,
            {.request = {.user_id = caller,
                 .type_id = request_types::get_emergency_type(tx),
                 .description = "It hisses",
                 .channel = service_requests::Channel::Phone}});
    }
    /// The verbs of the desk that look at nothing but the role.
    std::vector<Verb> verbs_of_staff()
    {
        return {[](db::Transaction& tx, const base::Act& act) {
                    actions::add_account(tx, act, {.number = "4410-2087-99", .address = "1 Oak Lane"});
                },
            [this](db::Transaction& tx, const base::Act& act) {
                actions::change_account(tx, act, cast.account_of_mei, {.number = "4410-2087-99", .address = "x"});
            },
            [this](db::Transaction& tx, const base::Act& act) {
                actions::link_account(tx, act, cast.account_of_mei, cast.omar.user_id);
            },
            [this](db::Transaction& tx, const base::Act& act) {
                actions::unlink_account(tx, act, cast.account_of_mei, cast.mei.user_id);
            },
            [](db::Transaction& tx, const base::Act& act) { actions::export_requests(tx, act, "status=Pending"); },
            [this](db::Transaction& tx, const base::Act& act) { write_down(tx, act, cast.mei.user_id); },
            [](db::Transaction& tx, const base::Act& act) {
                actions::add_user(tx, act, {.username = "new", .password_hash = "!"});
            },
            [this](db::Transaction& tx, const base::Act& act) {
                actions::reset_password(tx, act, cast.mei.user_id, {"temporary hash"});
            },
            [this](db::Transaction& tx, const base::Act& act) { actions::end_wait(tx, act, cast.mei.user_id); },
            [this](db::Transaction& tx, const base::Act& act) {
                actions::change_user(tx, act, cast.mei.user_id, {.first_name = "Eve"});
            },
            [](db::Transaction& tx, const base::Act& act) { actions::withdraw_link(tx, act, ServiceRequestId{1}); },
            [](db::Transaction& tx, const base::Act& act) {
                actions::take_emergency(tx, act, {.id = ServiceRequestId{1}});
            },
            [](db::Transaction& tx, const base::Act& act) {
                actions::resolve_false_alarms(
                    tx, act, {.fold = {.first = ServiceRequestId{1}, .newest = ServiceRequestId{1}}, .end = {}});
            }};
    }
    std::int64_t events() { return database.number("SELECT COUNT(*) FROM service_event"); }
};

TEST_F(Rights, WhoIsNoLongerOfTheStaffDoesNothingAtTheDesk)
{
    become(cast.ravi, "customer");
    retire(cast.sofia);
    const std::int64_t before = events();

    for (const Verb& verb : verbs_of_staff()) {
        EXPECT_THROW(attempt(cast.ravi, verb), base::Forbidden);
        EXPECT_THROW(attempt(cast.sofia, verb), base::Forbidden);
        EXPECT_THROW(attempt(cast.mei, verb), base::Forbidden);
        EXPECT_THROW(attempt({}, verb), base::Forbidden);
    }
    EXPECT_EQ(events(), before);
}

TEST_F(Rights, TheCallOfACustomerOfNowIsWrittenDown)
{
    const auto write_down_for = [&](const base::Visitor& caller) {
        return database->write([&](db::Transaction& tx) { return write_down(tx, act(cast.ravi), caller.user_id); });
    };
    EXPECT_EQ(seen_by(cast.mei, write_down_for(cast.mei)).description, "It hisses");
    EXPECT_THROW(write_down_for(cast.sofia), base::Forbidden);
    become(cast.omar, "representative");
    EXPECT_THROW(write_down_for(cast.omar), base::Forbidden) << "promoted since the form was read";
    EXPECT_EQ(database.number("SELECT COUNT(*) FROM service_servicerequest"), 1);
}

TEST_F(Rights, OnlyAnAdministratorOfNowAddsStaffAndSetsRoles)
{
    const Verb add = [](db::Transaction& tx, const base::Act& act) {
        actions::add_user(tx, act, {.username = "new", .role = base::Role::Representative, .password_hash = "!"});
    };
    const Verb promote = [this](db::Transaction& tx, const base::Act& act) {
        actions::change_user(tx, act, cast.mei.user_id, {.role = base::Role::Supervisor});
    };
    EXPECT_THROW(attempt(cast.sofia, add), base::Forbidden);
    EXPECT_THROW(attempt(cast.sofia, promote), base::Forbidden);
    EXPECT_NO_THROW(attempt(cast.ada, add));
    become(cast.ada, "supervisor");
    EXPECT_THROW(attempt(cast.ada, promote), base::Forbidden);
    // The page of somebody promoted since knows less than the database.
    become(cast.sofia, "administrator");
    EXPECT_NO_THROW(attempt(cast.sofia, promote));
}

TEST_F(Rights, AStatusIsChangedByItsOwnerAndByTheStaffOfNow)
{
    const auto id = submit(cast.mei, "Boiler is cold");
    const auto resolve = [&](const base::Visitor& by) {
        return database->write([&](db::Transaction& tx) {
            return actions::change_status(
                tx, act(by), {.service_request = id, .status = Status::Resolved, .version = 1});
        });
    };
    become(cast.ravi, "customer");
    retire(cast.ada);
    EXPECT_THROW(resolve(cast.ravi), base::NotFound);
    EXPECT_THROW(resolve(cast.ada), base::NotFound);
    EXPECT_THROW(resolve(cast.mei), base::NotFound) << "customers only reopen";
    EXPECT_THROW(resolve({}), base::NotFound);
    EXPECT_EQ(seen_by(cast.sofia, id).status, Status::Pending);
    EXPECT_EQ(resolve(cast.sofia), service_requests::StatusChange::Done);
    EXPECT_THROW(set_status(cast.omar, id, Status::Pending), base::NotFound);
    EXPECT_EQ(set_status(cast.mei, id, Status::Pending), service_requests::StatusChange::Done);
}

TEST_F(Rights, AChangeThatIsStaleWritesNoneOfItsComments)
{
    const auto id = submit(cast.mei, "Boiler is cold");
    const auto change = [&](std::int64_t version) {
        return database->write([&](db::Transaction& tx) {
            return actions::change_status(tx, act(cast.ravi),
                {.service_request = id,
                    .status = Status::Resolved,
                    .version = version,
                    .comments = {{.service_request = id, .text = "Done"}}});
        });
    };
    EXPECT_EQ(change(7), service_requests::StatusChange::Stale);
    EXPECT_EQ(seen_by(cast.ravi, id).public_comments, 0);
    EXPECT_EQ(change(1), service_requests::StatusChange::Done);
    EXPECT_EQ(change(2), service_requests::StatusChange::AlreadySo);
    EXPECT_EQ(seen_by(cast.ravi, id).public_comments, 1);
}

TEST_F(Rights, AnAccountOfAnotherIsLeftOutButNothingIsRefused)
{
    const auto submit_at = [&](AccountId account) {
        return database->write([&](db::Transaction& tx) {
            return actions::submit_request(tx, act(cast.mei),
                {.request = {.user_id = cast.mei.user_id,
                     .account_id = account,
                     .type_id = type("gas-leak"),
                     .description = "Smell of gas"}});
        });
    };
    EXPECT_EQ(seen_by(cast.mei, submit_at(cast.account_of_mei)).account_id, cast.account_of_mei);
    EXPECT_EQ(seen_by(cast.mei, submit_at(cast.account_of_omar)).account_id, AccountId{});
}

TEST_F(Rights, NobodySubmitsInAnothersName)
{
    const auto submit_for = [&](const base::Visitor& by, UserId owner) {
        database->write([&](db::Transaction& tx) {
            actions::submit_request(tx, act(by),
                {.request = {.user_id = owner, .type_id = type("maintenance"), .description = "Not mine"}});
        });
    };
    EXPECT_THROW(submit_for(cast.omar, cast.mei.user_id), base::Forbidden);
    EXPECT_THROW(submit_for(cast.ravi, cast.mei.user_id), base::Forbidden);
    EXPECT_THROW(submit_for({}, cast.mei.user_id), base::Forbidden);
    EXPECT_EQ(database.number("SELECT COUNT(*) FROM service_servicerequest"), 0);
    EXPECT_NO_THROW(submit_for(cast.ravi, {})) << "a caller's";
}

TEST_F(Rights, OnlyAProgramGivesALastingPassword)
{
    const Verb verb = [this](db::Transaction& tx, const base::Act& act) {
        actions::set_password(tx, act, cast.mei.user_id, "hash");
    };
    EXPECT_THROW(attempt(cast.ada, verb), base::Forbidden);
    EXPECT_THROW(attempt({}, verb), base::Forbidden);
    EXPECT_NO_THROW(database->write([&](db::Transaction& tx) { verb(tx, base::act_of_program(clock.now())); }));
}

TEST_F(Rights, ASessionBegunIsInTheHistory)
{
    const auto checked = users::find_credentials(*database->read(), "mei").value();
    const auto begin = [&] {
        return database->write([&](db::Transaction& tx) {
            const sign_in::SignInAttempt attempt{.address = "10.0.0.1", .username = "mei", .now = clock.now()};
            return actions::begin_session(tx, {.attempt = attempt, .checked = checked, .browser = {"Firefox"}});
        });
    };
    EXPECT_TRUE(begin().has_value());
    EXPECT_EQ(database.number("SELECT COUNT(*) FROM service_event WHERE subject = 'user' AND kind = 'signed_in'"), 1);
    retire(cast.mei);
    EXPECT_FALSE(begin().has_value());
    EXPECT_EQ(database.number("SELECT COUNT(*) FROM service_event WHERE subject = 'user' AND kind = 'signed_in'"), 1);
}

} // namespace
