#include "actions/people/close_profile.hpp"
#include "service_requests/private_link.hpp"
#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using support::Client;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const std::string right{support::cast_password};

/// Ravi has the page open and types a reply; meanwhile whoever was to read it goes.
class NoReader : public testing::Test
{
  protected:
    NoReader()
    {
        ravi.sign_in_as(site.cast.ravi);
        mei.sign_in_as(site.cast.mei);
    }

    std::string open_request(std::string_view type = "maintenance")
    {
        const auto id = site.submit(site.cast.mei, "Boiler is cold", type).value;
        const std::string url = "/admin/requests/" + std::to_string(id) + "/";
        EXPECT_THAT(ravi.get(url).body, HasSubstr("name=\"reader\" value=\"1\""));
        return url;
    }
    void close_profile()
    {
        site.clock.advance(std::chrono::minutes(1));
        EXPECT_EQ(mei.post("/account/close/", {{"current_password", right}}).location(), "/accounts/login/");
    }
    void set_sign_in(bool is_on)
    {
        site.database->write([&](db::Transaction& tx) {
            tx.apply("UPDATE auth_user SET is_active = $1 WHERE username = 'mei'", is_on);
        });
    }
    static Client::Fields reply(std::string key = "a key")
    {
        return {{"submission", std::move(key)}, {"visibility", "public"}, {"text", "We come at <three>"},
            {"version", "1"}, {"reader", "1"}};
    }
    /// From a page that says that nobody reads it.
    static Client::Fields knowing_reply()
    {
        auto fields = reply("meant");
        fields.pop_back();
        return fields;
    }
    static Client::Fields with(Client::Fields fields, std::string name, std::string value)
    {
        fields.emplace_back(std::move(name), std::move(value));
        return fields;
    }
    std::int64_t comments(const std::string& visibility)
    {
        return site.database->read()
            ->query("SELECT count(*) FROM service_comment WHERE visibility = $1", visibility)
            .integer();
    }
    std::int64_t resolved()
    {
        return site.database.number("SELECT count(*) FROM service_servicerequest WHERE status = 'Resolved'");
    }

    support::TestSite site;
    Client ravi{site};
    Client mei{site};
};

TEST_F(NoReader, AReplyToAClosedProfileComesBackAsANote)
{
    const std::string url = open_request();
    close_profile();

    const auto asked = ravi.post(url + "comments/", reply());

    EXPECT_EQ(asked.status, 422);
    EXPECT_THAT(asked.body,
        AllOf(HasSubstr("The customer closed the profile (today, 4:32 PM)"),
            HasSubstr("We come at &lt;three&gt;</textarea>"), HasSubstr("Save as internal note"),
            HasSubstr("id=\"visibility-internal\" value=\"internal\" checked"), Not(HasSubstr("name=\"reader\"")),
            Not(HasSubstr("Mei Chen closed")), HasSubstr("Phone on this account"), Not(HasSubstr("or call:"))));
    EXPECT_EQ(comments("public"), 0);

    EXPECT_EQ(ravi.post(url + "comments/", with(reply(), "as_note", "1")).status, 303);
    EXPECT_EQ(comments("public"), 0);
    EXPECT_EQ(comments("internal"), 1);
}

TEST_F(NoReader, NobodySendsAnythingToAClosedProfileAnyway)
{
    const std::string url = open_request();
    close_profile();
    EXPECT_THAT(ravi.get(url).body, AllOf(HasSubstr("Nobody reads this: the customer closed the profile."),
                                        HasSubstr("id=\"visibility-internal\" value=\"internal\" checked")));
    for (const auto& fields : {reply(), knowing_reply()})
        EXPECT_EQ(ravi.post(url + "comments/", fields).status, 422);
    EXPECT_EQ(comments("public"), 0);
}

TEST_F(NoReader, AScriptGetsThePageToo)
{
    const std::string url = open_request();
    close_profile();
    ravi.set_header("accept", "text/html; fragment");
    const auto asked = ravi.post(url + "comments/", reply());
    EXPECT_EQ(asked.status, 422);
    EXPECT_THAT(asked.body, AllOf(HasSubstr("<main id=\"main\""), HasSubstr("Save as internal note")));
    EXPECT_EQ(asked.header("X-Fragment"), "");
}

