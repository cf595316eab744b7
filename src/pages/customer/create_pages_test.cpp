#include "notifications/choice.hpp"
#include "support/test_site.hpp"

#include "web/forms/draft.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

namespace {

using support::Client;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

const std::string key = "AAAAAAAAAAAAAAAAAAAAAA";

class CreatePages : public testing::Test
{
  protected:
    CreatePages() { mei.sign_in_as(site.cast.mei); }

    std::int64_t count() { return site.database.number("SELECT count(*) FROM service_servicerequest"); }
    std::vector<http::UploadedFile> one_file(std::string_view name, std::string_view bytes)
    {
        std::vector<http::UploadedFile> files;
        files.push_back(site.upload(name, bytes));
        return files;
    }

    /// "field: message" of each error in the summary.
    static std::vector<std::string> errors_of(const std::string& body)
    {
        static const std::regex line("<li><a href=\"#([a-z_-]+)\">([^<]*)</a></li>");
        std::vector<std::string> errors;
        for (std::sregex_iterator at(body.begin(), body.end(), line), end; at != end; ++at)
            errors.push_back((*at)[1].str() + ": " + (*at)[2].str());
        return errors;
    }

    void choose_pace(notifications::Pace pace)
    {
        site.database->write([&](db::Transaction& tx) {
            auto choices = notifications::find_choices(tx, site.cast.mei.user_id, base::Role::Customer);
            choices.plan.pace = pace;
            ASSERT_TRUE(notifications::set_choices(tx, site.cast.mei.user_id, base::Role::Customer, choices));
        });
    }

