#include "actions/change_user.hpp"
#include "actions/sign_in.hpp"
#include "pages/desk/users/users_test_support.hpp"
#include "support/fake_sink.hpp"
#include "users/credentials.hpp"

#include <gmock/gmock.h>

namespace pages::desk {
namespace {

using support::Client;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class UserPages : public UserPagesTest
{
  protected:
    Client::Fields form_of(const base::Visitor& visitor)
    {
        const auto user = users::get_user(*site.database->read(), visitor.user_id);
        Client::Fields form = {{"first_name", user.first_name}, {"last_name", user.last_name}, {"email", user.email},
            {"phone", user.phone}, {"role", std::string(base::role_name(user.role))},
            {"version", std::to_string(user.version)}};
        if (user.is_active)
            form.emplace_back("is_active", "1");
        return form;
    }
    static Client::Fields with(Client::Fields form, const std::string& name, std::string value)
    {
        for (auto& [field, current] : form) {
            if (field == name)
                current = value;
        }
        return form;
    }
    static Client::Fields without(Client::Fields form, std::string_view name)
    {
        std::erase_if(form, [&](const auto& field) { return field.first == name; });
        return form;
    }
    /// Wrong passwords of strangers, after which new devices wait.
    void guess(const base::Visitor& user)
    {
        site.database->write([&](db::Transaction& tx) {
            for (int i = 0; i < 20; ++i)
                actions::note_wrong_password(tx,
                    {.address = "10.0.0." + std::to_string(i), .username = user.username, .now = site.clock.now()},
                    sign_in::Guesser::Stranger, user.user_id);
        });
    }
    bool must_wait(const base::Visitor& user)
    {
        return sign_in::find_wait(*site.database->read(), user.username, site.clock.now()).has_value();
    }
    std::shared_ptr<support::FakeSink> open_page(const base::Visitor& visitor, std::string session_hash)
    {
        auto page = std::make_shared<web::LiveStream>();
        auto sink = std::make_shared<support::FakeSink>();
        page->visitor = visitor;
        page->session_hash = std::move(session_hash);
        page->sink = sink;
        site.services().live.add(page);
        return sink;
    }
};

TEST_F(UserPages, AnEmailOfTwoUsersIsSaidBecauseItSignsInNeither)
{
    EXPECT_THAT(ravi.get(url(site.cast.mei)).body, Not(HasSubstr("has this email, too")));
    site.database->write([](db::Transaction& tx) {
        tx.apply("UPDATE auth_user SET email = (SELECT email FROM auth_user WHERE username = 'mei') WHERE username = "
                 "'omar'");
    });
    EXPECT_THAT(ravi.get(url(site.cast.mei)).body, HasSubstr("Omar Haddad has this email, too."));
    EXPECT_THAT(ravi.get(url(site.cast.omar)).body, HasSubstr("Mei Chen has this email, too."));
}

TEST_F(UserPages, BeforeSomebodyGetsAnothersEmailItIsAskedOnce)
{
    const std::string shared = users::get_user(*site.database->read(), site.cast.mei.user_id).email;
    const Client::Fields fresh = {{"username", "nora"}, {"first_name", "Nora"}, {"email", shared}};
    const Client::Fields changed = with(form_of(site.cast.omar), "email", shared);
    for (const auto& [page, fields] : {std::pair(create, fresh), std::pair(url(site.cast.omar), changed)}) {
        const auto asked = ravi.post(page, fields);
        EXPECT_EQ(asked.status, 422) << page;
        EXPECT_THAT(asked.body, AllOf(HasSubstr("Mei Chen (mei) has this email, too."),
                                    HasSubstr("name=\"email_asked\" value=\"" + shared + "\"")))
            << page;
        auto again = fields;
        again.emplace_back("email_asked", shared);
        EXPECT_EQ(ravi.post(page, again).status, 303) << page;
    }
    EXPECT_EQ(ravi.post(url(site.cast.omar), with(form_of(site.cast.omar), "first_name", "Omari")).status, 303)
        << "the email stays";
}

TEST_F(UserPages, ANameThatSomebodyTookALookAlikeOfMeanwhileIsRefused)
{
    const std::string latin = "cap";
    const std::string cyrillic = "\u0441\u0430\u0440";
    site.lossy.meanwhile([&](db::Database& database) {
        database.write([&](db::Transaction& tx) {
            actions::add_user(tx, site.act(site.cast.ada), {.username = cyrillic, .password_hash = "!"});
        });
    });

    const auto refused = ravi.post(create, {{"username", latin}, {"first_name", "Lena"}, {"role", "customer"}});

    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(refused.body, HasSubstr("This user name looks like that of another user. Choose another one."));
    EXPECT_EQ(site.database->read()->query("SELECT COUNT(*) FROM auth_user WHERE username = $1", latin).integer(), 0);
}

TEST_F(UserPages, BeforeSomebodyWithAnOpenLeakIsTakenOffTheDeskWeAskAndNameIt)
{
    const auto leak = site.submit(site.cast.mei, "Smell of gas", "gas-leak");
    ravi.post("/admin/requests/" + std::to_string(leak.value) + "/take/", {});
    const std::string page = "/admin/users/" + std::to_string(site.cast.ravi.user_id.value) + "/";
    for (const auto& form :
        {without(form_of(site.cast.ravi), "is_active"), with(form_of(site.cast.ravi), "role", "customer")}) {
        const auto asked = ada.post(page, form);
        EXPECT_EQ(asked.status, 422);
        EXPECT_THAT(asked.body, AllOf(HasSubstr("Ravi Patel has 1 open emergency: 12 Elm Street"),
                                    HasSubstr("It will ring for everybody."), HasSubstr("Nothing is saved yet."),
                                    HasSubstr("name=\"ringing\" value=\"" + std::to_string(leak.value) + "\"")));
    }
    EXPECT_EQ(site.database.number("SELECT COUNT(*) FROM service_servicerequest WHERE taken_by IS NOT NULL"), 1);
    EXPECT_EQ(ada.post(page, with(form_of(site.cast.ravi), "role", "supervisor")).status, 303) << "still at the desk";
    auto yes = without(form_of(site.cast.ravi), "is_active");
    yes.emplace_back("ringing", std::to_string(leak.value));
    EXPECT_EQ(ada.post(page, yes).status, 303);
    EXPECT_EQ(site.database.number("SELECT COUNT(*) FROM service_servicerequest WHERE taken_by IS NOT NULL"), 0);
    EXPECT_THAT(ada.get("/admin/requests/" + std::to_string(leak.value) + "/").body,
        HasSubstr("took Ravi Patel off the desk: nobody has it"));
}

TEST_F(UserPages, TheListIsSearchedAndFiltered)
{
    EXPECT_THAT(ravi.get("/admin/users/").body, AllOf(HasSubstr("Mei Chen"), HasSubstr("Ada Byrne")));
    EXPECT_THAT(ravi.get("/admin/users/?q=chen").body, AllOf(HasSubstr("Mei Chen"), Not(HasSubstr("Omar Haddad"))));
    EXPECT_THAT(ravi.get("/admin/users/?role=supervisor").body,
        AllOf(HasSubstr("Sofia Marchetti"), Not(HasSubstr("Mei Chen"))));
    EXPECT_THAT(ravi.get("/admin/users/?state=off").body,
        AllOf(HasSubstr("No users match this filter"), HasSubstr("href=\"/admin/users/\">Show all users")));
    EXPECT_THAT(ravi.get("/admin/users/?state=off&q=mei+c").body,
        HasSubstr("href=\"/admin/users/?q=mei%20c\">Search all users"));
    for (const std::string query : {"role=boss", "state=maybe", "after=x"})
        EXPECT_THAT(
            ravi.get("/admin/users/?" + query).body, AllOf(HasSubstr("is not one we use"), HasSubstr("Mei Chen")))
            << query;
    EXPECT_THAT(ravi.get("/admin/users/?role=Supervisor&state=ON").body,
        AllOf(HasSubstr("Sofia Marchetti"), Not(HasSubstr("Mei Chen")), Not(HasSubstr("is not one we use"))));
    EXPECT_THAT(ravi.get("/admin/users/?q=%25%27%22&role=&state=").body,
        AllOf(HasSubstr("No users match this filter"), HasSubstr("value=\"%&#39;&#34;\""), Not(HasSubstr("Mei Chen"))));
}

TEST_F(UserPages, TheListIsPagedById)
{
    site.database->write([&](db::Transaction& tx) {
        for (int i = 0; i < 60; ++i)
            users::add_user(tx, {.username = "extra" + std::to_string(i), .password_hash = "!"}, site.clock.now());
    });
    const auto first = ravi.get("/admin/users/?q=extra").body;
    EXPECT_THAT(first, AllOf(HasSubstr("extra49"), Not(HasSubstr("extra50")), HasSubstr("after=55")));
    EXPECT_THAT(ravi.get("/admin/users/?q=extra&after=55").body,
        AllOf(HasSubstr("extra50"), HasSubstr("extra59"), Not(HasSubstr("extra49"))));
}

TEST_F(UserPages, AUserNameIsTakenOnce)
{
    for (const auto& [name, words] : {std::pair<std::string, std::string>{"mei", "This user name is taken."},
             {"", "Choose a user name."}, {"\u200B \u3000", "Choose a user name."}, {"...", "Use letters, digits"},
             {"\uFF4Dei ", "This user name is taken."}, {"MEI", "This user name is taken."},
             {"mei chen", "Use letters, digits"}, {"<script>", "Use letters, digits"}}) {
        const auto refused = ravi.post("/admin/users/create/", {{"username", name}, {"first_name", "Kept"}});
        EXPECT_EQ(refused.status, 422) << name;
        EXPECT_THAT(refused.body, AllOf(HasSubstr(words), HasSubstr("value=\"Kept\""))) << name;
        EXPECT_EQ(password_on(refused.body), "");
    }
    EXPECT_EQ(site.database.number("SELECT count(*) FROM auth_user"), 5);
}

TEST_F(UserPages, OnlyAdministratorsMakeStaff)
{
    EXPECT_EQ(ravi.post("/admin/users/create/", {{"username", "eve"}, {"role", "administrator"}}).status, 403);
    EXPECT_EQ(ada.post("/admin/users/create/", {{"username", "eve"}, {"role", "boss"}}).status, 400);
    EXPECT_EQ(ada.post("/admin/users/create/", {{"username", "eve"}, {"role", "representative"}}).status, 303);
    EXPECT_EQ(
        site.database.number("SELECT count(*) FROM auth_user WHERE username = 'eve' AND role = 'representative'"), 1);
}

TEST_F(UserPages, TheWaitOfNewDevicesIsEndedOnce)
{
    guess(site.cast.mei);

    EXPECT_EQ(ravi.post(url(site.cast.mei) + "unlock/", {}).location(), url(site.cast.mei));
    ravi.post(url(site.cast.mei) + "unlock/", {});

    EXPECT_FALSE(must_wait(site.cast.mei));
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_event WHERE kind = 'unlocked'"), 1);
}

TEST_F(UserPages, OnlyAdministratorsEndTheWaitOfStaff)
{
    guess(site.cast.sofia);
    EXPECT_THAT(ravi.get(url(site.cast.sofia)).body,
        AllOf(HasSubstr("20 wrong passwords since"), Not(HasSubstr("Let new devices sign in"))));

    EXPECT_EQ(ravi.post(url(site.cast.sofia) + "unlock/", {}).status, 403);

    EXPECT_TRUE(must_wait(site.cast.sofia));
    EXPECT_EQ(ada.post(url(site.cast.sofia) + "unlock/", {}).status, 303);
    EXPECT_FALSE(must_wait(site.cast.sofia));
}

TEST_F(UserPages, APasswordResetEndsTheWait)
{
    guess(site.cast.mei);

    EXPECT_EQ(ravi.post(url(site.cast.mei) + "password/", {}).location(), url(site.cast.mei));

    EXPECT_FALSE(must_wait(site.cast.mei));
    EXPECT_THAT(ravi.get(url(site.cast.mei)).body, Not(HasSubstr("Wrong passwords")));
}

TEST_F(UserPages, RaviEditsCustomersAndNobodyElse)
{
    const auto& cast = site.cast;
    EXPECT_EQ(ravi.post(url(cast.mei), with(form_of(cast.mei), "last_name", "Chen-Park")).location(), url(cast.mei));
    EXPECT_THAT(ravi.get(url(cast.mei)).body, AllOf(HasSubstr("Mei Chen-Park"), HasSubstr("User saved."),
                                                  HasSubstr("changed last name from Chen to Chen-Park")));
    EXPECT_EQ(ravi.post(url(cast.mei), with(form_of(cast.mei), "role", "administrator")).status, 403);
    for (const auto& member : {cast.ravi, cast.sofia, cast.ada}) {
        EXPECT_EQ(ravi.post(url(member), form_of(member)).status, 403) << member.username;
        EXPECT_EQ(ravi.post(url(member) + "password/", {}).status, 403) << member.username;
        EXPECT_THAT(ravi.get(url(member)).body, HasSubstr("Only administrators can edit staff."));
    }
    EXPECT_EQ(site.database.number("SELECT count(*) FROM auth_user WHERE role = 'administrator'"), 1);
}

TEST_F(UserPages, CustomersAndGuestsChangeNobody)
{
    Client mei(site);
    mei.sign_in_as(site.cast.mei);
    EXPECT_EQ(mei.get(url(site.cast.mei)).status, 403);
    EXPECT_EQ(mei.post(url(site.cast.mei), with(form_of(site.cast.mei), "role", "administrator")).status, 403);
    EXPECT_EQ(mei.post("/admin/users/create/", {{"username", "eve"}}).status, 403);
    EXPECT_EQ(Client(site).post(url(site.cast.mei), form_of(site.cast.mei)).status, 403);
    EXPECT_EQ(ravi.get("/admin/users/999/").status, 404);
    EXPECT_EQ(ravi.post("/admin/users/999/", {}).status, 404);
}

TEST_F(UserPages, WrongDetailsAreShownAgain)
{
    const auto refused = ravi.post(
        url(site.cast.mei), with(with(form_of(site.cast.mei), "email", "not-an-address"), "phone", "call me"));
    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(refused.body,
        AllOf(HasSubstr("Enter an email"), HasSubstr("Enter a phone number"), HasSubstr("value=\"call me\"")));
}

TEST_F(UserPages, AMissingFieldIsNotAnEmptyOne)
{
    for (const char* field : {"first_name", "last_name", "email", "phone"}) {
        const auto refused = ada.post(url(site.cast.mei), without(form_of(site.cast.mei), field));
        EXPECT_EQ(refused.status, 400) << field;
        EXPECT_THAT(refused.body, HasSubstr("This form is not complete.")) << field;
    }
    EXPECT_EQ(site.database.number("SELECT version FROM auth_user WHERE username = 'mei'"), 1);
}

TEST_F(UserPages, AStaleFormIsAClashWithBothVersions)
{
    const auto stale = form_of(site.cast.mei);
    ravi.post(url(site.cast.mei), with(stale, "phone", "555-0199"));
    const auto clash = ada.post(url(site.cast.mei), with(stale, "last_name", "Wang"));
    EXPECT_EQ(clash.status, 409);
    EXPECT_THAT(clash.body,
        AllOf(HasSubstr("The saved version has: Mei Chen, mei@example.com, 555-0199, "), HasSubstr("value=\"Wang\""),
            HasSubstr("name=\"version\" value=\"2\""), HasSubstr("<b>Ravi Patel changed this user (")));
    EXPECT_EQ(site.database.number("SELECT count(*) FROM auth_user WHERE last_name = 'Wang'"), 0);
    EXPECT_THAT(clash.body, HasSubstr("Ravi Patel changed this user ("));
    EXPECT_EQ(ada.post(url(site.cast.mei), without(stale, "version")).status, 409);
    EXPECT_THAT(ravi.post(url(site.cast.mei), stale).body, HasSubstr("You changed this user in another tab ("));
}

TEST_F(UserPages, OfTwoPeopleEachSavesOnlyWhatTheyChanged)
{
    const auto page = ada.get(url(site.cast.mei));
    Client::Fields shown = with(form_of(site.cast.mei), "version", page.input("version"));
    shown.emplace_back("shown", page.input("shown"));
    EXPECT_EQ(ravi.post(url(site.cast.mei), with(without(shown, "role"), "phone", "555-0199")).status, 303);
    EXPECT_EQ(ada.post(url(site.cast.mei), with(shown, "role", "representative")).status, 303);
    EXPECT_EQ(ada.post(url(site.cast.mei), with(shown, "last_name", "Wang")).status, 303);
    EXPECT_EQ(site.database.number("SELECT count(*) FROM auth_user WHERE phone = '555-0199' AND "
                                   "last_name = 'Wang' AND role = 'representative' AND username = 'mei'"),
        1);
    const auto clash = ada.post(url(site.cast.mei), with(shown, "last_name", "Park"));
    EXPECT_EQ(clash.status, 409);
    EXPECT_THAT(clash.body, AllOf(HasSubstr("value=\"Park\""), HasSubstr("value=\"555-0199\"")));
}

TEST_F(UserPages, TheLastAdministratorStays)
{
    const auto& me = site.cast.ada;
    const auto demoted = ada.post(url(me), with(form_of(me), "role", "supervisor"));
    EXPECT_EQ(demoted.status, 422);
    EXPECT_THAT(demoted.body, HasSubstr("This is the last active administrator."));
    EXPECT_EQ(ada.post(url(me), without(form_of(me), "is_active")).status, 422);
    EXPECT_EQ(ada.post(url(site.cast.sofia), with(form_of(site.cast.sofia), "role", "administrator")).status, 303);
    EXPECT_EQ(ada.post(url(me), with(form_of(me), "role", "supervisor")).status, 303);
}

TEST_F(UserPages, DeactivatingEndsSessionsAndLivePages)
{
    Client mei(site);
    mei.sign_in_as(site.cast.mei);
    const auto page = open_page(site.cast.mei, "hers");
    const auto other = open_page(site.cast.omar, "his");

    EXPECT_EQ(ravi.post(url(site.cast.mei), without(form_of(site.cast.mei), "is_active")).status, 303);

    EXPECT_THAT(mei.get("/service/").location(), HasSubstr("/accounts/login/"));
    EXPECT_EQ(
        mei.post("/accounts/login/", {{"username", "mei"}, {"password", std::string(support::cast_password)}}).status,
        422);
    EXPECT_THAT(page->take(), HasSubstr("event: signed-out"));
    EXPECT_FALSE(page->is_open());
    EXPECT_TRUE(other->is_open());
}

TEST_F(UserPages, ARoleThatIsTakenAwayEndsTheSession)
{
    ada.post(url(site.cast.ravi), with(form_of(site.cast.ravi), "role", "customer"));
    EXPECT_THAT(ravi.get("/admin/requests/").location(), HasSubstr("/accounts/login/"));
    EXPECT_THAT(ada.get(url(site.cast.ravi)).body, HasSubstr("changed the role from representative to customer"));
}

TEST_F(UserPages, TypedDetailsSurviveAnEndedSessionButNotAChangeMadeMeanwhile)
{
    const auto mei = site.cast.mei;
    const auto back = [&](std::string path, Client::Fields form, const std::string& below = "") {
        Client browser(site);
        browser.sign_in_as(site.cast.ravi).end_session();
        site.clock.advance(std::chrono::seconds(1));
        EXPECT_EQ(browser.post(path + below, std::move(form)).status, 403);
        EXPECT_EQ(browser.sign_in_again("ravi", path).location(), path);
        return browser.get(path).body;
    };
    const auto typed = with(form_of(mei), "last_name", "Chen-Park");
    EXPECT_THAT(back(url(mei), typed), AllOf(HasSubstr("value=\"Chen-Park\""), HasSubstr("value=\"1\" checked")));
    EXPECT_THAT(back("/admin/users/create/", {{"username", "lena"}, {"first_name", "Lena"}}),
        AllOf(HasSubstr("value=\"lena\""), HasSubstr("value=\"Lena\"")));
    EXPECT_THAT(back("/admin/accounts/1/", {{"number", "4410-2087-77"}, {"address", "1 Oak"}, {"version", "1"}}),
        AllOf(HasSubstr("value=\"4410-2087-77\""), HasSubstr("value=\"1 Oak\"")));
    EXPECT_THAT(
        back("/admin/accounts/1/", {{"number", "4410-2087-78"}, {"username", "omar"}, {"version", "1"}}, "link/"),
        AllOf(HasSubstr("value=\"omar\""), HasSubstr("value=\"4410-2087-78\"")))
        << "the newest of one form with several buttons";

    ada.post(url(mei), with(form_of(mei), "phone", "555-0199"));
    EXPECT_THAT(back(url(mei), typed), HasSubstr("name=\"version\" value=\"1\""));
    EXPECT_EQ(ravi.post(url(mei), typed).status, 409);
}

TEST_F(UserPages, ARefusedFormShowsWhoIsSavedOutsideOfIt)
{
    const auto typed = with(with(form_of(site.cast.mei), "last_name", "Chen-Park"), "phone", "none");
    const auto refused = ada.post(url(site.cast.mei), typed);
    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(refused.body, AllOf(HasSubstr("value=\"Chen-Park\""), HasSubstr("<h1 dir=\"auto\">Mei Chen</h1>"),
                                  HasSubstr("Problem: Mei Chen"), Not(HasSubstr("Chen-Park</h1>"))));
}

TEST_F(UserPages, AResetAndAnEndedWaitLeaveWhatIsTyped)
{
    const auto typed = with(form_of(site.cast.mei), "last_name", "Chen-Park");
    EXPECT_EQ(ada.post(url(site.cast.mei) + "unlock/", typed).status, 303);
    const auto unsaved = AllOf(HasSubstr("value=\"Chen-Park\""), HasSubstr("They are not saved yet."));
    EXPECT_THAT(ada.get(url(site.cast.mei)).body, unsaved);
    EXPECT_EQ(ada.post(url(site.cast.mei) + "password/", typed).status, 303);
    EXPECT_THAT(ada.get(url(site.cast.mei)).body,
        AllOf(unsaved, HasSubstr("Only you see it"), HasSubstr("<h1 dir=\"auto\">Mei Chen</h1>")));
}

TEST_F(UserPages, AForcedResetSignsOutAndMustBeChanged)
{
    Client mei(site);
    mei.sign_in_as(site.cast.mei);
    const auto page = open_page(site.cast.mei, "hers");
    EXPECT_EQ(ravi.post(url(site.cast.mei) + "password/", {}).status, 303);
    const std::string password = password_on(ravi.get(url(site.cast.mei)).body);
    EXPECT_EQ(password.size(), 19U);
    EXPECT_FALSE(page->is_open());
    EXPECT_EQ(mei.get("/service/").status, 303);
    const auto old =
        mei.post("/accounts/login/", {{"username", "mei"}, {"password", std::string(support::cast_password)}});
    EXPECT_EQ(old.status, 422);
    EXPECT_EQ(mei.post("/accounts/login/", {{"username", "mei"}, {"password", password}}).status, 303);
    EXPECT_EQ(mei.get("/").location(), "/account/password/");
    EXPECT_EQ(ravi.post(url(site.cast.mei) + "password/told/", {}).location(), url(site.cast.mei));
    EXPECT_THAT(ravi.get(url(site.cast.mei)).body, AllOf(HasSubstr("reset the password"), Not(HasSubstr(password))));
    EXPECT_EQ(ravi.get(url(site.cast.mei) + "password/").location(), url(site.cast.mei));
}

TEST_F(UserPages, WhoCannotSignInIsMarkedAndNobodyWritesToThemUnaware)
{
    const auto id = site.submit(site.cast.mei, "Boiler is cold");
    const std::string request = "/admin/requests/" + std::to_string(id.value) + "/";
    EXPECT_THAT(ravi.get(url(site.cast.mei)).body, Not(HasSubstr("</svg>Inactive</span>")));
    EXPECT_THAT(ravi.get(request).body, HasSubstr("Visible to Mei Chen"));
    const auto* const callers = "/admin/requests/create/customers/?q=4410-2087-33";
    EXPECT_THAT(ravi.get(callers).body, AllOf(HasSubstr("Mei Chen"), Not(HasSubstr("Can’t sign in"))));

    ravi.post(url(site.cast.mei), without(form_of(site.cast.mei), "is_active"));

    EXPECT_THAT(
        ravi.get(url(site.cast.mei)).body, AllOf(HasSubstr("</svg>Inactive</span>"), HasSubstr("turned sign-in off")));
    EXPECT_THAT(ravi.get(request).body, AllOf(HasSubstr("Nobody reads this: Mei Chen can’t sign in. Call instead."),
                                            Not(HasSubstr("Visible to Mei Chen"))));
    EXPECT_THAT(ravi.get(callers).body, HasSubstr("Can’t sign in: call instead of writing"));
}

} // namespace
} // namespace pages::desk