TEST_F(NoReader, ResolvingStaysPossible)
{
    const std::string url = open_request();
    const std::string other = open_request();
    close_profile();
    const auto asked = ravi.post(url + "status/", with(reply(), "send_and", "Resolved"));
    EXPECT_EQ(asked.status, 422);
    EXPECT_THAT(asked.body, AllOf(HasSubstr("closed the profile (today"), HasSubstr("Save your note and resolve"),
                                HasSubstr("Resolve without it")));
    EXPECT_EQ(resolved() + comments("public"), 0);
    auto note = with(reply(), "send_and", "Resolved");
    note[1].second = "internal";
    EXPECT_EQ(ravi.post(url + "status/", note).status, 303);
    EXPECT_EQ(resolved(), 1);
    EXPECT_EQ(comments("internal"), 1);
    EXPECT_EQ(ravi.post(other + "status/", {{"version", "1"}, {"status", "Resolved"}}).status, 303) << "without a word";
    EXPECT_EQ(resolved(), 2);
}

TEST_F(NoReader, TheEndOfALeakIsAskedInTheSamePage)
{
    const std::string url = open_request("gas-leak");
    close_profile();
    auto ended = with(reply(), "send_and", "Resolved");
    ended.insert(ended.end(), {{"finding", "made_safe"}, {"reason", "Valve closed"}});
    const auto asked = ravi.post(url + "status/", ended);
    EXPECT_EQ(asked.status, 422);
    EXPECT_THAT(asked.body, AllOf(HasSubstr("Mei Chen closed the profile"), HasSubstr("Valve closed</textarea>"),
                                HasSubstr("Is everybody safe and the gas off?")));
    EXPECT_EQ(resolved() + comments("public"), 0);
    ended[1].second = "internal";
    EXPECT_EQ(ravi.post(url + "status/", ended).status, 303);
}

TEST_F(NoReader, WhoseSignInIsTurnedOffMeanwhileIsAskedAboutOnce)
{
    const std::string url = open_request();
    set_sign_in(false);
    const auto asked = ravi.post(url + "comments/", reply());
    EXPECT_EQ(asked.status, 422);
    EXPECT_THAT(asked.body, AllOf(HasSubstr("Mei Chen can’t sign in any more"), Not(HasSubstr("name=\"reader\""))));
    EXPECT_EQ(comments("public"), 0);
    EXPECT_EQ(ravi.post(url + "comments/", knowing_reply()).status, 303)
        << "who knows it may leave the words for the time when the sign-in is on again";
    EXPECT_EQ(comments("public"), 1);
}

TEST_F(NoReader, ALinkThatWasWithdrawnMeanwhileIsAskedAbout)
{
    Client guest(site);
    guest.post("/emergency/", {{"address", "12 Elm Street"}, {"phone", "(518) 555-0733"}, {"submission", "leak"}});
    const std::string url = "/admin/requests/1/";
    EXPECT_THAT(ravi.get(url).body, HasSubstr("name=\"reader\" value=\"1\""));
    site.database->write(
        [&](db::Transaction& tx) { service_requests::set_link_withdrawn(tx, ServiceRequestId{1}, site.clock.now()); });
    const auto asked = ravi.post(url + "comments/", reply());
    EXPECT_EQ(asked.status, 422);
    EXPECT_THAT(asked.body, AllOf(HasSubstr("The private link no longer works"), HasSubstr("or call:"),
                                HasSubstr("href=\"tel:+15185550733\"")));
    EXPECT_EQ(comments("public"), 0);
}

TEST_F(NoReader, AReplySentTwiceIsNotAskedAboutTheSecondTime)
{
    const std::string url = open_request();
    EXPECT_EQ(ravi.post(url + "comments/", reply()).status, 303);
    close_profile();
    EXPECT_EQ(ravi.post(url + "comments/", reply()).status, 303) << "it was sent, only the answer was lost";
    EXPECT_EQ(comments("public"), 1);
}

TEST_F(NoReader, ThePageSaysWhatBecomesOfNameAndPhone)
{
    const std::string url = open_request("gas-leak");
    close_profile();
    EXPECT_THAT(
        ravi.get(url).body, AllOf(HasSubstr("Name and phone stay until the leak is over."), HasSubstr("Mei Chen")));
    EXPECT_EQ(ravi.post(url + "status/",
                      {{"version", "1"}, {"status", "Resolved"}, {"finding", "made_safe"}, {"reason", "Valve closed"}})
                  .status,
        303);
    EXPECT_THAT(ravi.get(url).body,
        AllOf(HasSubstr("Name and phone go within ten minutes, because the leak is over"), HasSubstr("Mei Chen")));
    site.database->write([](db::Transaction& tx) { actions::forget_closed_contacts(tx, 100); });
    EXPECT_THAT(
        ravi.get(url).body, AllOf(HasSubstr("Name and phone are gone, because the customer closed the profile on "),
                                Not(HasSubstr("Mei Chen")), HasSubstr("<dt>Phone on this account</dt>")))
        << "the number on the page is not the customer’s";
}

} // namespace
