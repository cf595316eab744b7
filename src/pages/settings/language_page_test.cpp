#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr const char* spanish_page = "<html lang=\"es\"";
constexpr const char* english_page = "<html lang=\"en\"";

class LanguageChoice : public testing::Test
{
  protected:
    support::TestSite site;
    support::Client mei{site};
    support::Client guest{site};

    void SetUp() override { mei.sign_in_as(site.cast.mei); }

    static support::Answer choose(support::Client& client, const std::string& tag, const std::string& next = "/")
    {
        return client.post("/preferences/language/", {{"language", tag}, {"next", next}});
    }
};

TEST_F(LanguageChoice, ComesFromTheBrowserUntilSomebodyChooses)
{
    EXPECT_THAT(guest.get("/").body, HasSubstr(english_page));
    guest.set_header("accept-language", "es-MX,es;q=0.9,en;q=0.5");
    for (const char* page : {"/", "/accounts/login/", "/emergency/", "/nowhere/"})
        EXPECT_THAT(guest.get(page).body, HasSubstr(spanish_page)) << page;
    for (const auto& [path, person] : {std::pair("/service/", site.cast.mei), std::pair("/account/", site.cast.mei),
             std::pair("/admin/", site.cast.ravi), std::pair("/admin/users/", site.cast.ada)}) {
        support::Client reader(site);
        reader.sign_in_as(person).set_header("accept-language", "es");
        EXPECT_THAT(reader.get(path).body, HasSubstr(spanish_page)) << path;
    }
}

TEST_F(LanguageChoice, OfAGuestIsKeptInACookieThatOutweighsTheBrowser)
{
    const auto answer = choose(guest, "es", "/accounts/login/?next=%2Fservice%2F");
    EXPECT_EQ(answer.status, 303);
    EXPECT_EQ(answer.location(), "/accounts/login/?next=%2Fservice%2F");
    EXPECT_EQ(guest.cookie("language"), "es");
    guest.set_header("accept-language", "en");
    const auto page = guest.get("/");
    EXPECT_THAT(page.body, AllOf(HasSubstr(spanish_page), HasSubstr("aria-pressed=\"true\">\nEspañol")));
    EXPECT_THAT(page.header("Vary"), HasSubstr("Accept-Language, Cookie"));
    choose(guest, "en");
    EXPECT_THAT(guest.get("/").body, HasSubstr(english_page));
}

TEST_F(LanguageChoice, OfAUserIsKeptForTheUserAndOutweighsTheCookie)
{
    choose(mei, "es");
    support::Client elsewhere(site);
    elsewhere.sign_in_as(site.cast.mei).set_cookie("language", "en");
    EXPECT_THAT(elsewhere.get("/service/").body, HasSubstr(spanish_page));
    support::Client omar(site);
    omar.sign_in_as(site.cast.omar);
    EXPECT_THAT(omar.get("/service/").body, HasSubstr(english_page));
    omar.set_cookie("language", "es");
    EXPECT_THAT(omar.get("/service/").body, HasSubstr(spanish_page));
}

TEST_F(LanguageChoice, StaysOffAPublicComputer)
{
    support::Client library(site);
    library.post("/accounts/login/",
        {{"username", "mei"}, {"password", std::string(support::cast_password)}, {"public_computer", "1"}});
    choose(library, "es");
    EXPECT_EQ(library.cookie("language"), "");
    EXPECT_THAT(library.get("/").body, HasSubstr(spanish_page));
}

TEST_F(LanguageChoice, LeadsBackWithoutTheLanguageOfTheAddressAndToNoOtherSite)
{
    EXPECT_EQ(choose(guest, "en", "/accounts/login/?lang=es&next=%2F").location(), "/accounts/login/?next=%2F");
    EXPECT_EQ(choose(guest, "en", "/?lang=es").location(), "/");
    EXPECT_EQ(choose(guest, "en", "//evil").location(), "/");
}