    support::TestSite site;
    Client mei{site};
};

TEST_F(CreatePages, MeiSendsAServiceRequestAndReadsWhatHappensNext)
{
    const auto sent =
        mei.post("/service/create/", {{"request_type", "maintenance"}, {"description", "Pilot light goes out"}});

    ASSERT_EQ(sent.status, 303);
    EXPECT_THAT(sent.location(), testing::StartsWith("/service/"));
    const auto page = mei.get(sent.location());
    EXPECT_EQ(page.status, 200);
    EXPECT_THAT(
        page.body, AllOf(HasSubstr("SR-00001"), HasSubstr("Pilot light goes out"), HasSubstr("within 8 hours")));
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_servicerequest WHERE address = '12 Elm Street'"), 1);
}

TEST_F(CreatePages, TheConfirmationSaysWhereTheAnswerIsMailed)
{
    EXPECT_THAT(mei.get("/service/create/").body, AllOf(HasSubstr("Do you smell gas? Go outside first. Then call."),
                                                      Not(HasSubstr("or any smell of gas? Call right away"))));
    const std::string page =
        mei.post("/service/create/", {{"request_type", "maintenance"}, {"description", "Pilot light"}}).location();
    EXPECT_THAT(mei.get(page).body, HasSubstr("We don’t send email or texts."));
    site.database->write([](db::Transaction& tx) { tx.apply("UPDATE service_mail_switch SET is_on = 1"); });
    EXPECT_THAT(mei.get(page).body,
        AllOf(HasSubstr("We also email you when we answer: mei@example.com"), Not(HasSubstr("We don’t send email"))));

    choose_pace(notifications::Pace::Daily);
    EXPECT_THAT(mei.get(page).body, HasSubstr("We also email you, once a day: mei@example.com"));
    choose_pace(notifications::Pace::Never);
    EXPECT_THAT(mei.get(page).body, AllOf(HasSubstr("You chose no email about answers."), Not(HasSubstr("mei@"))));
}

TEST_F(CreatePages, EachTypeSaysHowSoonWeAnswerAndNoHeatWhomToCallBeforeItIsSent)
{
    const std::string page = mei.get("/service/create/").body;
    const auto promise = [&](const std::string& slug) {
        const auto begin = page.find("id=\"type-" + slug + "-more\"");
        return begin == std::string::npos ? "" : page.substr(begin, page.find("</p>", begin) - begin);
    };
    EXPECT_THAT(promise("no-gas-or-heat"),
        AllOf(HasSubstr("We answer within 1 hour."), HasSubstr("No heat and freezing weather? Call right away:"),
            HasSubstr("tel:+18005550199")));
    EXPECT_THAT(promise("maintenance"), AllOf(HasSubstr("We answer within 8 hours."), Not(HasSubstr("Call"))));
    EXPECT_EQ(promise("gas-leak"), "") << "its advice says to call";
    EXPECT_THAT(page, AllOf(HasSubstr("aria-describedby=\"type-billing-more\""), Not(HasSubstr("the next day"))));
    Client ravi(site);
    EXPECT_THAT(
        ravi.sign_in_as(site.cast.ravi).get("/admin/requests/create/").body, Not(HasSubstr("We answer within")));
}

TEST_F(CreatePages, TakesATypeByItsName)
{
    EXPECT_EQ(mei.post("/service/create/", {{"request_type", "Gas Leak"}, {"description", "It smells"}}).status, 303);
    EXPECT_EQ(site.database.number("SELECT is_emergency FROM service_servicerequest"), 1);
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_leak_report WHERE place = 'unanswered'"), 1);
}

TEST_F(CreatePages, OfferANewTypeASecondLater)
{
    EXPECT_THAT(mei.get("/service/create/").body, Not(HasSubstr("Solar heat")));
    site.database->write([](db::Transaction& tx) {
        tx.apply("INSERT INTO service_request_type (slug, name, position, answer_minutes) VALUES "
                 "('solar-heat', 'Solar heat', 9, 60)");
    });

    site.clock.advance(std::chrono::seconds(1));

    EXPECT_THAT(mei.get("/service/create/").body, HasSubstr("Solar heat"));
    EXPECT_EQ(mei.post("/service/create/", {{"request_type", "solar-heat"}, {"description", "Cold"}}).status, 303);
}

TEST_F(CreatePages, AnythingElseIsToldToNobody)
{
    mei.post("/service/create/", {{"request_type", "maintenance"}, {"description", "Pilot light goes out"}});

    EXPECT_EQ(count(), 1);
    EXPECT_THAT(site.notifications(), testing::IsEmpty());
}

TEST_F(CreatePages, FormPreselectsTheTypeOfTheAddress)
{
    EXPECT_THAT(mei.get("/service/create/?type=gas-leak").body, HasSubstr("value=\"gas-leak\" checked"));
    EXPECT_THAT(mei.get("/service/create/?type=nonsense").body,
        Not(testing::ContainsRegex("name=\"request_type\"[^>]* checked")));
}

TEST_F(CreatePages, AGasLeakOfTheAddressWinsOverTheTypeOfTheKeptTextWhichComesBackAllTheSame)
{
    site.database->write([&](db::Transaction& tx) {
        web::save_draft(tx, site.cast.mei.user_id, "/service/create/",
            {{"request_type", "billing"}, {"description", "The bill is too high"}}, site.clock.now());
    });
    EXPECT_THAT(mei.get("/service/create/?type=gas-leak").body,
        AllOf(HasSubstr("value=\"gas-leak\" checked"), Not(HasSubstr("value=\"billing\" checked")),
            HasSubstr("The bill is too high</textarea>")));
    EXPECT_THAT(mei.get("/service/create/?type=maintenance").body, HasSubstr("value=\"billing\" checked"));
    EXPECT_THAT(mei.get("/service/create/").body, HasSubstr("value=\"billing\" checked"));
}

TEST_F(CreatePages, MistakesComeBackWithEveryValueKept)
{
    const auto page =
        mei.post("/service/create/", {{"request_type", "rocket"}, {"description", ""}, {"account", "other"},
                                         {"address", "5 Oak \"Lane\""}, {"phone", "abc"}});

    EXPECT_EQ(page.status, 422);
    EXPECT_THAT(page.body, AllOf(HasSubstr("There is a problem"), HasSubstr("5 Oak &#34;Lane&#34;"),
                               HasSubstr("value=\"abc\""), HasSubstr("value=\"other\" checked")));
    EXPECT_THAT(errors_of(page.body), ElementsAre("type-gas-leak: Choose what you need help with.",
                                          "description: Tell us what is happening, in a few words.",
                                          "phone: Enter a phone number with 7 to 15 digits, such as (518) 555-0134."));
    EXPECT_EQ(count(), 0);
}

TEST_F(CreatePages, CountsTheDescriptionInCodePoints)
{
    std::string flames;
    for (int i = 0; i < 5000; ++i)
        flames += "🔥";
    EXPECT_EQ(mei.post("/service/create/", {{"request_type", "other"}, {"description", flames}}).status, 303);
    const auto page = mei.post("/service/create/", {{"request_type", "other"}, {"description", flames + "x"}});
    EXPECT_EQ(page.status, 422);
    EXPECT_THAT(page.body, AllOf(HasSubstr("You have 1 too many."), HasSubstr(flames + "x")));
}

TEST_F(CreatePages, AnotherPersonsAccountIsRefused)
{
    const auto page = mei.post("/service/create/", {{"request_type", "other"}, {"description", "Hello"},
                                                       {"account", std::to_string(site.cast.account_of_omar.value)}});

    EXPECT_EQ(page.status, 422);
    EXPECT_EQ(count(), 0);
}

TEST_F(CreatePages, AskWhichAddressItIsWhenTwoAreGiven)
{
    const std::string account = std::to_string(site.cast.account_of_mei.value);
    Client::Fields form = {{"request_type", "other"}, {"description", "It drips"}, {"account", account},
        {"address", " 99 Other <Street> "}, {"phone", "518 555 0199"}};

    const auto asked = mei.post("/service/create/", form);

    EXPECT_EQ(asked.status, 422);
    EXPECT_THAT(asked.body,
        AllOf(HasSubstr("You chose 12 Elm Street, but also typed 99 Other &lt;Street&gt;. Which one is it?"),
            HasSubstr(
                "Choose 12 Elm Street, and we leave out what you typed. Or choose “A different address”, and we go to "
                "99 Other &lt;Street&gt;."),
            HasSubstr("It drips</textarea>"), HasSubstr("value=\"518 555 0199\""),
            HasSubstr("name=\"asked_address\" value=\"99 Other &lt;Street&gt;\"")));
    EXPECT_THAT(asked.body, Not(testing::ContainsRegex("name=\"account\"[^>]* checked")))
        << "nothing is chosen for her";
    EXPECT_EQ(count(), 0);

    form.emplace_back("asked_address", "99 Other <Street>");
    EXPECT_EQ(mei.post("/service/create/", form).status, 303) << "she chose the account with the question in sight";
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_servicerequest WHERE address = '12 Elm Street'"), 1);
    form[2].second = "other";
    EXPECT_EQ(mei.post("/service/create/", form).status, 303);
    EXPECT_EQ(
        site.database.number("SELECT count(*) FROM service_servicerequest WHERE address = '99 Other <Street>'"), 1);
}

TEST_F(CreatePages, AskAgainAboutAnAddressTypedAfterTheQuestionOrWithoutAnAnswer)
{
    Client::Fields form = {{"request_type", "other"}, {"description", "It drips"},
        {"account", std::to_string(site.cast.account_of_mei.value)}, {"address", "7 Third Street"},
        {"asked_address", "99 Other Street"}};
    EXPECT_EQ(mei.post("/service/create/", form).status, 422) << "another address than the one asked about";
    form[4].second = "7 Third Street";
    form.erase(form.begin() + 2);
    EXPECT_EQ(mei.post("/service/create/", form).status, 422) << "nothing chosen";
    EXPECT_EQ(count(), 0);
}

TEST_F(CreatePages, RememberTheAnswerWhileSomethingElseIsWrong)
{
    const std::string account = std::to_string(site.cast.account_of_mei.value);
    const auto page =
        mei.post("/service/create/", {{"request_type", "other"}, {"description", ""}, {"account", account},
                                         {"address", "99 Other Street"}, {"asked_address", "99 Other Street"}});
    EXPECT_EQ(page.status, 422);
    EXPECT_THAT(page.body, AllOf(HasSubstr("There is a problem"), HasSubstr("name=\"asked_address\""),
                               HasSubstr("value=\"" + account + "\" checked")));
}

TEST_F(CreatePages, TheAccountsAddressTypedAgainIsNoContradiction)
{
    const auto sent = mei.post("/service/create/",
        {{"request_type", "other"}, {"description", "It drips"}, {"address", "  12  ELM street. "}});
    EXPECT_EQ(sent.status, 303);
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_servicerequest WHERE address = '12 Elm Street'"), 1);
}

TEST_F(CreatePages, AnEndedSessionBringsBackTheChoiceAndTheTypedAddress)
{
    const std::string account = std::to_string(site.cast.account_of_mei.value);
    const auto back = [&](std::string choice) {
        Client browser(site);
        browser.sign_in_as(site.cast.mei).end_session();
        browser.post("/service/create/",
            {{"account", std::move(choice)}, {"address", "99 Other Street"}, {"asked_address", "99 Other Street"}});
        browser.sign_in_again("mei");
        return browser.get("/service/create/").body;
    };
    EXPECT_THAT(back(account), AllOf(HasSubstr("value=\"" + account + "\" checked"),
                                   HasSubstr("value=\"99 Other Street\""), Not(HasSubstr("asked_address"))));
    EXPECT_THAT(back("other"), AllOf(HasSubstr("value=\"other\" checked"), HasSubstr("value=\"99 Other Street\"")));
}

TEST_F(CreatePages, HostileTextIsShownAsText)
{
    const std::string hostile = "</textarea><script>alert(1)</script>";

    const auto refused = mei.post("/service/create/", {{"request_type", "x"}, {"description", hostile}});
    const auto sent = mei.post("/service/create/", {{"request_type", "other"}, {"description", hostile}});

    EXPECT_THAT(refused.body, Not(HasSubstr("<script>alert")));
    EXPECT_THAT(mei.get(sent.location()).body, AllOf(Not(HasSubstr("<script>alert")), HasSubstr("&lt;script&gt;")));
}

TEST_F(CreatePages, TheSameTextAgainIsAskedAbout)
{
    const auto send = [&](std::string submission, std::string description, std::string again = "") {
        Client::Fields fields = {
            {"request_type", "other"}, {"description", std::move(description)}, {"submission", std::move(submission)}};
        if (!again.empty())
            fields.emplace_back("again", again);
        return mei.post("/service/create/", fields);
    };
    const auto count = [&] { return site.database.number("SELECT count(*) FROM service_servicerequest"); };
    const auto first = send("one", "The valve squeaks");
    EXPECT_EQ(first.status, 303);
    EXPECT_EQ(send("one", "The valve squeaks").location(), first.location()) << "a double click";

    const auto asked = send("two", "The valve squeaks");
    EXPECT_EQ(asked.status, 409);
    EXPECT_THAT(asked.body, AllOf(HasSubstr("You already sent this"), HasSubstr("SR-00001"), HasSubstr("Open it"),
                                HasSubstr("The valve squeaks</textarea>"), HasSubstr("name=\"again\"")));
    EXPECT_EQ(count(), 1);
    EXPECT_EQ(send("two", "The valve squeaks", "1").status, 303);
    EXPECT_EQ(count(), 2);
    EXPECT_EQ(send("three", "The valve squeaks more").status, 303) << "another text";
    Client omar(site);
    omar.sign_in_as(site.cast.omar);
    EXPECT_EQ(omar.post("/service/create/", {{"request_type", "other"}, {"account", "other"},
                                                {"address", "12 Elm Street"}, {"description", "The valve squeaks"}})
                  .status,
        303)
        << "another person";
    site.clock.advance(std::chrono::minutes(31));
    EXPECT_EQ(send("four", "The valve squeaks").status, 303) << "half an hour later";
}

TEST_F(CreatePages, DoubleSubmitGivesOneServiceRequestAndOneFile)
{
    const Client::Fields form = {
        {"request_type", "other"}, {"description", "Once"}, {"submission", "key-of-this-form-000000"}};
    const auto first = mei.post("/service/create/", form, one_file("a.png", support::tiny_png()));
    const auto second = mei.post("/service/create/", form, one_file("a.png", support::tiny_png()));

    EXPECT_EQ(first.status, 303);
    EXPECT_EQ(second.location(), first.location());
    EXPECT_EQ(count(), 1);
    EXPECT_EQ(site.count_files(), 1U);
}

TEST_F(CreatePages, KeepsFilesByTheirContent)
{
    EXPECT_EQ(mei.post("/service/create/", {{"request_type", "other"}, {"description", "See photo"}},
                     one_file("photo.pdf", support::tiny_png()))
                  .status,
        303);
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_attachment WHERE content_type = 'image/png'"), 1);
}

TEST_F(CreatePages, FileOfAnotherTypeIsNamedAndNothingIsKept)
{
    const auto page = mei.post("/service/create/", {{"request_type", "other"}, {"description", "See photo"}},
        one_file("photo.png", "<svg onload=alert(1)>"));

    EXPECT_EQ(page.status, 422);
    EXPECT_THAT(
        page.body, AllOf(HasSubstr("“photo.png” is not a JPEG"), HasSubstr("See photo"), HasSubstr("Send without it")));
    EXPECT_EQ(count(), 0);
    EXPECT_EQ(site.count_files(), 0U);
}

TEST_F(CreatePages, TooLargeFileIs413WithTheLimitAndTheText)
{
    auto files = one_file("film.mov", "");
    files.front().too_large = true;
    mei.set_fault(http::BodyFault::FileTooLarge);

    const auto page =
        mei.post("/service/create/", {{"request_type", "other"}, {"description", "See film"}}, std::move(files));

    EXPECT_EQ(page.status, 413);
    EXPECT_THAT(page.body, AllOf(HasSubstr("“film.mov” is too large"), HasSubstr("10 MB"), HasSubstr("See film")));
    EXPECT_EQ(count(), 0);
}

TEST_F(CreatePages, TooManyFilesAre413)
{
    mei.set_fault(http::BodyFault::TooManyFiles);
    const auto page = mei.post("/service/create/", {{"request_type", "other"}, {"description", "Many"}});
    EXPECT_EQ(page.status, 413);
    EXPECT_THAT(page.body, AllOf(HasSubstr("10 at most"), HasSubstr("Many</textarea>")));
}

TEST_F(CreatePages, AMissingTypeLeadsToItsFirstChoice)
{
    const auto page = mei.post("/service/create/", {{"description", "Cold"}});
    EXPECT_EQ(page.status, 422);
    EXPECT_THAT(page.body, HasSubstr("<a href=\"#type-gas-leak\">Choose what you need help with.</a>"));
}

TEST_F(CreatePages, FreezingWeatherIsOnlyForWhatHeats)
{
    const auto confirmation = [&](const std::string& type) {
        return mei.get(mei.post("/service/create/", {{"request_type", type}, {"description", type}}).location()).body;
    };
    EXPECT_THAT(confirmation("billing"), Not(HasSubstr("freezing")));
    EXPECT_THAT(confirmation("no-gas-or-heat"),
        AllOf(HasSubstr("freezing weather? Call right away:"), HasSubstr("href=\"tel:+18005550199\"")));
    for (const char* const type : {"other", "maintenance", "meter-reading"})
        EXPECT_THAT(confirmation(type),
            AllOf(HasSubstr("Do you smell gas? Don’t wait for our answer."), HasSubstr("Go outside, then call")))
            << type;
}

TEST_F(CreatePages, FullDiskIs503WithTheFormKept)
{
    mei.set_fault(http::BodyFault::DiskFull);
    const auto page = mei.post("/service/create/", {{"request_type", "other"}, {"description", "Wait for me"}});
    EXPECT_EQ(page.status, 503);
    EXPECT_FALSE(page.header("Retry-After").empty());
    EXPECT_THAT(page.body, HasSubstr("Wait for me</textarea>"));
}

TEST_F(CreatePages, EmptyFilePartOfABrowserIsNoFile)
{
    EXPECT_EQ(
        mei.post("/service/create/", {{"request_type", "other"}, {"description", "Plain"}}, one_file("", "")).status,
        303);
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_attachment"), 0);
}

TEST_F(CreatePages, MissingTokenIs403)
{
    const auto page =
        mei.post_without_token("/service/create/", {{"request_type", "other"}, {"description", "Keep these words"}});
    EXPECT_EQ(page.status, 403);
    EXPECT_THAT(page.body, AllOf(HasSubstr("This page expired"), Not(HasSubstr("Keep these words"))));
    EXPECT_EQ(count(), 0);
}

TEST_F(CreatePages, KeptDraftStaysUntilItIsSent)
{
    site.database->write([&](db::Transaction& tx) {
        web::save_draft(tx, site.cast.mei.user_id, "/service/create/",
            {{"request_type", "billing"}, {"description", "Typed before"}}, site.clock.now());
    });
    EXPECT_THAT(
        mei.get("/service/create/").body, AllOf(HasSubstr("Typed before"), HasSubstr("value=\"billing\" checked")));
    mei.ask(http::Method::Head, "/service/create/");
    EXPECT_THAT(mei.get("/service/create/").body, HasSubstr("Typed before")) << "a reload or a second tab keeps it";
    EXPECT_EQ(mei.post("/service/create/", {{"request_type", "billing"}}).status, 422);
    EXPECT_THAT(mei.get("/service/create/").body, HasSubstr("Typed before")) << "the form was refused";
    EXPECT_EQ(mei.post("/service/create/", {{"request_type", "billing"}, {"description", "Typed before"}}).status, 303);
    EXPECT_THAT(mei.get("/service/create/").body, Not(HasSubstr("Typed before")));
}

TEST_F(CreatePages, GuestsSignInAndStaffGoToTheirDesk)
{
    EXPECT_THAT(Client(site).get("/service/create/").location(), HasSubstr("/accounts/login/?next="));
    EXPECT_EQ(Client(site).sign_in_as(site.cast.ravi).get("/service/create/").location(), "/admin/requests/create/");
    EXPECT_EQ(Client(site).sign_in_as(site.cast.ravi).post("/service/create/", {{"description", "x"}}).status, 403);
}

TEST_F(CreatePages, OmarDoesNotSeeMeisConfirmation)
{
    const auto id = site.submit(site.cast.mei, "Mine");
    EXPECT_EQ(
        Client(site).sign_in_as(site.cast.omar).get("/service/" + std::to_string(id.value) + "/received/").status, 404);
}

} // namespace