TEST_F(LanguageChoice, CarriesAlongWhatIsTypedInTheFormOfThePage)
{
    const std::string page = mei.get("/service/create/").body;
    EXPECT_THAT(page, AllOf(HasSubstr("form=\"create-form\" formaction=\"/preferences/language/?next="),
                          HasSubstr("name=\"kept_at\" value=\"/service/create/\"")));
    const auto answer = mei.post("/preferences/language/?next=%2Fservice%2Fcreate%2F%3Frefused%3Dabc",
        {{"request_type", "billing"}, {"description", "The <bill>"}, {"attachments", "bill.pdf"}, {"submission", "x"},
            {"kept_at", "/service/create/"}, {"language", "es"}});
    EXPECT_EQ(answer.location(), "/service/create/");
    EXPECT_THAT(mei.get("/service/create/").body,
        AllOf(HasSubstr(spanish_page), HasSubstr("The &lt;bill&gt;</textarea>"), HasSubstr("bill.pdf")));
}

TEST_F(LanguageChoice, CarriesAlongACommentAndAReply)
{
    const auto id = std::to_string(site.submit(site.cast.mei, "No heat").value);
    support::Client ravi(site);
    ravi.sign_in_as(site.cast.ravi);
    for (const auto& [client, path, form] : {std::tuple(&mei, "/service/" + id + "/", "form=\"comment\""),
             std::tuple(&ravi, "/admin/requests/" + id + "/", "form=\"write\"")}) {
        EXPECT_THAT(
            client->get(path).body, AllOf(HasSubstr(std::string(form) + " formaction=\"/preferences/language/?next="),
                                        HasSubstr("name=\"kept_at\" value=\"" + path + "comments/\"")));
        EXPECT_EQ(client
                      ->post("/preferences/language/",
                          {{"text", "Half a word"}, {"visibility", "internal"}, {"kept_at", path + "comments/"},
                              {"next", path}, {"language", "es"}})
                      .location(),
            path);
        EXPECT_THAT(client->get(path).body, AllOf(HasSubstr(spanish_page), HasSubstr("Half a word</textarea>")));
    }
}

TEST_F(LanguageChoice, KeepsNothingOfAFormInWhichNothingIsTypedAndNothingOfAGuest)
{
    for (support::Client* client : {&mei, &guest})
        client->post("/preferences/language/", {{"text", ""}, {"visibility", "public"}, {"kept_at", "/service/create/"},
                                                   {"next", "/"}, {"language", "es"}});
    guest.post("/preferences/language/",
        {{"description", "A bill"}, {"kept_at", "/service/create/"}, {"next", "/"}, {"language", "es"}});
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_draft"), 0);
}

TEST_F(LanguageChoice, RefusesALanguageThatThereIsNot)
{
    const auto answer = choose(mei, "tlh");
    EXPECT_EQ(answer.status, 400);
    EXPECT_THAT(answer.body, HasSubstr("This language is not one of ours."));
    EXPECT_EQ(choose(guest, "es; Domain=evil").status, 400);
    EXPECT_EQ(guest.cookie("language"), "");
}

TEST_F(LanguageChoice, IsOfferedInTheFooterTheMenuOfTheDeskAndTheAccount)
{
    constexpr const char* form = "action=\"/preferences/language/\"";
    support::Client ravi(site);
    ravi.sign_in_as(site.cast.ravi);
    for (const char* page : {"/", "/accounts/login/", "/nowhere/"})
        EXPECT_THAT(guest.get(page).body, HasSubstr(form)) << page;
    for (const char* page : {"/", "/service/create/", "/account/"})
        EXPECT_THAT(mei.get(page).body, HasSubstr(form)) << page;
    for (const char* page : {"/admin/", "/account/"})
        EXPECT_THAT(ravi.get(page).body, HasSubstr(form)) << page;
    EXPECT_THAT(mei.get("/account/").body, Not(HasSubstr("en-XA"))) << "a language of the tests is none to choose";
}

} // namespace
